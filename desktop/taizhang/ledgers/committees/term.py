"""Terms of office: how long, until when, and how far that is (domain 1.3)."""

from collections.abc import Mapping
from datetime import date

from taizhang.core.codes import code_table
from taizhang.core.context import Context, Value, Values
from taizhang.core.day import add_months, add_years, first_day, is_whole, last_day

# Since 2018: 党委 5 years, 总支 and 支部 3, those of a village or community 5; others are appointed and have no term.
_COMMUNITY = frozenset({"611-1", "621-1", "631-1"})
_YEARS = {"党委": 5, "党总支": 3, "党支部": 3}


def years_of(kind: Value) -> int | None:
    """The length of a term for a kind of organisation, None where there are no elections."""
    if kind in _COMMUNITY:
        return 5
    return _YEARS.get(code_table("organisation_kind").group(kind)) if isinstance(kind, str) else None


def person(values: Values, context: Context) -> Mapping[str, Value]:
    """The name of the member who was picked."""
    member = values.get("member")
    return {"name": context.name("members", member) or None} if isinstance(member, int) else {}


def term_years(values: Values, context: Context) -> Mapping[str, Value]:
    """The length of the term, by the kind of organisation."""
    organisation = values.get("organisation")
    if values.get("elected_on") is None or not isinstance(organisation, int):
        return {}
    return {"term_years": years_of((context.values("organisations", organisation) or {}).get("kind"))}


def term_end(values: Values, context: Context) -> Mapping[str, Value]:
    """The end of the term that the others of the same session have, else the election and so many years."""
    elected, years = values.get("elected_on"), values.get("term_years")
    shared = _end_of_session(values, context)
    if shared is not None or not isinstance(elected, str) or not isinstance(years, int):
        return {"term_ends_on": shared}
    if not is_whole(elected):
        return {"term_ends_on": f"{int(elected[:4]) + years}{elected[4:]}"}
    return {"term_ends_on": add_years(date.fromisoformat(elected), years).isoformat()}


def _end_of_session(values: Values, context: Context) -> Value:
    """Somebody elected in between leaves office with the rest of the committee."""
    session, organisation = values.get("session"), values.get("organisation")
    if session is None or not isinstance(organisation, int):
        return None
    for rid in context.holders("committees", "organisation", organisation):
        other = context.values("committees", rid) or {}
        if other.get("session") == session and other.get("term_ends_on") is not None:
            return other["term_ends_on"]
    return None


def term_state(values: Values, today: date) -> str | None:
    """R-ELEC-01: what the reminders will say: more than a year, months or days to go, due, or overdue."""
    end = values.get("extended_until") or values.get("term_ends_on")
    if not isinstance(end, str):
        return None
    ended = values.get("ended_on")
    if isinstance(ended, str) and first_day(ended) <= today:
        return "已免职"
    due = last_day(end)
    if due < today:
        return f"已超期 {(today - due).days} 天"
    if due == today:
        return "今天届满"
    months = next((count for count in (1, 3, 6, 12) if due <= add_months(today, count)), None)
    return {1: "1 个月内届满", 3: "3 个月内届满", 6: "6 个月内届满", 12: "1 年内届满"}.get(months or 0, "任期内")


def on_turn(values: Values, today: date) -> str | None:
    """Who among those that take turns is first secretary this month (轮职书记)."""
    months = values.get("rotation_months")
    return "本月" if isinstance(months, str) and str(today.month) in months.split("、") else None


FILLS = (person, term_years, term_end)
