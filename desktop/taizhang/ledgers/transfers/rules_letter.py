"""What a letter is held against: its number, its days, its destination, the letter that it replaces."""

from collections.abc import Iterator

from taizhang.core.context import RID, Context, Value, Values
from taizhang.core.day import add_months, first_day, is_whole, last_day, show
from taizhang.core.findings import Finding, error, warning
from taizhang.ledgers.transfers.facts import ONLINE, credential, is_certificate, is_paper, record, stored, whole_day
from taizhang.ledgers.transfers.moving import USUAL_DAYS
from taizhang.ledgers.transfers.numbering import gap, next_number, same_number, series_of
from taizhang.ledgers.transfers.states import APPLIED, CANCELLED, IN, OPEN, OUT, REVIEWED, UNDERWAY, VOIDED, is_settled

MOST_DAYS = 90
_CONTENT = (
    *("name", "sex", "born_on", "ethnic_group", "category", "id_number", "from_committee", "from_branch"),
    *("members", "headcount", "to_committee", "to_branch", "issued_on", "valid_days", "dues_paid_to"),
)
_ORDER = (
    ("applied_on", "issued_on"),
    ("issued_on", "due_on"),
    ("issued_on", "verified_on"),
    ("issued_on", "received_on"),
    ("verified_on", "received_on"),
    ("received_on", "receipt_on"),
)
_LABELS = {
    "applied_on": "申请日期",
    "issued_on": "开具日期",
    "due_on": "到期日",
    "verified_on": "查验日期",
    "received_on": "接收日期",
    "receipt_on": "回执日期",
}


def issuing(values: Values, context: Context) -> bool:
    """Whether the letter goes out by this very change."""
    out = values.get("direction") == OUT and values.get("state") == UNDERWAY
    return out and stored(values, context).get("state") != UNDERWAY


def number(values: Values, context: Context) -> Iterator[Finding]:
    """Domain 3.4: unique in its series and year, of that year, and no number before it is missing."""
    mine, year = values.get("number"), str(values.get("issued_on") or "")[:4]
    if not is_paper(values):
        return

    def free() -> str:
        return next_number(context, series_of(values), year or str(context.today.year))

    if mine is None and values.get("state") == UNDERWAY:
        yield error("number", "开出的信要有编号，请填写。", proposal=free())
    if not isinstance(mine, str):
        return
    for rid in same_number(values, context):
        other = record(context, "transfers", rid)
        day = show(str(other.get("issued_on") or ""), "cn")
        said = f"编号 {mine} 已用于{f'{day}开给' if day else ''}“{other.get('name')}”的{series_of(other)}，请换一个。"
        yield error("number", said, value=mine, proposal=free(), rule="§3.4")
        return
    if year and "〔" in mine and f"〔{year}〕" not in mine:
        yield warning("number", "编号里的年份与开具日期不是同一年，请核对。", value=mine, rule="§3.4")
    if missing := gap(values, context):
        several = f" 到 {missing[-1]}" if len(missing) > 1 else ""
        yield warning("number", f"前面缺 {missing[0]}{several}，请补登记，或登记为作废并写明原因。", rule="§3.4")


def dates(values: Values, context: Context) -> Iterator[Finding]:
    """Applied, issued, verified, accepted, receipt: in this order; a letter is dated to the day, and not ahead."""
    for early, late in _ORDER:
        first, second = values.get(early), values.get(late)
        if isinstance(first, str) and isinstance(second, str) and last_day(second) < first_day(first):
            yield error(late, f"{_LABELS[late]}早于{_LABELS[early]}，请核对。", value=second)
    issued = values.get("issued_on")
    if not isinstance(issued, str):
        return
    is_new = issuing(values, context) or stored(values, context).get("issued_on") != issued
    if values.get("direction") == OUT and values.get("state") == UNDERWAY and is_new and not is_whole(issued):
        yield error("issued_on", "开具日期要写到日，请补全。", value=issued)
    if first_day(issued) > context.today:
        yield warning("issued_on", "开具日期晚于今天，请核对。", value=issued)


def validity(values: Values, context: Context) -> Iterator[Finding]:
    """R-TR-01: at most 90 days; R-TR-02: due so many days after the day of issue."""
    del context
    days, issued, due = values.get("valid_days"), whole_day(values, "issued_on"), whole_day(values, "due_on")
    if is_certificate(values):
        return
    asked = days if isinstance(days, int) else (due - issued).days if due and issued else 0
    if asked > MOST_DAYS:
        said = f"有效期 {asked} 天，最长只能 {MOST_DAYS} 天。"
        if values.get("direction") == IN:
            yield warning("valid_days", said + "请向开信的党组织核实。", value=str(asked), rule="R-TR-01")
        else:
            more = "请改短，一般 30 天。"
            yield error("valid_days", said + more, value=str(asked), proposal=str(USUAL_DAYS), rule="R-TR-01")
    elif issued and due and isinstance(days, int) and due >= issued and (due - issued).days != days:
        yield warning("due_on", "到期日不等于开具日期加有效期，请核对。", value=due.isoformat(), rule="R-TR-02")


