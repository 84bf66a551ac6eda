"""What the roster and other letters become by a transfer: who leaves, who arrives, which letter is void."""

from collections.abc import Iterator, Mapping

from taizhang.core.context import RID, Context, Values
from taizhang.core.day import before as earlier
from taizhang.core.errors import Refused
from taizhang.core.ledger import Consequence
from taizhang.ledgers.transfers.facts import ONLINE, credential, is_certificate, is_member, is_unit, people, record
from taizhang.ledgers.transfers.states import IN, INTERNAL, OUT, UNDERWAY, VOIDED, is_settled

_LEFT, _NORMAL = "9", "1"  # membership_status
_OUT, _OUT_UNIT = "40", "41"  # leave_reason
_IN, _IN_UNIT = "30", "31"  # join_kind
_ARRIVING = ("name", "sex", "ethnic_group", "born_on", "id_number", "category", "joined_on", "confirmed_on", "phone")


def roster(was: Values, now: Values, context: Context) -> Iterator[Consequence]:
    """Acceptance moves members, once; a mistaken entry is not taken out after that.

    A transfer that is entered when it was over long since (`of_old`) changes nothing that the roster knows better.
    """
    if is_certificate(was) and is_certificate(now or was):
        return
    if not now:
        if is_settled(was) and (people(was) and is_member(was)):
            raise Refused(f"“{was.get('name')}”这件转接已使名册变动，没有作废；登记错了，请撤销登记接收的那一步。")
        return
    if not is_settled(now) or not is_member(now):
        return
    if is_settled(was):
        yield from _mended(was, now, context)
        return
    move = {OUT: _leave, IN: _arrive, INTERNAL: _rebranch}[str(now["direction"])]
    yield from move(now, context, of_old=not was)


def replaced(was: Values, now: Values, context: Context) -> Iterator[Consequence]:
    """R-TR-04, R-TR-05: the letter that was issued anew makes the old one void; its number stays taken."""
    old = record(context, "transfers", now.get("replaces")) if now else {}
    rid = now.get("replaces") if now else None
    issued = now.get("state") == UNDERWAY and (was.get("state"), was.get("replaces")) != (UNDERWAY, rid)
    if issued and isinstance(rid, int) and old.get("state") == UNDERWAY:
        number = now.get("number")
        yield Consequence("transfers", rid, {"state": VOIDED, "state_reason": f"已补开{number or ''}"})


def _leave(now: Values, context: Context, *, of_old: bool) -> Iterator[Consequence]:
    day = _day(now, context)
    for rid in people(now):
        member = record(context, "members", rid)
        if member.get("left_on") is not None or (of_old and _is_older(day, member)):
            continue
        raw: dict[str, object] = {
            "left_on": day,
            "leave_reason": _OUT_UNIT if is_unit(now) else _OUT,
            "status": _LEFT,
            "left_to": now.get("to_committee") or now.get("to_branch"),
            "leave_note": _letter(now),
        }
        yield Consequence("members", rid, raw)


def _arrive(now: Values, context: Context, *, of_old: bool) -> Iterator[Consequence]:
    known = people(now)
    if is_unit(now):
        for rid in known:
            yield from _returned(now, rid, context, of_old=of_old)
        return
    number = now.get("id_number")
    found = known or tuple(context.holders("members", "id_number", number) if number is not None else ())
    if not found:
        raw = {**{key: now.get(key) for key in _ARRIVING}, **_place(now, context), "status": _NORMAL}
        given = {key: value for key, value in raw.items() if value is not None}
        yield Consequence("members", None, {**given, "entry_note": _origin(now)}, link="member")
        return
    yield from _returned(now, found[0], context, of_old=of_old)
    if not known:
        yield Consequence("transfers", _own(now), {"member": found[0]})


def _returned(now: Values, rid: int, context: Context, *, of_old: bool) -> Iterator[Consequence]:
    """Somebody whom the roster knows: who had left is here again, who never had changes the branch."""
    member, day = record(context, "members", rid), _day(now, context)
    if of_old and _is_older(day, member):
        return
    raw: dict[str, object] = dict(_place(now, context))
    raw |= {key: now[key] for key in ("category", "confirmed_on") if now.get(key) is not None}
    if member.get("left_on") is not None:
        raw |= {"left_on": None, "leave_reason": None, "left_to": None, "leave_note": None, "status": _NORMAL}
        raw["entry_note"] = _origin(now)
        del raw["arrived_on"]  # the first arrival stands: from it on, but for the time away, there was a member here
    yield Consequence("members", rid, raw, since=day)


def _rebranch(now: Values, context: Context, *, of_old: bool) -> Iterator[Consequence]:
    found = context.find("organisations", str(now.get("to_branch")))
    day = _day(now, context)
    for rid in people(now):
        member = record(context, "members", rid)
        if len(found) == 1 and member.get("left_on") is None and not (of_old and _is_older(day, member)):
            raw = {"branch": found[0], "entered_on": day, "party_group": now.get("party_group")}
            yield Consequence("members", rid, raw)


def _mended(was: Values, now: Values, context: Context) -> Iterator[Consequence]:
    """What was mended or added after acceptance: in the roster too, where it still is as it was written then."""
    old, new = _written(was, context), _written(now, context)
    changed = {key: value for key, value in new.items() if value is not None and value != old[key]}
    for rid in people(now) if changed else ():
        member = record(context, "members", rid)
        raw = {key: value for key, value in changed.items() if member.get(key) == old[key]}
        if raw:
            yield Consequence("members", rid, raw)


def _written(values: Values, context: Context) -> Mapping[str, object]:
    """What acceptance writes of a transfer into the roster, by the roster's fields."""
    day = _day(values, context)
    if values["direction"] == OUT:
        return {"left_on": day}
    placed = {"entered_on": day, "party_group": values.get("party_group")}
    if values["direction"] == INTERNAL:
        return placed
    person = {} if is_unit(values) else {key: values.get(key) for key in _ARRIVING}
    return {**placed, "arrived_on": day, **person}


def _place(now: Values, context: Context) -> Mapping[str, object]:
    day = _day(now, context)
    kind = _IN_UNIT if is_unit(now) else _IN
    place = {"branch": now.get("branch"), "party_group": now.get("party_group"), "entry_kind": kind}
    return {**place, "entered_on": day, "arrived_on": day}


def _day(values: Values, context: Context) -> str:
    """The day on which it took effect."""
    days = (values.get(key) for key in ("received_on", "receipt_on", "issued_on"))
    return next((str(day) for day in days if day is not None), context.today.isoformat())


def _is_older(day: str, member: Values) -> bool:
    """Whether the roster knows of something later: what is entered of the past does not undo it."""
    known = (member.get(key) for key in ("arrived_on", "entered_on", "left_on"))
    return any(isinstance(later, str) and earlier(day, later) is True for later in known)


def _letter(values: Values) -> str:
    if credential(values) == ONLINE:
        return "线上转接"
    return f"{'整建制' if is_unit(values) else ''}介绍信{values.get('number') or ''}"


def _origin(values: Values) -> str:
    place = values.get("from_committee") or values.get("from_branch")
    return f"{_letter(values)}{f'，由{place}转来' if place else ''}"


def _own(values: Values) -> int:
    rid = values[RID]  # an effect is asked of a record that is stored
    return rid if isinstance(rid, int) else 0


EFFECTS = (roster, replaced)
