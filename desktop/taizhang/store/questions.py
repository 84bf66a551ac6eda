"""Every question that may be asked of an open office, answered for the eyes of whoever has entered (R-PRIV)."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from taizhang.core.access import Role
from taizhang.core.context import Context, Value
from taizhang.core.errors import Refused
from taizhang.core.reminding import Due
from taizhang.store import attachments, journal
from taizhang.store.database import Database
from taizhang.store.eyes import Eyes
from taizhang.store.lookups import Lookups
from taizhang.store.memo import DRAFT, Memo
from taizhang.store.query import Query
from taizhang.store.reading import Reading
from taizhang.store.records import Records
from taizhang.store.reminding import Reminding
from taizhang.store.rows import Entry, Gap, Operation, Remark, Row


class Questions:
    """What a `Store` answers. Readers get masked values, by whatever way they ask; only the gate sees all."""

    def __init__(
        self, database: Database, records: Records, today: Callable[[], date], role: Callable[[], Role]
    ) -> None:
        self.records = records  # as they are, for the store's own comparisons
        self._database = database
        self._eyes = Eyes(role)
        self._lookups = Lookups(records, today)
        self._reading = Reading(records, self._lookups, self._eyes)
        self._reminding = Reminding(records, self._lookups, self._eyes)
        self._memo = Memo(database, records.schema)
        self._elsewhere = 0

    def rids(self, query: Query) -> list[int]:
        """The record numbers that answer `query`, in order."""
        return self._asked.rids(query)

    def rows(
        self, ledger: str, rids: Sequence[int], columns: Sequence[str] | None = None, as_of: date | None = None
    ) -> list[Row]:
        """These records in this order; `columns` limits fields and derived columns, `as_of` shows them as of a day."""
        return self._asked.rows(ledger, rids, columns, as_of)

    def row(self, rid: int) -> Row:
        """One record, whole."""
        return self._asked.rows(self.records.ledger_of(rid).key, [rid], None, None)[0]

    def page(self, query: Query, limit: int | None = None, offset: int = 0) -> tuple[int, list[Row]]:
        """How many records answer, and those from `offset` on, `limit` at most."""
        rids = self.rids(query)
        end = None if limit is None else offset + limit
        return len(rids), self.rows(query.ledger, rids[offset:end], as_of=query.as_of)

    def matching(self, ledger: str, search: str, rids: Sequence[int]) -> list[int]:
        """Those of `rids` that match the words; what a list asks at each key while its other conditions stay."""
        return self._asked.matching(ledger, search, rids)

    def prepare_search(self, ledger: str) -> None:
        """Read what searching this ledger needs, before somebody types."""
        self._asked.prepare_search(ledger)

    def count(self, query: Query) -> int:
        """How many records answer."""
        return self._asked.count(query)

    def remarks(
        self, ledger: str, rids: Sequence[int], as_of: date | None = None, *, anew: bool = False
    ) -> list[Remark]:
        """What the rules say today of these records, those without remark left out; `anew`: of each field as well."""
        return self._asked.remarks(ledger, rids, as_of, anew=anew)

    def rid(self, identifier: str) -> int:
        """The record number for an identifier as the program prints it; `Refused` when this office has none such."""
        return self._asked.rid(identifier)

    def context(self) -> Context:
        """This office, as the gate sees it."""
        return self._lookups

    def name_of(self, ledger: str, rid: int) -> str:
        """The name of a record; what fields show links with."""
        return self._eyes.text(self._known.name(ledger, rid))

    def short_name_of(self, ledger: str, rid: int) -> str:
        """The short name of a record, where it has one; for lists, where room is scarce."""
        return self._eyes.text(self._known.short_name(ledger, rid))

    def index(self, ledger: str, keys: Sequence[str]) -> dict[tuple[Value, ...], list[int]]:
        """Live records by what they hold in `keys`; records with a blank among them are left out."""
        found = self._known.index(ledger, keys)
        if self._eyes.whole:
            return found
        fields, seen = self.records.ledgers[ledger].by_key, defaultdict[tuple[Value, ...], list[int]](list)
        for values, rids in found.items():
            seen[tuple(self._eyes.value(fields[key], it) for key, it in zip(keys, values, strict=True))] += rids
        return dict(seen)

    def tallies(self, ledger: str, link: str, as_of: date | None = None) -> dict[int, int]:
        """Present records per record that their `link` points at."""
        return self._asked.tallies(ledger, link, as_of)

    def below(self, ledger: str, rid: int) -> set[int]:
        """A record of a tree and all below it."""
        return self._known.below(ledger, rid)

    def gaps(self, ledger: str) -> list[Gap]:
        """Wanted fields that present records lack, the most frequent first."""
        return self._asked.gaps(ledger)

    def reminders(self) -> list[Due]:
        """What is due today in every ledger, the most urgent first."""
        self._look()
        return self._reminding.due()

    def history(self, rid: int) -> list[Entry]:
        """What happened to a record, latest first."""
        ledger = self.records.ledger_of(rid)
        return [self._eyes.entry(ledger, entry) for entry in journal.history(self.records, ledger, rid)]

    def operations(self, limit: int = 50) -> list[Operation]:
        """What was done in this office, latest first."""
        return list(map(self._eyes.operation, journal.operations(self.records, limit)))

    def undo_title(self) -> str | None:
        """What `undo` would take back."""
        found = journal.next_undo(self.records)
        return self._eyes.text(found[1]) if found else None

    def redo_title(self) -> str | None:
        """What `redo` would bring back."""
        found = journal.next_redo(self.records)
        return self._eyes.text(found[1]) if found else None

    def attachment(self, sha256: str) -> bytes:
        """The bytes of an attachment; `Refused` when the file does not hold it, or when it is not for these eyes."""
        if not self._eyes.whole and not self._asked.is_photo(sha256):
            raise Refused("这份附件里可能有完整的号码，只读的使用者不能打开；请记录员来看。")
        return attachments.bytes_of(self._database.connection, self.records.schema, sha256)

    def recall(self, key: str) -> Any:
        """What was kept, or None; nobody else's half-typed form for a reader."""
        return None if key.startswith(DRAFT) and not self._eyes.whole else self._eyes.memo(self._memo.recall(key))

    def recall_all(self, prefix: str) -> dict[str, Any]:
        """What was kept under every key that begins so, by the rest of the key."""
        return {key.removeprefix(prefix): self.recall(key) for key in self._memo.keys(prefix)}

    def _may_keep(self, key: str) -> bool:
        """Whether a memo may be written over: not by one who was shown less than it holds."""
        kept = self._memo.recall(key)
        return self._eyes.whole or (not key.startswith(DRAFT) and self._eyes.memo(kept) == kept)

    def written_elsewhere(self) -> int:
        """How often another program has been seen to write since the file was opened."""
        self._look()
        return self._elsewhere

    @property
    def _asked(self) -> Reading:
        self._look()
        return self._reading

    @property
    def _known(self) -> Lookups:
        self._look()
        return self._lookups

    def _look(self) -> None:
        """Forget what is remembered when another program has written to the file."""
        if self._database.changed_elsewhere():
            self._elsewhere += 1
            self._forget()

    def _forget(self) -> None:
        self._lookups.forget_all()
        self._reading.forget_all()
