"""What whoever goes is held against: the roster, other transfers under way, dues, probation."""

from collections.abc import Iterator

from taizhang.core.codes import code_table
from taizhang.core.context import RID, Context, Values
from taizhang.core.day import add_months, before as earlier, first_day, last_day, show
from taizhang.core.findings import Finding, error, warning
from taizhang.core.text import clean_name
from taizhang.ledgers.transfers.facts import (
    ACTIVIST,
    CANDIDATE,
    PROBATIONARY,
    UNIT,
    agrees,
    is_certificate,
    is_member,
    is_unit,
    people,
    record,
    stored,
)
from taizhang.ledgers.transfers.rules_letter import issuing
from taizhang.ledgers.transfers.states import DONE, IN, INTERNAL, OPEN, OUT, is_settled

_SUDDEN_MONTHS = 3
_DIED, _TRANSFERRED = "30", frozenset({"40", "41"})  # leave_reason


def named(values: Values, context: Context) -> Iterator[Finding]:
    """A person's name, and the one that the roster has; a namesake in the roster is asked about."""
    name = values.get("name")
    if not isinstance(name, str) or is_unit(values):
        return
    plain = clean_name(name)
    if any(char.isdigit() for char in plain) or not any(char.isalpha() for char in plain):
        yield error("name", "姓名应填一个人的姓名；多人同一封信请把凭证选为整建制介绍信。", value=name)
        return
    member = values.get("member")
    if isinstance(member, int):
        known = context.name("members", member)
        if known and known != name and values.get("state") in OPEN:
            yield warning("name", f"名册中这位党员姓名是“{known}”，请核对。", value=name, proposal=known)
    elif values.get("state") in OPEN and len(context.find("members", name)) == 1:
        yield warning("member", f"名册中有一位“{name}”，如是同一人，请选上。", proposal=name)


def arrives_once(values: Values, context: Context) -> Iterator[Finding]:
    """Whoever is accepted is entered in the roster; a namesake who is there already is told apart before that."""
    name, number = values.get("name"), values.get("id_number")
    accepted = values.get("direction") == IN and is_settled(values) and not is_settled(stored(values, context))
    if not accepted or people(values) or is_unit(values) or not is_member(values) or not isinstance(name, str):
        return
    if number is not None and context.holders("members", "id_number", number):
        return
    if any(agrees(values, record(context, "members", rid)) for rid in context.find("members", name)):
        make = error if number is None else warning
        said = f"名册中已有“{name}”，接收后会另记一人：是同一人的请选名册中的党员，只是同名的请填公民身份号码。"
        yield make("member", said, proposal=name)


def under_way(values: Values, context: Context) -> Iterator[Finding]:
    """Nobody goes by two letters at once, nor by one of his own while his unit goes as a whole."""
    if values.get("state") not in OPEN or is_certificate(values):
        return
    mine = set(people(values))
    if not mine:
        return
    others = {rid for member in mine for rid in context.holders("transfers", "member", member)}
    others |= set(context.holders("transfers", "credential", UNIT))
    for rid in sorted(others - {values.get(RID), values.get("replaces")}):
        other = record(context, "transfers", rid)
        both = mine & set(people(other))
        if not both or other.get("state") not in OPEN or is_certificate(other):
            continue
        if other.get("replaces") is not None and other.get("replaces") == values.get(RID):
            continue
        who = context.name("members", min(both))
        letter = f"（{other['number']}）" if other.get("number") else ""
        said = f"“{who}”还有一件转接没有办完{letter}，请先办结、撤回或作废那一件。"
        yield error("members" if is_unit(values) else "member", said)
        return


def linked(values: Values, context: Context) -> Iterator[Finding]:
    """Without the roster's record the roster follows in nothing."""
    del context
    way, state = values.get("direction"), values.get("state")
    if people(values) or is_unit(values) or is_certificate(values) or not is_member(values):
        return
    if way == INTERNAL and state == DONE:
        yield error("member", "请选名册中的党员，名册里的支部才会一并改好。")
    elif way in {OUT, INTERNAL} and state in OPEN:
        yield warning("member", "没有选名册中的党员，办完后名册不会变动；在册的请选上。")


def still_here(values: Values, context: Context) -> Iterator[Finding]:
    """Who has left does not leave again; who is here need not come; who is entered as gone goes from the roster."""
    gone = values.get("direction") == OUT and is_settled(values) and not is_certificate(values)
    if gone and not stored(values, context):
        for rid in people(values):
            if record(context, "members", rid).get("left_on") is None:
                said = f"“{context.name('members', rid)}”还在名册中，保存后从名册转出；如已回来或不是同一人，请核对。"
                yield warning("members" if is_unit(values) else "member", said)
    if values.get("state") not in OPEN:
        return
    for rid in people(values):
        member = record(context, "members", rid)
        left, name = member.get("left_on"), context.name("members", rid)
        field = "members" if is_unit(values) else "member"
        if values.get("direction") == IN and member and left is None:
            yield warning(field, f"“{name}”已在名册中；如是同一人，接收后只改所在支部。")
        elif values.get("direction") != IN and isinstance(left, str):
            yield error(field, f"“{name}”已于{show(left, 'cn')}离开，不能再转；请核对名册。")


