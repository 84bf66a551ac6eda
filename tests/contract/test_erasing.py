"""What is erased of any ledger is gone from everything that the office can be asked, and the file stays sound."""

from taizhang.core.ledger import Ledger
from tests.contract.test_reader import BEFORE, NOW, everything, fill
from tests.offices import Office


def test_a_record_of_any_ledger_is_erased_whatever_its_fields_are(ledger: Ledger, office: Office) -> None:
    store = office.store
    rid = fill(office, ledger)
    told = repr(everything(store, ledger, rid))
    assert NOW.phone in told
    assert BEFORE.phone in told
    before = {other: store.row(other) for other in office.rids(ledger.key) if other != rid}
    store.erase(rid, "本人申请")
    told = repr(everything(store, ledger, rid))
    assert [secret for secret in NOW.secrets() + BEFORE.secrets() if secret in told] == []
    assert store.name_of(ledger.key, rid) == "（已抹除）"
    assert {other: store.row(other) for other in office.rids(ledger.key)} == before
    assert store.check() == []
    while store.undo_title():
        store.undo()
    assert [secret for secret in NOW.secrets() if secret in repr(everything(store, ledger, rid))] == []
    assert store.check() == []
