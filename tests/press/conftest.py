"""What tests of printing share: the shipped typefaces alone, and a small roster of invented people."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from taizhang.press.fonts import Typefaces
from taizhang.press.page import Paper
from taizhang.press.sheet import Column, Notes, Printed, Sheet
from taizhang.press.table import render
from tests.press.reading import Page, read_pdf

COLUMNS = (
    Column("序号", 3),
    Column("姓名", 5),
    Column("公民身份号码", 12),
    Column("人员类别", 5),
    Column("入党日期", 6),
    Column("所在党支部", 12, "left"),
    Column("现居住地", 16, "left"),
)
NOTES = Notes(datetime(2026, 4, 1, 9, 30), "在册", "2026年3月31日", "人数：45", "张三")  # noqa: DTZ001 - the office's own clock

Rows = Sequence[Sequence[str]]
Print = Callable[..., tuple[list[Page], Printed]]


@pytest.fixture(scope="session")
def faces() -> Typefaces:
    """The shipped typefaces, whatever this machine has."""
    return Typefaces(installed=())


def people(count: int) -> list[tuple[str, ...]]:
    """Invented rows for `COLUMNS`."""
    return [
        (
            str(number),
            "赵钱孙李周吴郑王"[number % 8] + "伟芳娜敏静丽强"[number % 7],
            f"110199********{number % 10000:04d}",
            "正式党员",
            f"2004.07.{number % 28 + 1:02d}",
            "幸福社区第一网格党支部",
            f"幸福路{number}号院{number % 20 + 1}号楼2单元1203室",
        )
        for number in range(1, count + 1)
    ]


def sheet_of(rows: Rows, columns: tuple[Column, ...] = COLUMNS, *, signatures: tuple[str, ...] = ()) -> Sheet:
    """A roster of these rows."""
    return Sheet(
        "党员名册",
        columns,
        rows,
        NOTES,
        "中共幸福社区委员会",
        name_column=min(1, len(columns) - 1),
        signatures=signatures,
    )


@pytest.fixture(scope="session")
def printed(faces: Typefaces) -> Print:
    """Print a sheet and read the pages back."""

    def run(sheet: Sheet, paper: Paper | None = None) -> tuple[list[Page], Printed]:
        out = io.BytesIO()
        done = render(sheet, paper or Paper.of("A4", landscape=True), faces, out)
        return read_pdf(out.getvalue()), done

    return run
