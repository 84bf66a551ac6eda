"""班子与换届: one row for each post that somebody holds, with its term (domain 1.2, 1.3)."""

from taizhang.core.context import Values
from taizhang.core.derived import Computed
from taizhang.core.kinds import Day, Flag, LongText, PersonName, Text, Whole
from taizhang.core.kinds_linked import Choice, Link
from taizhang.core.ledger import Ledger, Presence
from taizhang.core.privacy import Privacy
from taizhang.ledgers.committees.months import Months
from taizhang.ledgers.committees.reminders import REMINDERS
from taizhang.ledgers.committees.rules import ELECTED, RULES
from taizhang.ledgers.committees.term import FILLS, on_turn, term_state


def _elected(values: Values) -> bool:
    """Who was appointed has no election and no term of the session."""
    return values.get("method") in {None, ELECTED}


_FIELDS = (
    Link(
        "organisation",
        "党组织",
        aliases=("所在党组织", "任职党组织", "党组织名称", "党组织全称", "所在党支部", "支部"),
        ledger="organisations",
        required=True,
        wanted=True,
        width=12,
        section="任职",
    ),
    Link(
        "member",
        "名册中的党员",
        aliases=("党员",),
        ledger="members",
        width=6,
        privacy=Privacy.NAME,
        help="从党员名册中选；驻区单位等名册以外的兼职委员留空，只填姓名。",
    ),
    PersonName(
        "name",
        "姓名",
        aliases=("任职人员", "班子成员", "成员姓名"),
        required=True,
        wanted=True,
        width=5,
        privacy=Privacy.NAME,
        help="选了名册中的党员，姓名自动填好。",
    ),
    Choice(
        "post",
        "职务",
        aliases=("党内职务", "班子职务", "担任职务", "现任职务", "党组织职务"),
        table="committee_post",
        required=True,
        wanted=True,
        width=6,
    ),
    Text("duties", "分工", aliases=("职责分工", "工作分工", "分管工作"), wanted=True, width=12),
    Text("unit_post", "单位及职务", aliases=("工作单位及职务", "单位职务", "所在单位及职务"), width=12),
    Flag("full_time", "专职", aliases=("是否专职",), width=3),
    Flag(
        "also_head",
        "一肩挑",
        aliases=("书记主任一肩挑", "是否一肩挑", "是否兼任居委会主任"),
        width=3,
        help="书记兼任社区居委会主任。",
    ),
    Months(
        "rotation_months",
        "轮职月份",
        aliases=("轮值月份", "轮职书记月份"),
        width=6,
        help="轮职书记负责的月份，如 1、5、9。",
    ),
    Text("session", "届次", aliases=("任届", "届别"), width=5, section="任期"),
    Day(
        "elected_on",
        "当选日期",
        aliases=("当选时间", "选举日期", "选举时间", "换届日期", "换届时间"),
        wanted=_elected,
        width=7,
    ),
    Whole(
        "term_years",
        "任期年数",
        aliases=("任期", "任期年限"),
        least=1,
        most=5,
        width=4,
        help="空着按党组织类别填：党委和社区党组织 5 年，其他 3 年。",
    ),
    Day(
        "term_ends_on",
        "届满日期",
        aliases=("届满时间", "任期届满日期", "任期届满时间", "任期截止日期", "到届时间"),
        wanted=_elected,
        width=7,
        help="空着按当选日期加任期算；补选的委员随本届一同届满。",
    ),
    Day("extended_until", "延期至", aliases=("延期换届至", "延期日期"), width=7, help="上级批准延期换届的，最多一年。"),
    Text("extension_document", "延期批复文号", aliases=("延期批复",), width=10),
    Day(
        "began_on",
        "任职日期",
        aliases=("任职时间", "任职起始日期", "任职起始时间", "任现职时间", "到任日期"),
        width=7,
        section="任免",
    ),
    Choice("method", "任职方式", aliases=("产生方式", "任职形式"), table="appointment_kind", width=5),
    Text("document", "任免文号", aliases=("任职文号", "批复文号", "任免文件"), width=10),
    Day(
        "ended_on",
        "免职日期",
        aliases=("离任日期", "卸任日期", "任职截止日期", "任职终止日期", "免职时间"),
        width=7,
        remembers=True,
    ),
    Text("end_reason", "免职原因", aliases=("离任原因",), width=8),
    Text(
        "allowance",
        "待遇等次",
        aliases=("报酬等次", "补贴等次", "补贴标准", "待遇"),
        width=6,
        privacy=Privacy.SENSITIVE,
        section="其他",
    ),
    Text("training", "培训情况", aliases=("参训情况",), width=8),
    LongText("note", "备注", aliases=("说明",), width=8, privacy=Privacy.SENSITIVE),
)

_DERIVED = (
    Computed(
        "term_state", "任期状态", compute=term_state, width=8, align="left", help="按届满日期或批准的延期日期算。"
    ),
    Computed("on_turn", "本月轮值", compute=on_turn, width=4, align="center", help="轮职书记本月当值的，显示“本月”。"),
)

LEDGER = Ledger(
    "committees",
    "班子与换届",
    _FIELDS,
    group="党组织与党员",
    order=30,
    icon="ph.identification-badge",
    purpose="登记各级党组织的书记、副书记和委员，按任期提醒换届。一人兼两职，登记两条。",
    unit="条",
    columns=(
        "name",
        "post",
        "organisation",
        "duties",
        "session",
        "elected_on",
        "term_ends_on",
        "term_state",
        "on_turn",
    ),
    print_columns=(
        "organisation",
        "name",
        "post",
        "duties",
        "began_on",
        "elected_on",
        "term_ends_on",
        "method",
        "document",
        "note",
    ),
    derived=_DERIVED,
    rules=RULES,
    volatile=True,
    fills=FILLS,
    reminders=REMINDERS,
    presence=Presence(begins=("began_on", "elected_on"), ends="ended_on"),
    scope="organisation",
    match=(("organisation", "name", "post"),),
    sorts=("organisation", "post", "pinyin", "strokes", "term_ends_on"),
    search_fields=("duties", "unit_post", "session"),
)
