"""The form: judged while one types, repaired by a press, and nothing that was typed is lost."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from taizhang.desk.form import Form
from taizhang.desk.form_field import FormField
from taizhang.desk.inputs_linked import FilesInput
from taizhang.desk.office import Office
from taizhang.store.query import Query
from tests.offices import Office as Filed


@pytest.fixture
def form(office: tuple[Filed, Office], qtbot: QtBot) -> Form:
    return opened(office, qtbot)


def opened(office: tuple[Filed, Office], qtbot: QtBot, ledger: str = "members", rid: int | None = None) -> Form:
    """A form in sight, for a new record or for `rid`."""
    filed, desk = office
    made = Form(filed.registry.ledgers[ledger], desk)
    qtbot.addWidget(made)
    made.resize(460, 700)
    made.show()
    made.begin(rid)
    return made


def person(office: tuple[Filed, Office], name: str) -> int:
    """The record number of a member."""
    return office[0].store.rids(Query("members", search=name))[0]


def type_into(form: Form, key: str, text: str) -> FormField:
    """Type as a user would, and let the gate have its look."""
    made = form.fields[key]
    made.entry.put(text, text)
    made.entry.changed.emit()
    form._calm.stop()
    form._judge()
    return made


def said(made: FormField) -> list[str]:
    """What stands beneath an input."""
    QApplication.processEvents()
    return [one.text() for one in made.findChildren(QLabel) if one.property("role") == "finding" and not one.isHidden()]


def test_a_blank_form_does_not_scold(form: Form) -> None:
    assert [said(made) for made in form.fields.values() if said(made)] == []


def test_a_finding_stands_beside_its_input_while_one_types_and_goes_when_it_is_mended(form: Form) -> None:
    made = type_into(form, "id_number", "430199198506300014")
    assert any("校验位" in text for text in said(made))
    type_into(form, "id_number", "43019919850630003X")
    assert said(made) == []


def test_the_proposed_repair_is_a_button(form: Form, qtbot: QtBot) -> None:
    made = type_into(form, "education", "大学本科在读")
    repair = next(one for one in made.findChildren(QPushButton) if one.text().startswith("改为"))
    proposed = repair.text().removeprefix("改为 ")
    repair.click()
    form._judge()
    assert made.entry.shown() == proposed
    qtbot.waitUntil(lambda: said(made) == [])


def test_a_day_is_proposed_as_the_field_writes_days(form: Form, qtbot: QtBot) -> None:
    type_into(form, "id_number", "430199198506300013")
    made = type_into(form, "born_on", "1985-07-01")
    repair = next(one for one in made.findChildren(QPushButton) if one.text().startswith("改为"))
    assert repair.text() == "改为 1985.06.30"
    repair.click()
    form._judge()
    qtbot.waitUntil(lambda: said(made) == [])


def test_what_follows_from_the_id_number_is_shown_before_it_is_filled_in(form: Form) -> None:
    type_into(form, "id_number", "430199198506300013")
    born = form.fields["born_on"].entry.focusProxy()
    assert born is not None
    assert born.property("placeholderText") == "1985.06.30"


def test_a_day_is_taken_in_any_shape_and_shown_in_one(form: Form) -> None:
    form.fields["joined_on"].entry.setFocus()
    line = form.fields["joined_on"].entry.focusProxy()
    assert line is not None
    QTest.keyClicks(line, "200407")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    line.editingFinished.emit()  # type: ignore[attr-defined]
    assert form.fields["joined_on"].entry.shown() == "2004.07"


def test_saving_stores_the_record_as_one_step(form: Form, office: tuple[Filed, Office]) -> None:
    saved: list[int] = []
    form.saved.connect(saved.append)
    type_into(form, "name", "安然")
    type_into(form, "sex", "女")
    form.save()
    assert office[0].store.row(saved[0]).values["sex"] == "2"
    assert office[0].store.undo_title() == "新增党员：安然"


def test_an_error_keeps_the_record_out_and_the_cursor_goes_to_it(
    form: Form, office: tuple[Filed, Office], qtbot: QtBot
) -> None:
    before = len(office[0].rids("members"))
    type_into(form, "phone", "199 0000 0001")
    form.save()
    assert len(office[0].rids("members")) == before
    assert "请填写姓名" in form.banner.text.text()
    assert said(form.fields["name"]) == ["请填写姓名。"]
    qtbot.waitUntil(lambda: form.fields["name"].entry.focusProxy() is form.focusWidget())


def test_a_change_touches_only_what_was_typed(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    rid = person(office, "欧阳喆")
    before = dict(office[0].store.row(rid).values)
    form = opened(office, qtbot, rid=rid)
    type_into(form, "grid", "第三网格")
    form.save()
    assert dict(office[0].store.row(rid).values) == before | {"grid": "第三网格"}


def test_a_field_that_is_emptied_is_cleared(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    rid = person(office, "欧阳喆")
    form = opened(office, qtbot, rid=rid)
    type_into(form, "native_place", "")
    form.save()
    assert office[0].store.row(rid).values["native_place"] is None


def test_closing_in_the_middle_loses_nothing(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    form = opened(office, qtbot)
    type_into(form, "name", "安然")
    type_into(form, "sex", "女")
    form.leave()
    again = opened(office, qtbot)
    assert again.fields["name"].entry.shown() == "安然"
    assert again.entry().raw["name"] == "安然"
    assert "已接着填" in again.banner.text.text()
    again._throw_away()
    assert again.fields["name"].entry.shown() == ""
    assert opened(office, qtbot).fields["name"].entry.shown() == ""


def test_a_saved_form_leaves_no_draft(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    form = opened(office, qtbot)
    type_into(form, "name", "安然")
    form.keep_draft()
    form.save()
    assert opened(office, qtbot).fields["name"].entry.shown() == ""


def test_a_new_record_belongs_to_the_organisation_it_was_begun_in(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    form = opened(office, qtbot)
    branch = office[0].store.rids(Query("organisations", search="第一支部"))[0]
    form.begin(None, preset={"branch": (branch, "第一党支部")})
    type_into(form, "name", "安然")
    form.save()
    assert office[0].store.row(person(office, "安然")).values["branch"] == branch


def test_a_photo_is_taken_in_and_shown_again(office: tuple[Filed, Office], qtbot: QtBot, tmp_path: Path) -> None:
    rid = person(office, "孟堃")
    picture = tmp_path / "someone.png"
    Image.new("RGB", (300, 400), "#8899AA").save(picture)
    form = opened(office, qtbot, rid=rid)
    photo = next(made.entry for made in form.fields.values() if isinstance(made.entry, FilesInput) and made.entry.photo)
    photo.take(picture.read_bytes())
    form.save()
    held = office[0].store.row(rid).values[photo.field.key]
    assert isinstance(held, tuple)
    assert office[0].store.attachment(str(held[0]))
    opened(office, qtbot, rid=rid)


def test_a_correction_of_what_is_remembered_asks_since_when(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    rid = next(
        rid for rid in office[0].store.rids(Query("members", show="gone")) if office[0].store.row(rid).values["left_on"]
    )
    form = opened(office, qtbot, rid=rid)
    assert form._since_row.isHidden()
    type_into(form, "left_on", "")
    assert not form._since_row.isHidden()
    form.since.setText("2026.3.1")
    assert form.entry().since == "2026-03-01"


@pytest.mark.parametrize("ledger", ["organisations", "members", "committees"])
def test_every_field_has_one_input_with_a_name_for_readers(
    ledger: str, office: tuple[Filed, Office], qtbot: QtBot
) -> None:
    form = opened(office, qtbot, ledger)
    assert list(form.fields) == list(office[0].registry.ledgers[ledger].by_key)
    assert all(made.entry.accessibleName() == made.field.label for made in form.fields.values())


def test_the_cursor_reaches_every_field_even_in_a_folded_block(form: Form) -> None:
    for block in form.blocks:
        block.open(opened=False)
    last = list(form.fields)[-1]
    form.go_to(last)
    assert form.fields[last].isVisible()
