"""Many records chosen at once: by organisation, by name, with what was chosen before."""

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from taizhang.desk.inputs_linked import LinksInput, input_for
from taizhang.desk.office import Office
from taizhang.desk.pick_many import PickMany
from taizhang.desk.picker import Option
from taizhang.store.query import Query
from tests.desk.errands import ERRANDS, errands_office, member
from tests.offices import Office as Filed

Desk = tuple[Filed, Office]
_GIVEN = "春夏秋冬东南西北山水风云松竹梅兰江河湖海金玉珠宝文武英杰明亮光辉安康福寿德才仁义"
_PEOPLE = len(_GIVEN)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = errands_office(tmp_path)
    ledger = made[0].registry.ledgers["members"]
    drafts = [made[0].check(ledger.key, {"name": f"米{given}", "branch": "物业联合党支部"}) for given in _GIVEN]
    made[0].store.do("新增", lambda work: work.add_many(drafts))
    return made


def opened(desk: Desk, qtbot: QtBot, *chosen: Option) -> PickMany:
    """The list to tick."""
    made = PickMany(desk[1], desk[1].ledgers["members"], chosen)
    qtbot.addWidget(made)
    made.show()
    return made


def names(dialog: PickMany) -> list[str]:
    """Who stands in the list."""
    return [dialog.list.item(at).text().partition("　")[0] for at in range(dialog.list.count())]


def test_a_whole_branch_is_ticked_at_once(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, qtbot)
    every = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
    dialog.tree.setCurrentItem(dialog.tree.findItems("物业", every)[0])
    assert len(names(dialog)) >= _PEOPLE
    assert "欧阳喆" not in names(dialog)
    dialog.all.click()
    with qtbot.waitSignal(dialog.picked) as picked:
        dialog.take.click()
    assert sorted(option.text for option in picked.args[0]) == sorted(names(dialog))


def test_one_is_found_by_initials_and_ticked_by_enter(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, qtbot)
    dialog.search.setText("oyz")
    assert names(dialog) == ["欧阳喆"]
    dialog.search.returnPressed.emit()
    assert dialog.search.text() == ""
    assert dialog.count.text() == "已选 1 人"


def test_what_was_chosen_before_stays_though_the_list_shows_others(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, qtbot, Option(member(desk[0], "欧阳喆"), "欧阳喆"))
    dialog.search.setText("米山")
    dialog.all.click()
    dialog.search.setText("米水")
    dialog.all.click()
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    with qtbot.waitSignal(dialog.picked) as picked:
        dialog.take.click()
    assert [option.text for option in picked.args[0]] == ["欧阳喆", "米山"]


def test_f9_hides_the_names(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, qtbot)
    desk[1].mask(masked=True)
    assert "欧阳喆" not in names(dialog)
    desk[1].mask(masked=False)
    assert "欧阳喆" in names(dialog)


def test_what_is_looked_for_is_hidden_by_f9_too(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, qtbot)
    dialog.search.setText("欧阳喆")
    desk[1].mask(masked=True)
    assert "欧阳喆" not in dialog.search.displayText()
    desk[1].mask(masked=False)
    assert dialog.search.displayText() == "欧阳喆"


def test_a_list_that_was_closed_hears_of_f9_no_more(desk: Desk) -> None:
    dialog = PickMany(desk[1], desk[1].ledgers["members"], [])
    dialog.show()
    dialog.accept()
    dialog.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)
    desk[1].mask(masked=True)


def test_the_input_takes_forty_and_lets_each_go(desk: Desk, qtbot: QtBot) -> None:
    entry = input_for(ERRANDS.by_key["with_them"], desk[1])
    assert isinstance(entry, LinksInput)
    qtbot.addWidget(entry)
    entry.resize(300, 400)
    entry.show()
    entry.pick_many()
    dialog = entry.window().findChild(PickMany)
    assert dialog is not None
    dialog.search.setText("米")
    dialog.all.click()
    dialog.take.click()
    rids = desk[0].store.rids(Query("members", search="米"))
    assert sorted(entry.raw_list(), key=str) == sorted(rids, key=str)
    assert entry.shown().count("、") == _PEOPLE - 1
    next(one for one in entry.findChildren(QPushButton) if one.text() == "米山").click()
    assert len(entry.raw_list()) == _PEOPLE - 1
    next(one for one in entry.findChildren(QPushButton) if one.text() == "清空").click()
    assert entry.raw() == []
