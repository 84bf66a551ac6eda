"""Which words head which field of a ledger, as sheets carry them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from taizhang.core.kinds_linked import Attachment
from taizhang.core.ledger import Ledger
from taizhang.core.text import heading_key


class Why(StrEnum):
    """How a column of a sheet came by its field, or why it has none; the value is what a user reads."""

    MATCHED = "自动对应"
    CHOSEN = "按选定的对应"
    LEFT_OUT = "按选定不导入"
    DERIVED = "由程序算出，不导入"
    SERIAL = "序号，不导入"
    TAKEN = "与另一列重复，不导入"
    ATTACHED = "图片和附件不从表格导入"
    UNKNOWN = "没有对应的栏，不导入"


@dataclass(frozen=True, slots=True)
class Sense:
    """What a heading means: a field, or a reason for having none."""

    field: str | None
    why: Why


UNKNOWN = Sense(None, Why.UNKNOWN)
_SERIALS = ("序号", "编号", "序列", "序", "号", "行号", "排序", "no", "#")
# Headings that say something only together with the heading above them. A day spread over columns 年, 月 and 日 is not
# among them: a third of it would be taken for the whole.
GENERIC = frozenset({
    "年月", "年月日", "日期", "时间", "起止时间", "名称", "内容", "情况", "类别", "类型", "号码", "编号",
    "具体时间", "具体日期", "填写", "备注", "说明",
})  # fmt: skip
# Headings above others which say that those speak of somebody else.
OTHERS = frozenset({
    "配偶", "配偶情况", "配偶信息", "家庭成员", "家庭主要成员", "家庭成员情况", "主要社会关系", "社会关系", "子女",
    "父母", "父亲", "母亲", "监护人", "紧急联系人", "介绍人", "入党介绍人", "培养联系人", "联系人", "包联党员",
    "结对党员",
})  # fmt: skip
_LONGEST = 60


class Vocabulary:
    """The headings that a ledger understands, and those that the user has assigned by hand (`chosen`)."""

    def __init__(self, ledger: Ledger, chosen: Mapping[str, str | None] | None = None) -> None:
        self._senses: dict[str, Sense] = {}
        self._memo: dict[str, Sense] = {}
        self.title = ledger.title_field
        self.required = {field.key for field in ledger.fields if field.required}
        for heading, key in (chosen or {}).items():
            self._enter(heading, Sense(key, Why.CHOSEN if key else Why.LEFT_OUT))
        fields = [(field, field.label) for field in ledger.fields]
        fields += [(field, alias) for field in ledger.fields for alias in field.aliases]
        for field, heading in fields:
            attached = isinstance(field, Attachment)
            self._enter(heading, Sense(None, Why.ATTACHED) if attached else Sense(field.key, Why.MATCHED))
        for derived in ledger.derived:
            self._enter(derived.label, Sense(None, Why.DERIVED))
        for heading in _SERIALS:
            self._enter(heading, Sense(None, Why.SERIAL))
        # As they are usually typed: a quick test for whole rows of a long sheet.
        self.words = {heading for _, heading in fields}

    def _enter(self, heading: str, sense: Sense) -> None:
        self._senses.setdefault(heading_key(heading), sense)

    def sense(self, heading: object) -> Sense:
        """What a heading means, in whatever spelling."""
        if not isinstance(heading, str) or not heading or len(heading) > _LONGEST:
            return UNKNOWN
        known = self._memo.get(heading)
        if known is None:
            known = self._memo[heading] = self._senses.get(heading_key(heading), UNKNOWN)
        return known

    def fields_in(self, cells: Iterable[object]) -> set[str]:
        """The fields that the cells would head, each by itself."""
        return {field for field in (self.sense(cell).field for cell in cells) if field is not None}


def is_generic(heading: str) -> bool:
    """Whether a heading says nothing without the one above it."""
    return heading_key(heading) in GENERIC


def of_others(heading: str) -> bool:
    """Whether what stands under this heading speaks of another person."""
    return heading_key(heading) in OTHERS
