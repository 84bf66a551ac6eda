"""`users` and `log`: who may open the office, and what left it."""

from argparse import Namespace
from collections.abc import Iterator, Sequence

from taizhang.command.columns import aligned
from taizhang.command.secret import new_password_in
from taizhang.command.session import opened
from taizhang.command.teller import Teller
from taizhang.command.usage import WrongUsage
from taizhang.core.access import ROLE_LABELS
from taizhang.exchange.log_words import HEADS, in_words
from taizhang.store.keys import User
from taizhang.store.logbook import Noted
from taizhang.store.store import Store

_ROLES = {label: role for role, label in ROLE_LABELS.items()}
_NO_LOCK = "这个单位没有密码，谁都可以打开；用 taizhang password --new-password-file F 设上密码。"


def users(args: Namespace, teller: Teller) -> None:
    """Who may open the office, after adding somebody, giving them another role, or removing them."""
    _complete(args)
    with opened(args, writes=bool(args.add or args.change or args.remove)) as store:
        _change(store, args, teller)
        locked, there = store.keys.locked, store.keys.users()
    teller.answer(
        lambda: {"locked": locked, "users": [{"name": name, "role": ROLE_LABELS[role]} for name, role in there]},
        lambda: _table(there) if locked else [_NO_LOCK],
    )


def log(args: Namespace, teller: Teller) -> None:
    """What left the office and what was done to its keys, latest first."""
    with opened(args) as store:
        lines = store.log.lines(args.limit)
    teller.answer(lambda: {"entries": [_plain(line) for line in lines]}, lambda: _told(lines))


def _complete(args: Namespace) -> None:
    """Raises `WrongUsage` unless what is asked for has all that it needs, and nothing besides."""
    if bool(args.role) != bool(args.add or args.change):
        raise WrongUsage("--role 和 --add 或 --change 要一起写，没有执行；用 taizhang users --help 查看写法。")
    if bool(args.new_password_file) != bool(args.add):
        raise WrongUsage("--new-password-file 和 --add 要一起写，没有执行；换自己的密码请用 taizhang password。")


def _change(store: Store, args: Namespace, teller: Teller) -> None:
    if args.add:
        store.keys.add(args.add, _ROLES[args.role], new_password_in(args.new_password_file, teller))
    elif args.change:
        store.keys.set_role(args.change, _ROLES[args.role])
    elif args.remove:
        store.keys.remove(args.remove)
        teller.warn(f"请注意：{args.remove} 以前拷走的文件还能用原来的密码打开；要更换文件密钥，请用 taizhang rekey。")


def _table(there: Sequence[User]) -> Iterator[str]:
    yield from aligned([("使用者", "权限"), *((name, ROLE_LABELS[role]) for name, role in there)])


def _plain(line: Noted) -> dict[str, object]:
    return {
        "at": line.at.isoformat(),
        "who": line.who,
        "kind": line.kind.value,
        "what": line.what,
        "privacy": line.profile and line.profile.value,
        "records": line.records,
    }


def _told(lines: Sequence[Noted]) -> Iterator[str]:
    rows = [HEADS, *map(in_words, lines)]
    yield from aligned(rows, right=frozenset({len(HEADS) - 1})) if lines else ["还没有记下什么。"]
