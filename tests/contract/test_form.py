"""In the window, for every ledger: the form has an input for each field, and says each finding beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from taizhang.core.ledger import Ledger
from taizhang.desk.form import Form
from taizhang.desk.office import Office as Desk
from taizhang.registry import installed
from tests.desk.offices import open_office
from tests.offices import Office


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Office, Desk]]:
    """An open office with the samples, as the window sees it."""
    filed, desk = open_office(tmp_path)
    yield filed, desk
    filed.store.close(with_backup=False)


def test_the_form_has_one_input_for_each_field(ledger: Ledger, desk: tuple[Office, Desk], qtbot: QtBot) -> None:
    form = Form(ledger, desk[1])
    qtbot.addWidget(form)
    assert list(form.fields) == [field.key for field in ledger.fields]


def test_a_record_can_be_opened_and_saved_without_changing_it(
    ledger: Ledger, desk: tuple[Office, Desk], qtbot: QtBot
) -> None:
    filed, office = desk
    form = Form(ledger, office)
    qtbot.addWidget(form)
    for rid in filed.rids(ledger.key):
        before = filed.store.row(rid)
        form.begin(rid)
        form.save()
        assert filed.store.row(rid) == before


def test_each_finding_is_said_beside_its_field(ledger: Ledger, desk: tuple[Office, Desk], qtbot: QtBot) -> None:
    part = installed().part(ledger.key, "samples")
    assert part is not None
    form = Form(ledger, desk[1])
    qtbot.addWidget(form)
    for raw, key, text in part.BAD:
        form.begin(None)
        for name, value in raw.items():
            made = form.fields[name]
            made.entry.put(value, str(value))
            made.touched = True
        form._insisted = True
        form._judge()
        assert [one.text for one in form.fields[key].findings if text in one.text], (raw, key)
