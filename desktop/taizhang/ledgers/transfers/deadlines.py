"""How far a transfer is from what it waits for: its letter's last day, the receipt (R-TR-02, R-TR-03)."""

from datetime import date

from taizhang.core.context import Values
from taizhang.core.day import add_months, age_on, last_day
from taizhang.ledgers.transfers.facts import is_certificate, whole_day
from taizhang.ledgers.transfers.states import ACCEPTED, AWAITED, IN, OUT, UNDERWAY, VERIFIED


def expiry(values: Values) -> date | None:
    """The last day of a letter that is still on its way; it has expired when today is later (R-TR-02)."""
    return whole_day(values, "due_on") if values.get("state") in {UNDERWAY, AWAITED, VERIFIED} else None


def receipt_due(values: Values) -> date | None:
    """R-TR-03: a month after acceptance, while the receipt has not come or gone."""
    accepted = values.get("received_on")
    waiting = values.get("state") == ACCEPTED and values.get("receipt_on") is None and not is_certificate(values)
    return add_months(last_day(accepted), 1) if waiting and isinstance(accepted, str) else None


def countdown(values: Values, today: date) -> str | None:
    """What a user reads of it."""
    ends, receipt = expiry(values), receipt_due(values)
    if ends is not None:
        left = (ends - today).days
        return f"还有 {left} 天" if left > 0 else "今天到期" if left == 0 else f"超期 {-left} 天"
    if receipt is None:
        return None
    if today > receipt:
        return f"回执超期 {(today - receipt).days} 天"
    waited = (today - last_day(str(values.get("received_on")))).days
    word = "等回执" if values.get("direction") == OUT else "待寄回执"
    return f"{word} {waited} 天" if waited > 0 else word


def overdue(values: Values, today: date) -> str | None:
    """What somebody has to be called about (R-TR-02, R-TR-03); nothing while there is time."""
    ends, receipt = expiry(values), receipt_due(values)
    if ends is not None and today > ends:
        return "介绍信过期"
    if receipt is not None and today > receipt:
        return "回执未到" if values.get("direction") == OUT else "回执未寄"
    return None


def age(values: Values, today: date) -> int | None:
    """Full years on the day of the letter, as it is written in it; today, before there is one."""
    born = values.get("born_on")
    on = whole_day(values, "issued_on") if values.get("direction") != IN else None
    return age_on(born, on or today) if isinstance(born, str) else None
