"""Contact, work, whereabouts, community, admission and leaving (domain 2.1 items 11–16, 2.2, 2.5)."""

from taizhang.core.context import Values
from taizhang.core.field import Field
from taizhang.core.kinds import Day, Flag, LongText, Phone, Text
from taizhang.core.kinds_linked import Choice
from taizhang.core.privacy import Privacy


def _is_kept(values: Values) -> bool:
    """A relation that is kept here is kept from a day on."""
    return values.get("kept_reason") is not None


CONTACT: tuple[Field, ...] = (
    Phone(
        "phone",
        "联系电话",
        aliases=("联系方式", "手机", "手机号", "手机号码", "电话", "电话号码", "移动电话", "联系手机", "本人电话"),
        wanted=True,
        width=9,
        privacy=Privacy.PHONE,
        section="联系方式",
    ),
    Phone(
        "landline",
        "固定电话",
        aliases=("座机", "固定号码", "固话", "住宅电话", "家庭电话", "办公电话"),
        width=9,
        privacy=Privacy.PHONE,
    ),
    Text(
        "address",
        "家庭住址",
        aliases=(
            "家庭地址",
            "住址",
            "现居住地",
            "现居住地址",
            "现住址",
            "居住地址",
            "居住地",
            "常住地址",
            "现住地",
            "地址",
            "详细住址",
        ),
        wanted=True,
        width=14,
        privacy=Privacy.ADDRESS,
        help="具体到门牌号。",
    ),
    Text(
        "residence",
        "实际居住地",
        aliases=("现居住地", "实际住址", "实际居住地址"),
        width=12,
        privacy=Privacy.ADDRESS,
        help="与家庭住址不同时填写。",
    ),
    Text(
        "household_address",
        "户籍所在地",
        aliases=("户口所在地", "户籍地", "户籍地址", "户籍", "户籍所在地址"),
        width=12,
        privacy=Privacy.ADDRESS,
    ),
)

WORK: tuple[Field, ...] = (
    Choice(
        "post",
        "工作岗位",
        aliases=("岗位", "职业", "从业情况", "从事职业"),
        table="post",
        open=True,
        wanted=True,
        width=8,
        section="工作与社会",
    ),
    Text(
        "employer",
        "工作单位及职务",
        aliases=(
            "工作单位",
            "单位及职务",
            "工作单位职务",
            "现工作单位及职务",
            "单位职务",
            "单位",
            "原工作单位",
            "工作单位与职务",
            "现工作单位",
        ),
        width=12,
    ),
    Day("started_work_on", "参加工作日期", aliases=("参加工作时间", "参加工作年月", "工作时间"), future=False, width=7),
    Text(
        "job_title",
        "专业技术职务",
        aliases=(
            "职称",
            "技术职称",
            "专业技术职称",
            "聘任专业技术职务",
            "专业技术职务名称",
            "从事专业技术职务",
            "现任专业技术职务",
        ),
        width=7,
    ),
    Choice(
        "social_stratum",
        "新社会阶层类型",
        aliases=("新社会阶层", "社会阶层类型", "社会阶层", "新的社会阶层", "新的社会阶层类型"),
        table="social_stratum",
        open=True,
        width=8,
    ),
    Text("frontline", "一线情况", aliases=("从事一线情况", "生产工作一线情况"), width=6),
    Flag("migrant_worker", "是否农民工", aliases=("农民工",), width=4),
    Text(
        "archive_at",
        "党员档案所在单位",
        aliases=("档案所在单位", "档案存放单位", "档案所在地", "档案存放地", "党员档案存放单位"),
        width=10,
    ),
)

MOBILE: tuple[Field, ...] = (
    Flag(
        "lost",
        "是否为失联党员",
        aliases=("是否失联党员", "失联党员", "是否失联"),
        wanted=True,
        width=4,
        section="流动与失联",
    ),
    Day(
        "lost_since",
        "失去联系日期",
        aliases=("失联日期", "失联时间", "失去联系时间"),
        future=False,
        width=7,
        help="失联党员必填。",
    ),
    Choice("lost_kind", "失去联系情形", aliases=("失联情形", "失联原因", "失去联系原因"), table="lost_kind", width=7),
    Flag(
        "mobile",
        "是否为流动党员",
        aliases=("是否流动党员", "是否为流动人员", "流动党员", "是否流动"),
        wanted=True,
        width=4,
    ),
    Text(
        "mobile_to",
        "外出流向",
        aliases=("流动去向", "外出地点", "流向", "外出地", "流出地", "外出去向", "流入地"),
        width=9,
        help="流动党员必填，写到省、市、县。",
    ),
    Day("mobile_since", "外出日期", aliases=("外出时间", "流出时间", "流出日期"), future=False, width=7),
    Text("abroad", "出国（境）情况", aliases=("出国情况", "出国境情况", "出国出境情况"), width=8),
    Choice(
        "kept_reason",
        "组织关系保留原因",
        aliases=("保留组织关系原因", "关系保留原因", "保留原因"),
        table="relation_kept",
        width=8,
        help="毕业、出国（境）等，组织关系经同意暂留本单位的填写。",
    ),
    Day(
        "kept_since",
        "保留起始日期",
        aliases=("保留开始日期", "组织关系保留日期", "保留日期"),
        future=False,
        wanted=_is_kept,
        width=7,
        help="高校毕业生一般保留不超过 2 年。",
    ),
    Day(
        "last_contact_on",
        "最近联系日期",
        aliases=("最近联系时间", "最后联系日期", "最后联系时间"),
        future=False,
        width=7,
        help="最近一次联系上或参加组织生活的日期；出国（境）的至少每 6 个月联系一次。",
    ),
)

