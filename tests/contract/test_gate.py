"""What every ledger takes in and keeps out."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings, strategies as st

from taizhang.core.check import check
from taizhang.core.context import Alone, Value
from taizhang.core.field import Field, nobody
from taizhang.core.kinds_linked import Attachment
from taizhang.core.ledger import Ledger
from taizhang.registry import installed
from tests.offices import TODAY, Office, samples

BAD = [
    pytest.param(key, raw, field, text, id=f"{key}-{number}-{field}")
    for key in installed().ledgers
    for number, (raw, field, text) in enumerate(installed().part(key, "samples").BAD)  # type: ignore[union-attr]
]
TYPED = st.one_of(
    st.text(max_size=30),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=True),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
)


def test_every_ledger_has_samples_good_and_bad(ledger: Ledger) -> None:
    part = installed().part(ledger.key, "samples")
    assert part is not None
    assert len(part.GOOD) >= 2
    assert len(part.BAD) >= len([field for field in ledger.fields if field.required])


def test_the_samples_leave_no_field_untried(ledger: Ledger) -> None:
    tried = {key for raw in samples(installed(), ledger.key) for key in raw}
    assert tried == {field.key for field in ledger.fields if not isinstance(field, Attachment)}


def test_good_samples_are_taken(ledger: Ledger, standing: Office) -> None:
    assert len(standing.rids(ledger.key)) >= len(samples(installed(), ledger.key))


@pytest.mark.parametrize(("key", "raw", "field", "text"), BAD)
def test_bad_samples_get_the_finding_that_they_are_samples_of(
    standing: Office, key: str, raw: Mapping[str, object], field: str, text: str
) -> None:
    found = standing.findings(key, raw)
    assert [finding for finding in found if finding.field == field and text in finding.text], found


def test_what_is_shown_can_be_typed_again(ledger: Ledger, standing: Office) -> None:
    context = standing.store.context()
    for rid in standing.rids(ledger.key):
        values = standing.store.row(rid).values
        for field in ledger.fields:
            shown = field.show(values[field.key], standing.store.name_of)
            assert field.read(shown, context).value == values[field.key], (field.key, shown)


def test_a_stored_record_passes_the_gate_as_it_is(ledger: Ledger, standing: Office) -> None:
    for rid in standing.rids(ledger.key):
        values = standing.store.row(rid).values
        draft = standing.check(ledger.key, values, rid)
        assert draft.ok, draft.findings
        assert {key: draft.values[key] for key in values if values[key] is not None} == {
            key: value for key, value in values.items() if value is not None
        }


def test_a_row_without_what_is_required_is_refused_for_each(ledger: Ledger) -> None:
    found = check(ledger, {}, Alone(TODAY)).errors()
    assert {finding.field for finding in found} == {field.key for field in ledger.fields if field.required}


def test_blank_stays_blank(ledger: Ledger) -> None:
    for blank in ("", "  ", "\u3000", None):
        for field in ledger.fields:
            assert field.read(blank, Alone(TODAY)) == (None, ())
            assert field.show(None, nobody) == ""


def test_completeness_goes_from_nothing_to_a_hundred(ledger: Ledger) -> None:
    values: dict[str, Value] = {}
    last = ledger.completeness(values)
    assert 0 <= last < 100
    for field in ledger.fields:
        values[field.key] = "x"
    assert ledger.completeness(values) == 100
    assert ledger.missing(values) == []


FIELDS = [field for ledger in installed().ledgers.values() for field in ledger.fields]


@settings(max_examples=300, deadline=None)
@given(field=st.sampled_from(FIELDS), raw=TYPED)
def test_whatever_is_typed_is_read_or_refused_in_words(field: Field, raw: object) -> None:
    reading = field.read(raw, Alone(TODAY))
    for finding in reading.findings:
        assert finding.field == field.key
        assert finding.text.endswith(("。", "！", "？"))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_whatever_a_row_holds_every_finding_names_a_field_of_the_ledger(data: st.DataObject) -> None:
    ledger = data.draw(st.sampled_from(list(installed().ledgers.values())))
    raw = data.draw(st.dictionaries(st.sampled_from(list(ledger.by_key)), TYPED, max_size=8))
    for finding in check(ledger, raw, Alone(TODAY)).findings:
        assert finding.field in ledger.by_key
