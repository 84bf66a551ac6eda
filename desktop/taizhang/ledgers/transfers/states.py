"""The state machine of a transfer, for each direction, as plain tables (domain 3.5)."""

from collections.abc import Mapping

from taizhang.core.codes import code_table
from taizhang.core.context import Values

OUT, IN, INTERNAL = "1-1", "2-1", "3-1"

APPLIED, REVIEWED, UNDERWAY = "10-1", "11-1", "12-1"
AWAITED, VERIFIED = "20-1", "21-1"
ACCEPTED, DONE = "30-1", "40-1"
VOIDED, WITHDRAWN, RETURNED = "50-1", "51-1", "52-1"

# Where each state may go, per direction. A step may be skipped forwards: what it needs is asked for all the same.
MOVES: Mapping[str, Mapping[str, frozenset[str]]] = {
    OUT: {
        APPLIED: frozenset({REVIEWED, UNDERWAY, ACCEPTED, DONE, WITHDRAWN}),
        REVIEWED: frozenset({APPLIED, UNDERWAY, ACCEPTED, DONE, WITHDRAWN}),
        UNDERWAY: frozenset({ACCEPTED, DONE, VOIDED, WITHDRAWN}),
        ACCEPTED: frozenset({DONE}),
        DONE: frozenset(),
        VOIDED: frozenset(),
        WITHDRAWN: frozenset(),
    },
    IN: {
        AWAITED: frozenset({VERIFIED, ACCEPTED, DONE, RETURNED}),
        VERIFIED: frozenset({AWAITED, ACCEPTED, DONE, RETURNED}),
        ACCEPTED: frozenset({DONE}),
        DONE: frozenset(),
        RETURNED: frozenset(),
    },
    INTERNAL: {
        APPLIED: frozenset({REVIEWED, DONE, WITHDRAWN}),
        REVIEWED: frozenset({APPLIED, DONE, WITHDRAWN}),
        DONE: frozenset(),
        WITHDRAWN: frozenset(),
    },
}
FIRST: Mapping[str, str] = {OUT: APPLIED, IN: AWAITED, INTERNAL: APPLIED}

# Each day brings its record into a state; of those that are filled, the last one counts.
DAYS: Mapping[str, tuple[tuple[str, str], ...]] = {
    OUT: (("issued_on", UNDERWAY), ("received_on", ACCEPTED), ("receipt_on", DONE)),
    IN: (("verified_on", VERIFIED), ("received_on", ACCEPTED), ("receipt_on", DONE)),
    INTERNAL: (("issued_on", DONE), ("received_on", DONE)),
}
# The day that a state cannot do without.
NEEDS: Mapping[str, Mapping[str, str]] = {
    OUT: {UNDERWAY: "issued_on", ACCEPTED: "received_on", DONE: "receipt_on"},
    IN: {VERIFIED: "verified_on", ACCEPTED: "received_on", DONE: "receipt_on"},
    INTERNAL: {DONE: "received_on"},
}

OPEN = frozenset(code_table("transfer_state").members("办理中"))
SETTLED: Mapping[str, frozenset[str]] = {
    OUT: frozenset({ACCEPTED, DONE}),
    IN: frozenset({ACCEPTED, DONE}),
    INTERNAL: frozenset({DONE}),
}
CANCELLED = frozenset(code_table("transfer_state").members("未办成"))


def allowed(direction: str, before: str | None, after: str) -> bool:
    """Whether a transfer may go from one state to the other; a new one (None) may be entered in any of its states."""
    moves = MOVES.get(direction, {})
    if before is None or before == after:
        return after in moves
    return after in moves.get(before, ())


def is_settled(values: Values) -> bool:
    """Whether the roster has followed: the letter was accepted, the move is done."""
    return values.get("state") in SETTLED.get(str(values.get("direction")), ())


def label(state: str) -> str:
    """What a user reads for a state."""
    return code_table("transfer_state").label(state)
