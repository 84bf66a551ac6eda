"""`password`, `recover` and `rekey`: the lock of an office, and the ways in."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from taizhang import last_office
from taizhang.command.secret import code_lines, first_ring, new_password_in, secret_in
from taizhang.command.session import entered, office_of, opened
from taizhang.command.teller import Teller
from taizhang.core.access import Access, Role
from taizhang.core.errors import Refused
from taizhang.store import keyplace, keyring, relock
from taizhang.store.connection import is_locked
from taizhang.store.keyring import Keyring
from taizhang.store.opening import enter_by_code


def password(args: Namespace, teller: Teller) -> None:
    """Give an office its password, change one's own, or take the lock off."""
    path = office_of(args)
    access = entered(path, args)
    if args.remove:
        _unlock(path, access, teller)
    elif access is None:
        _lock(path, args, teller)
    else:
        new = new_password_in(args.new_password_file, teller)
        with opened(args, writes=True, access=access) as store:
            store.keys.set_password(access.who, new)
        teller.answer(
            lambda: {"office": str(path), "locked": True, "user": access.who},
            lambda: [f"已更换 {access.who} 的密码：{path}"],
        )


def recover(args: Namespace, teller: Teller) -> None:
    """Let somebody in who has forgotten the password; the code has been unsealed, and another takes its place."""
    path = office_of(args)
    if not is_locked(path):
        raise Refused(f"“{path.name}”没有密码，不用恢复码，没有改动；请直接打开。")
    access = enter_by_code(path, secret_in(args.code_file, "恢复码"))
    name = _forgetful(keyplace.read(path), args.user)
    new = new_password_in(args.new_password_file, teller)
    with opened(args, writes=True, access=replace(access, who=name)) as store:
        store.keys.set_password(name, new)
        code = store.keys.new_code()
    teller.answer(
        lambda: {"office": str(path), "user": name, "recovery_code": code},
        lambda: [f"已给 {name} 设上新密码：{path}", "用过的恢复码已作废，换成：", *code_lines(code)],
    )


def rekey(args: Namespace, teller: Teller) -> None:
    """Encrypt the office anew, for the administrator who asks alone; what was copied before opens nothing of it."""
    path = office_of(args)
    access = entered(path, args)
    if access is None:
        raise Refused(f"“{path.name}”没有密码，没有改动；请先用 password --new-password-file F 设上密码。")
    gone = [slot.name for slot in keyplace.read(path).users if slot.name != access.who]
    ring, made, code = keyring.create(access.who, secret_in(args.password_file))
    with _not_stopped_late(path, ring):
        relock.rekey_file(path, access, ring, made, teller.progress)
    last_office.opened(path)
    teller.answer(
        lambda: {"office": str(path), "user": access.who, "recovery_code": code, "removed": gone},
        lambda: [
            f"已更换文件密钥，只有 {access.who} 能用原来的密码打开：{path}",
            *([f"这些使用者要用 taizhang users --add 重新添加：{'、'.join(gone)}"] if gone else []),
            *code_lines(code),
        ],
    )


def _lock(path: Path, args: Namespace, teller: Teller) -> None:
    ring, access, code = first_ring(args, args.new_password_file, teller)
    with _not_stopped_late(path, ring):
        relock.lock_file(path, ring, access, teller.progress)
    last_office.opened(path)
    teller.answer(
        lambda: {"office": str(path), "locked": True, "user": access.who, "recovery_code": code},
        lambda: [f"已设上密码，管理员是 {access.who}：{path}", *code_lines(code)],
    )


def _unlock(path: Path, access: Access | None, teller: Teller) -> None:
    if access is None:
        raise Refused(f"“{path.name}”没有密码，没有改动。")
    relock.unlock_file(path, access, teller.progress)
    last_office.opened(path)
    teller.answer(
        lambda: {"office": str(path), "locked": False, "user": access.who},
        lambda: [f"已取消密码，谁都可以打开：{path}", "以前的备份仍用原来的密码打开。"],
    )


@contextmanager
def _not_stopped_late(path: Path, ring: Keyring) -> Iterator[None]:
    """Who stops the work when the file has its new keys has not stopped it: nobody else knows the recovery code.

    The backups beside it follow when it is opened the next time.
    """
    try:
        yield
    except KeyboardInterrupt:
        if not is_locked(path) or keyplace.read(path).file != ring.file:
            raise


def _forgetful(ring: Keyring, name: str) -> str:
    """Whose password is forgotten: the user who is named, or the first administrator."""
    names = [slot.name for slot in ring.users]
    if name and name not in names:
        raise Refused(f"这个单位没有使用者“{name}”，没有改动；现有使用者：{'、'.join(names)}。")
    return name or next(slot.name for slot in ring.users if slot.role is Role.ADMIN)
