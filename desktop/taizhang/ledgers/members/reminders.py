"""What falls due for members, and what their records lack (table 12: E2, E7, E10; domain 3.6)."""

import re
from datetime import date

from taizhang.core.context import Context, Value, Values
from taizhang.core.day import add_months, add_years, last_day
from taizhang.core.reminder import Level, Notice, Reminder
from taizhang.ledgers.members.seniority import FULL, PROBATIONARY, probation_end

GRADUATE, STUDYING_ABROAD = "1", "2"
CONTACT_MONTHS, GRADUATE_YEARS, ABROAD_YEARS = 6, 2, 5
_REGION = re.compile(r"[\u4e00-\u9fff]{2,}?(?:特别行政区|自治区|自治州|省|市|县|区)")


def _end_of_probation(values: Values, context: Context) -> Value:
    """R-DEV-01: a year after the branch meeting, later when extended."""
    del context
    return probation_end(values)


def _graduate_until(values: Values, context: Context) -> Value | date:
    """R-TR-10: a graduate's relation stays for two years at most."""
    del context
    since = values.get("kept_since")
    return add_years(last_day(since), GRADUATE_YEARS) if isinstance(since, str) else None


def _contact_until(values: Values, context: Context) -> Value | date:
    """R-TR-11: somebody abroad is heard of every six months at least."""
    del context
    heard = values.get("last_contact_on") or values.get("kept_since")
    return add_months(last_day(heard), CONTACT_MONTHS) if isinstance(heard, str) else None


def _abroad_until(values: Values, context: Context) -> Value | date:
    """R-TR-11: five years abroad."""
    del context
    since = values.get("kept_since")
    return add_years(last_day(since), ABROAD_YEARS) if isinstance(since, str) else None


def _hangs(values: Values, context: Context) -> bool:
    """Domain 3.6: on the roll, living elsewhere, and no sign of taking part for six months.

    Until meetings are kept, a sign is the day of the last contact. Who is lost, or kept by leave, is another matter.
    """
    if values.get("on_roll") is False or values.get("lost") or values.get("kept_reason") is not None:
        return False
    if not values.get("mobile") and not lives_elsewhere(values):
        return False
    since = values.get("last_contact_on") or values.get("mobile_since")
    return not isinstance(since, str) or add_months(last_day(since), CONTACT_MONTHS) <= context.today


def lives_elsewhere(values: Values) -> bool:
    """Whether the real residence names a province, city or county that the home address does not name."""
    residence, address = values.get("residence"), values.get("address") or ""
    if not isinstance(residence, str):
        return False
    region = _REGION.match(residence)
    return region is not None and region[0] not in str(address)


_PROBATION = Reminder(
    "E2-probation",
    "预备期满",
    (
        Notice(Level.AMBER, "{name}的预备期{due}届满，还有 {left} 天，请提醒本人提出转正申请。", days=-30),
        Notice(Level.RED, "{name}的预备期{due}届满，支部大会应及时讨论转正。"),
        Notice(Level.RED, "{name}的预备期{due}届满，超过 {over} 天还没有转正，请催办审批或补录结果。", days=90),
    ),
    source="R-DEV-01",
    among=({"category": PROBATIONARY, "confirmed_on": None},),
    due=_end_of_probation,
    field="confirmed_on",
)

_GRADUATE = Reminder(
    "E7-graduate",
    "毕业生关系保留期满",
    (
        Notice(Level.AMBER, "{name}的组织关系保留到{due}，还有 {left} 天，请联系本人转出。", months=-2),
        Notice(Level.RED, "{name}的组织关系保留已满 2 年（{due}），请联系本人转出。", days=1),
    ),
    source="R-TR-10",
    among=({"kept_reason": GRADUATE},),
    due=_graduate_until,
    field="kept_since",
)

_CONTACT = Reminder(
    "E7-contact",
    "出国（境）党员联系",
    (
        Notice(Level.AMBER, "{name}在国（境）外，{due}前应联系一次，还有 {left} 天。", days=-15),
        Notice(Level.RED, "{name}在国（境）外，已 6 个月没有联系，超过 {over} 天，请联系并登记日期。", days=1),
    ),
    source="R-TR-11",
    among=({"kept_reason": STUDYING_ABROAD},),
    due=_contact_until,
    field="last_contact_on",
)

_ABROAD = Reminder(
    "E7-abroad",
    "出国（境）满 5 年",
    (
        Notice(Level.INFO, "{name}出国（境）到{due}满 5 年，请了解何时回国。", months=-6),
        Notice(Level.RED, "{name}出国（境）已超过 5 年（{due}）未回国，一般停止党籍，请报上级党组织。", days=1),
    ),
    source="R-TR-11",
    among=({"kept_reason": STUDYING_ABROAD},),
    due=_abroad_until,
    field="kept_since",
)

_HANGING = Reminder(
    "E7-hanging",
    "空挂党员",
    (Notice(Level.INFO, "{names}长期在外居住，6 个月以上没有联系记录，可能空挂，请核对并理顺组织关系。"),),
    source="domain 3.6",
    among=({"mobile": True}, {"residence": ...}),
    when=_hangs,
    together=True,
    field="last_contact_on",
)

_GAPS = (
    Reminder(
        "E10-twice",
        "公民身份号码重复",
        (Notice(Level.AMBER, "{names}的公民身份号码与别人相同，请核对是否重复登记。"),),
        source="E10",
        alike="id_number",
        together=True,
        field="id_number",
    ),
    Reminder(
        "E10-early",
        "预备党员有转正日期",
        (Notice(Level.AMBER, "{names}是预备党员，却填了转正日期，请核对人员类别。"),),
        source="E10",
        among=({"category": PROBATIONARY, "confirmed_on": ...},),
        together=True,
        field="category",
    ),
    Reminder(
        "E10-confirmed",
        "正式党员没有转正日期",
        (Notice(Level.INFO, "{names}是正式党员，没有转正日期，请补填。"),),
        source="E10",
        among=({"category": FULL, "confirmed_on": None},),
        together=True,
        field="confirmed_on",
    ),
    Reminder(
        "E10-id",
        "缺公民身份号码",
        (Notice(Level.INFO, "{names}没有公民身份号码，请补填。"),),
        source="E10",
        among=({"id_number": None},),
        together=True,
        field="id_number",
    ),
    Reminder(
        "E10-phone",
        "缺联系电话",
        (Notice(Level.INFO, "{names}没有联系电话，请补填。"),),
        source="E10",
        among=({"phone": None},),
        together=True,
        field="phone",
    ),
)

REMINDERS = (_PROBATION, _GRADUATE, _CONTACT, _ABROAD, _HANGING, *_GAPS)
