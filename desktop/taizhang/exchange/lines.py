"""Lines of a sheet that are no records: totals, footers, hints, samples, numbers of columns."""

import re
from collections.abc import Sequence
from itertools import pairwise

from taizhang.core.text import clean
from taizhang.exchange.workbook import Cell

_TOTAL = re.compile(
    r"(?:本页|本表|全部|全体)?(?:小计|合计|总计|共计|累计|总数|总人数)(?:[:：(（\d].*)?"
    r"|.{1,40}(?:小计|合计|总计|共计)(?:[:：(（]?\d*[人名户个]?[)）]?)?"
    r"|共(?:计|有)?\d+(?:[人名户个].*)?|其中[:：]?.{0,20}"
)
_FOOTER = re.compile(
    r"(?:填表|填报|制表|造表|审核|复核|审批|经办|录入|采集|信息采集|统计|打印|导出|负责|单位负责|支部负责|联系|校对)"
    r"(?:人|员|单位|日期|时间|人员|部门|电话)(?:[(（](?:签字|签章|签名|盖章)[)）])?(?:[:：].*|$)"
    r"|(?:党支部|党总支|党委|支部|总支)?书记(?:[(（]?(?:签字|签章|签名)[)）]?)?[:：].*"
    r"|(?:备注|注|附注|附|附件|说明|填表说明|填报说明|填写说明|注意事项|截止日期|截至日期|截止时间)\d*[:：].*"
    r"|.*[(（](?:盖章|公章|签字|签章)[)）][:：]?.*|第\d+页.*|[—-]?\d+[—-]|以下空白|此表.*|本表.*"
)
_SAMPLE = re.compile(
    r"(?:如|例|例如|示例|样例|范例|示范|举例|样表|填写示例|填表示例|填写样例|填写说明|填表说明|填写要求|填报要求|格式)"
    r"\d*(?:[:：,，(（].*|$)|(?:[(（【]示?例[)）】]|示例|样例).*|例|.*[(（](?:示例|样例|例|例子|填写示例)[)）]"
    r"|(?:请|必填|选填|按身份证|与身份证|同身份证|身份证上的).*|[×xX*某]{2,}"
)
_COUNT = re.compile(r"[(（]?(\d{1,3})(?:\.0)?[)）]?", re.ASCII)
_HINT = re.compile(
    r"(?:如|例|例如|示例|格式|填写|请填|请选|下拉|选填|必填)[:：,，].*|(?:请(?:填|选|按|用)|按).{2,}|.*(?:[yY]{4}|[xX×]{4}).*|.*下拉.*"
)


def line_kind(text: Cell) -> str:
    """What a line that begins with `text` is, as the user reads it when it is left out; empty for a possible record."""
    if not isinstance(text, str):
        return ""
    bare = "".join(clean(text).split())
    if _TOTAL.fullmatch(bare):
        return "合计行"
    if _SAMPLE.fullmatch(bare):
        return "示例或填写说明"
    if _FOOTER.fullmatch(bare):
        return "表尾或说明"
    return ""


def is_footer(texts: Sequence[Cell]) -> bool:
    """Whether a line consists of such as 填表人：… and 填报日期：… only."""
    return all(isinstance(text, str) and ("：" in text or ":" in text or line_kind(text) != "") for text in texts)


def is_hint(texts: Sequence[Cell]) -> bool:
    """Whether a line without a name tells how to fill the columns in."""
    return any(isinstance(text, str) and _HINT.fullmatch("".join(clean(text).split())) is not None for text in texts)


def is_count(texts: Sequence[Cell], least: int = 1) -> bool:
    """Whether a line only numbers the columns, `least` of them: 甲 乙 1 2 3, or (1) (2) (3)."""
    counts = [int(match[1]) for text in texts if (match := _COUNT.fullmatch(str(text).strip()))]
    letters = sum(text in {"甲", "乙", "丙", "丁", "序号"} for text in texts)
    return len(counts) >= least and len(counts) + letters == len(texts) and all(b == a + 1 for a, b in pairwise(counts))
