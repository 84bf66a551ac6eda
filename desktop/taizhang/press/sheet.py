"""What is printed, as plain values: a ruled table with title and notes, its rows already shown and masked text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and the width that its contents usually need, in full-width characters."""

    label: str
    width: float
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class Notes:
    """What the reader must know about the list: which filter made it, for which day, how many, by whom and when.

    `count` is a whole phrase such as 人数：118.
    """

    printed_at: datetime
    condition: str = "全部"
    as_of: str = ""
    count: str = ""
    printed_by: str = ""

    def phrases(self) -> list[str]:
        """The notes as they stand at the foot of each page."""
        as_of = f"截止日期：{self.as_of}" if self.as_of else ""
        by = f"打印人：{self.printed_by}" if self.printed_by else ""
        at = f"打印时间：{self.printed_at:%Y-%m-%d %H:%M}"
        return [part for part in (f"条件：{self.condition}", as_of, self.count, by, at) if part]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to print. `rows` have one text for each column; `name_column` tells which of them names the row.

    `signatures` are words such as 填表人 that are printed below the last row with room to sign.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    notes: Notes
    organisation: str = ""
    name_column: int = 0
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """What came of printing: pages, typefaces that stood in for others, and what the user should be told."""

    pages: int
    substitutions: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
