"""The fields of a transfer, block by block of the form (the register's columns, domain 3.5)."""

from taizhang.core.context import Values
from taizhang.core.field import Field
from taizhang.core.kinds import Day, Flag, IdCard, LongText, PersonName, Phone, Text, Whole
from taizhang.core.kinds_linked import Choice, Link, Links
from taizhang.core.privacy import Privacy
from taizhang.ledgers.transfers.facts import is_unit
from taizhang.ledgers.transfers.letter import Letter
from taizhang.ledgers.transfers.states import IN, INTERNAL, OUT
from taizhang.ledgers.transfers.term import Term

# Where the same committees and branches stand, at either end of a transfer.
_COMMITTEES = (("transfers", "to_committee"), ("transfers", "from_committee"))
_BRANCHES = (("transfers", "to_branch"), ("transfers", "from_branch"), ("organisations", "name"))


def _has_credential(values: Values) -> bool:
    return values.get("direction") != INTERNAL


def _is_person(values: Values) -> bool:
    return not is_unit(values)


def _goes(values: Values) -> bool:
    return values.get("direction") != IN


def _goes_out(values: Values) -> bool:
    return values.get("direction") == OUT


def _comes(values: Values) -> bool:
    """To whom the receipt goes (R-TR-03)."""
    return values.get("direction") == IN


WHO: tuple[Field, ...] = (
    Choice(
        "direction",
        "转接方向",
        aliases=("方向", "转接类型", "转接类别"),
        table="transfer_direction",
        required=True,
        wanted=True,
        width=4,
        section="谁转接",
    ),
    Choice(
        "credential",
        "凭证",
        aliases=("方式", "转接方式", "转接凭证", "凭证种类"),
        table="transfer_credential",
        wanted=_has_credential,
        width=6,
        help="空着算纸质介绍信；多人同一封信选整建制介绍信。",
    ),
    Link(
        "member",
        "名册中的党员",
        aliases=("党员",),
        ledger="members",
        width=6,
        privacy=Privacy.NAME,
        help="从党员名册中选，下面的个人信息自动填好；转入的接收后自动建卡。",
    ),
    Text(
        "name",
        "姓名",
        aliases=("党员姓名", "转接人", "转接党员"),
        required=True,
        wanted=True,
        width=5,
        longest=60,
        privacy=Privacy.NAME,
        help="整建制的写单位名称。",
    ),
    Links(
        "members",
        "名单",
        aliases=("党员名单", "整建制名单"),
        ledger="members",
        width=12,
        privacy=Privacy.NAME,
        help="整建制转接的全部党员。",
    ),
    Whole("headcount", "人数", aliases=("转接人数",), least=1, most=5000, width=3),
    Choice("sex", "性别", table="sex", width=3),
    Choice("ethnic_group", "民族", aliases=("族别",), table="ethnic_group", open=True, width=4),
    Day("born_on", "出生日期", aliases=("出生年月", "出生时间"), future=False, width=7, privacy=Privacy.BIRTH),
    IdCard(
        "id_number",
        "公民身份号码",
        aliases=("身份证号", "身份证号码", "身份号码", "证件号码"),
        width=11,
        privacy=Privacy.ID,
    ),
    Choice(
        "category",
        "人员类别",
        aliases=("党员类别", "类别", "正式或预备"),
        table="transfer_category",
        wanted=_is_person,
        width=5,
    ),
    Day("joined_on", "入党日期", aliases=("入党时间", "加入党组织日期"), future=False, width=7),
    Day("confirmed_on", "转正日期", aliases=("转正时间", "转为正式党员日期"), future=False, width=7),
    Phone(
        "phone",
        "党员联系电话",
        aliases=("联系电话", "联系方式", "手机", "手机号码", "电话"),
        width=9,
        privacy=Privacy.PHONE,
        help="联系电话或其他联系方式。",
    ),
)

WHERE: tuple[Field, ...] = (
    Link(
        "branch",
        "本单位党支部",
        aliases=("原支部", "原党支部", "编入支部", "编入党支部", "所在党支部"),
        ledger="organisations",
        width=9,
        section="从哪里到哪里",
        help="转出填原支部，转入填编入的支部。",
    ),
    Text(
        "from_committee",
        "转出党组织",
        aliases=("原党组织", "转出党委", "原基层党委"),
        wanted=_comes,
        width=12,
        longest=100,
        recalls=_COMMITTEES,
    ),
    Text(
        "from_branch",
        "转出党支部",
        aliases=("转出单位", "转出支部", "由何处转来", "原所在支部"),
        width=12,
        longest=100,
        recalls=_BRANCHES,
    ),
    Text(
        "to_committee",
        "抬头党组织",
        aliases=("接收党组织", "接收党委", "转入党组织", "抬头"),
        wanted=_goes_out,
        width=12,
        longest=100,
        recalls=_COMMITTEES,
        help="写有接收权限的基层党委或党工委全称。",
    ),
    Text(
        "to_branch",
        "去往党支部",
        aliases=("去往支部", "转入支部", "转往支部", "转入单位", "去往何处"),
        wanted=_goes,
        width=12,
        longest=100,
        recalls=_BRANCHES,
        help="写支部全称；内部调整写本单位的支部。",
    ),
    Text("reason", "转接原因", aliases=("原因", "转出原因", "转入原因"), width=8),
)

