"""What a step is held against: where the transfer stood, and what that step needs."""

from collections.abc import Iterator

from taizhang.core.codes import code_table
from taizhang.core.context import Context, Values
from taizhang.core.day import show
from taizhang.core.findings import Finding, error, warning
from taizhang.ledgers.transfers.deadlines import receipt_due
from taizhang.ledgers.transfers.facts import is_certificate, is_member, is_unit, record, stored
from taizhang.ledgers.transfers.states import (
    ACCEPTED,
    CANCELLED,
    DONE,
    IN,
    INTERNAL,
    MOVES,
    OUT,
    UNDERWAY,
    VOIDED,
    allowed,
    is_settled,
    label,
)

_FIXED = ("direction", "member", "members", "branch", "credential", "to_branch")
_ROLES = frozenset({"党支部", ""})  # the groups that hold members: a branch, also a temporary or functional one


def transition(values: Values, context: Context) -> Iterator[Finding]:
    """Domain 3.5: the state machine of each direction; what is over stays over."""
    direction, state = values.get("direction"), values.get("state")
    before = stored(values, context)
    if not isinstance(direction, str) or not isinstance(state, str):
        return
    was = before.get("state")
    if before and before.get("direction") != direction and was not in MOVES.get(direction, {}):
        yield error("direction", "已经办到这一步，转接方向不能再改；请撤回后另行登记。")
    elif state not in MOVES.get(direction, {}):
        way = code_table("transfer_direction").label(direction)
        yield error("state", f"{way}没有“{label(state)}”这个状态，请改选。", value=label(state))
    elif not allowed(direction, was if isinstance(was, str) else None, state):
        yield error("state", _no_way(direction, str(was), state), value=label(state))


def needed(values: Values, context: Context) -> Iterator[Finding]:
    """What was accepted was issued before, on a day; a letter that is on its way too."""
    direction, state = values.get("direction"), values.get("state")
    before = stored(values, context)
    moved = bool(before) and before.get("state") != state
    today = context.today.isoformat()
    if direction == OUT and state == UNDERWAY and values.get("issued_on") is None:
        yield error("issued_on", "还没有开具日期，请填写。", proposal=today)
    if direction == OUT and state in {ACCEPTED, DONE} and moved and values.get("issued_on") is None:
        yield error("state", "还没有开具介绍信，不能登记接收；请先开具。", value=label(str(state)))
    if is_settled(values) and values.get("received_on") is None:
        said, emptied = "请填写接收日期。", before.get("received_on") is not None  # by which the roster has followed
        yield error("received_on", said, proposal=today) if moved or emptied else warning("received_on", said)
    if state in CANCELLED and values.get("received_on") not in {None, before.get("received_on")}:
        yield error("received_on", f"{label(str(state))}的不能再登记接收；另有一封的，请登记在那一封上。")
    if state == DONE and direction != INTERNAL and values.get("receipt_on") is None and moved:
        yield error("receipt_on", "收到或寄出回执才算办结，请填写回执日期。", proposal=today, rule="R-TR-03")
    if state in CANCELLED and values.get("state_reason") is None:
        reason = "编号留着，" if state == VOIDED else ""
        yield warning("state_reason", f"{label(str(state))}的，{reason}请写明原因。", rule="§3.4")


def receipt(values: Values, context: Context) -> Iterator[Finding]:
    """R-TR-03: the receipt comes, or is sent, within a month after acceptance."""
    due = receipt_due(values)
    if due is None or context.today <= due:
        return
    by = "对方没有寄回回执，请催要" if values.get("direction") == OUT else "还没有给原单位寄回执，请尽快寄出"
    yield warning("receipt_on", f"{show(due.isoformat(), 'cn')}前应有回执：{by}。", rule="R-TR-03")


def fixed(values: Values, context: Context) -> Iterator[Finding]:
    """Once the roster has followed, it is not led astray by changing whom or what it followed."""
    before = stored(values, context)
    if not is_settled(before) or is_certificate(before):
        return
    for key in _FIXED:
        linked = before.get(key) is None  # the roster's record is linked by acceptance itself
        if before.get(key) != values.get(key) and not linked:
            yield error(key, "已经接收，名册也已更新，这里不能再改；登记错了请用撤销。")
    if is_member(before) is not is_member(values):
        yield error("category", "接收时还不是党员的，以后入党请登记在党员名册中；登记错了请用撤销。")


def within(values: Values, context: Context) -> Iterator[Finding]:
    """Domain 3.2: inside one committee somebody goes from one of its own branches to another."""
    name, state = values.get("to_branch"), values.get("state")
    if values.get("direction") != INTERNAL or state in CANCELLED or _unchanged(values, context, "to_branch"):
        return
    if not isinstance(name, str):
        if state == DONE:
            yield error("to_branch", "请填写调到本单位的哪个党支部。")
        return
    found = context.find("organisations", name)
    target = record(context, "organisations", found[0]) if len(found) == 1 else {}
    if code_table("organisation_kind").group(str(target.get("kind"))) not in _ROLES or not target:
        yield error("to_branch", f"内部调整要去本单位的党支部，“{name}”不是，请改选或先登记。", value=name)
    elif found[0] == values.get("branch"):
        yield error("to_branch", "本人已在这个党支部，请改选要去的党支部。", value=name)


def placed(values: Values, context: Context) -> Iterator[Finding]:
    """Whoever is accepted belongs to a branch from that day on."""
    del context
    if values.get("direction") == IN and is_settled(values) and values.get("branch") is None:
        yield error("branch", "接收时请选编入的党支部。")


def listed(values: Values, context: Context) -> Iterator[Finding]:
    """Domain 3.2: a whole unit goes by one letter with the list of its members."""
    del context
    state, members = values.get("state"), values.get("members")
    if is_unit(values) and members is None and (state == UNDERWAY or is_settled(values)):
        said = "整建制转接请在名单中选好全部党员。"
        yield error("members", said) if state == UNDERWAY else warning("members", said)
    count = values.get("headcount")
    if isinstance(members, tuple) and isinstance(count, int) and count != len(members):
        names = str(len(members))
        yield warning("headcount", f"名单上有 {names} 人，请核对。", value=str(count), proposal=names)


def _no_way(direction: str, was: str, state: str) -> str:
    ways = MOVES[direction].get(was, frozenset())
    if not ways:
        return f"这件转接已是“{label(was)}”，不能改成“{label(state)}”；登记错了请用撤销，要重办请另登记一件。"
    onwards = "、".join(label(one) for one in MOVES[direction] if one in ways)
    return f"“{label(was)}”不能改成“{label(state)}”，可以改成：{onwards}。"


def _unchanged(values: Values, context: Context, key: str) -> bool:
    before = stored(values, context)
    return is_settled(before) and before.get(key) == values.get(key)


STATE_RULES = (transition, needed, receipt, fixed, within, placed, listed)
