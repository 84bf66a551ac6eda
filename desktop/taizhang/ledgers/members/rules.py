"""What a member's facts are held against (domain 2.1, 2.2, 2.6)."""

from collections.abc import Iterator

from taizhang.core import idcard
from taizhang.core.context import Context, Values
from taizhang.core.day import add_years, first_day, last_day, years_between
from taizhang.core.findings import Finding, error, warning
from taizhang.ledgers.members.admission import not_before_leaving
from taizhang.ledgers.members.seniority import PROBATIONARY

ADULT, OLDEST = 18, 120
# From the 9th congress (April 1969) to the 11th (August 1977) there was no probation; before, its length varied.
_PROBATION_AGAIN = "1977-08-18"
_LEFT_STATES = {"11": "5", "15": "6", "20": "4", "30": "8", "40": "9", "41": "9"}
_GONE = {*_LEFT_STATES.values(), "7"} - {"4"}  # states in which nobody is a member any more
_SEXES = {"1": "男", "2": "女"}


def identity(values: Values, context: Context) -> Iterator[Finding]:
    """Items 2, 4, 5: sex and birth date agree with the ID number; the personnel file decides, so nothing is refused."""
    number = values.get("id_number")
    if not isinstance(number, str) or any(
        problem.severity == "error" for problem in idcard.problems(number, context.today)
    ):
        return
    sex, born = values.get("sex"), values.get("born_on")
    if sex in _SEXES and sex != idcard.sex(number):
        said = "性别与身份证号码不一致，以人事档案为准，请核对。"
        yield warning("sex", said, value=_SEXES[str(sex)], proposal=_SEXES[idcard.sex(number)], rule="§2.6")
    if isinstance(born, str) and not idcard.birth(number).startswith(born):
        said = "出生日期与身份证号码不一致，以人事档案为准，请核对。"
        yield warning("born_on", said, value=born, proposal=idcard.birth(number), rule="§2.6")


def age(values: Values, context: Context) -> Iterator[Finding]:
    """Items 5 and 9: a member is between 18 and 120, and was 18 on joining."""
    born, joined = values.get("born_on"), values.get("joined_on")
    if not isinstance(born, str):
        return
    years = years_between(first_day(born), context.today)
    if not ADULT <= years <= OLDEST:
        yield error("born_on", f"按出生日期算，现在 {max(years, 0)} 岁，请核对。", value=born)
    elif isinstance(joined, str) and last_day(joined) < add_years(first_day(born), ADULT):
        yield error("joined_on", f"入党时不满 {ADULT} 岁，请核对出生日期和入党日期。", value=joined, rule="§2.1-9")


def confirmation(values: Values, context: Context) -> Iterator[Finding]:
    """Item 10: a year after joining, later when extended; blank for a probationary member."""
    del context
    joined, confirmed = values.get("joined_on"), values.get("confirmed_on")
    if not isinstance(confirmed, str):
        return
    if values.get("category") == PROBATIONARY:
        said = "预备党员没有转正日期，请核对人员类别，或清空转正日期。"
        yield error("confirmed_on", said, value=confirmed, rule="§2.1-10")
    if not isinstance(joined, str):
        return
    if last_day(confirmed) < first_day(joined):
        yield error("confirmed_on", "转正日期早于入党日期，请核对。", value=confirmed, rule="§2.1-10")
    elif joined >= _PROBATION_AGAIN and last_day(confirmed) < add_years(first_day(joined), 1):
        said = "转正日期距入党不满一年，请核对。"
        yield warning("confirmed_on", said, value=confirmed, rule="§2.1-10")


def whereabouts(values: Values, context: Context) -> Iterator[Finding]:
    """Items 15, 16: since when somebody is lost, whereto somebody has gone."""
    del context
    if values.get("lost") and values.get("lost_since") is None:
        yield error("lost_since", "失联党员要填失去联系日期。", rule="§2.1-15")
    if values.get("mobile") and values.get("mobile_to") is None:
        yield error("mobile_to", "流动党员要填外出流向（省、市、县）。", rule="§2.1-16")


def leaving(values: Values, context: Context) -> Iterator[Finding]:
    """Domain 2.5: who leaves does so on a day and for a reason; the status says the same."""
    del context
    left, reason, joined = values.get("left_on"), values.get("leave_reason"), values.get("joined_on")
    if left is not None and reason is None:
        yield error("leave_reason", "填了离开日期，请选减少类别。")
    if reason is not None and left is None:
        yield error("left_on", "选了减少类别，请填离开日期。")
    if isinstance(left, str) and isinstance(joined, str) and last_day(left) < first_day(joined):
        yield error("left_on", "离开日期早于入党日期，请核对。", value=left)
    status = values.get("status")
    if left is None and status in _GONE:
        yield warning("left_on", "党籍状态表明已离开，请补填离开日期和减少类别。")
    expected = _LEFT_STATES.get(str(reason))
    if left is not None and expected and status is not None and status != expected:
        yield warning("status", "党籍状态与减少类别不一致，请核对。")


def branch(values: Values, context: Context) -> Iterator[Finding]:
    """Item 8: members belong to a branch, not to a committee above branches or to a group below."""
    rid, entered, joined = values.get("branch"), values.get("entered_on"), values.get("joined_on")
    if isinstance(rid, int):
        kind = str((context.values("organisations", rid) or {}).get("kind") or "6")
        if kind.startswith(("60", "61", "62", "64")):
            yield warning("branch", "党员应编入党支部，请改选所在党支部。", rule="§2.1-8")
    if isinstance(entered, str) and isinstance(joined, str) and last_day(entered) < first_day(joined):
        yield warning("entered_on", "进入党支部日期早于入党日期，请核对。", value=entered)


RULES = (identity, age, confirmation, whereabouts, leaving, branch, not_before_leaving)