LETTER: tuple[Field, ...] = (
    Text(
        "series",
        "编号类别",
        aliases=("字号", "信种"),
        width=5,
        longest=20,
        section="介绍信",
        help="空着用凭证的名称；同一类别按年度连续编号。",
    ),
    Text(
        "number",
        "介绍信编号",
        aliases=("编号", "信号", "介绍信号", "来信编号", "证明信编号", "介绍信编号（第号）"),
        width=7,
        longest=40,
        help="转出的开具时自动编号，可以改；转入的抄来信上的编号。",
    ),
    Day("applied_on", "申请日期", aliases=("申请时间", "来信日期"), width=7),
    Day("issued_on", "开具日期", aliases=("开信日期", "开具时间", "介绍信日期", "落款日期"), width=7),
    Term(
        "valid_days",
        "有效期",
        aliases=("有效期（天）", "有效天数", "有效期天数", "有效期限"),
        least=1,
        most=999,
        width=4,
        help="天数：市内一般 10 天，市外 30 天，最长 90 天。",
    ),
    Day("due_on", "到期日", aliases=("到期日期", "截止日期", "有效期至"), width=7, help="开具日期加有效期。"),
    Day(
        "dues_paid_to", "党费交至", aliases=("党费交到", "党费缴至", "党费交纳至", "党费缴纳至"), width=6, help="年月。"
    ),
    Text("dues_note", "党费说明", width=8, help="经批准减免、缓交的写明原因。"),
    Flag(
        "materials",
        "材料已移交",
        aliases=("培养考察材料已移交", "材料移交"),
        width=4,
        help="预备党员、发展对象、积极分子的培养教育考察材料。",
    ),
    PersonName("handler", "经办人", width=5, privacy=Privacy.NAME),
    PersonName("collector", "领取人", aliases=("领取人签字",), width=5, privacy=Privacy.NAME),
    Choice(
        "delivery", "送达方式", aliases=("携带方式",), table="transfer_delivery", width=5, help="不能用普通信件邮寄。"
    ),
    Text("from_address", "原党委通讯地址", aliases=("通讯地址",), width=12),
    Phone("from_phone", "原党委电话", aliases=("原党委联系电话",), width=8, privacy=Privacy.PHONE),
    Text("from_fax", "原党委传真", aliases=("传真",), width=8, longest=40),
    Text("from_postcode", "原党委邮编", aliases=("邮编", "邮政编码"), width=4, longest=10),
)

RECEIPT: tuple[Field, ...] = (
    Day("verified_on", "查验日期", aliases=("查验时间",), future=False, width=7, section="接收与回执"),
    Flag("archive_came", "档案随转", aliases=("档案是否随转", "党员档案随转"), width=4),
    Day("received_on", "接收日期", aliases=("接收时间", "转入日期"), future=False, width=7),
    Text("party_group", "编入党小组", aliases=("党小组", "编入小组"), width=6),
    Day("talked_on", "谈话建卡日期", aliases=("谈话日期", "建卡日期"), future=False, width=7),
    Day(
        "receipt_on",
        "回执日期",
        aliases=("回执收到日期", "回执寄出日期", "收到回执日期", "寄出回执日期", "回执时间"),
        future=False,
        width=7,
        help="转出的填收到回执的日期，转入的填寄出回执的日期。",
    ),
    Choice("receipt_way", "回执方式", aliases=("回执寄出方式", "回执送达方式"), table="receipt_way", width=5),
)

STATE: tuple[Field, ...] = (
    Choice(
        "state",
        "状态",
        aliases=("办理状态", "办理情况"),
        table="transfer_state",
        wanted=True,
        width=5,
        section="办理状态",
    ),
    Text("state_reason", "状态说明", aliases=("作废原因", "撤回原因", "退回原因"), width=8),
    Letter(
        "replaces",
        "补开自",
        aliases=("原介绍信",),
        ledger="transfers",
        width=7,
        help="本信是补开的，选被它代替的那一封，也可以填它的编号。",
    ),
    LongText("note", "备注", aliases=("说明",), width=8, privacy=Privacy.SENSITIVE),
)

FIELDS = WHO + WHERE + LETTER + RECEIPT + STATE
