"""Real office files: of the installed ledgers, and of throw-away ones with a field of every kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offices import Office
from tests.store.locked import LockedOffice
from tests.store.relocking import MARK, NAMELESS
from tests.store.trial import card, trial


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office of the throw-away ledgers, nothing in it but itself."""
    office = Office(tmp_path / "trial.tz", trial())
    yield office
    office.store.close(with_backup=False)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Office]:
    """An office of the installed ledgers, nothing in it but itself."""
    office = Office(tmp_path / "office.tz")
    yield office
    office.store.close(with_backup=False)


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[LockedOffice]:
    """An office of the throw-away ledgers with a password, which 王敏 knows."""
    office = LockedOffice(tmp_path / "trial.tz")
    yield office
    office.store.close(with_backup=False)


@pytest.fixture
def plain(office: Office) -> Path:
    """A closed file without a password, with two backups and one of before an upgrade beside it."""
    place = office.add("places", name="一号楼")
    rid = office.add("people", name="卢梅", id_number=card(1), note=NAMELESS, place=place)
    folder = office.path.with_name("trial 备份")
    for name in ("2026-11-18 080000", "2026-11-19 080000", "升级前 2026-11-19 080000"):
        office.store.backup(folder / f"{name}.tz")
    office.change(rid, note=NAMELESS * 200)
    office.store.do("放入", lambda work: work.attach(b"%PDF-1.7" + MARK))
    office.store.keep("draft", {"name": NAMELESS})
    office.store.undo()
    office.store.close(with_backup=False)
    return office.path
