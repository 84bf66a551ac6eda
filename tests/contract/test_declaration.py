"""What a ledger says of itself is whole and does not contradict itself."""

import re
from collections import Counter

import pytest

from taizhang.core.codes import code_table
from taizhang.core.field import Field
from taizhang.core.kinds import IdCard, PersonName, Phone
from taizhang.core.kinds_linked import Attachment, Choice
from taizhang.core.ledger import ORDERS, Ledger
from taizhang.core.privacy import Privacy
from taizhang.core.text import heading_key
from taizhang.registry import installed

CHINESE = re.compile(r"[\u4e00-\u9fff]")
KEY = re.compile(r"[a-z][a-z0-9_]*")
ENDS = ("。", "！", "？")


@pytest.fixture(
    params=[(ledger, field) for ledger in installed().ledgers.values() for field in ledger.fields],
    ids=lambda pair: f"{pair[0].key}.{pair[1].key}",
)
def field(request: pytest.FixtureRequest) -> Field:
    """Every field of every ledger."""
    found: Field = request.param[1]
    return found


def test_a_field_reads_well(field: Field) -> None:
    assert KEY.fullmatch(field.key)
    assert CHINESE.search(field.label)
    assert len(field.label) <= 12
    assert 2 <= field.width <= 20
    assert not field.help or field.help.endswith(ENDS)


def test_a_field_has_a_kind_and_where_it_needs_one_a_table(field: Field) -> None:
    assert field.kind
    if isinstance(field, Choice):
        assert len(code_table(field.table).codes) >= 2


def test_personal_fields_say_so(field: Field) -> None:
    expected = {PersonName: Privacy.NAME, IdCard: Privacy.ID, Phone: Privacy.PHONE}
    for kind, privacy in expected.items():
        if isinstance(field, kind):
            assert field.privacy is privacy
    if isinstance(field, Attachment) and field.photo:
        assert field.privacy is Privacy.PHOTO


def test_what_is_required_is_wanted_too(field: Field) -> None:
    assert not field.required or field.wanted is True


def test_a_ledger_reads_well(ledger: Ledger) -> None:
    assert KEY.fullmatch(ledger.key)
    for text in (ledger.title, ledger.group, ledger.unit):
        assert CHINESE.search(text)
    assert ledger.purpose.endswith("。")
    assert len(ledger.purpose) <= 60
    assert ledger.icon


def test_the_title_can_be_relied_upon(ledger: Ledger) -> None:
    assert ledger.by_key[ledger.title_field].required


def test_every_field_stands_in_a_block_of_the_form(ledger: Ledger) -> None:
    assert ledger.fields[0].section
    sections = [field.section for field in ledger.fields if field.section]
    assert len(set(sections)) == len(sections)


def test_no_heading_means_two_fields_unless_the_second_only_steps_in(ledger: Ledger) -> None:
    """A sheet with 家庭住址 and 现居住地 fills both; with one of them, the first field."""
    labels = Counter(heading_key(field.label) for field in ledger.fields)
    labels.update(heading_key(derived.label) for derived in ledger.derived)
    assert [label for label, count in labels.items() if count > 1] == []
    for field in ledger.fields:
        own = {heading_key(alias) for alias in field.aliases}
        assert len(own) == len(field.aliases)
        assert not own & (set(labels) - {heading_key(field.label)})


def test_lists_and_pages_start_with_something_short_enough(ledger: Ledger) -> None:
    assert ledger.columns
    assert ledger.print_columns
    for columns, room in ((ledger.columns, 80), (ledger.print_columns, 110)):
        assert len(set(columns)) == len(columns)
        assert sum(ledger.column(key).width for key in columns) <= room
        assert not any(isinstance(ledger.column(key), Attachment) for key in columns)


def test_sorts_are_orders_that_the_store_knows(ledger: Ledger) -> None:
    known = {*ORDERS, *ledger.by_key, *ledger.derived_by_key}
    assert ledger.sorts
    assert set(ledger.sorts) <= known
