"""`new`, `demo`, `check`, `backup` and `restore`: office files as wholes."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from taizhang import last_office, sample
from taizhang.command.session import opened
from taizhang.command.teller import Teller
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.registry import installed
from taizhang.store import backup as copies
from taizhang.store.location import risk
from taizhang.store.query import Query
from taizhang.store.rows import Operation
from taizhang.store.store import Store


def new(args: Namespace, teller: Teller) -> None:
    """Make an office file whose first record is the office itself."""
    if args.password_file is not None:
        raise Refused("这一版还不能给台账文件设密码，没有新建；请去掉 --password-file 再试。")
    today = args.today
    store = Store.create(
        args.file,
        installed(),
        name=args.name,
        kind=args.kind,
        who=args.user,
        today=(lambda: today) if today else None,
    )
    name = store.name
    store.close(with_backup=False)
    last_office.opened(args.file)
    if danger := risk(args.file.absolute()):
        teller.warn(danger)
    teller.answer(lambda: {"office": str(args.file), "name": name}, lambda: [f"已新建“{name}”：{args.file}"])


def demo(args: Namespace, teller: Teller) -> None:
    """Make the sample office."""
    path = sample.make(args.directory, installed(), teller.progress)
    rosters = sorted(str(file) for file in args.directory.glob("*.xls*"))
    teller.answer(
        lambda: {"office": str(path), "rosters": rosters},
        lambda: [f"已做好示例单位（人都是编造的）：{path}", *(f"可以试着导入的名册：{roster}" for roster in rosters)],
    )


def check(args: Namespace, teller: Teller) -> None:
    """Check the whole file; what is wrong is trouble."""
    with opened(args) as store:
        problems = store.check()
    teller.answer(lambda: {"ok": not problems, "problems": problems}, lambda: problems or ["检查完毕，没有发现问题。"])
    if problems:
        raise StoreTrouble(f"台账文件有 {len(problems)} 处问题，没有改动；请先另存一份，再从最近的备份恢复。")


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
    told: dict[str, object] = {}

    def proven(copy: Path) -> None:
        store = Store.open(copy, installed())
        try:
            last = next(iter(store.operations(limit=1)), None)
            counts = {key: store.count(Query(key, show="all")) for key in store.ledgers}
            told.update(name=store.name, changed=last and last.at.isoformat(), records=counts)
            teller.warn(f"备份内容：{_in_words(store, last, counts)}")
        finally:
            store.close(with_backup=False)

    copies.restore(args.file, args.to, proven)
    teller.answer(lambda: {"restored": str(args.to), **told}, lambda: [f"已恢复成新文件，可以打开：{args.to}"])


def _in_words(store: Store, last: Operation | None, counts: Mapping[str, int]) -> str:
    when = f"，最后修改于 {last.at:%Y-%m-%d %H:%M}" if last else ""
    held = "、".join(f"{store.ledgers[key].title} {count} {store.ledgers[key].unit}" for key, count in counts.items())
    return f"{store.name}{when}；{held}。"
