"""The records that fill a form, read with what they point at: one question to the store for each ledger on the way."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from taizhang.core.derived import Derived
from taizhang.core.field import Field
from taizhang.core.kinds_linked import Link, Links
from taizhang.core.ledger import Ledger
from taizhang.press.forms.needs import Path
from taizhang.store.rows import Row
from taizhang.store.store import Store

Column = Field | Derived


@dataclass(frozen=True)
class Source:
    """Records of one ledger by their number; behind the label of a link, those that it points at."""

    ledger: Ledger
    rows: Mapping[int, Row]
    linked: Mapping[str, "Source"] = field(default_factory=dict)

    def name(self, rid: int) -> str:
        """What a user calls a record."""
        return self.ledger.name_of(self.rows[rid].values) if rid in self.rows else ""

    def short_name(self, rid: int) -> str:
        """Its short name where it has one, else its name."""
        short = self.rows[rid].values.get(self.ledger.short_field) if rid in self.rows else None
        return short if isinstance(short, str) else self.name(rid)

    def shown(self, column: Column, row: Row) -> str:
        """The value of a column as its ledger shows it."""
        if isinstance(column, Field):
            value = row.values.get(column.key)
            linked = self.linked.get(column.label)
            return column.show(value, lambda _ledger, rid: linked.name(rid) if linked else "")
        value = row.derived.get(column.key)
        return "" if value is None else str(value)


def read(store: Store, ledger: Ledger, rids: Sequence[int], paths: Iterable[Path]) -> Source:
    """These records, with the columns that the paths name."""
    tails = _tails(ledger, paths)
    keys = {ledger.by_label[label].key for label in tails}
    keys |= {key for key in (ledger.title_field, ledger.short_field) if key}
    rows = {row.rid: row for row in store.rows(ledger.key, rids, sorted(keys))}
    return Source(ledger, rows, follow(store, ledger, rows.values(), tails))


def read_draft(store: Store, ledger: Ledger, row: Row, paths: Iterable[Path]) -> Source:
    """A record that is not stored, as if it were."""
    return Source(ledger, {row.rid: row}, follow(store, ledger, [row], _tails(ledger, paths)))


def follow(store: Store, ledger: Ledger, rows: Iterable[Row], tails: Mapping[str, Iterable[Path]]) -> dict[str, Source]:
    """What these rows point at by the links that are named."""
    rows, linked = list(rows), {}
    for label, rest in tails.items():
        column = ledger.by_label[label]
        if isinstance(column, Link | Links):
            rids = dict.fromkeys(rid for row in rows for rid in pointed(column, row))
            linked[label] = read(store, store.ledgers[column.ledger], list(rids), rest)
    return linked


def pointed(column: Link | Links, row: Row) -> tuple[int, ...]:
    """The records that a link of this row points at."""
    value = row.values.get(column.key)
    if isinstance(value, tuple):
        return tuple(int(rid) for rid in value)
    return (value,) if isinstance(value, int) else ()


def _tails(ledger: Ledger, paths: Iterable[Path]) -> dict[str, set[Path]]:
    """What is asked of each column: itself, and what stands behind it; names that the ledger lacks are left out."""
    tails: dict[str, set[Path]] = defaultdict(set)
    for head, *rest in filter(None, paths):
        if head in ledger.by_label:
            tails[head].update({tuple(rest)} if rest else ())
    return dict(tails)
