"""The users of an open office and their keys: passwords, roles, the recovery code."""

from contextlib import suppress
from typing import NamedTuple

from taizhang.core.access import ROLE_LABELS, Access, Role, must
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.store import followers, keyplace, keyring
from taizhang.store.database import Database
from taizhang.store.keyring import Keyring
from taizhang.store.logbook import Happening, Logbook
from taizhang.store.trouble import Damaged, of_disk


class User(NamedTuple):
    """Somebody who has a password."""

    name: str
    role: Role


class Keys:
    """Of one open office. Every change also lets the new passwords, and only them, into the backups beside the file."""

    def __init__(self, database: Database, access: Access, log: Logbook) -> None:
        self._database, self._log = database, log
        self.access = access

    @property
    def locked(self) -> bool:
        """Whether the office has passwords at all."""
        return self._database.key is not None

    def users(self) -> list[User]:
        """Who may open the office, in the order in which they were added."""
        return [User(slot.name, slot.role) for slot in self._ring().users] if self._database.ring else []

    def enter(self, password: str, name: str | None = None) -> Access:
        """Somebody shows a password: whoever unlocks the screen, or confirms what cannot be taken back."""
        return keyring.enter(self._ring(), password, name)

    def set_password(self, name: str, password: str) -> None:
        """Another password; one's own, or as administrator anybody's."""
        self._must(Role.READER if name == self.access.who else Role.ADMIN)
        role = keyring.role_of(self._ring(), name)
        self._keep(keyring.with_user(self._ring(), self.access, name, role, password), f"更换 {name} 的密码")

    def add(self, name: str, role: Role, password: str) -> None:
        """One more user."""
        self._must(Role.ADMIN)
        name = keyring.spelled(name)
        if name in {user.name for user in self.users()}:
            raise Refused(f"已经有使用者“{name}”，没有添加；同名的人请写成能分清的称呼。")
        ring = keyring.with_user(self._ring(), self.access, name, role, password)
        self._keep(ring, f"添加{ROLE_LABELS[role]} {name}")

    def set_role(self, name: str, role: Role) -> None:
        """Another role; the password stays."""
        self._must(Role.ADMIN)
        self._keep(keyring.with_role(self._ring(), self.access, name, role), f"{name} 改为{ROLE_LABELS[role]}")

    def remove(self, name: str) -> None:
        """A user less. What they copied while they had a password stays readable for them: re-key against that."""
        self._must(Role.ADMIN)
        self._keep(keyring.without_user(self._ring(), self.access, name), f"移除使用者 {name}")

    def new_code(self) -> str:
        """A new recovery code, as it is printed; the one before opens nothing any more."""
        self._must(Role.ADMIN)
        ring, code = keyring.with_code(self._ring(), self.access)
        self._keep(ring, "更换恢复码")
        return code

    def _must(self, be: Role) -> None:
        if self._database.read_only:
            raise Refused("这个文件以只读方式打开，没有改动；请正常打开后再试。")
        if not self.locked:
            raise Refused("这个单位还没有密码，没有改动；请先设置密码。")
        must(self.access.role, be=be)

    def _ring(self) -> Keyring:
        if self._database.ring is None:
            raise Refused("这个单位还没有密码，没有改动；请先设置密码。")
        if self._database.read_only:
            with suppress(Damaged):  # whoever writes the file may have changed it, or has just taken it away
                return keyplace.read(self._database.path)
        return self._database.ring

    def _keep(self, ring: Keyring, said: str) -> None:
        path = self._database.path
        try:
            plan = followers.plan(path, ring, self.access, self.access)
        except OSError as problem:
            raise of_disk(problem) from problem
        with self._database.changing(ring):
            self._log.note(Happening.KEYS, said)
        if left := followers.follow(path, plan):
            with suppress(StoreTrouble):  # it will be tried again, whether that is noted or not
                self._log.note(Happening.KEYS, f"有 {len(left)} 份备份暂时写不进去，下次打开台账时再换密码")
        elif not plan.lock:
            followers.done(path)
