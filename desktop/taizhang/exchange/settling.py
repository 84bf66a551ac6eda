"""What the rows of an import mean for each other: who comes twice, and who hangs on a row that is left out."""

from collections.abc import Mapping, Sequence

from taizhang.core.context import Values
from taizhang.core.findings import Finding, error
from taizhang.core.kinds_linked import Link
from taizhang.core.ledger import Ledger
from taizhang.exchange.matching import Doubles
from taizhang.exchange.plan import Decision, PlanRow
from taizhang.exchange.sources import Source

TAKEN = (Decision.ADD, Decision.UPDATE, Decision.UNCHANGED)


def settle(
    rows: Sequence[PlanRow], ledger: Ledger, sources: Sequence[Source], before: Mapping[int, Values]
) -> list[PlanRow]:
    """The rows, those refused that repeat an earlier one or that point at a row which is not taken."""
    settled = _without_doubles(rows, ledger, sources, before)
    inward = inward_links(ledger)
    return _without_orphans(settled, ledger, inward) if inward else settled


def _without_doubles(
    rows: Sequence[PlanRow], ledger: Ledger, sources: Sequence[Source], before: Mapping[int, Values]
) -> list[PlanRow]:
    doubles = Doubles(ledger)
    settled: list[PlanRow] = []
    for at, row in enumerate(rows):
        earlier = None
        if row.decision in TAKEN and row.draft is not None:
            values = {**before[row.rid], **row.draft.values} if row.rid is not None else row.draft.values
            earlier = doubles.first(at, row.rid, values, only_surest=row.choice is not None)
        if earlier is None:
            settled.append(row)
            continue
        other = rows[earlier]
        where = "" if other.source == row.source else f"工作表“{sources[other.source].sheet.name}”"
        said = f"与{where}第 {other.number} 行重复，只导入前面的一行。"
        settled.append(_refused(row, error(ledger.title_field, said)))
    return settled


def _without_orphans(rows: list[PlanRow], ledger: Ledger, inward: Sequence[str]) -> list[PlanRow]:
    """Refuse rows that point at a row that is not taken, or in a ring at each other."""
    levels = levels_of(rows, inward)
    standing = {at for level in levels for at in level}
    settled = list(rows)
    for at, row in enumerate(rows):
        if row.decision in TAKEN and at not in standing:
            key = inward[0]
            said = f"{ledger.by_key[key].label}所在的那一行没有导入，或互相指向，请先改正那一行。"
            settled[at] = _refused(row, error(key, said))
    return settled


def levels_of(rows: Sequence[PlanRow], inward: Sequence[str]) -> list[list[int]]:
    """The rows that are taken, by index, in the order in which they can be stored: each after what it points at."""
    waiting = [at for at, row in enumerate(rows) if row.decision in TAKEN]
    stored: set[int] = set()
    levels: list[list[int]] = []
    while waiting:
        ready = [at for at in waiting if _points_at(rows[at], inward) <= stored]
        if not ready:
            break
        levels.append(ready)
        stored |= {place for at in ready if (place := rows[at].place) is not None}
        done = set(ready)
        waiting = [at for at in waiting if at not in done]
    return levels


def inward_links(ledger: Ledger) -> list[str]:
    """The links by which records of a ledger point at each other."""
    return [field.key for field in ledger.fields if isinstance(field, Link) and field.ledger == ledger.key]


def _points_at(row: PlanRow, inward: Sequence[str]) -> set[int]:
    """The placeholders of other rows that a row holds."""
    if row.draft is None:
        return set()
    return {value for key in inward if isinstance(value := row.draft.values.get(key), int) and value < 0}


def _refused(row: PlanRow, finding: Finding) -> PlanRow:
    return row._replace(decision=Decision.REFUSE, findings=(*row.findings, finding))
