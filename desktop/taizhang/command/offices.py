"""`new` and `demo`: offices are made."""

from argparse import Namespace

from taizhang import last_office, sample
from taizhang.command.secret import code_lines, first_ring
from taizhang.command.teller import Teller
from taizhang.registry import installed
from taizhang.store.location import risk
from taizhang.store.store import Store


def new(args: Namespace, teller: Teller) -> None:
    """Make an office file whose first record is the office itself, locked when a password is given."""
    lock = first_ring(args, args.password_file, teller) if args.password_file else None
    today = args.today
    store = Store.create(
        args.file,
        installed(),
        name=args.name,
        kind=args.kind,
        who=args.user,
        today=(lambda: today) if today else None,
        ring=lock[:2] if lock else None,
    )
    name = store.name
    store.close(with_backup=False)
    last_office.opened(args.file)
    if danger := risk(args.file.absolute()):
        teller.warn(danger)
    teller.answer(
        lambda: {"office": str(args.file), "name": name, **({"recovery_code": lock[2]} if lock else {})},
        lambda: [f"已新建“{name}”：{args.file}", *(code_lines(lock[2]) if lock else [])],
    )


def demo(args: Namespace, teller: Teller) -> None:
    """Make the sample office."""
    path = sample.make(args.directory, installed(), teller.progress)
    rosters = sorted(str(file) for file in args.directory.glob("*.xls*"))
    teller.answer(
        lambda: {"office": str(path), "rosters": rosters},
        lambda: [f"已做好示例单位（人都是编造的）：{path}", *(f"可以试着导入的名册：{roster}" for roster in rosters)],
    )
