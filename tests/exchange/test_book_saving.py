"""A workbook goes straight to its place: no readable copy of it lies in the temporary folder, not for a moment."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from taizhang.core.errors import Cancelled
from taizhang.exchange.marked import write_marked
from taizhang.exchange.planner import plan_import
from taizhang.exchange.template import write_template
from taizhang.exchange.workbook import read_workbook
from taizhang.exchange.write import export_rows
from tests.exchange.books import MEMBERS
from tests.offices import Office


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office with somebody in it, on a computer whose temporary folder takes nothing."""
    made = Office(tmp_path / "office.tz")
    made.add("members", name="张伟", phone="13800000000")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    yield made
    made.store.close(with_backup=False)


def test_an_export_needs_no_temporary_file(office: Office, tmp_path: Path) -> None:
    """R-PRIV-02: what leaves the office lies where the user put it, and nowhere else."""
    assert export_rows(office.store, MEMBERS, office.rids("members"), tmp_path / "a.xlsx") == 1
    assert load_workbook(tmp_path / "a.xlsx").worksheets[0]["A2"].value == "张伟"


def test_a_marked_copy_needs_no_temporary_file(office: Office, tmp_path: Path) -> None:
    export_rows(office.store, MEMBERS, office.rids("members"), tmp_path / "a.xlsx")
    plan = plan_import(read_workbook(tmp_path / "a.xlsx"), MEMBERS, office.store)
    write_marked(plan, tmp_path / "b.xlsx")
    assert load_workbook(tmp_path / "b.xlsx").worksheets[0]["A2"].value == "张伟"


def test_an_empty_sheet_needs_no_temporary_file(office: Office, tmp_path: Path) -> None:
    write_template(office.registry.ledgers["members"], tmp_path / "a.xlsx")
    assert load_workbook(tmp_path / "a.xlsx").worksheets[0].title == MEMBERS.title


def test_an_export_that_is_stopped_leaves_nothing_and_says_nothing(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(done: int, _total: int, _what: str) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        export_rows(office.store, MEMBERS, office.rids("members"), tmp_path / "a.xlsx", progress=stop)
    assert sorted(file.name for file in tmp_path.iterdir() if "xlsx" in file.name) == []
    assert capsys.readouterr().err == ""
