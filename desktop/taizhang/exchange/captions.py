"""What a title, the name of a sheet or a line between the rows says of the rows below it: their branch, their kind."""

import re
from collections.abc import Sequence

from taizhang.core.context import Context
from taizhang.core.kinds_linked import Choice, Link
from taizhang.core.ledger import Ledger
from taizhang.core.text import clean
from taizhang.exchange.vocabulary import Vocabulary

_NUMBERING = re.compile(r"^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]\s*)+")
_TAIL = re.compile(r"\s*(?:[(（][^()（）]*[)）]|[:：]|共?\d+[人名])\s*$")
_UP_TO_ORGANISATION = re.compile(
    r"(?P<name>.*(?:支部委员会|总支部委员会|委员会|党支部|支部|党总支|总支部|党委|工委|党小组))(?P<rest>.*)"
)
_PAPER = re.compile(r"名册|名单|花名|登记|统计|信息|台账|一览|汇总|情况|明细|采集|表$")
_LIST = re.compile(r".{2,}(?:名册|名单|台账|一览|汇总|明细|表)")
_NEXT_LABEL = re.compile(r" +(?=[^ ：]{2,12}：)")
_IN_BRACKETS = re.compile("[(（]([^()（）]*)[)）]")
_YEAR = re.compile(r"^\d{4}年?度?")
_BRANCH_ENDS = ("支部", "支部委员会")


class Captions:
    """Reads such lines for one ledger; `office` is the record number of the office, which says nothing about a row."""

    def __init__(self, ledger: Ledger, context: Context, vocabulary: Vocabulary, office: int) -> None:
        self._context, self._vocabulary, self._office = context, vocabulary, office
        scope = ledger.by_key.get(ledger.scope)
        self._scope = scope if isinstance(scope, Link) and scope.ledger != ledger.key else None
        self._choices = [field for field in ledger.fields if isinstance(field, Choice)]

    def of_titles(self, titles: Sequence[str], sheet: str) -> dict[str, str]:
        """The branch that the lines above a table name, the nearest line first, or else the sheet."""
        for title in (*reversed(titles), sheet):
            if name := self._organisation(title):
                return name
        return {}

    def of_line(self, text: str, free: Sequence[str]) -> dict[str, str]:
        """What a line between rows says: a branch, or one choice of a field in `free` (those without a column)."""
        if name := self._organisation(text):
            return name
        bare = _bare(text)
        codes = {field.key: field.codes.find(bare) for field in self._choices if field.key in free}
        found = {key: bare for key, code in codes.items() if code is not None and code != bare}
        return found if len(found) == 1 else {}

    def _organisation(self, text: str) -> dict[str, str]:
        if self._scope is None:
            return {}
        for part in _NEXT_LABEL.split(clean(text).replace(":", "：")):
            label, colon, value = part.partition("：")
            if not value.strip():
                found = self._named(label, grows=True)
            elif colon and self._vocabulary.sense(label).field == self._scope.key:
                found = self._named(value, grows=True) or {self._scope.key: value.strip()}
            else:
                found = self._named(value, grows=False)
            if found:
                return found
        return {}

    def _named(self, text: str, *, grows: bool) -> dict[str, str]:
        """The organisation that a text is, or begins with before a word for a list; `grows`: also a new branch."""
        if self._scope is None:
            return {}
        bare = _bare(text)
        likely = [_before_paper(part) for part in (bare, *_IN_BRACKETS.findall(text))]
        for name in (text.strip(), bare, *likely):
            found = self._context.find(self._scope.ledger, name) if name else ()
            if found:
                return {} if list(found) == [self._office] else {self._scope.key: name}
        new = next((name for name in likely if name.endswith(_BRANCH_ENDS) and len(name) > len("党支部")), "")
        return {self._scope.key: new} if new and grows and self._scope.grow else {}


def names_a_list(text: str) -> bool:
    """Whether a text is the title of a list, such as 流动党员名单（3人）, and so nobody's name."""
    return _LIST.fullmatch(_bare(text)) is not None


def _before_paper(text: str) -> str:
    """幸福社区第一党支部 out of 幸福社区第一党支部2024年党员名册."""
    match = _UP_TO_ORGANISATION.fullmatch(_YEAR.sub("", text))
    return match["name"] if match and (not match["rest"] or _PAPER.search(match["rest"])) else ""


def _bare(text: str) -> str:
    """Without numbering in front, and without a count or a colon behind: 一、第一党支部（23人）."""
    bare = _NUMBERING.sub("", clean(text))
    while (shorter := _TAIL.sub("", bare)) != bare:
        bare = shorter
    return bare
