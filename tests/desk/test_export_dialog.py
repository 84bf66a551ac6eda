"""The export: the columns that were chosen, in their order, masked for the eyes it is made for, and read back."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from taizhang.core.access import Access, Role
from taizhang.core.privacy import PROFILE_LABELS, Profile
from taizhang.desk.asked import Asked
from taizhang.desk.export_dialog import ExportDialog
from taizhang.desk.office import Facts, Office
from taizhang.store.query import Filter, Query
from tests.desk.offices import open_office
from tests.desk.waiting import until
from tests.offices import Office as Filed

ID = "430199196809170069"


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Filed, Office]:
    filed, office = open_office(tmp_path, filled=False)
    branch = filed.store.name
    for name, sex, number in (("安静宜", "女", ID), ("包大同", "男", None), ("陈国华", "男", None)):
        filed.add(
            "members", name=name, sex=sex, id_number=number, phone="13800001111", category="正式党员", branch=branch
        )
    return filed, office


def opened(qtbot: QtBot, desk: tuple[Filed, Office], query: Query | None = None, *chosen: int) -> ExportDialog:
    filed, office = desk
    ledger = filed.registry.ledgers["members"]
    columns = ("name", "sex", "phone", "completeness")
    asked = Asked("export", ledger, query or Query("members", sort="pinyin"), "", columns, chosen)
    dialog = ExportDialog(office, asked)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def eyes(dialog: ExportDialog, profile: Profile) -> None:
    dialog.profile.setCurrentIndex(list(Profile).index(profile))


def cells(path: Path) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].iter_rows()]


def test_the_columns_of_the_list_are_offered_and_written_in_the_order_chosen(
    qtbot: QtBot, desk: tuple[Filed, Office], tmp_path: Path
) -> None:
    dialog = opened(qtbot, desk)
    assert dialog.columns.chosen() == ("name", "sex", "phone")
    dialog.columns.list.setCurrentRow(2)
    dialog.columns.move_current(-1)
    heard: list[str] = []
    desk[1].said.connect(heard.append)
    dialog.save_to(tmp_path / "名册.xlsx")
    rows = cells(tmp_path / "名册.xlsx")
    assert rows[0] == ["姓名", "联系电话", "性别"]
    assert [row[0] for row in rows[1:]] == ["安静宜", "包大同", "陈国华"]
    assert heard == ["已导出 3 人到 名册.xlsx"]
    assert not dialog.isVisible()


def test_a_wall_list_carries_no_number_r_priv_01(qtbot: QtBot, desk: tuple[Filed, Office], tmp_path: Path) -> None:
    dialog = opened(qtbot, desk)
    dialog.offer(("name", "id_number", "phone"))
    eyes(dialog, Profile.WALL)
    assert "（不给看）" in dialog.columns.list.item(1).text()
    dialog.save_to(tmp_path / "上墙.xlsx")
    text = str(cells(tmp_path / "上墙.xlsx"))
    assert ID not in text
    assert "13800001111" not in text
    assert "安静宜" not in text


def test_a_full_export_keeps_the_id_as_text(qtbot: QtBot, desk: tuple[Filed, Office], tmp_path: Path) -> None:
    dialog = opened(qtbot, desk)
    dialog.offer(("name", "id_number"))
    eyes(dialog, Profile.FULL)
    dialog.save_to(tmp_path / "名册.xlsx")
    assert cells(tmp_path / "名册.xlsx")[1] == ["安静宜", ID]


def test_the_list_as_filtered_or_only_those_chosen(qtbot: QtBot, desk: tuple[Filed, Office], tmp_path: Path) -> None:
    filed, _office = desk
    men = Query("members", where=(Filter("sex", value="1"),), sort="pinyin")
    opened(qtbot, desk, men).save_to(tmp_path / "男.xlsx")
    assert [row[0] for row in cells(tmp_path / "男.xlsx")[1:]] == ["包大同", "陈国华"]
    last = filed.store.rids(men)[1]
    opened(qtbot, desk, men, last).save_to(tmp_path / "选中.xlsx")
    assert [row[0] for row in cells(tmp_path / "选中.xlsx")[1:]] == ["陈国华"]


def test_the_choice_is_remembered(qtbot: QtBot, desk: tuple[Filed, Office], tmp_path: Path) -> None:
    first = opened(qtbot, desk)
    first.offer(("phone", "name"))
    eyes(first, Profile.POSTING)
    first.save_to(tmp_path / "a.xlsx")
    again = opened(qtbot, desk)
    assert again.choice() == first.choice()


def test_nothing_can_be_exported_without_a_column_and_a_bad_place_is_said(
    qtbot: QtBot, desk: tuple[Filed, Office], tmp_path: Path
) -> None:
    dialog = opened(qtbot, desk)
    dialog.save_to(tmp_path / "no-such-folder" / "名册.xlsx")
    until(dialog.warning.isVisible, "the warning")
    assert "写不进" in dialog.warning.text.text()
    assert dialog.take.isEnabled()
    for number in range(dialog.columns.list.count()):
        dialog.columns.list.item(number).setCheckState(dialog.columns.list.item(number).checkState().Unchecked)
    assert not dialog.take.isEnabled()


def test_a_reader_is_offered_no_more_than_readers_may_see(
    qtbot: QtBot, desk: tuple[Filed, Office], tmp_path: Path
) -> None:
    filed, office = desk
    first = opened(qtbot, desk)
    eyes(first, Profile.FULL)
    first.save_to(tmp_path / "a.xlsx")
    filed.store.act_as(Access("来访者", Role.READER))
    office.facts = Facts.of(filed.store)
    dialog = opened(qtbot, desk)
    assert PROFILE_LABELS[Profile.FULL] not in [dialog.profile.itemText(at) for at in range(dialog.profile.count())]
    assert dialog.choice().profile is Profile.INTERNAL
    dialog.save_to(tmp_path / "b.xlsx")
    assert [(line.who, line.profile) for line in filed.store.log.lines()] == [
        ("来访者", Profile.INTERNAL),
        ("记录员", Profile.FULL),
    ]
