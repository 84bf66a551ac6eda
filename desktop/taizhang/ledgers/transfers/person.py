"""What a transfer takes from the roster, from the organisations above the branch, and from the letter it replaces."""

from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet

from taizhang.core import idcard
from taizhang.core.codes import code_table
from taizhang.core.context import Context, Value, Values
from taizhang.ledgers.transfers.facts import LETTER, agrees, is_paper, is_unit, record, stored
from taizhang.ledgers.transfers.states import IN, INTERNAL, OPEN, OUT, UNDERWAY, VOIDED

_PERSON = ("name", "sex", "ethnic_group", "born_on", "id_number", "category", "joined_on", "confirmed_on", "phone")
_GOING = ("direction", "credential", "to_committee", "to_branch", "reason", "series", "delivery")
_WHO = (
    *(*_PERSON, "member", "members", "headcount", "branch", "from_committee", "from_branch", "materials"),
    *("dues_paid_to", "dues_note", "from_address", "from_phone", "from_fax", "from_postcode"),
)
_ISSUERS = frozenset({"党委", "党工委"})


def which_way(values: Values, given: AbstractSet[str], context: Context) -> Mapping[str, Value]:
    """A register of letters out has no column for the direction; nor a name for a letter that was spoilt (作废)."""
    del given
    found: dict[str, Value] = {}
    to, committee = values.get("to_branch"), values.get("to_committee")
    if values.get("direction") is None:
        own = isinstance(to, str) and committee is None and bool(context.find("organisations", to))
        whence = values.get("from_committee") or values.get("from_branch")
        if to or committee or values.get("state") in {UNDERWAY, VOIDED}:
            found["direction"] = INTERNAL if own else OUT
        elif whence:
            found["direction"] = IN
    if values.get("name") is None and values.get("member") is None and values.get("state") == VOIDED:
        found["name"] = "作废"
    return found


def found_in_roster(values: Values, given: AbstractSet[str], context: Context) -> Mapping[str, Value]:
    """The roster's record of somebody named: by the ID number; one who is about to leave also by the name alone.

    What is over is not linked by a name: who left years ago is another than the namesake who is here.
    """
    if values.get("member") is not None or is_unit(values) or not given & {"id_number", "name"}:
        return {}
    over = values.get("state") not in {None, *OPEN}
    over = over or (values.get("direction") == OUT and bool(given & {"received_on", "receipt_on"}))
    number, name = values.get("id_number"), values.get("name")
    rids = context.holders("members", "id_number", number) if number is not None else ()
    if not rids and isinstance(name, str) and not over and values.get("direction") not in {None, IN}:
        rids = [rid for rid in context.find("members", name) if _fits(values, record(context, "members", rid))]
    return {"member": rids[0]} if len(rids) == 1 else {}


def from_roster(values: Values, given: AbstractSet[str], context: Context) -> Mapping[str, Value]:
    """What the roster says of the member who was picked just now; of another one before, nothing stays."""
    del given
    rid, before = values.get("member"), stored(values, context).get("member")
    if not isinstance(rid, int) or before == rid:
        return {}
    member = record(context, "members", rid)
    said = {key: member.get(key) for key in (*_PERSON, *(() if values.get("direction") == IN else ("branch",)))}
    return said if before is not None else _where_blank(said, values)


def from_number(values: Values, context: Context) -> Mapping[str, Value]:
    """Sex and birth date of somebody who comes with a letter, from a valid ID number (domain 2.6)."""
    return idcard.told(values.get("id_number"), context.today)


def copied(values: Values, given: AbstractSet[str], context: Context) -> Mapping[str, Value]:
    """R-TR-04, R-TR-05: a letter that replaces another says what the other said, but for what was wrong in it."""
    if "replaces" not in given or stored(values, context).get("replaces") == values.get("replaces"):
        return {}
    old = record(context, "transfers", values.get("replaces"))
    other = old.get("member") is not None and values.get("member") not in {None, old.get("member")}
    return _where_blank({key: old.get(key) for key in (*_GOING, *(() if other else _WHO))}, values)


