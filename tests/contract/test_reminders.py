"""Reminders, whatever ledger declares them: they read well, follow one another, and tell nothing personal but names."""

from datetime import date
from string import Formatter

from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Privacy
from taizhang.core.reminder import Level, Reminder
from taizhang.registry import installed
from tests.offices import Office

ANYWHERE = {"name", "names", "count"}
WITH_A_DAY = {"due", "left", "over", "months"}


def places(reminder: Reminder) -> set[str]:
    """What the texts of a reminder are filled in with."""
    return {key for notice in reminder.notices for _text, key, _form, _turn in Formatter().parse(notice.text) if key}


def test_a_reminder_has_an_id_of_its_own_and_says_where_it_comes_from() -> None:
    every = [one for ledger in installed().ledgers.values() for one in ledger.reminders]
    assert len({one.id for one in every}) == len(every)
    for one in every:
        assert one.source, one.id
        assert 0 < len(one.title) <= 16, one.id
        assert one.field, one.id


def test_notices_follow_one_another_and_end_as_sentences(ledger: Ledger) -> None:
    day = date(2026, 7, 31)
    for one in ledger.reminders:
        begins = [notice.begins(day) for notice in one.notices]
        assert begins == sorted(set(begins)), one.id
        ranks = [list(Level).index(notice.level) for notice in one.notices]
        assert ranks == sorted(ranks, reverse=True), f"{one.id} grows less urgent"
        assert all(notice.text.endswith("。") for notice in one.notices), one.id


def test_texts_name_what_there_is_and_nothing_that_only_some_may_read(ledger: Ledger) -> None:
    for one in ledger.reminders:
        unknown = places(one) - ANYWHERE - (WITH_A_DAY if one.due else set())
        assert unknown <= set(ledger.by_key), one.id
        assert {ledger.by_key[key].privacy for key in unknown} <= {Privacy.OPEN}, one.id
        asked = {one.alike, one.by, *(key for held in one.among for key in held)} - {""}
        assert asked <= set(ledger.by_key), one.id


def test_over_the_samples_every_sentence_is_filled_in(standing: Office, ledger: Ledger) -> None:
    for one in standing.store.reminders():
        if one.ledger == ledger.key:
            assert one.rids
            assert one.name
            assert not set("{}") & set(one.text)
            assert "None" not in one.text
