"""What the other files of the ledger ask of one transfer: who goes, by which credential, what was stored before."""

from datetime import date

from taizhang.core.context import RID, Context, Values
from taizhang.core.day import is_whole
from taizhang.ledgers.transfers.states import INTERNAL, OUT

LETTER, ONLINE, UNIT, CERTIFICATE = "1-1", "2-1", "3-1", "4-1"
PROBATIONARY, CANDIDATE, ACTIVIST = "2", "3-1", "4-1"
CREDENTIAL_LABELS = {LETTER: "介绍信", UNIT: "整建制介绍信", CERTIFICATE: "党员证明信"}

_NOTHING: Values = {}


def stored(values: Values, context: Context) -> Values:
    """What the office holds of this transfer; empty for a new one."""
    rid = values.get(RID)
    return (context.values("transfers", rid) if isinstance(rid, int) else None) or _NOTHING


def record(context: Context, ledger: str, rid: object) -> Values:
    """What another record holds; empty when there is none."""
    return (context.values(ledger, rid) if isinstance(rid, int) else None) or _NOTHING


def credential(values: Values) -> str:
    """By what somebody goes; blank is the letter."""
    return str(values.get("credential") or LETTER)


def is_certificate(values: Values) -> bool:
    """Whether it only says that somebody is a member (党员证明信): nobody leaves by it (domain 3.1)."""
    return values.get("credential") == CERTIFICATE


def is_unit(values: Values) -> bool:
    """Whether a whole unit goes by one letter (整建制)."""
    return values.get("credential") == UNIT


def is_paper(values: Values) -> bool:
    """Whether there is a letter with a number of ours (R-TR-12: none where both sides use the system)."""
    return values.get("direction") == OUT and credential(values) != ONLINE


def is_member(values: Values) -> bool:
    """Whether it is about Party members, not about somebody who has yet to become one (R-TR-08)."""
    return values.get("category") not in {CANDIDATE, ACTIVIST}


def people(values: Values) -> tuple[int, ...]:
    """The roster's records that this transfer moves."""
    member, members = values.get("member"), values.get("members")
    found = [rid for rid in members if isinstance(rid, int)] if isinstance(members, tuple) else []
    if isinstance(member, int) and member not in found:
        found.insert(0, member)
    return tuple(found)


def agrees(values: Values, member: Values) -> bool:
    """Whether a namesake in the roster may be the same person; a day of birth may say less than the other."""
    pairs = [(values.get(key), member.get(key)) for key in ("id_number", "born_on", "sex")]
    both = [(str(one), str(other)) for one, other in pairs if one is not None and other is not None]
    return all(one.startswith(other) or other.startswith(one) for one, other in both)


def whole_day(values: Values, key: str) -> date | None:
    """A day of the record, None when it is blank or lacks the month or the day."""
    value = values.get(key)
    return date.fromisoformat(value) if isinstance(value, str) and is_whole(value) else None


def way(values: Values, today: date) -> str | None:
    """How it goes, as registers ask (domain 3.5 方式): on paper, or in the national system; nothing within the unit."""
    del today
    if values.get("direction") == INTERNAL:
        return None
    return "线上" if credential(values) == ONLINE else "纸质"
