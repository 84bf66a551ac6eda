"""The messy rosters that are shipped come in as promised, and are safe to play with."""

import json
from pathlib import Path

import pytest

from taizhang import sample
from taizhang.exchange.plan import Counts
from taizhang.exchange.planner import plan_import
from taizhang.exchange.workbook import read_workbook
from taizhang.places import resources
from taizhang.registry import installed
from taizhang.store.store import Store
from tests.exchange.books import MEMBERS
from tests.offices import TODAY

EXPECTED = json.loads((resources() / "sample" / "expected.json").read_text(encoding="utf-8"))
PARTS = {"added": "add", "updated": "update", "unchanged": "unchanged", "skipped": "skip", "refused": "refuse"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sample")
    sample.make(made, installed())
    return made


@pytest.mark.parametrize("name", EXPECTED)
def test_a_shipped_roster_imports_with_the_expected_decision_for_every_row(name: str, folder: Path) -> None:
    expected = EXPECTED[name]
    store = Store.open(next(folder.glob("*.tz")), installed(), today=lambda: TODAY, read_only=True)
    plan = plan_import(read_workbook(folder / name), MEMBERS, store)
    decided: dict[str, list[str]] = {part: [] for part in PARTS.values()}
    for row in plan.rows:
        decided[row.decision].append(f"{plan.sheet_of(row)}!{row.number}")
    assert decided == {decision: expected["rows"][part] for part, decision in PARTS.items()}
    assert plan.counts == Counts(**{part: expected[part] for part in ("read", *PARTS)})
    store.close(with_backup=False)
