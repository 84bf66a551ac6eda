"""The list's model: as long as it may be, it fetches only what comes into sight."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from taizhang.core.privacy import Privacy
from taizhang.desk.shown import CHUNK, COMPLETENESS, Column, Line
from taizhang.desk.table_model import RowsModel
from taizhang.desk.theme import colour

COLUMNS = [
    Column("name", "姓名", 5, "left", Privacy.NAME),
    Column("phone", "联系电话", 9, "left", Privacy.PHONE),
    Column(COMPLETENESS, "完整度", 4, "right", Privacy.OPEN),
]
RIDS = range(1, 100_001)


def _lines(rids: Sequence[int]) -> list[Line]:
    return [Line(rid, (f"欧阳{rid}", "199****0001", "86%"), 86, 0, void=False) for rid in rids]


class _Model(RowsModel):
    """A model that notes which chunks were asked for."""

    def __init__(self) -> None:
        super().__init__(lambda chunk, rids: self.asked.append((chunk, list(rids))))
        self.asked: list[tuple[int, list[int]]] = []
        self.show(list(RIDS), COLUMNS, _lines(RIDS[:CHUNK]))

    def text(self, row: int, column: int = 0) -> object:
        return self.data(self.index(row, column))


def test_a_hundred_thousand_records_cost_no_more_than_those_in_sight(qtbot: QtBot) -> None:
    del qtbot
    model = _Model()
    assert model.rowCount() == 100_000
    assert model.text(3) == "欧阳4"
    assert model.asked == []


def test_a_chunk_that_comes_into_sight_is_asked_for_once_and_shown_when_it_arrives(qtbot: QtBot) -> None:
    model = _Model()
    row = 10 * CHUNK + 5
    assert model.text(row) is None
    assert model.text(row + 1) is None
    assert [chunk for chunk, _rids in model.asked] == [10]
    with qtbot.waitSignal(model.dataChanged):
        model.receive(10, _lines(model.asked[0][1]))
    assert model.text(row) == f"欧阳{row + 1}"


def test_chunks_long_out_of_sight_are_let_go(qtbot: QtBot) -> None:
    del qtbot
    model = _Model()
    for chunk in range(1, 100):
        model.receive(chunk, _lines(RIDS[chunk * CHUNK : (chunk + 1) * CHUNK]))
    assert model.text(0) is None
    assert model.text(99 * CHUNK) is not None


def test_f9_hides_what_is_personal_and_brings_it_back(qtbot: QtBot) -> None:
    del qtbot
    model = _Model()
    model.mask(masked=True)
    assert (model.text(0), model.text(0, 1), model.text(0, 2)) == ("欧**", "••••", "86%")
    model.mask(masked=False)
    assert model.text(0) == "欧阳1"


def test_what_is_incomplete_is_marked_in_the_warning_colour(qtbot: QtBot) -> None:
    del qtbot
    model = _Model()
    assert model.data(model.index(0, 2), Qt.ItemDataRole.ForegroundRole) == colour("warning")
    assert model.data(model.index(0, 0), Qt.ItemDataRole.ForegroundRole) is None


def test_the_model_keeps_the_rules_of_qt(qtbot: QtBot) -> None:
    del qtbot
    model = RowsModel(lambda chunk, rids: model.receive(chunk, _lines(rids)))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show(list(RIDS[:200]), COLUMNS, _lines(RIDS[:CHUNK]))
    model.show([], COLUMNS, [])
    assert model.rowCount() == 0
