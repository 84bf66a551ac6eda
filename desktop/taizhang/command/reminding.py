"""`remind`: what is due today, the most urgent first."""

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from taizhang.command.session import opened
from taizhang.command.teller import Teller
from taizhang.core.reminder import LEVEL_LABELS
from taizhang.core.reminding import Due
from taizhang.store.store import Store


def remind(args: Namespace, teller: Teller) -> None:
    """Everything that is due, with the records that it is about."""
    with opened(args) as store:
        found = store.reminders()
        teller.answer(lambda: _plain(store, found), lambda: _told(store, found))


def _plain(store: Store, found: Sequence[Due]) -> Mapping[str, object]:
    items = [
        {
            "id": one.id,
            "level": one.level.value,
            "title": one.title,
            "ledger": one.ledger,
            "records": [row.id for row in store.rows(one.ledger, one.rids, ())],
            "name": one.name,
            "due": one.due and one.due.isoformat(),
            "days": one.days,
            "text": one.text,
            "source": one.source,
        }
        for one in found
    ]
    return {"today": store.today.isoformat(), "total": len(items), "items": items}


def _told(store: Store, found: Sequence[Due]) -> Iterator[str]:
    day = store.today
    if not found:
        yield f"{day.year}年{day.month}月{day.day}日没有到期的事项。"
        return
    for level, items in groupby(found, key=lambda one: one.level):
        told = list(items)
        yield f"{LEVEL_LABELS[level]}（{len(told)} 项）"
        yield from (f"    {one.title}：{one.text}" for one in told)
    yield f"{day.year}年{day.month}月{day.day}日，共 {len(found)} 项"
