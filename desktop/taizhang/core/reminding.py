"""What reminders say today of records that are given: whom, since when, how urgent, in which words."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from taizhang.core.context import Context, Value, Values
from taizhang.core.day import last_day, months_between, show
from taizhang.core.field import Field
from taizhang.core.kinds_linked import Link
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Privacy
from taizhang.core.reminder import Level, Notice, Reminder

_NAMED = 3  # people that a sentence about many calls by their names
# A value of a record as whoever has entered may see it.
Seen = Callable[[Field, Value], Value]
# What belongs together: the notice, the day, and what the records share.
_Group = tuple[Notice, date | None, Value]


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due: what a reminder says today of one record, or of several.

    `days` are left until `due`, fewer than 0 once it is past; both are None where there is no such day. `names` are
    those persons in `text` whom F9 hides.
    """

    id: str
    level: Level
    ledger: str
    rids: tuple[int, ...]
    name: str
    due: date | None
    days: int | None
    title: str
    text: str
    source: str
    field: str
    names: tuple[str, ...]


def begun(reminder: Reminder, values: Values, context: Context) -> tuple[Notice, date | None] | None:
    """The notice that holds today for a record, and the day that it counts from; None when there is nothing to say."""
    if reminder.when is not None and not reminder.when(values, context):
        return None
    if not reminder.due:
        return reminder.notices[0], None
    due = values.get(reminder.due) if isinstance(reminder.due, str) else reminder.due(values, context)
    day = last_day(due) if isinstance(due, str) else due
    if not isinstance(day, date):
        return None
    said = [notice for notice in reminder.notices if notice.begins(day) <= context.today]
    return (said[-1], day) if said else None


def say(ledger: Ledger, reminder: Reminder, rows: Mapping[int, Values], context: Context, seen: Seen) -> Iterator[Due]:
    """What a reminder says today of these records."""
    groups: dict[_Group, list[int]] = defaultdict(list)
    first: dict[Notice, date | None] = {}
    for rid, values in rows.items():
        if (now := begun(reminder, values, context)) is None:
            continue
        notice, due = now
        if not reminder.together:
            groups[notice, due, values.get(reminder.by) if reminder.by else rid].append(rid)
            continue
        known = first.get(notice)
        first[notice] = min(due, known) if due and known else due or known
        groups[notice, None, None].append(rid)
    for (notice, due, _shared), rids in groups.items():
        yield _said(ledger, reminder, notice, due or first.get(notice), rids, rows[rids[0]], context, seen)


def say_of_many(ledger: Ledger, reminder: Reminder, rids: Sequence[int], context: Context) -> Iterator[Due]:
    """What a reminder that need not read the records says of them all together."""
    if rids:
        yield _said(ledger, reminder, reminder.notices[0], None, rids, {}, context, lambda _field, value: value)


def in_order(found: Sequence[Due]) -> list[Due]:
    """The most urgent first, then by the due day; what has none comes last."""
    rank = list(Level).index
    return sorted(found, key=lambda one: (rank(one.level), one.due or date.max, one.id, one.text))


def _said(
    ledger: Ledger,
    reminder: Reminder,
    notice: Notice,
    due: date | None,
    rids: Sequence[int],
    values: Values,
    context: Context,
    seen: Seen,
) -> Due:
    name, names, personal = _named(ledger, reminder, rids, values, context)
    left = (due - context.today).days if due else None
    known = {"name": name, "names": _counted(ledger, names, len(rids)), "count": str(len(rids))}
    if due and left is not None:
        known |= {"due": show(due.isoformat(), "cn"), "left": str(left), "over": str(-left)}
        known["months"] = str(months_between(due, context.today))

    def of_field(key: str) -> str:
        return ledger.by_key[key].show(seen(ledger.by_key[key], values.get(key)), context.name)

    text = notice.text.format_map(_Words(known, of_field))
    hidden = tuple(names) if personal else ()
    return Due(
        reminder.id,
        notice.level,
        ledger.key,
        tuple(rids),
        name,
        due,
        left,
        reminder.title,
        text,
        reminder.source,
        reminder.field,
        hidden,
    )


def _named(
    ledger: Ledger, reminder: Reminder, rids: Sequence[int], values: Values, context: Context
) -> tuple[str, list[str], bool]:
    """What it is about in one word, the first names, and whether those are persons."""
    field = ledger.by_key.get(reminder.by)
    shared = values.get(reminder.by)
    if isinstance(field, Link) and isinstance(shared, int):
        name = context.name(field.ledger, shared)
        return name, [name], field.privacy is not Privacy.OPEN
    names = [context.name(ledger.key, rid) for rid in rids[:_NAMED]]
    privacy = ledger.column(ledger.title_field).privacy
    return _counted(ledger, names, len(rids)), names, privacy is not Privacy.OPEN


def _counted(ledger: Ledger, names: Sequence[str], count: int) -> str:
    """张三、李四 as long as these are all, else 张三、李四、王五等 8 人."""
    text = "、".join(filter(None, names))
    return text if count <= len(names) else f"{text}等 {count} {ledger.unit}"


class _Words(dict[str, str]):
    """What a notice names; a field of the record is shown when the text asks for it."""

    def __init__(self, known: Mapping[str, str], of_field: Callable[[str], str]) -> None:
        super().__init__(known)
        self._of_field = of_field

    def __missing__(self, key: str) -> str:
        return self._of_field(key)
