"""Everything that is read: lists, rows, remarks, counts, gaps; each for the eyes of whoever has entered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import and_, select

from taizhang.core.check import Gate
from taizhang.core.context import Value
from taizhang.core.derived import Compared, Computed
from taizhang.core.errors import Refused
from taizhang.core.field import Field, Names
from taizhang.core.ids import as_text, from_text
from taizhang.core.kinds_linked import Attachment, Link, Links
from taizhang.core.ledger import Ledger
from taizhang.store import derivation
from taizhang.store.coding import pack, special, unpack
from taizhang.store.eyes import Eyes, searched
from taizhang.store.filters import holds
from taizhang.store.gaps import missing
from taizhang.store.haystack import Haystack
from taizhang.store.listing import Listing
from taizhang.store.lookups import Lookups
from taizhang.store.past import as_of as values_as_of
from taizhang.store.presence import shown
from taizhang.store.query import Query
from taizhang.store.records import Records, batches
from taizhang.store.rows import Changes, Derivation, Gap, Remark, Row
from taizhang.store.schema import COMPLETE, FLAWS, PAST, VOID

_MANY = 5000  # touched records from which the search lines are read anew instead of one by one


class Reading:
    """The questions to one office."""

    def __init__(self, records: Records, lookups: Lookups, eyes: Eyes) -> None:
        self._records = records
        self._lookups = lookups
        self._eyes = eyes
        self._listing = Listing(records, lookups)
        self._haystacks: dict[tuple[str, bool], Haystack] = {}

    def rids(self, query: Query) -> list[int]:
        """Record numbers in order."""
        ledger = self._records.ledgers[query.ledger]
        where, blind = self._eyes.parted(ledger, query.where)
        found = self.matching(query.ledger, query.search, self._listing.rids(replace(query, where=where)))
        if not blind:
            return found
        seen = self._values(ledger, found, [one.key for one in blind], query.as_of)
        seen = {rid: self._eyes.values(ledger, values) for rid, values in seen.items()}
        return [rid for rid in found if all(holds(one, ledger, seen[rid]) for one in blind)]

    def matching(self, ledger: str, search: str, rids: Sequence[int]) -> list[int]:
        """Those of `rids` that match the words; what a list asks at each key while its other conditions stay."""
        return self._haystack(ledger).matching(search, rids) if search.strip() else list(rids)

    def prepare_search(self, ledger: str) -> None:
        """Read the search lines of a ledger, so that the first word typed is answered as fast as the next."""
        self._haystack(ledger)

    def count(self, query: Query) -> int:
        """How many records answer."""
        _where, blind = self._eyes.parted(self._records.ledgers[query.ledger], query.where)
        return len(self.rids(query)) if blind or query.search.strip() else self._listing.count(query)

    def rows(
        self, ledger_key: str, rids: Sequence[int], columns: Sequence[str] | None, as_of: date | None
    ) -> list[Row]:
        """Rows in the order of `rids`."""
        ledger = self._records.ledgers[ledger_key]
        asked = list(ledger.by_key) if columns is None else [key for key in columns if key in ledger.by_key]
        fields, derived = _split(ledger, columns)
        found = self._values(ledger, rids, fields, as_of)
        more: Mapping[int, Mapping[str, Derivation]] = {}
        if derived:
            day = as_of or self._lookups.today
            more = derivation.derive(self._records, self._lookups, self._eyes, ledger, found, derived, day)
        made = {rid: self._row(ledger, rid, values, asked, more.get(rid, {})) for rid, values in found.items()}
        return [made[rid] for rid in rids if rid in made]

    def remarks(self, ledger_key: str, rids: Sequence[int], as_of: date | None, *, anew: bool) -> list[Remark]:
        """What the gate says of records as they are, in the order of `rids`; `anew`: with every field read again."""
        ledger, names = self._records.ledgers[ledger_key], self._lookups.name
        gate, said = Gate(ledger, self._lookups), []
        found = self._values(ledger, rids, list(ledger.by_key), as_of)
        for rid in (rid for rid in rids if rid in found):
            values = {key: found[rid][key] for key in ledger.by_key}
            raw = {field.key: _raw(field, values[field.key], names) for field in ledger.fields} if anew else {}
            findings = gate.check(raw, values, rid).findings
            if findings:
                said.append(Remark(rid, ledger.name_of(values), tuple(map(self._eyes.finding, findings))))
        return said

    def is_photo(self, sha256: str) -> bool:
        """Whether these bytes are the photo of a record, and not a paper that somebody attached."""
        photos = [
            self._records.schema.ledgers[ledger.key].c[field.key] == pack((sha256,))
            for ledger in self._records.ledgers.values()
            for field in ledger.fields
            if isinstance(field, Attachment) and field.photo
        ]
        return any(self._records.execute(select(one).where(one).limit(1)).first() for one in photos)

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
        for (key, whole), haystack in list(self._haystacks.items()):
            rids = changes.touched.get(key, ())
            if len(rids) > _MANY or whole is not self._eyes.whole:
                del self._haystacks[key, whole]
                continue
            for batch in batches(sorted(rids)):
                for rid, line in self._lines(key, batch):
                    haystack.put(rid, line)

    def forget_all(self) -> None:
        """Called when what was read may not be so."""
        self._haystacks.clear()

    def _haystack(self, ledger: str) -> Haystack:
        known = ledger, self._eyes.whole
        if known not in self._haystacks:
            self._haystacks[known] = Haystack(self._lines(ledger))
        return self._haystacks[known]

    def _lines(self, ledger_key: str, rids: Sequence[int] | None = None) -> Iterator[tuple[int, str]]:
        """The search lines of a ledger, or of some of its records."""
        ledger, found = self._records.ledgers[ledger_key], self._records.schema.found[ledger_key]
        table = self._records.schema.ledgers[ledger_key]
        keys = [] if self._eyes.whole else searched(ledger)
        statement = select(found.c.rid, found.c.text, *(table.c[key] for key in keys))
        statement = statement if self._eyes.whole else statement.join(table, table.c.rid == found.c.rid)
        statement = statement if rids is None else statement.where(found.c.rid.in_(rids))
        for rid, line, *values in self._records.execute(statement):
            yield rid, self._eyes.line(ledger, line, dict(zip(keys, values, strict=True))) if keys else line

    def _values(
        self, ledger: Ledger, rids: Sequence[int], fields: Sequence[str], as_of: date | None
    ) -> dict[int, dict[str, Any]]:
        """These fields with the system columns, in full, by record number, now or on a day."""
        found = self._fetch(ledger, rids, fields)
        if as_of is not None:
            for rid, values in found.items():
                found[rid] = values_as_of(values, as_of.isoformat())
        return found

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

    def _row(
        self, ledger: Ledger, rid: int, values: dict[str, Any], keys: list[str], derived: Mapping[str, Derivation]
    ) -> Row:
        seen = self._eyes.values(ledger, {key: values[key] for key in keys})
        void = None if values[VOID] is None else self._eyes.text(values[VOID])
        return Row(rid, as_text(values["_id"]), ledger.key, seen, derived, values[COMPLETE], values[FLAWS], void)


def _raw(field: Field, value: Value, names: Names) -> object:
    """A value as the gate would be given it once more."""
    return value if isinstance(field, Link | Links) else field.show(value, names)


def _split(ledger: Ledger, columns: Sequence[str] | None) -> tuple[list[str], list[str]]:
    """The fields and the derived columns to read; a computed column may need any field."""
    if columns is None:
        return list(ledger.by_key), list(ledger.derived_by_key)
    derived = [key for key in columns if key in ledger.derived_by_key]
    computed = any(isinstance(ledger.derived_by_key[key], Compared | Computed) for key in derived)
    return (list(ledger.by_key) if computed else [key for key in columns if key in ledger.by_key]), derived
