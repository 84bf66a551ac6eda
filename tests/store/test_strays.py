"""Somebody puts another copy in the place of a file whose program was cut off: it counts, not what lies beside it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from taizhang.core.check import check
from taizhang.store import keyring
from taizhang.store.query import Query
from taizhang.store.relock import lock_file
from taizhang.store.store import Store
from tests.offices import Office
from tests.store.locked import ADMIN, WORD, LockedOffice, around, opened
from tests.store.trial import trial

pytestmark = pytest.mark.parametrize("word", [None, WORD], ids=["plain", "locked"])
_ENDS = ("-wal", "-keys")


def _office(path: Path, word: str | None) -> Path:
    """A closed office of one person; a backup of it, made as the program makes them."""
    office = LockedOffice(path) if word else Office(path, trial())
    office.add("people", name="卢梅")
    copy = path.with_name("copy.tz")
    office.store.backup(copy)
    office.store.close(with_backup=False)
    return copy


def _cut_off(path: Path, word: str | None, people: int) -> dict[str, bytes]:
    """What lies there when a program is cut off that has taken people in; the file is closed in good order."""
    store = opened(path, word)
    draft = check(store.ledgers["people"], {"name": "孟堃", "note": "甲" * 1000}, store.context())
    store.do("导入", lambda work: work.add_many([draft] * people))
    left = {end: Path(f"{path}{end}").read_bytes() for end in ("", *_ENDS) if Path(f"{path}{end}").exists()}
    store.close(with_backup=False)
    return left


def _lay(path: Path, left: dict[str, bytes]) -> None:
    for end, content in left.items():
        Path(f"{path}{end}").write_bytes(content)


def _people(path: Path, word: str | None) -> int:
    store = opened(path, word)
    assert store.check() == []
    count: int = store.count(Query("people"))
    store.close(with_backup=False)
    return count


@pytest.mark.parametrize("people", [30, 300])
@pytest.mark.parametrize("which", ["backup", "the file of before", "another office"])
def test_the_copy_is_opened_as_it_is(tmp_path: Path, word: str | None, which: str, people: int) -> None:
    path = tmp_path / "a.tz"
    copies: dict[str, Callable[[], bytes]] = {
        "backup": _office(path, word).read_bytes,
        "the file of before": path.read_bytes,
        "another office": lambda: _other(tmp_path, word),
    }
    copy = copies[which]()
    if which == "the file of before":
        _cut_off(path, word, 5)
    left = _cut_off(path, word, people)
    path.write_bytes(copy)
    _lay(path, {end: left[end] for end in _ENDS if end in left})
    assert _people(path, word) == 1
    assert _people(path, word) == 1
    assert "a.tz-wal" not in around(path)


def _other(place: Path, word: str | None) -> bytes:
    (place / "other").mkdir()
    path = place / "other" / "b.tz"
    _office(path, word)
    return path.read_bytes()


@pytest.mark.parametrize("people", [1, 30, 300])
def test_the_log_of_the_file_itself_is_used(tmp_path: Path, word: str | None, people: int) -> None:
    path = tmp_path / "a.tz"
    _office(path, word)
    _lay(path, _cut_off(path, word, people))
    assert _people(path, word) == 1 + people
    assert around(path) == ["a.tz", "copy.tz"]


def test_a_file_that_is_damaged_with_and_without_its_log_is_left_as_it_is(tmp_path: Path, word: str | None) -> None:
    path = tmp_path / "a.tz"
    _office(path, word)
    left = _cut_off(path, word, 30)
    torn = bytearray(left[""])
    torn[12 * 4096 : 14 * 4096] = b"\xff" * 8192
    _lay(path, {**left, "": bytes(torn)})
    store: Store | None = None
    try:
        store = opened(path, word, read_only=True)
        said = store.check()
    except Exception as trouble:  # noqa: BLE001 - either way it is said
        said = [str(trouble)]
    finally:
        if store:
            store.close()
    assert "损坏" in said[0] or "错误" in said[0]
    assert Path(f"{path}-wal").read_bytes() == left["-wal"]


def test_what_was_set_aside_does_not_outlive_who_is_erased(tmp_path: Path, word: str | None) -> None:
    path = tmp_path / "a.tz"
    copy = _office(path, word).read_bytes()
    left = _cut_off(path, word, 30)
    path.write_bytes(copy)
    _lay(path, {end: left[end] for end in _ENDS if end in left})
    store = opened(path, word)
    assert "a.tz.wal-of-another" in around(path)
    store.erase(store.rids(Query("people"))[0], "本人申请")
    store.close(with_backup=False)
    assert around(path) == ["a.tz", "copy.tz"]


def test_what_was_set_aside_is_not_left_readable_beside_a_locked_file(tmp_path: Path, word: str | None) -> None:
    path = tmp_path / "a.tz"
    _office(path, None)
    path.with_name("a.tz.wal-of-another").write_bytes("卢梅".encode())
    ring, access, _code = keyring.create(ADMIN, word or WORD)
    lock_file(path, ring, access)
    assert around(path) == ["a.tz", "copy.tz"]
