"""`check`, `backup` and `restore`: office files as wholes."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from taizhang.command.session import entered, office_of, open_file, opened
from taizhang.command.teller import Teller
from taizhang.core.errors import StoreTrouble
from taizhang.store import backup as copies
from taizhang.store.holder import InUse
from taizhang.store.query import Query
from taizhang.store.rows import Operation
from taizhang.store.shelf import list_backups
from taizhang.store.store import Store
from taizhang.store.trouble import Unwritable


def check(args: Namespace, teller: Teller) -> None:
    """Check the whole file; what is wrong is trouble, also when it is so wrong that the file cannot be opened."""
    path = office_of(args)
    try:
        with opened(args) as store:
            problems = store.check()
        said = f"台账文件有 {len(problems)} 处问题，没有改动。"
    except (InUse, Unwritable):  # nothing is wrong with the file
        raise
    except StoreTrouble as trouble:
        said = str(trouble)
        problems = [said]
    teller.answer(lambda: {"ok": not problems, "problems": problems}, lambda: problems or ["检查完毕，没有发现问题。"])
    if problems:
        raise StoreTrouble(said + _way_out(path))


def _way_out(path: Path) -> str:
    """What to do with a file that is damaged."""
    rescued = "用 taizhang rescue 抢救出还能读的内容"
    latest = next((file for _when, file in list_backups(path)), None)
    if latest is None:
        return f"旁边没有备份：请{rescued}，或找别处的备份用 taizhang restore 恢复。"
    return f"最近的备份是“{latest.parent.name}/{latest.name}”：请用 taizhang restore 恢复，或{rescued}。"


def backup(args: Namespace, teller: Teller) -> None:
    """A verified copy of the whole file."""
    with opened(args) as store:
        store.backup(args.out)
    size = args.out.stat().st_size
    teller.answer(
        lambda: {"backup": str(args.out), "bytes": size}, lambda: [f"已备份并核对：{args.out}（{size:,} 字节）"]
    )


def restore(args: Namespace, teller: Teller) -> None:
    """Bring a backup back as a new file, after saying what is in it; the backup stays as it is."""
    access = entered(args.file, args)
    told: dict[str, object] = {}

    def proven(copy: Path) -> None:
        store = open_file(copy, args, access, read_only=False)
        try:
            last = next(iter(store.operations(limit=1)), None)
            counts = {key: store.count(Query(key, show="all")) for key in store.ledgers}
            told.update(name=store.name, changed=last and last.at.isoformat(), records=counts)
            teller.warn(f"备份内容：{_in_words(store, last, counts)}")
        finally:
            store.close(with_backup=False)

    copies.restore(args.file, args.to, proven, access)
    teller.answer(lambda: {"restored": str(args.to), **told}, lambda: [f"已恢复成新文件，可以打开：{args.to}"])


def _in_words(store: Store, last: Operation | None, counts: Mapping[str, int]) -> str:
    when = f"，最后修改于 {last.at:%Y-%m-%d %H:%M}" if last else ""
    held = "、".join(f"{store.ledgers[key].title} {count} {store.ledgers[key].unit}" for key, count in counts.items())
    return f"{store.name}{when}；{held}。"
