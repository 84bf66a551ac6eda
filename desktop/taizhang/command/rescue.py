"""`rescue`: a new file out of what damage has left of an office."""

from argparse import Namespace
from datetime import datetime

from taizhang.command.restore import administrator
from taizhang.command.teller import Teller
from taizhang.registry import installed
from taizhang.store.salvage import ring_of, salvage


def rescue(args: Namespace, teller: Teller) -> None:
    """Save what can still be read; the damaged file stays as it is."""
    access = administrator(args, ring_of)
    now = datetime.now()  # noqa: DTZ005 - an office reads its own wall clock
    saved = salvage(args.file, args.to, installed(), access, now, teller.progress)
    teller.answer(
        lambda: {"rescued": str(args.to), "records": saved.records, "lost": saved.lost, "told": saved.told},
        lambda: [f"抢救出的内容已写成新文件，可以打开：{args.to}", *saved.told],
    )
