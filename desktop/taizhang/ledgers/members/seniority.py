"""What follows from a member's days: age, years in the Party, end of probation, fifty years (domain 2.3)."""

from collections.abc import Mapping
from datetime import date

from taizhang.core import idcard
from taizhang.core.context import Context, Value, Values
from taizhang.core.day import add_months, add_years, age_on, is_whole, last_day, show, years_between

FULL, PROBATIONARY = "1", "2"


def age(values: Values, today: date) -> int | None:
    """Full years on the day."""
    born = values.get("born_on")
    return age_on(born, today) if isinstance(born, str) else None


def party_age(values: Values, today: date) -> int | None:
    """Whole years since confirmation as a full member, less the months of interruptions (党龄校正值)."""
    confirmed, correction = values.get("confirmed_on"), values.get("party_age_correction")
    if not isinstance(confirmed, str) or last_day(confirmed) > today:
        return None
    start = add_months(last_day(confirmed), correction if isinstance(correction, int) else 0)
    return max(years_between(start, today), 0)


def probation_end(values: Values) -> str | None:
    """Joining plus a year, plus the extension in months; as exact as the day of joining."""
    joined, extension = values.get("joined_on"), values.get("probation_extension")
    if not isinstance(joined, str):
        return None
    months = extension if isinstance(extension, int) else 0
    if is_whole(joined):
        return add_months(add_years(date.fromisoformat(joined), 1), months).isoformat()
    if len(joined) == 7:
        return add_months(date.fromisoformat(f"{joined}-01"), 12 + months).isoformat()[:7]
    return None if months else str(int(joined) + 1)


def probation_ends(values: Values, today: date) -> str | None:
    """The day on which a probationary member can be confirmed."""
    del today
    end = probation_end(values) if values.get("category") == PROBATIONARY else None
    return end and show(end, "dotfull")


def fifty_years(values: Values, today: date) -> str | None:
    """Fifty years in the Party by 1 July of the year; awarded once."""
    if values.get("fifty_medal_on") is not None:
        return "已颁发"
    years = party_age(values, date(today.year, 7, 1))
    return "符合" if years is not None and years >= 50 and values.get("category") == FULL else None


def from_id_number(values: Values, context: Context) -> Mapping[str, Value]:
    """Sex and birth date from a valid ID number (domain 2.6)."""
    return idcard.told(values.get("id_number"), context.today)


FILLS = (from_id_number,)
