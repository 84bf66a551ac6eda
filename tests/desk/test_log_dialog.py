"""The log as it is read and taken along: who let out what, for whose eyes, how much; never about whom (R-PRIV-02)."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from taizhang.core.access import Access, Role
from taizhang.core.errors import Refused
from taizhang.core.privacy import Profile
from taizhang.desk import log_dialog
from taizhang.desk.log_dialog import LogDialog
from taizhang.desk.office import Office
from taizhang.exchange.log_sheet import write_log
from taizhang.store.logbook import HAPPENING_LABELS, Happening
from tests.offices import Office as Filed


@pytest.fixture
def desk(office: tuple[Filed, Office]) -> tuple[Filed, Office]:
    """An office out of which something has gone."""
    store = office[0].store
    store.release(Happening.EXPORT, "党员名册", Profile.INTERNAL, 1234)
    store.release(Happening.PRINT, "班子与换届", Profile.WALL, 12)
    store.log.note(Happening.KEYS, "更换恢复码")
    return office


def opened(desk: tuple[Filed, Office], qtbot: QtBot) -> LogDialog:
    dialog = LogDialog(desk[1])
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def lines(dialog: LogDialog) -> list[list[str]]:
    """What the table says, from top to bottom."""
    table = dialog.table
    cells = [[table.item(row, at) for at in range(table.columnCount())] for row in range(table.rowCount())]
    return [[cell.text() for cell in line if cell is not None] for line in cells]


def show(dialog: LogDialog, kind: Happening) -> None:
    dialog.kind.setCurrentText(HAPPENING_LABELS[kind])


def test_it_says_when_who_what_for_whom_and_how_much_latest_first(desk: tuple[Filed, Office], qtbot: QtBot) -> None:
    dialog = opened(desk, qtbot)
    heads = [head.text() for at in range(6) if (head := dialog.table.horizontalHeaderItem(at))]
    assert heads == ["时间", "经办", "事项", "内容", "范围", "数量"]
    assert lines(dialog) == [
        ["2026-11-21 12:00", "记录员", "密码与使用者", "更换恢复码", "", ""],
        ["2026-11-21 12:00", "记录员", "打印", "班子与换届", "对外上墙", "12"],
        ["2026-11-21 12:00", "记录员", "导出", "党员名册", "内部名单", "1234"],
    ]
    assert dialog.count.text() == "3 条"


def test_it_can_be_read_by_kind(desk: tuple[Filed, Office], qtbot: QtBot) -> None:
    dialog = opened(desk, qtbot)
    show(dialog, Happening.PRINT)
    assert [line[3] for line in lines(dialog)] == ["班子与换届"]
    show(dialog, Happening.RESTORE)
    assert lines(dialog) == []
    assert not dialog.table.isVisible()
    assert not dialog.export.isEnabled()
    dialog.kind.setCurrentIndex(0)
    assert len(lines(dialog)) == 3


def test_a_long_log_is_listed_from_its_end(
    desk: tuple[Filed, Office], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(log_dialog, "_MOST", 2)
    dialog = opened(desk, qtbot)
    assert [line[2] for line in lines(dialog)] == ["密码与使用者", "打印"]
    assert dialog.count.text() == "最近 2 条，导出可得全部"
    dialog.save_to(tmp_path / "log.xlsx")
    assert len(list(load_workbook(tmp_path / "log.xlsx").worksheets[0].iter_rows())) == 4


def test_an_administrator_takes_it_along_and_that_is_written_down_too(
    desk: tuple[Filed, Office], qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(desk, qtbot)
    heard: list[str] = []
    desk[1].said.connect(heard.append)
    show(dialog, Happening.EXPORT)
    dialog.save_to(tmp_path / "log.xlsx")
    rows = [[cell.value for cell in row] for row in load_workbook(tmp_path / "log.xlsx").worksheets[0].iter_rows()]
    assert rows[0] == ["时间", "经办", "事项", "内容", "范围", "数量"]
    assert rows[1:] == [["2026-11-21 12:00", "记录员", "导出", "党员名册", "内部名单", 1234]]
    assert heard == ["已导出到 log.xlsx"]
    assert lines(dialog)[0] == ["2026-11-21 12:00", "记录员", "导出", "留痕记录", "", "1"]


def test_a_place_that_cannot_be_written_is_said_in_place(
    desk: tuple[Filed, Office], qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(desk, qtbot)
    dialog.save_to(tmp_path / "no-such-folder" / "log.xlsx")
    assert "写不进" in dialog.warning.text.text()
    assert dialog.export.isEnabled()
    assert len(desk[0].store.log.lines()) == 3, "nothing left"


@pytest.mark.parametrize("role", [Role.RECORDER, Role.READER])
def test_others_may_read_it_but_not_take_it_along(
    desk: tuple[Filed, Office], qtbot: QtBot, tmp_path: Path, role: Role
) -> None:
    filed, office = desk
    office.facts = replace(office.facts, role=role)
    filed.store.act_as(Access("李红", role))
    dialog = opened(desk, qtbot)
    assert len(lines(dialog)) == 3
    assert not dialog.export.isVisible()
    with pytest.raises(Refused, match="只有管理员可以做"):
        write_log(filed.store, tmp_path / "log.xlsx")
    assert not (tmp_path / "log.xlsx").exists()
