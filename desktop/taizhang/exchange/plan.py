"""What an import would do, row by row, before anything is stored."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field as dataclass_field, replace
from enum import StrEnum
from typing import NamedTuple, Protocol

from taizhang.core.check import Draft
from taizhang.core.errors import Refused
from taizhang.core.field import as_text
from taizhang.core.findings import Finding
from taizhang.core.ledger import Ledger
from taizhang.exchange.growth import Growing
from taizhang.exchange.sources import Assignment, Source
from taizhang.exchange.workbook import Workbook


class Decision(StrEnum):
    """What becomes of a row."""

    ADD = "add"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    SKIP = "skip"
    REFUSE = "refuse"

    @property
    def label(self) -> str:
        """What a user reads."""
        return {"add": "新增", "update": "更新", "unchanged": "未变", "skip": "跳过", "refuse": "拒绝"}[self.value]


@dataclass(frozen=True)
class ImportOptions:
    """`sheet`: only this one. `mapping`: heading to field key or None. `clear`: a blank cell empties what is stored."""

    sheet: str | None = None
    mapping: Assignment | None = None
    clear: bool = False


class PlanRow(NamedTuple):  # a tuple is made in a third of the time that a frozen dataclass takes
    """One row of the file. `number` is its row number in the sheet, from 1; `source` the table it belongs to.

    `rid` is the record that it was recognised as. `choices` are decisions that may be taken for it instead, `choice`
    is what the user has decided. `reason` says why a line is no record. `place` is the placeholder by which other rows
    of the file point at this one.
    """

    source: int
    number: int
    raw: Mapping[str, object]
    decision: Decision
    draft: Draft | None = None
    findings: tuple[Finding, ...] = ()
    rid: int | None = None
    choices: tuple[Decision, ...] = ()
    reason: str = ""
    choice: Decision | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were read, and what becomes of them; the parts add up."""

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    refused: int = 0


class Judging(Protocol):
    """Judges rows once more, after the user has mended one or decided for it."""

    def again(self, row: PlanRow, raw: Mapping[str, object], choice: Decision | None) -> PlanRow:
        """The row as it would be with these raw values and this decision."""

    def settle(self, rows: list[PlanRow]) -> list[PlanRow]:
        """The rows with what they mean for each other: who comes twice, who hangs on a row that is left out."""


@dataclass
class ImportPlan:
    """The rows and what becomes of each. Changes nothing but itself until it is applied."""

    book: Workbook
    ledger: Ledger
    sources: list[Source]
    notes: list[str]
    growing: Growing
    options: ImportOptions
    judge: Judging
    stand: int  # the number of the office's last operation when this was made
    judged: list[PlanRow] = dataclass_field(default_factory=list)
    rows: list[PlanRow] = dataclass_field(default_factory=list)

    def settle(self) -> None:
        """Bring `rows` up to date with `judged`."""
        self.rows = self.judge.settle(self.judged)

    @property
    def counts(self) -> Counts:
        """What becomes of the rows, as things stand."""
        tally = Counter(row.decision for row in self.rows)
        parts = (Decision.ADD, Decision.UPDATE, Decision.UNCHANGED, Decision.SKIP, Decision.REFUSE)
        return Counts(len(self.rows), *(tally[part] for part in parts))

    def mend(self, at: int, changes: Mapping[str, object]) -> PlanRow:
        """Put other values into row `at` (an index into `rows`), by field key; it is judged anew and returned."""
        row = self.judged[at]
        return self._put(at, self.judge.again(row, {**row.raw, **changes}, None))

    def decide(self, at: int, decision: Decision) -> PlanRow:
        """Take another decision for row `at`; `Refused` when it is not among the row's `choices`."""
        row = self.rows[at]
        if decision not in row.choices:
            raise Refused(f"第 {row.number} 行不能改为“{decision.label}”，请先改正其中的错误。")
        return self._put(at, self.judge.again(row, row.raw, decision))

    def _put(self, at: int, row: PlanRow) -> PlanRow:
        self.judged[at] = row
        self.settle()
        return self.rows[at]

    def sheet_of(self, row: PlanRow) -> str:
        """The name of the sheet that a row stands in."""
        return self.sources[row.source].sheet.name

    def heading(self, row: PlanRow, key: str | None) -> str | None:
        """The heading over a field in the row's table, or the field's own label where the table does not have it."""
        if key is None:
            return None
        column = self.sources[row.source].table.by_field.get(key)
        return column.heading if column else self.ledger.column(key).label

    def said(self) -> Iterator[tuple[PlanRow, Finding]]:
        """Every finding with its row; its `value` is what stands in the cell."""
        for row in self.rows:
            for finding in row.findings:
                cell = as_text(row.raw.get(finding.field)) if finding.field else ""
                yield row, finding if finding.value or not cell else replace(finding, value=cell)
