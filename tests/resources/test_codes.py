"""The code tables as files: what every one of them promises, and a few rows of domain.md §2.4–2.5."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from taizhang.core.codes import code_table

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "codes"
TABLES = sorted(FOLDER.glob("*.csv"))


def _rows(key: str) -> list[dict[str, str]]:
    with (FOLDER / f"{key}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names(row: dict[str, str]) -> list[str]:
    return [row["label"], *filter(None, row["aliases"].split("|"))]


def _meaning(key: str, name: str) -> dict[str, str]:
    """The one row that this name stands for."""
    (row,) = (row for row in _rows(key) if name in _names(row))
    return row


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_a_name_means_one_code(table: Path) -> None:
    rows = _rows(table.stem)
    assert list(rows[0]) == ["code", "label", "aliases", "group"]
    assert all(row["code"] and row["label"] for row in rows)
    assert [code for code, times in Counter(row["code"] for row in rows).items() if times > 1] == []
    assert [name for name, times in Counter(n for row in rows for n in _names(row)).items() if times > 1] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_no_name_carries_a_space(table: Path) -> None:
    assert [row for row in _rows(table.stem) if any(value != value.strip() for value in row.values())] == []


def test_all_56_peoples_are_there_and_go_by_their_short_names_too() -> None:
    assert len(_rows("ethnic_group")) == 58
    assert _meaning("ethnic_group", "汉")["code"] == "01"
    assert _meaning("ethnic_group", "基诺族")["code"] == "56"
    minority = [row["label"] for row in _rows("ethnic_group") if row["group"] == "少数民族"]
    assert len(minority) == 55


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("大专", "大学专科"),
        ("本科", "大学本科"),
        ("博士", "研究生"),
        ("中央党校大学", "大学本科"),
        ("省委党校研究生", "研究生"),
        ("中专", "中专"),
        ("职高", "高中、中技"),
        ("技校", "高中、中技"),
        ("高中", "高中、中技"),
        ("文盲", "初中及以下"),
    ],
)
def test_an_education_counts_in_its_statistics_group(name: str, group: str) -> None:
    assert _meaning("education", name)["group"] == group


def test_every_education_and_every_post_belongs_to_a_row_of_the_statistics() -> None:
    for key, statistics in (("education", "edu_stat"), ("post", "post_row")):
        assert {row["group"] for row in _rows(key)} <= {row["label"] for row in _rows(statistics)}


def test_every_province_prefix_of_an_id_number_is_known() -> None:
    prefixes = {row["code"] for row in _rows("area")}
    assert len(prefixes) == 35
    assert prefixes >= {"11", "42", "65", "71", "81", "82", "83"}


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_the_gate_reads_every_name_and_code_of_a_table_back_to_its_own_code(table: Path) -> None:
    codes = code_table(table.stem)
    typed = [(name, code.code) for code in codes.codes for name in (code.code, code.label, *code.aliases)]
    assert [(name, codes.find(name)) for name, code in typed if codes.find(name) != code] == []
