"""Rules that look around are asked anew about stored records."""

from pathlib import Path

from taizhang.registry import installed
from taizhang.sample import make
from taizhang.store.review import review
from taizhang.store.store import Store


def test_r_org_01_a_branch_that_shrank_is_remarked_without_being_edited(tmp_path: Path) -> None:
    store = Store.open(make(tmp_path, installed()), installed())
    said = {remark.name: [finding.rule for finding in remark.findings] for remark in review(store, "organisations")}
    store.close(with_backup=False)
    assert any("R-ORG-01" in rules for rules in said.values())


def test_a_ledger_without_trouble_has_no_remarks(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "a.tz", installed(), name="中共和平社区委员会", kind="社区党委")
    remarks = review(store, "organisations")
    store.close(with_backup=False)
    assert remarks == []