def may_return(values: Values, context: Context) -> Iterator[Finding]:
    """Who was transferred out may come back; nobody does who has died, and who lost membership is asked about."""
    came = values.get("received_on")
    if values.get("direction") != IN or is_settled(stored(values, context)):
        return
    for rid in people(values):
        member = record(context, "members", rid)
        left, reason = member.get("left_on"), member.get("leave_reason")
        if not isinstance(left, str) or reason in {None, *_TRANSFERRED}:
            continue
        if isinstance(came, str) and earlier(came, left) is not False:  # came before that: an old register
            continue
        why = code_table("leave_reason").label(str(reason))
        said = f"“{context.name('members', rid)}”已于{show(left, 'cn')}离开（{why}），请核对是不是同一人。"
        make = error if reason == _DIED else warning
        yield make("members" if is_unit(values) else "member", said)


def dues(values: Values, context: Context) -> Iterator[Finding]:
    """R-TR-06: paid up to the month of the letter, or a reason that was approved."""
    issued, paid = values.get("issued_on"), values.get("dues_paid_to")
    if is_certificate(values) or not isinstance(issued, str) or values.get("category") in {CANDIDATE, ACTIVIST}:
        return
    if isinstance(paid, str) and last_day(paid[:7]) >= first_day(issued[:7]) and len(paid) >= 7:
        return
    month = show(issued[:7], "cn")
    if values.get("direction") == OUT and issuing(values, context):
        said = f"党费要交到{month}才能开具；经批准减免或缓交的，请写明党费说明。"
        make = error if values.get("dues_note") is None else warning
        yield make("dues_paid_to", said, value=str(paid or ""), proposal=issued[:7], rule="R-TR-06")
    elif values.get("direction") == IN and values.get("state") in OPEN:
        said = f"党费没有注明交到开信的{month}，请向本人或原单位核实。"
        yield warning("dues_paid_to", said, value=str(paid or ""), rule="R-TR-06")


def probation(values: Values, context: Context) -> Iterator[Finding]:
    """R-TR-07: what goes with a probationary member, and an admission shortly before leaving."""
    if values.get("category") != PROBATIONARY or values.get("state") not in OPEN or is_certificate(values):
        return
    if values.get("direction") == OUT and not values.get("materials"):
        yield warning("materials", "预备党员转出，请移交培养教育考察材料，再勾选材料已移交。", rule="R-TR-07")
    if values.get("direction") == IN and not values.get("materials"):
        said = "请查验预备党员的入党材料；接收后预备期连续计算，入党日期不变。"
        yield warning("materials", said, rule="R-TR-07")
    joined, left = values.get("joined_on"), values.get("issued_on") or values.get("applied_on")
    leaving = first_day(left) if isinstance(left, str) else context.today
    if not isinstance(joined, str) or values.get("direction") not in {OUT, IN}:
        return
    if add_months(last_day(joined), _SUDDEN_MONTHS) > leaving >= first_day(joined):
        said = "离开前三个月内入党，要防止突击发展：" + (
            "请先核实入党手续，如实写入移交材料。"
            if values.get("direction") == OUT
            else "请核查材料，不合格的报县级以上组织部门批准后不予承认，合格的重新履行入党手续。"
        )
        yield warning("joined_on", said, value=joined, rule="R-TR-07")


def not_yet_members(values: Values, context: Context) -> Iterator[Finding]:
    """R-TR-08: the training of activists and candidates goes on where they go, if its papers come along.

    R-TR-09: who is about to leave is not admitted before; the roster refuses it.
    """
    del context
    kind = values.get("category")
    if kind not in {CANDIDATE, ACTIVIST} or values.get("state") not in OPEN:
        return
    if kind == CANDIDATE and values.get("direction") == OUT:
        yield warning("category", "发展对象离开前三个月内不能启动接收，由转入单位继续培养。", rule="R-TR-09")
    if values.get("materials"):
        return
    label = "发展对象" if kind == CANDIDATE else "入党积极分子"
    verb = "移交" if values.get("direction") == OUT else "查收"
    said = f"请{verb}{label}的培养教育考察材料，培养时间可连续计算。"
    yield warning("materials", said, rule="R-TR-08")


def credential_fits(values: Values, context: Context) -> Iterator[Finding]:
    """R-TR-08, domain 3.1: who is no member yet has no letter of membership; a certificate only goes out."""
    del context
    if values.get("category") in {CANDIDATE, ACTIVIST} and is_unit(values):
        yield error("credential", "发展对象和积极分子还没有组织关系，不能随整建制转接，请单独登记。", rule="R-TR-08")
    if is_certificate(values) and values.get("direction") not in {None, OUT}:
        yield error("credential", "党员证明信只用于外出，不转组织关系；请改选凭证。", rule="§3.1")


def changed_person(values: Values, context: Context) -> Iterator[Finding]:
    """A letter names one person from beginning to end."""
    before = stored(values, context)
    number = before.get("number")
    if number is not None and before.get("member") is not None and before.get("member") != values.get("member"):
        yield error("member", "这封信已经编号，不能换人；请作废后另开一封。", rule="§3.4")


PERSON_RULES = (
    named,
    arrives_once,
    under_way,
    linked,
    still_here,
    may_return,
    dues,
    probation,
    not_yet_members,
    credential_fits,
    changed_person,
)
