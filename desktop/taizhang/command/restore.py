"""`restore`: a backup comes back as a new file, after it is told what that would bring back and lose."""

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from taizhang import last_office
from taizhang.command.session import entered, open_file
from taizhang.command.teller import Teller
from taizhang.core.access import Access, Role, must
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.store import backup as copies, keyplace
from taizhang.store.difference import EXAMPLES, Difference, compare
from taizhang.store.keyring import Keyring
from taizhang.store.logbook import Happening
from taizhang.store.query import Query
from taizhang.store.rows import Operation
from taizhang.store.store import Store


class _Seen(Exception):  # noqa: N818 - it ends a dry run, when all but the name is done
    """Everything has been told that was asked for."""


def restore(args: Namespace, teller: Teller) -> None:
    """Bring a backup back as a new file, after saying what is in it and what would be lost; the backup stays."""
    access = administrator(args)
    told: dict[str, object] = {}
    lines: list[str] = []

    def proven(copy: Path) -> None:
        store = open_file(copy, args, access, read_only=False)
        try:
            _look(store, args, told, lines)
            if not args.dry_run:
                store.log.note(Happening.RESTORE, "由备份恢复成新文件")
        finally:
            store.close(with_backup=False)
        if args.dry_run:
            raise _Seen
        for line in lines:
            teller.warn(line)

    restored = None
    with suppress(_Seen):
        copies.restore(args.file, args.to, proven, access)
        restored = str(args.to)
    teller.answer(
        lambda: {"restored": restored, **told},
        lambda: [f"已恢复成新文件，可以打开：{args.to}"] if restored else [*lines, "没有恢复。"],
    )


def administrator(args: Namespace, ring_of: Callable[[Path], Keyring] = keyplace.read) -> Access | None:
    """Who has entered the file that is given, if it has a password: to bring an office back is no everyday work."""
    access = entered(args.file, args, ring_of)
    if access is not None:
        must(access.role, be=Role.ADMIN)
    return access


def _look(then: Store, args: Namespace, told: dict[str, object], lines: list[str]) -> None:
    """What the backup holds, and what it differs in from the office as it is now."""
    last = next(iter(then.operations(limit=1)), None)
    counts = {key: then.count(Query(key, show="all")) for key in then.ledgers}
    difference, said = _against(then, args)
    told.update(name=then.name, changed=last and last.at.isoformat(), records=counts)
    told["difference"] = difference and _plain(difference)
    lines += [f"备份内容：{_in_words(then, last, counts)}", *said]


def _in_words(store: Store, last: Operation | None, counts: Mapping[str, int]) -> str:
    when = f"，最后修改于 {last.at:%Y-%m-%d %H:%M}" if last else ""
    held = "、".join(f"{store.ledgers[key].title} {count} {store.ledgers[key].unit}" for key, count in counts.items())
    return f"{store.name}{when}；{held}。"


def _against(then: Store, args: Namespace) -> tuple[Difference | None, list[str]]:
    """What the backup differs in from the office as it is now, and that in words; or why it cannot be told."""
    path: Path | None = args.office or last_office.last()
    if path is None or not path.exists():
        return None, []
    try:
        now = open_file(path, args, entered(path, args), read_only=True)
        try:
            found = compare(now, then)
        finally:
            now.close(with_backup=False)
    except (Refused, StoreTrouble) as reason:
        return None, [f"没有和现在的“{path.name}”比较：{reason}"]
    if found.nothing:
        return found, [f"和现在的“{path.name}”一样。"]
    return found, [f"和现在的“{path.name}”相比：", *_told(found)]


def _told(found: Difference) -> Iterator[str]:
    for one in found.ledgers:
        changes = [f"{name}的{'、'.join(labels)}" for name, labels in one.changes]
        parts = (
            ("找回", one.back, one.back_names),
            ("失去", one.gone, one.gone_names),
            ("改回", one.changed, changes),
        )
        said = [f"{verb} {count} {one.ledger.unit}（{_some(names, count)}）" for verb, count, names in parts if count]
        yield f"  {one.ledger.title}：{'，'.join(said)}"
    if found.since:
        titles = [operation.title for operation in found.operations[:EXAMPLES]]
        yield f"  此后做的 {found.since} 次操作不在备份里（{_some(titles, found.since)}）"
    if found.papers:
        yield f"  此后打印存底的 {found.papers} 份文书不在备份里"
    if found.other:
        yield f"  备份里有 {found.other} 次操作是现在的单位没有的"


def _some(names: Sequence[str], count: int) -> str:
    return "；".join(names) + ("……" if count > len(names) else "")


def _plain(found: Difference) -> dict[str, object]:
    ledgers = {
        one.ledger.key: {
            "back": one.back,
            "gone": one.gone,
            "changed": one.changed,
            "back_names": one.back_names,
            "gone_names": one.gone_names,
            "changes": [{"name": name, "fields": labels} for name, labels in one.changes],
        }
        for one in found.ledgers
    }
    return {
        "ledgers": ledgers,
        "operations_since": found.since,
        "operations_only_there": found.other,
        "papers_since": found.papers,
    }
