"""A line of text that knows what was written before in lines like it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from taizhang.core.kinds import Text
from taizhang.desk.inputs_linked import input_for
from taizhang.desk.inputs_recalled import RecalledInput, recalled
from taizhang.desk.office import Office
from taizhang.desk.picker import Option
from tests.desk.errands import ERRANDS, errands_office
from tests.offices import Office as Filed


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Filed, Office]:
    filed, office = errands_office(tmp_path)
    for place in ("和平社区", "梧桐街道", "梧桐街道"):
        filed.add("errands", name="安然", place=place)
    return filed, office


def offered(desk: tuple[Filed, Office], typed: str) -> list[str]:
    """What is offered for what is typed."""
    field, found = ERRANDS.by_key["place"], list[Option]()
    assert isinstance(field, Text)
    recalled(desk[1], field.recalls)(typed, found.extend)
    return [option.text for option in found]


def test_what_was_written_most_often_is_offered_first(desk: tuple[Filed, Office]) -> None:
    assert offered(desk, "")[0] == "梧桐街道"
    assert offered(desk, "社区")[0] == "和平社区"


def test_the_names_of_another_ledger_are_offered_too(desk: tuple[Filed, Office]) -> None:
    filed, _office = desk
    own = {filed.store.name_of("organisations", rid) for rid in filed.rids("organisations")}
    assert own <= set(offered(desk, ""))


@pytest.mark.parametrize("typed", ["梧桐", "wutong", "wtjd"])
def test_a_few_letters_find_it(desk: tuple[Filed, Office], typed: str) -> None:
    assert offered(desk, typed) == ["梧桐街道"]


@pytest.mark.parametrize("typed", ["梧桐街道", "松涛街道"])
def test_what_stands_there_in_full_or_was_never_written_opens_no_list(desk: tuple[Filed, Office], typed: str) -> None:
    assert offered(desk, typed) == []


def test_what_was_picked_can_be_changed_and_stays_as_typed(desk: tuple[Filed, Office], qtbot: QtBot) -> None:
    entry = input_for(ERRANDS.by_key["place"], desk[1])
    assert isinstance(entry, RecalledInput)
    qtbot.addWidget(entry)
    entry.put("和平社区", "和平社区")
    assert (entry.raw(), entry.shown()) == ("和平社区", "和平社区")
    with qtbot.waitSignal(entry.changed):
        QTest.keyClick(entry.picker, Qt.Key.Key_2)
    assert entry.raw() == "和平社区2"
