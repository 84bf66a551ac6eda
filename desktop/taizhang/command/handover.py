"""`handover`: an office changes hands in one go: counted, the list written and kept, the keys changed."""

from argparse import Namespace
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from taizhang import last_office
from taizhang.command.secret import code_lines, new_password_in
from taizhang.command.session import entered, office_of, opened
from taizhang.command.teller import Teller
from taizhang.command.usage import WrongUsage
from taizhang.core.access import Access, Role
from taizhang.core.errors import Refused
from taizhang.core.privacy import Profile
from taizhang.exchange.saving import save_whole
from taizhang.handover import Counted, NewKeys, Person, count, hand_over, keep, mark, new_keys
from taizhang.press.fonts import Typefaces
from taizhang.press.handover_sheet import TITLE, Handover, handover_sheet_pdf
from taizhang.registry import installed
from taizhang.store.keys import User
from taizhang.store.logbook import Happening
from taizhang.store.store import Store


def handover(args: Namespace, teller: Teller) -> None:
    """Count, write the list, keep it; with a password, for whoever takes over alone, and with a new recovery code."""
    path = office_of(args)
    access = entered(path, args)
    _check(args, path, access)
    if access is None:
        _without_keys(args, teller)
    else:
        _with_keys(args, teller, path, access)


def _check(args: Namespace, path: Path, access: Access | None) -> None:
    """Raises before anything is counted."""
    if args.from_.strip() == args.to.strip():
        raise WrongUsage("--from 和 --to 是同一位，没有执行；请核对姓名。")
    if args.out.exists():
        raise Refused(f"“{args.out.name}”已经存在，没有覆盖，也没有移交；请换一个文件名。")
    if access is None and args.new_password_file:
        raise Refused(f"“{path.name}”没有密码，没有移交；请去掉 --new-password-file，或先用 password 设上密码。")
    if access is not None and not args.new_password_file:
        raise Refused(f"“{path.name}”有密码，没有移交；请用 --new-password-file 指明写有接交人新密码的文件。")


def _without_keys(args: Namespace, teller: Teller) -> None:
    with opened(args, writes=True) as store:
        counted = count(store)
        made, pdf = _drawn(args, counted, None)
        _released(store, counted)
        _with_paper(args.out, pdf, lambda: keep(store, made, pdf))
    teller.answer(
        lambda: {"file": str(args.out), **_plain(counted)},
        lambda: [_said(args, counted), "这个单位没有密码，没有密钥可换；请接交人用 taizhang password 设上密码。"],
    )


def _with_keys(args: Namespace, teller: Teller, path: Path, access: Access) -> None:
    new = new_password_in(args.new_password_file, teller)
    with opened(args, writes=True, access=access) as store:
        counted = count(store)
        _released(store, counted)
    keys = new_keys([Person(args.to.strip(), Role.ADMIN, new)])
    made, pdf = _drawn(args, counted, keys)

    def done() -> None:
        hand_over(path, installed(), access, keys, made, pdf, lambda said: teller.warn(str(said)), teller.progress)

    _with_paper(args.out, pdf, done)
    last_office.opened(path)
    gone = [user.name for user in counted.inventory.users if user.name != keys.access.who]
    teller.answer(
        lambda: {
            "file": str(args.out),
            **_plain(counted),
            "user": keys.access.who,
            "removed": gone,
            "recovery_code": keys.code,
        },
        lambda: [
            _said(args, counted),
            f"已更换文件密钥，只有 {keys.access.who} 能用新密码打开：{path}",
            *([f"还要用的使用者请用 taizhang users --add 重新添加：{'、'.join(gone)}"] if gone else []),
            *code_lines(keys.code),
        ],
    )


def _drawn(args: Namespace, counted: Counted, keys: NewKeys | None) -> tuple[Handover, bytes]:
    made = Handover(
        args.from_.strip(),
        args.to.strip(),
        args.witness.strip(),
        day=counted.inventory.day,
        at=datetime.now(),  # noqa: DTZ005 - the paper says the wall clock's time
        users=(User(keys.access.who, keys.access.role),) if keys else (),
        keys=(counted.mark, mark(keys.ring)) if keys else None,
    )
    return made, handover_sheet_pdf(counted.inventory, made, Typefaces())


def _released(store: Store, counted: Counted) -> None:
    """The list leaves the office, which the log is told (R-PRIV-02)."""
    store.release(Happening.PRINT, TITLE, Profile.INTERNAL, len(counted.inventory.items))


def _with_paper(out: Path, pdf: bytes, work: Callable[[], object]) -> None:
    """Write the list, then do what it tells of; it goes again when that is not done."""
    save_whole(out, lambda part: part.write_bytes(pdf))
    try:
        work()
    except BaseException:
        out.unlink(missing_ok=True)
        raise


def _plain(counted: Counted) -> dict[str, object]:
    held = counted.inventory
    return {
        "ledgers": {one.key: one.present for one in held.ledgers},
        "open": len(held.items),
    }


def _said(args: Namespace, counted: Counted) -> str:
    held = counted.inventory
    counts = "、".join(f"{one.title} {one.present} {one.unit}" for one in held.ledgers)
    return f"{args.from_} 已移交给 {args.to}：{counts}，未办事项 {len(held.items)} 项；清单：{args.out}"
