"""姓氏笔画 order and the readings of surnames, as shipped."""

import csv
from itertools import pairwise
from pathlib import Path

import make_strokes

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def _order() -> dict[str, int]:
    lines = (RESOURCES / "strokes.txt").read_text(encoding="utf-8").splitlines()
    return {character: place for place, character in enumerate("".join(line.partition("\t")[2] for line in lines))}


def test_surnames_stand_by_strokes_then_by_the_kind_of_stroke() -> None:
    order = _order()
    names = "丁于万王毛方孔邓石龙冯朱任向刘闫孙李杨吴何汪宋张陈欧周郑赵胡姚徐高黄梁彭韩曾廖潘戴魏"
    assert [pair for pair in pairwise(names) if order[pair[0]] >= order[pair[1]]] == []


def test_each_character_stands_once_and_rare_ones_are_there_too() -> None:
    lines = (RESOURCES / "strokes.txt").read_text(encoding="utf-8").splitlines()
    assert sum(len(line.partition("\t")[2]) for line in lines) == len(_order())
    assert set("龥䶵㐀𠮷𰻝𫭟") <= set(_order())


def test_merging_keeps_each_level_and_leaves_unknown_strokes_beside_their_neighbour() -> None:
    kinds = {"a": "12", "c": "31", "b": "21"}
    assert list(make_strokes.merged([["a", "?", "c"], ["b"]], kinds)) == ["a", "?", "b", "c"]


def test_a_surname_is_read_as_a_surname() -> None:
    with (RESOURCES / "surnames.csv").open(encoding="utf-8", newline="") as file:
        readings = {row["surname"]: row["readings"] for row in csv.DictReader(file)}
    expected = {"单": "shan", "仇": "qiu", "区": "ou", "尉迟": "yu chi", "万俟": "mo qi", "覃": "qin|tan"}
    assert {surname: readings[surname] for surname in expected} == expected
    assert all(text.isascii() and text.islower() for text in readings.values())
