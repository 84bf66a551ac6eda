"""Whether somebody may be admitted now: not shortly before leaving (domain 6, S[12b])."""

from collections.abc import Iterator, Sequence

from taizhang.core.codes import code_table
from taizhang.core.context import Context, Values
from taizhang.core.day import add_months, first_day, last_day, show
from taizhang.core.findings import Finding, error
from taizhang.ledgers.members.seniority import PROBATIONARY

_MONTHS = 3
_OUT, _CANDIDATE = "1-1", "3-1"  # transfer_direction, transfer_category
_FAILED = frozenset(code_table("transfer_state").members("未办成"))
_ARRIVED = frozenset({"30", "31"})  # join_kind: came as a member


def not_before_leaving(values: Values, context: Context) -> Iterator[Finding]:
    """R-TR-09: no admission is begun within three months before a 发展对象 leaves the unit."""
    joined, own = values.get("joined_on"), values.get("entry_kind") in _ARRIVED
    if values.get("category") != PROBATIONARY or own or not isinstance(joined, str):
        return
    for rid in _letters(values, context):
        letter = context.values("transfers", rid) or {}
        leaves = letter.get("issued_on") or letter.get("applied_on")
        leaving = letter.get("direction") == _OUT and letter.get("category") == _CANDIDATE
        if not leaving or letter.get("state") in _FAILED or not isinstance(leaves, str):
            continue
        if first_day(joined) <= last_day(leaves) <= add_months(last_day(joined), _MONTHS):
            said = f"作为发展对象已登记{show(leaves, 'cn')}转出，离开前三个月内不能启动接收，请由转入单位继续培养。"
            yield error("joined_on", said, value=joined, rule="R-TR-09")
            return


def _letters(values: Values, context: Context) -> Sequence[int]:
    """Transfers of the same person: by the ID number, or by the name where one of them has no number."""
    number, name = values.get("id_number"), values.get("name")
    same = context.holders("transfers", "id_number", number) if number is not None else ()
    if same or name is None:
        return same
    named = context.holders("transfers", "name", name)
    blank = [rid for rid in named if (context.values("transfers", rid) or {}).get("id_number") is None]
    return named if number is None else blank
