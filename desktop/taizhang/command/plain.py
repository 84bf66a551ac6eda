"""Values, findings and records as scripts get them."""

from collections.abc import Iterable, Mapping

from taizhang.core.context import Value
from taizhang.core.field import Field, Names
from taizhang.core.findings import Finding
from taizhang.core.kinds import Day, Flag, Money, Text, Whole
from taizhang.core.kinds_linked import Attachment, Links
from taizhang.core.ledger import Ledger
from taizhang.store.rows import Row


def plain(field: Field, value: Value, names: Names) -> object:
    """A value that JSON knows and that `set` takes back: days ISO, labels, full names, yuan; None for a blank."""
    if value is None or isinstance(field, Day | Flag | Whole | Text):
        return value
    if isinstance(field, Links) and isinstance(value, tuple):
        return [names(field.ledger, int(rid)) for rid in value]
    if isinstance(field, Attachment):
        return value
    shown = field.show(value, names)
    return shown.replace(",", "") if isinstance(field, Money) else shown


def plain_row(ledger: Ledger, row: Row, names: Names) -> dict[str, object]:
    """A record: its identifier, every field, every derived column."""
    values = {field.key: plain(field, row.values[field.key], names) for field in ledger.fields}
    return {"id": row.id, **values, **row.derived}


def plain_findings(findings: Iterable[Finding]) -> list[Mapping[str, object]]:
    """Findings with the words of the contract."""
    return [
        {
            "field": finding.field,
            "severity": finding.severity.value,
            "value": finding.value,
            "text": finding.text,
            "proposal": finding.proposal,
        }
        for finding in findings
    ]
