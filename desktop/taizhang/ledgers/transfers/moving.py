"""What follows from a day or a state that was given: the state, the days it cannot do without, the day it is due."""

from collections.abc import Mapping, Set as AbstractSet
from datetime import timedelta

from taizhang.core.context import Context, Value, Values
from taizhang.ledgers.transfers.facts import is_certificate, is_paper, stored, whole_day
from taizhang.ledgers.transfers.states import DAYS, DONE, FIRST, INTERNAL, MOVES, NEEDS, UNDERWAY

USUAL_DAYS = 30  # R-TR-01: elsewhere; within the city it is 10, which the user sets


def moved(values: Values, given: AbstractSet[str], context: Context) -> Mapping[str, Value]:
    """The state follows the days; to a state that was told, the day follows."""
    direction, state = values.get("direction"), values.get("state")
    if direction not in FIRST or not isinstance(direction, str):
        return {}
    before = stored(values, context)
    found: dict[str, Value] = {}
    if "state" in given and state != before.get("state"):
        if before:  # a new record that tells a state was often kept elsewhere: no day of it is made up
            found = _days_of(direction, str(state), values, context)
    elif state is None:
        found["state"] = _reached(direction, values) or FIRST[direction]
    elif any(values.get(key) != before.get(key) for key, _state in DAYS[direction]):
        order = list(MOVES[direction])
        reached = _reached(direction, values)
        if reached and state in order and order.index(reached) > order.index(str(state)):
            found["state"] = reached
    return {**found, **_accepted_day(direction, {**values, **found})}


def counted(values: Values, given: AbstractSet[str], context: Context) -> Mapping[str, Value]:
    """R-TR-02: the letter is due so many days after it was issued; thirty where nobody said how many."""
    before = stored(values, context)
    issued, days, due = whole_day(values, "issued_on"), values.get("valid_days"), whole_day(values, "due_on")
    if issued is None:
        return {}
    if days is None and due is not None and (due - issued).days > 0:
        return {"valid_days": (due - issued).days}
    found: dict[str, Value] = {}
    if days is None and _wants_days(values, before):
        days = found["valid_days"] = USUAL_DAYS
    changed = any(values.get(key) != before.get(key) for key in ("issued_on", "valid_days"))
    if isinstance(days, int) and (due is None or changed or given & {"issued_on", "valid_days"}):
        found["due_on"] = (issued + timedelta(days=days)).isoformat()
    return found


def _wants_days(values: Values, before: Values) -> bool:
    """A letter of ours that is issued just now; a certificate has no term of its own."""
    issuing = values.get("state") == UNDERWAY != before.get("state")
    return issuing and is_paper(values) and not is_certificate(values)


def _reached(direction: str, values: Values) -> str | None:
    """The state that the days tell."""
    return next((state for key, state in reversed(DAYS[direction]) if values.get(key) is not None), None)


def _days_of(direction: str, state: str, values: Values, context: Context) -> dict[str, Value]:
    key = NEEDS[direction].get(state)
    if key is None or values.get(key) is not None or (direction == INTERNAL and values.get("issued_on") is not None):
        return {}
    return {key: context.today.isoformat()}


def _accepted_day(direction: str, values: Values) -> dict[str, Value]:
    """What is done was accepted, at the latest when the receipt came."""
    if values.get("state") != DONE or values.get("received_on") is not None:
        return {}
    day = values.get("issued_on" if direction == INTERNAL else "receipt_on")
    return {"received_on": day} if day is not None else {}
