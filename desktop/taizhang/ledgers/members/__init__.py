"""党员名册: the 16 items of the national form and what rosters carry besides (domain 2)."""

from taizhang.core.codes import code_table
from taizhang.core.derived import Computed, Lookup
from taizhang.core.ledger import Ledger, Presence
from taizhang.core.privacy import Privacy
from taizhang.ledgers.members.fields import FIELDS
from taizhang.ledgers.members.reminders import REMINDERS
from taizhang.ledgers.members.rules import RULES
from taizhang.ledgers.members.seniority import FILLS, age, fifty_years, party_age, probation_ends

_UNDER_WAY = code_table("transfer_state").members("办理中")
_DERIVED = (
    Computed("age", "年龄", compute=age, width=3, privacy=Privacy.BIRTH, help="周岁，按截止日期算。"),
    Computed("party_age", "党龄", compute=party_age, width=3, help="从转正之日算起的整年数，减去党龄校正值。"),
    Computed("probation_ends", "预备期满日", compute=probation_ends, width=7, align="center"),
    Computed(
        "fifty_years", "光荣在党50年", compute=fifty_years, width=6, align="center", help="到当年7月1日党龄满 50 年。"
    ),
    Lookup("party_post", "班子职务", ledger="committees", link="member", field="post", width=6, align="left"),
    Lookup(
        "transfer",
        "组织关系转接",
        ledger="transfers",
        link="member",
        field="state",
        where=(("state", _UNDER_WAY),),
        width=5,
        align="left",
        help="还没有办完的转接现在到了哪一步。",
    ),
)

LEDGER = Ledger(
    "members",
    "党员名册",
    FIELDS,
    group="党组织与党员",
    order=20,
    icon="ph.users-three",
    purpose="登记每一位党员的采集表信息。可以从现有的 Excel 名册导入，也可以逐个新增。",
    unit="人",
    columns=("name", "sex", "born_on", "joined_on", "branch", "phone"),
    print_columns=(
        "name",
        "sex",
        "ethnic_group",
        "born_on",
        "education",
        "joined_on",
        "confirmed_on",
        "category",
        "employer",
        "address",
        "phone",
        "party_group",
        "note",
    ),
    derived=_DERIVED,
    rules=RULES,
    fills=FILLS,
    reminders=REMINDERS,
    presence=Presence(begins=("arrived_on", "joined_on"), ends="left_on"),
    scope="branch",
    match=(("id_number",), ("name", "born_on")),
    sorts=("pinyin", "strokes", "party_post", "joined_on", "born_on"),
)
