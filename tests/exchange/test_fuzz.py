"""Nothing that stands in a sheet makes the import crash, hang, or invent anybody."""

import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from taizhang.core.errors import Refused
from taizhang.exchange.apply import apply_plan
from taizhang.exchange.formulas import unguard
from taizhang.exchange.planner import plan_import
from taizhang.exchange.workbook import Cell, Merge, Workbook, read_workbook
from tests.exchange.books import MEMBERS, sheet, write_book
from tests.offices import Office

WORDS = [
    "", "姓名", "性别", "身份证号", "出生年月", "所在党支部", "年月", "基本情况", "张伟", "阿依努尔·哈布力",
    "第一党支部", "小计", "同上", "〃", "填表人：王", "110199198506300027", "1985.06", "汉族", "男", "=1+1",
    "'-1", "—", "无", "示例", "\t\n", "0",
]  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.text(max_size=5),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.times(),
)
ROWS = st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=8)
MERGES = st.lists(st.tuples(*[st.integers(0, 8)] * 4), max_size=5)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = Office(tmp_path_factory.mktemp("fuzz") / "office.tz")
    made.add("members", name="张伟", sex="女", id_number="110199198506300027")
    return made


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, merges=MERGES, name=st.text(max_size=8))
def test_no_sheet_crashes_the_import_or_invents_anybody(
    office: Office, rows: list[list[Cell]], merges: list[Merge], name: str
) -> None:
    head: list[Cell] = ["姓名", "性别", "身份证号", "出生年月", "所在党支部"]
    inside = [(a, b, max(a, c), max(b, d)) for a, b, c, d in merges if max(a, c) <= len(rows) and max(b, d) < 5]
    book = Workbook(Path("a.xlsx"), "xlsx", 0, (sheet([head, *rows], *inside, name=name),))
    try:
        plan = plan_import(book, MEMBERS, office.store)
    except Refused:
        return
    counts = plan.counts
    assert counts.read == counts.added + counts.updated + counts.unchanged + counts.skipped + counts.refused
    written = {unguard(str(cell)) for row in rows for cell in row}
    assert all(str(row.raw["name"]) in written for row in plan.rows if "name" in row.raw)
    before = office.rids("members")
    result = apply_plan(office.store, plan)
    assert len(office.rids("members")) == len(before) + counts.added
    if result.operation is not None:
        office.store.undo()
    assert office.rids("members") == before


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_damage_to_a_real_file_crashes_the_reader(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    path = write_book(folder / "a.xlsx", 名册=[["姓名", "性别"], *[["张伟", "男"]] * 20])
    with zipfile.ZipFile(path) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    for _ in range(data.draw(st.integers(1, 4))):
        content = parts[data.draw(st.sampled_from(sorted(parts)))]
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=6))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, changed in parts.items():
            archive.writestr(name, bytes(changed))
    with suppress(Refused):
        read_workbook(path)