COMMUNITY: tuple[Field, ...] = (
    Text("grid", "所在网格", aliases=("网格", "所属网格", "网格名称"), width=6, section="社区信息"),
    Text(
        "building",
        "楼栋单元",
        aliases=("楼栋单元室", "楼栋-单元-室", "楼栋", "门栋", "楼栋号"),
        width=7,
        privacy=Privacy.ADDRESS,
    ),
    Flag(
        "on_roll",
        "是否在册",
        aliases=("在册", "是否在册党员", "在册党员"),
        width=4,
        help="组织关系不在本社区、只来报到的填“否”。",
    ),
    Flag("hardship", "是否困难党员", aliases=("困难党员", "是否困难"), width=4, privacy=Privacy.SENSITIVE),
    Choice(
        "health",
        "健康状况",
        aliases=("健康情况", "身体状况"),
        table="health",
        open=True,
        width=6,
        privacy=Privacy.SENSITIVE,
    ),
    Text("mobility", "行动能力", aliases=("行动情况", "自理能力"), width=6, privacy=Privacy.SENSITIVE),
    Flag("household_centre", "是否党员中心户", aliases=("党员中心户", "是否中心户"), width=4),
    Text("speciality", "特长", aliases=("个人特长", "兴趣特长", "特长爱好"), width=7),
    Text("volunteer_wish", "志愿服务意向", aliases=("服务意向", "志愿意向"), width=8),
    Flag("veteran", "是否退役军人", aliases=("退役军人", "是否退伍军人"), width=4),
    Flag("retired", "是否离退休", aliases=("离退休", "是否退休"), width=4),
)

ADMISSION: tuple[Field, ...] = (
    Day(
        "applied_on",
        "申请入党日期",
        aliases=("申请入党时间", "递交入党申请书时间", "递交入党申请书日期"),
        future=False,
        width=7,
        section="入党经过",
    ),
    Day(
        "activist_on",
        "确定积极分子日期",
        aliases=(
            "确定为积极分子日期",
            "确定入党积极分子日期",
            "列为积极分子日期",
            "确定积极分子时间",
            "列为入党积极分子时间",
        ),
        future=False,
        width=7,
    ),
    Day(
        "candidate_on",
        "列为发展对象日期",
        aliases=("确定发展对象日期", "列为发展对象时间", "确定发展对象时间"),
        future=False,
        width=7,
    ),
    Text("sponsors", "入党介绍人", aliases=("介绍人",), width=8, privacy=Privacy.NAME),
    Text("joined_branch", "入党时所在党支部", aliases=("入党时所在支部", "入党所在支部", "入党支部"), width=10),
    Choice("joined_post", "入党时工作岗位", aliases=("入党时岗位",), table="post", open=True, width=8),
    Text("joined_frontline", "入党时一线情况", width=6),
    Choice(
        "joined_kind",
        "加入党组织类别",
        aliases=("加入党组织类型", "入党类别", "入党类型"),
        table="join_kind",
        open=True,
        width=7,
    ),
)

LEAVING: tuple[Field, ...] = (
    Day(
        "left_on",
        "离开日期",
        aliases=("离开党组织日期", "减少日期", "转出日期", "转出时间", "离开时间", "减少时间", "组织关系转出时间"),
        future=False,
        remembers=True,
        width=7,
        help="转出、去世或出党的日期；填了就不再计入在册人数。",
        section="离开",
    ),
    Choice(
        "leave_reason",
        "减少类别",
        aliases=("离开党组织类别", "出党原因", "离开类别", "减少原因", "离开原因", "减少类型"),
        table="leave_reason",
        remembers=True,
        width=7,
    ),
    Text("left_to", "去向", aliases=("转出去向", "转往党组织", "转入党组织", "转往何处"), width=10),
    Text("leave_note", "减少说明", aliases=("党员减少信息", "减少文号"), width=8, privacy=Privacy.SENSITIVE),
)

REMARKS: tuple[Field, ...] = (
    Text("training", "培训情况", aliases=("参加培训情况", "教育培训情况"), width=8, section="其他"),
    LongText(
        "honours", "奖惩情况", aliases=("奖惩", "奖励情况", "表彰情况", "奖惩信息"), width=8, privacy=Privacy.SENSITIVE
    ),
    # Whatever somebody wrote into a remark is for no wall (R-PRIV-01).
    LongText("note", "备注", aliases=("说明", "备注说明", "备注信息"), width=8, privacy=Privacy.SENSITIVE),
)
