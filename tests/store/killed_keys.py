"""What a program may be killed at while it changes the keys, and who must come in afterwards, and who not."""

from collections.abc import Callable, Mapping
from pathlib import Path

from taizhang.core.access import Access, Role
from taizhang.registry import installed
from taizhang.store import keyring, relock
from taizhang.store.connection import is_locked
from taizhang.store.keys import Keys
from taizhang.store.opening import enter
from taizhang.store.store import Store
from tests.store.killed_work import (
    MARK,
    Work,
    access_of,
    backups,
    checked_by_command,
    coming_in,
    create,
    known,
    office_of,
    opened,
    state,
    tidy,
)
from tests.store.locked import ADMIN, OTHER, OTHER_WORD, THIRD_WORD, WORD

_SAVED = ("2026-11-18 080000", "2026-11-19 080000", "升级前 2026-11-19 080000")


def _prepare(place: Path, word: str | None) -> object:
    """An office with a recorder and three backups; its state."""
    path = office_of(place)
    create(path, installed(), word)
    with opened(path, installed(), access_of(path, word or "")) as store:
        if word:
            store.keys.add(OTHER, Role.RECORDER, OTHER_WORD)
        for name in _SAVED:
            store.backup(path.with_name(f"{path.stem} 备份") / f"{name}.tz")
    return state(path, installed(), access_of(path, word or ""))


class Changing:
    """Something is changed of the users of an open office, and it is closed."""

    def __init__(self, change: Callable[[Keys], object], *words: tuple[str, ...]) -> None:
        """`words`: the passwords of before, and those of after; the administrator's first."""
        self._change, self._words = change, words
        self._state: object = None

    def prepare(self, place: Path) -> None:
        """An office with two users."""
        self._state = _prepare(place, WORD)

    def begin(self, place: Path) -> Callable[[], object]:
        """The administrator has come in."""
        path = office_of(place)
        store = Store.open(path, installed(), access=access_of(path, WORD))

        def work() -> None:
            self._change(store.keys)
            store.close(with_backup=False)

        return work

    def look(self, place: Path, *, thorough: bool) -> str:
        """All passwords of before or all of after, also for the backups once the office was opened."""
        path = office_of(place)
        known(path)
        was = self._let_in(path)
        for backup in backups(path):
            if backup.suffix == ".tz":
                self._let_in(backup)
        access = enter(path, self._words[was][0], ADMIN)
        assert state(path, installed(), access) == self._state
        tidy(path)
        for file in (path, *backups(path)):
            assert self._let_in(file) == was, file.name
            if thorough:
                with opened(file, installed(), enter(file, self._words[was][0], ADMIN)) as store:
                    assert store.check() == []
        if thorough:
            checked_by_command(path, self._words[was][0])
        return ("before", "after")[was]

    def _let_in(self, path: Path) -> int:
        """0 when exactly the passwords of before open it, 1 when exactly those of after do."""
        came_in = {word for word in {*self._words[0], *self._words[1]} if coming_in(path, word)}
        sides = [set(words) for words in self._words]
        assert came_in in sides, (path.name, came_in)
        return sides.index(came_in)


class Rewriting:
    """The file is written anew under another key."""

    def __init__(self, word: str | None) -> None:
        """`word` is the password of before; that of after is another."""
        self._word = word
        self._state: object = None

    def prepare(self, place: Path) -> None:
        """An office, locked or not, with three backups."""
        self._state = _prepare(place, self._word)

    def begin(self, place: Path) -> Callable[[], object]:
        """The new keys are made."""
        path = office_of(place)
        ring, access, _code = keyring.create(ADMIN, THIRD_WORD)
        if self._word is None:
            return lambda: relock.lock_file(path, ring, access)
        old = enter(path, self._word)
        return lambda: relock.rekey_file(path, old, ring, access)

    def look(self, place: Path, *, thorough: bool) -> str:
        """The one key or the other; the backups have the same password once the office was opened."""
        path = office_of(place)
        known(path)
        access = self._one(path)
        word = THIRD_WORD if access and coming_in(path, THIRD_WORD) else self._word
        assert state(path, installed(), access) == self._state
        tidy(path)
        for file in (path, *backups(path)):
            assert is_locked(file) == (word is not None), file.name
            assert word is None or MARK.encode() not in file.read_bytes()
            assert word is None or coming_in(file, word), file.name
            self._one(file)
            if thorough:
                with opened(file, installed(), access_of(file, word or "")) as store:
                    assert store.check() == []
        if thorough:
            checked_by_command(path, word)
        return "before" if word == self._word else "after"

    def _one(self, path: Path) -> Access | None:
        """Exactly one password opens it, if it is locked at all."""
        return access_of(path, *({WORD, THIRD_WORD}))


KEY_WORK: Mapping[str, Callable[[], Work]] = {
    "password": lambda: Changing(
        lambda keys: keys.set_password(ADMIN, THIRD_WORD), (WORD, OTHER_WORD), (THIRD_WORD, OTHER_WORD)
    ),
    "user added": lambda: Changing(
        lambda keys: keys.add("张三", Role.READER, THIRD_WORD), (WORD, OTHER_WORD), (WORD, OTHER_WORD, THIRD_WORD)
    ),
    "user removed": lambda: Changing(lambda keys: keys.remove(OTHER), (WORD, OTHER_WORD), (WORD,)),
    "lock": lambda: Rewriting(None),
    "other key": lambda: Rewriting(WORD),
}