def by_letter(values: Values, given: AbstractSet[str], context: Context) -> Mapping[str, Value]:
    """Whoever comes or goes without a word of how does so by letter; within the unit there is none (domain 3.2)."""
    del given, context
    silent = values.get("credential") is None and values.get("members") is None
    return {"credential": LETTER} if silent and values.get("direction") in {OUT, IN} else {}


def unit(values: Values, given: AbstractSet[str], context: Context) -> Mapping[str, Value]:
    """The count of a list, and the name and the branch of a unit that goes as a whole."""
    members = values.get("members")
    if not isinstance(members, tuple) or not members:
        return {}
    found: dict[str, Value] = {}
    if "members" in given and members != stored(values, context).get("members"):
        found["headcount"] = len(members)
    branches = {record(context, "members", rid).get("branch") for rid in members}
    if values.get("branch") is None and values.get("direction") == OUT:
        found["branch"] = _common(context, branches)
    if values.get("name") is None:
        branch = (found.get("branch") or values.get("branch")) if len(branches) == 1 else None
        named = context.name("organisations", branch) if isinstance(branch, int) else ""
        found["name"] = named or f"{context.name('members', int(members[0]))}等同志"
    return found


def sender(values: Values, given: AbstractSet[str], context: Context) -> Mapping[str, Value]:
    """Whence somebody goes: the branch, the committee that issues the letter, and how that is reached (domain 3.4)."""
    del given
    branch, before = values.get("branch"), stored(values, context)
    if values.get("direction") not in {OUT, INTERNAL} or not isinstance(branch, int):
        return {}
    moved = before and before.get("branch") != branch
    if before and not moved and before.get("state") == values.get("state"):
        return {}
    said: dict[str, Value] = {"from_branch": context.name("organisations", branch) or None}
    if values.get("direction") == OUT:
        said["from_committee"], issuer = _issuer(context, branch)
        if is_paper(values):
            said |= {f"from_{key}": issuer.get(key) for key in ("address", "phone", "fax", "postcode")}
    return said if moved else _where_blank(said, values)


def _where_blank(said: Mapping[str, Value], values: Values) -> Mapping[str, Value]:
    return {key: value for key, value in said.items() if value is not None and values.get(key) is None}


def _fits(values: Values, member: Values) -> bool:
    """Whether a namesake in the roster is still there and differs in nothing that was said."""
    branches = {values.get("branch"), member.get("branch")} - {None}
    return agrees(values, member) and len(branches) < 2 and member.get("left_on") is None


def _issuer(context: Context, branch: int) -> tuple[str | None, Values]:
    """The nearest committee above that may admit members; a street's committee that is only named comes last."""
    nearest: tuple[str | None, Values] = (None, {})
    top: Values = {}
    for _rid, organisation in _upwards(context, branch):
        top = organisation
        if code_table("organisation_kind").group(str(organisation.get("kind"))) not in _ISSUERS:
            continue
        if organisation.get("admits") is not False:
            return _text(organisation.get("name")), organisation
        nearest = nearest if nearest[0] else (_text(organisation.get("name")), organisation)
    return (_text(top.get("superior")), {}) if top.get("superior") else nearest


def _common(context: Context, organisations: Iterable[object]) -> int | None:
    """The lowest organisation to which all of these belong."""
    chains = [[rid for rid, _organisation in _upwards(context, one)] for one in organisations]
    return next((rid for rid in chains[0] if all(rid in chain for chain in chains)), None)


def _upwards(context: Context, rid: object) -> Iterator[tuple[int, Values]]:
    seen: set[object] = set()
    above = rid
    while isinstance(above, int) and above not in seen:
        seen.add(above)
        organisation = record(context, "organisations", above)
        yield above, organisation
        above = organisation.get("parent")


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None
