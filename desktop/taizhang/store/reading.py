"""Everything that is read: lists, rows, counts, gaps."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, select

from taizhang.core.derived import Computed
from taizhang.core.errors import Refused
from taizhang.core.ids import as_text, from_text
from taizhang.core.ledger import Ledger
from taizhang.store import derivation
from taizhang.store.coding import special, unpack
from taizhang.store.gaps import missing
from taizhang.store.haystack import Haystack
from taizhang.store.listing import Listing
from taizhang.store.lookups import Lookups
from taizhang.store.past import as_of as values_as_of
from taizhang.store.presence import shown
from taizhang.store.query import Query
from taizhang.store.records import Records, batches
from taizhang.store.rows import Changes, Gap, Row
from taizhang.store.schema import COMPLETE, FLAWS, PAST, VOID

_MANY = 5000  # touched records from which the search lines are read anew instead of one by one


class Reading:
    """The questions to one office."""

    def __init__(self, records: Records, lookups: Lookups) -> None:
        self._records = records
        self._lookups = lookups
        self._listing = Listing(records, lookups)
        self._haystacks: dict[str, Haystack] = {}

    def rids(self, query: Query) -> list[int]:
        """Record numbers in order."""
        return self.matching(query.ledger, query.search, self._listing.rids(query))

    def matching(self, ledger: str, search: str, rids: Sequence[int]) -> list[int]:
        """Those of `rids` that match the words; what a list asks at each key while its other conditions stay."""
        return self._haystack(ledger).matching(search, rids) if search.strip() else list(rids)

    def prepare_search(self, ledger: str) -> None:
        """Read the search lines of a ledger, so that the first word typed is answered as fast as the next."""
        self._haystack(ledger)

    def count(self, query: Query) -> int:
        """How many records answer."""
        return len(self.rids(query)) if query.search.strip() else self._listing.count(query)

    def rows(
        self, ledger_key: str, rids: Sequence[int], columns: Sequence[str] | None, as_of: date | None
    ) -> list[Row]:
        """Rows in the order of `rids`."""
        ledger = self._records.ledgers[ledger_key]
        asked = list(ledger.by_key) if columns is None else [key for key in columns if key in ledger.by_key]
        fields, derived = _split(ledger, columns)
        found = self._fetch(ledger, rids, fields)
        if as_of is not None:
            for rid, values in found.items():
                found[rid] = values_as_of(values, as_of.isoformat())
        day = as_of or self._lookups.today
        more = derivation.derive(self._records, self._lookups, ledger, found, derived, day) if derived else {}
        made = {rid: _row(ledger_key, rid, values, asked, more.get(rid, {})) for rid, values in found.items()}
        return [made[rid] for rid in rids if rid in made]

    def rid(self, identifier: str) -> int:
        """The record number for an identifier in its usual form."""
        rec = self._records.schema.rec
        try:
            key = from_text(identifier)
        except ValueError:
            raise Refused(f"“{identifier}”不是记录编号，没有执行；请用列表中显示的编号。") from None
        rid = self._records.execute(select(rec.c.rid).where(rec.c.id == key)).scalar()
        if rid is None:
            raise Refused("没有找到这条记录，没有执行；它可能属于另一个台账文件。")
        return int(rid)

    def tallies(self, ledger: str, link: str, as_of: date | None) -> dict[int, int]:
        """Present records per record pointed at."""
        return dict(self._lookups.tallies(ledger, link, (), as_of or self._lookups.today))

    def gaps(self, ledger_key: str) -> list[Gap]:
        """Wanted fields that present records lack, the most frequent first."""
        ledger = self._records.ledgers[ledger_key]
        table = self._records.schema.ledgers[ledger_key]
        present = shown(Query(ledger_key), ledger, table, self._lookups.today)
        counts = missing(self._records, ledger, and_(present, table.c[COMPLETE] < 100))
        gaps = [Gap(key, ledger.by_key[key].label, count) for key, count in counts.items() if count]
        return sorted(gaps, key=lambda gap: -gap.count)

    def renew(self, changes: Changes) -> None:
        """Bring the search lines up to date after a change."""
        for key, rids in changes.touched.items():
            haystack = self._haystacks.get(key)
            if haystack is None:
                continue
            if len(rids) > _MANY:
                del self._haystacks[key]
                continue
            found = self._records.schema.found[key]
            for batch in batches(sorted(rids)):
                for rid, line in self._records.execute(select(found.c.rid, found.c.text).where(found.c.rid.in_(batch))):
                    haystack.put(rid, line)

    def forget_all(self) -> None:
        """Called when what was read may not be so."""
        self._haystacks.clear()

    def _haystack(self, ledger: str) -> Haystack:
        if ledger not in self._haystacks:
            found = self._records.schema.found[ledger]
            lines = self._records.execute(select(found.c.rid, found.c.text))
            self._haystacks[ledger] = Haystack((rid, line) for rid, line in lines)
        return self._haystacks[ledger]

    def _fetch(self, ledger: Ledger, rids: Sequence[int], fields: Sequence[str]) -> dict[int, dict[str, Any]]:
        """Values with the system columns, by record number."""
        table, rec = self._records.schema.ledgers[ledger.key], self._records.schema.rec
        keys = [*fields, VOID, PAST, COMPLETE, FLAWS]
        columns = [rec.c.id, table.c.rid, *(table.c[key] for key in keys)]
        odd = [field for field in special(ledger) if field.key in keys]
        found: dict[int, dict[str, Any]] = {}
        for batch in batches(rids):
            statement = select(*columns).join(rec, rec.c.rid == table.c.rid).where(table.c.rid.in_(batch))
            for identifier, rid, *stored in self._records.execute(statement):
                values = dict(zip(keys, stored, strict=True))
                for field in odd:
                    values[field.key] = unpack(field, values[field.key])
                values["_id"] = identifier
                found[rid] = values
        return found


def _row(ledger: str, rid: int, values: dict[str, Any], fields: Sequence[str], derived: dict[str, Any]) -> Row:
    asked = {key: values[key] for key in fields}
    return Row(rid, as_text(values["_id"]), ledger, asked, derived, values[COMPLETE], values[FLAWS], values[VOID])


def _split(ledger: Ledger, columns: Sequence[str] | None) -> tuple[list[str], list[str]]:
    """The fields and the derived columns to read; a computed column may need any field."""
    if columns is None:
        return list(ledger.by_key), list(ledger.derived_by_key)
    derived = [key for key in columns if key in ledger.derived_by_key]
    computed = any(isinstance(ledger.derived_by_key[key], Computed) for key in derived)
    return (list(ledger.by_key) if computed else [key for key in columns if key in ledger.by_key]), derived