def destination(values: Values, context: Context) -> Iterator[Finding]:
    """Domain 3.4: the receiving committee heads the letter, the branch stands in it with its full name."""
    if not issuing(values, context):
        return
    if is_certificate(values):
        if values.get("to_committee") is None and values.get("to_branch") is None:
            yield error("to_committee", "请填写证明信开给哪个党组织。", rule="§3.4")
        return
    if values.get("to_committee") is None:
        yield error("to_committee", "开具前请填写抬头党组织（接收的党委或党工委全称）。", rule="§3.4")
    if values.get("to_branch") is None:
        yield error("to_branch", "开具前请填写去往党支部的全称。", rule="§3.4")


def expired(values: Values, context: Context) -> Iterator[Finding]:
    """R-TR-04: what is to be done with a letter that was not handed in in time, here or there."""
    due, came = whole_day(values, "due_on"), values.get("received_on")
    if due is None or is_certificate(values):
        return
    if isinstance(came, str):
        if values.get("direction") == IN and first_day(came) > due:
            said = "接收日期晚于介绍信到期日：请查明原因，必要时请原单位补开。"
            yield warning("received_on", said, value=came, rule="R-TR-04")
    elif values.get("state") in OPEN and context.today > due:
        over = (context.today - due).days
        said = f"介绍信已超期 {over} 天：请查明原因，经办失误或有正当理由的补开，无正当理由的批评教育"
        half_a_year = context.today > add_months(due, 6)
        long = "；超过六个月不参加组织生活的，按自行脱党程序研究" if half_a_year else ""
        yield warning("due_on", f"{said}{long}。", value=due.isoformat(), rule="R-TR-04")


def reissue(values: Values, context: Context) -> Iterator[Finding]:
    """R-TR-04, R-TR-05: only a letter on its way is issued anew, once, and for a reason that is written down."""
    rid = values.get("replaces")
    if not isinstance(rid, int) or stored(values, context).get("replaces") == rid:
        return
    old, why = record(context, "transfers", rid), values.get("state_reason")
    if not old:  # stands in the same sheet, and is not stored yet
        return
    if old.get("direction") != OUT or old.get("state") not in {UNDERWAY, VOIDED}:
        yield error("replaces", "只有开出后在途、没有接收的信可以补开，请改选。", rule="R-TR-04")
        return
    if values.get(RID) in _chain(rid, context):
        yield error("replaces", "那一封正是由这一封补开的，请改选。", rule="R-TR-04")
        return
    again = [one for one in context.holders("transfers", "replaces", rid) if one != values.get(RID)]
    if any(record(context, "transfers", one).get("state") not in CANCELLED for one in again):
        yield error("replaces", "这封信已经补开过一次，请从新开的那一封补开。", rule="R-TR-04")
    if why is None:
        said = "请在状态说明里写明补开原因：经办失误、有正当理由的超期，或遗失。"
        yield warning("state_reason", said, rule="R-TR-04")
    elif isinstance(why, str) and any(word in why for word in ("遗失", "丢失", "丢了")):
        said = "遗失补开：请先经支部核实、批评教育，并通知接收单位原信作废。"
        yield warning("state_reason", said, value=why, rule="R-TR-05")


def _chain(rid: int, context: Context) -> set[object]:
    """A letter, and those that it was issued instead of."""
    found: set[object] = set()
    one: object = rid
    while one is not None and one not in found:
        found.add(one)
        one = record(context, "transfers", one).get("replaces")
    return found


def changed_after(values: Values, context: Context) -> Iterator[Finding]:
    """Domain 3.4: no alterations; the paper that somebody carries does not change with the record."""
    before = stored(values, context)
    if not is_paper(before) or before.get("state") != UNDERWAY or values.get("state") != UNDERWAY:
        return
    if credential(before) != credential(values):
        yield error("credential", "信已开出并编号，凭证不能再改；请作废后另开一封。", rule="§3.4")
    for key in _CONTENT:
        if before.get(key) != values.get(key):
            said = "信已开出，纸上的内容不会跟着改；写错了的，请作废后补开。"
            yield warning(key, said, value=_plain(values.get(key)), rule="§3.4")
            return


def number_stays(values: Values, context: Context) -> Iterator[Finding]:
    """Domain 3.4: the number of a letter that was issued is free for no other, whatever becomes of it."""
    before = stored(values, context)
    if not is_paper(before) or before.get("number") is None or before.get("state") in {APPLIED, REVIEWED}:
        return
    was, now = ((it.get("number"), series_of(it), str(it.get("issued_on"))[:4]) for it in (before, values))
    for key, old, new in zip(("number", "series", "issued_on"), was, now, strict=True):
        if old != new:
            make = warning if is_settled(before) else error
            said = "信已开出，编号、编号类别和开具年份留给这一封，不能再改；写错了的，请作废后另开一封。"
            yield make(key, said, value=_plain(values.get(key)), rule="§3.4")


def online(values: Values, context: Context) -> Iterator[Finding]:
    """R-TR-12: where both sides use the system there is no paper, and no number."""
    del context
    if credential(values) == ONLINE and values.get("direction") == OUT and values.get("number") is not None:
        said = "线上转接不开纸质信，不用编号，请清空。"
        yield warning("number", said, value=_plain(values["number"]), rule="R-TR-12")


def _plain(value: Value) -> str:
    return "" if value is None else str(value)


LETTER_RULES = (number, dates, validity, destination, expired, reissue, changed_after, number_stays, online)
