"""党组织: the tree from the committee down to the groups, with the unit behind each organisation (domain 1.1)."""

from taizhang.core.derived import Lookup, Tally
from taizhang.core.kinds import Day, Flag, LongText, PersonName, Phone, Text
from taizhang.core.kinds_linked import Choice, Link
from taizhang.core.ledger import Ledger, Presence
from taizhang.core.privacy import Privacy
from taizhang.ledgers.organisations.reminders import REMINDERS
from taizhang.ledgers.organisations.rules import RULES

_FIELDS = (
    Text(
        "name",
        "党组织全称",
        aliases=("党组织名称", "组织名称", "组织全称", "名称", "全称", "党支部名称", "支部名称"),
        required=True,
        wanted=True,
        unique=True,
        width=18,
        longest=100,
        help="与印章一致；没有印章的，写“中共”加单位名称和类型。",
        section="党组织",
    ),
    Text("short_name", "简称", aliases=("党组织简称", "组织简称"), wanted=True, width=8, longest=40),
    Choice(
        "kind",
        "组织类别",
        aliases=("党组织类别", "党组织类型", "组织类型", "类别", "类型"),
        table="organisation_kind",
        required=True,
        wanted=True,
        width=7,
    ),
    Link(
        "parent",
        "上级党组织",
        aliases=("隶属关系", "隶属党组织", "所属党组织", "上级组织", "隶属于"),
        ledger="organisations",
        width=12,
        help="本单位自己的上级写在“本单位的上级”里。",
    ),
    Text(
        "superior",
        "本单位的上级",
        aliases=("上级党工委", "上级党委"),
        width=12,
        help="只有最上一级填写，例如所属街道党工委的全称。",
    ),
    Text("approval_number", "批准成立文号", aliases=("成立文号", "批准文号", "批复文号"), width=10),
    Day(
        "established_on",
        "批准成立日期",
        aliases=("成立日期", "成立时间", "批准成立时间", "批复时间", "批准日期"),
        future=False,
        width=7,
    ),
    Flag("admits", "有审批预备党员权限", aliases=("是否有审批预备党员权限", "审批预备党员权限"), width=5),
    Choice("joint_kind", "联建类型", aliases=("联合组建类型", "联建方式"), table="joint_kind", width=8),
    Day("dissolved_on", "撤销日期", aliases=("撤销时间",), width=7, remembers=True),
    Text("dissolved_by", "撤销文号", width=10),
    PersonName(
        "contact",
        "联系人",
        aliases=("党组织联系人", "联络员"),
        wanted=True,
        width=5,
        privacy=Privacy.NAME,
        section="联系方式",
    ),
    Phone(
        "phone",
        "联系电话",
        aliases=("电话", "办公电话", "联系方式", "党组织联系电话"),
        wanted=True,
        width=9,
        privacy=Privacy.PHONE,
    ),
    Text("address", "办公地址", aliases=("地址", "活动场所", "通讯地址"), width=14),
    Choice(
        "unit_relation",
        "所在单位情况",
        aliases=("党组织所在单位情况",),
        table="unit_relation",
        width=8,
        section="所在单位",
    ),
    Text("unit_name", "单位名称", aliases=("所在单位名称", "所在单位", "法人单位名称"), width=14),
    Choice("unit_kind", "单位类别", aliases=("单位性质", "所在单位类别", "单位性质类别"), table="unit_kind", width=7),
    Choice(
        "unit_party_state",
        "单位建立党组织情况",
        aliases=("法人单位建立党组织情况", "建立党组织情况"),
        table="unit_party_state",
        width=9,
    ),
    Text(
        "unit_code",
        "统一社会信用代码",
        aliases=("社会信用代码", "信用代码", "法人单位统一社会信用代码"),
        width=11,
        longest=18,
    ),
    LongText("note", "备注", aliases=("说明",), width=8, section="备注"),
)

_DERIVED = (
    Tally("member_count", "党员数", ledger="members", link="branch", below=True, width=4),
    Tally(
        "full_member_count",
        "正式党员数",
        ledger="members",
        link="branch",
        where=(("category", "1"),),
        below=True,
        width=5,
    ),
    Lookup(
        "secretary",
        "书记",
        ledger="committees",
        link="organisation",
        field="name",
        where=(("post", "02"),),
        width=5,
        align="left",
        privacy=Privacy.NAME,
    ),
)

LEDGER = Ledger(
    "organisations",
    "党组织",
    _FIELDS,
    group="党组织与党员",
    order=10,
    icon="ph.tree-structure",
    purpose="登记党委、党总支、党支部和党小组，排成一棵树。其他台账都从这里选党组织。",
    unit="个",
    short_field="short_name",
    columns=("name", "kind", "secretary", "member_count", "full_member_count"),
    print_columns=("name", "kind", "parent", "secretary", "member_count", "established_on", "contact", "phone", "note"),
    derived=_DERIVED,
    rules=RULES,
    reminders=REMINDERS,
    presence=Presence(begins=("established_on",), ends="dissolved_on"),
    scope="parent",
    tree="parent",
    match=(("name",),),
    sorts=("kind", "entry", "pinyin", "strokes", "established_on"),
    office=True,
    volatile=True,
    search_fields=("name", "short_name", "contact", "phone"),
)
