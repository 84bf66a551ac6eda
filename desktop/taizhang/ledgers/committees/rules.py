"""What a post is held against: its dates, its term, and who may hold it."""

from collections.abc import Iterator

from taizhang.core.codes import code_table
from taizhang.core.context import Context, Values
from taizhang.core.day import add_years, first_day, last_day
from taizhang.core.findings import Finding, error, warning

SECRETARY, ELECTED, PROBATIONARY = "02", "1", "2"
_ORDER = (("elected_on", "term_ends_on"), ("term_ends_on", "extended_until"), ("began_on", "ended_on"))
_LABELS = {
    "elected_on": "当选日期",
    "term_ends_on": "届满日期",
    "extended_until": "延期日期",
    "began_on": "任职日期",
    "ended_on": "免职日期",
}


def order(values: Values, context: Context) -> Iterator[Finding]:
    """A term ends after it began, an extension later still, and nobody leaves a post before taking it."""
    del context
    for early, late in _ORDER:
        first, second = values.get(early), values.get(late)
        if isinstance(first, str) and isinstance(second, str) and last_day(second) < first_day(first):
            yield error(late, f"{_LABELS[late]}早于{_LABELS[early]}，请核对。", value=second)


def overdue(values: Values, context: Context) -> Iterator[Finding]:
    """R-ELEC-01: a term that is over without an extension granted."""
    end = values.get("extended_until") or values.get("term_ends_on")
    if values.get("ended_on") is None and isinstance(end, str) and last_day(end) < context.today:
        yield warning("term_ends_on", "任期已满，没有延期批复，请组织换届或补录批复。", rule="R-ELEC-01")


def extension(values: Values, context: Context) -> Iterator[Finding]:
    """Domain 1.3: early or late by a year at most, with the superior's approval."""
    del context
    end, until = values.get("term_ends_on"), values.get("extended_until")
    if not isinstance(until, str):
        return
    if isinstance(end, str) and first_day(until) > add_years(last_day(end), 1):
        yield warning("extended_until", "延期一般不超过一年，请核对。", value=until, rule="R-ELEC-01")
    if values.get("extension_document") is None:
        yield warning("extension_document", "延期换届要有上级批复，请补填文号。", rule="R-ELEC-01")


def eligible(values: Values, context: Context) -> Iterator[Finding]:
    """R-ELEC-02: probationary members cannot be elected; a branch secretary needs a year of 党龄 (domain 1.1)."""
    rid = values.get("member")
    member = context.values("members", rid) if isinstance(rid, int) else None
    if member is None or values.get("ended_on") is not None:
        return
    if member.get("category") == PROBATIONARY:
        yield warning("member", "预备党员没有被选举权，请核对人员类别。", rule="R-ELEC-02")
        return
    confirmed, since = member.get("confirmed_on"), values.get("began_on") or values.get("elected_on")
    if values.get("post") != SECRETARY or not isinstance(confirmed, str) or not isinstance(since, str):
        return
    organisation = values.get("organisation")
    kind = (context.values("organisations", organisation) or {}).get("kind") if isinstance(organisation, int) else None
    if not isinstance(kind, str) or code_table("organisation_kind").group(kind) != "党支部":
        return
    if last_day(since) < add_years(first_day(confirmed), 1):
        yield warning("member", "任党支部书记一般要有一年以上党龄，请核对。")


def roster(values: Values, context: Context) -> Iterator[Finding]:
    """A name that the roster has is better picked from it; the name follows the roster."""
    name, member = values.get("name"), values.get("member")
    if not isinstance(name, str):
        return
    if isinstance(member, int):
        known = context.name("members", member)
        if known and known != name:
            yield warning("name", f"名册中这位党员姓名是“{known}”，请核对。", value=name, proposal=known)
    elif len(context.find("members", name)) == 1:
        yield warning("member", f"名册中有一位“{name}”，如是同一人，请选上。", proposal=name)


RULES = (order, overdue, extension, eligible, roster)
