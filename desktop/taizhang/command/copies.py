"""`check` and `backup`: the whole file is proved and copied."""

from argparse import Namespace
from pathlib import Path

from taizhang.command.session import office_of, opened
from taizhang.command.teller import Teller
from taizhang.core.errors import StoreTrouble
from taizhang.store.holder import InUse
from taizhang.store.shelf import list_backups
from taizhang.store.trouble import Unwritable


def check(args: Namespace, teller: Teller) -> None:
    """Check the whole file; what is wrong is trouble, also when it is so wrong that the file cannot be opened."""
    path = office_of(args)
    try:
        with opened(args) as store:
            problems = store.check()
        said = f"台账文件有 {len(problems)} 处问题，没有改动：{''.join(problems[:1])}"
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
    """A verified copy of the whole file; the store tells the log of it (R-PRIV-02)."""
    with opened(args) as store:
        store.backup(args.out)
    size = args.out.stat().st_size
    teller.answer(
        lambda: {"backup": str(args.out), "bytes": size}, lambda: [f"已备份并核对：{args.out}（{size:,} 字节）"]
    )
