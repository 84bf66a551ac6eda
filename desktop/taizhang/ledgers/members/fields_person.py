"""Who a member is, and what the Party's form asks about the membership (domain 2.1, items 1–10 and 14)."""

from taizhang.core.context import Values
from taizhang.core.field import Field
from taizhang.core.kinds import Day, Flag, IdCard, PersonName, Text, Whole
from taizhang.core.kinds_linked import Attachment, Choice, Link
from taizhang.core.privacy import Privacy
from taizhang.ledgers.members.extension import Extension


def _is_full(values: Values) -> bool:
    """A probationary member has no day of confirmation yet."""
    return values.get("category") != "2"


PERSON: tuple[Field, ...] = (
    PersonName(
        "name",
        "姓名",
        aliases=("党员姓名", "党员名称", "名字", "党员"),
        required=True,
        wanted=True,
        width=5,
        privacy=Privacy.NAME,
        help="与身份证一致；少数民族姓名用“·”分隔。",
        section="基本情况",
    ),
    Choice("sex", "性别", table="sex", wanted=True, width=3),
    Choice("ethnic_group", "民族", aliases=("民族名称",), table="ethnic_group", wanted=True, width=4),
    IdCard(
        "id_number",
        "公民身份号码",
        aliases=(
            "身份证",
            "身份证号",
            "身份证号码",
            "居民身份证号",
            "居民身份证号码",
            "公民身份证号码",
            "公民身份证号",
            "身份号码",
            "证件号码",
            "证件号",
            "公民身份证",
        ),
        wanted=True,
        unique=True,
        width=11,
        privacy=Privacy.ID,
    ),
    Day(
        "born_on",
        "出生日期",
        aliases=("出生年月", "出生年月日", "出生时间", "出生", "生日"),
        future=False,
        wanted=True,
        width=7,
        privacy=Privacy.BIRTH,
        help="以人事档案为准，可与身份证不同。",
    ),
    Attachment("photo", "照片", aliases=("相片",), photo=True, width=4, privacy=Privacy.PHOTO),
    Text("native_place", "籍贯", width=7),
    Flag("taiwan", "是否台湾省籍", aliases=("台湾省籍", "是否台湾籍", "是否台湾"), width=4),
    Choice(
        "education",
        "学历",
        aliases=("文化程度", "学历情况", "最高学历", "受教育程度"),
        table="education",
        wanted=True,
        width=6,
    ),
    Choice("degree", "学位", aliases=("最高学位", "学位情况"), table="degree", width=4),
    Text(
        "school",
        "毕业院校及专业",
        aliases=("毕业院校", "毕业学校", "毕业院校系及专业", "毕业学校及专业", "毕业院校专业", "毕业院校系"),
        width=10,
    ),
    Choice("marriage", "婚姻状况", aliases=("婚姻", "婚否"), table="marriage", width=4, privacy=Privacy.SENSITIVE),
)

PARTY: tuple[Field, ...] = (
    Choice(
        "category",
        "人员类别",
        aliases=("党员类别", "党员类型", "正式或预备", "正式/预备", "是否预备党员", "党员身份"),
        table="member_category",
        wanted=True,
        width=5,
        section="党员身份",
    ),
    Day(
        "joined_on",
        "加入党组织日期",
        aliases=(
            "入党时间",
            "入党日期",
            "入党年月",
            "入党年月日",
            "加入党组织时间",
            "加入中国共产党时间",
            "加入中共日期",
            "何时入党",
            "入党",
        ),
        future=False,
        wanted=True,
        width=7,
        help="支部大会接收为预备党员的日期。",
    ),
    Day(
        "confirmed_on",
        "转为正式党员日期",
        aliases=("转正时间", "转正日期", "转正年月", "转为正式党员时间", "转正式党员时间", "转正式党员日期", "转正"),
        future=False,
        wanted=_is_full,
        width=7,
        help="预备党员留空。",
    ),
    Link(
        "branch",
        "所在党支部",
        aliases=(
            "所在支部",
            "党支部",
            "支部",
            "所属支部",
            "所属党支部",
            "所在党组织",
            "所属党组织",
            "支部名称",
            "党支部名称",
            "所在支部名称",
            "所在党支部名称",
            "组织关系所在党支部",
            "党组织",
            "党组织名称",
        ),
        ledger="organisations",
        grow={"kind": "党支部"},
        wanted=True,
        since="entered_on",
        width=10,
    ),
    Day(
        "entered_on",
        "进入党支部日期",
        aliases=("进入支部日期", "进入支部时间", "进入党支部时间", "进入当前支部日期", "进入党组织日期"),
        future=False,
        width=7,
    ),
    Choice("entry_kind", "进入党支部类型", aliases=("进入支部类型", "进入类型"), table="join_kind", open=True, width=7),
    Text("party_group", "所在党小组", aliases=("所属党小组", "党小组", "所在小组"), width=6),
    Text(
        "posts_held",
        "党内职务",
        aliases=("党内职务名称", "现任党内职务", "党内任职"),
        width=7,
        help="本单位的班子职务登记在“班子与换届”，这里写其他党内职务。",
    ),
    Choice(
        "status", "党籍状态", aliases=("党籍", "党籍情况", "党员状态"), table="membership_status", wanted=True, width=5
    ),
    Whole(
        "party_age_correction",
        "党龄校正值",
        aliases=("党龄校正", "党龄校正月数"),
        most=960,
        width=5,
        help="月数，从党龄中减去，例如停止党籍的时间。",
    ),
    Choice("confirmation_kind", "转正情况", aliases=("转正类型", "转正情况类别"), table="confirmation_kind", width=6),
    Extension(
        "probation_extension",
        "延长预备期",
        aliases=("延长预备期时间", "延长预备期月数", "预备期延长"),
        least=6,
        most=12,
        width=5,
        help="月数，半年以上一年以内。",
    ),
    Day(
        "arrived_on",
        "转入本单位日期",
        aliases=("转入日期", "转入时间", "组织关系转入时间", "组织关系转入日期", "转入本社区时间", "党员增加日期"),
        future=False,
        width=7,
        help="从外单位转来的，填接收日期；在本单位入党的留空。",
    ),
    Text("entry_note", "增加说明", aliases=("党员增加信息", "转入说明"), width=8, privacy=Privacy.SENSITIVE),
    Day("fifty_medal_on", "50年纪念章颁发日期", aliases=("光荣在党50年纪念章颁发日期", "光荣在党50年纪念章"), width=7),
)
