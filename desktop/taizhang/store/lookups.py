"""The office as the gate and the pages see it: names, who holds a value, what points where. Answers from memory."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import func, select

from taizhang.core.context import Value, Values
from taizhang.core.kinds_linked import Link
from taizhang.store.coding import pack
from taizhang.store.presence import shown
from taizhang.store.query import Query
from taizhang.store.records import Records
from taizhang.store.schema import VOID

_FEW = 16  # single questions after which a whole column is read into memory instead
_MANY = 300  # names: more than a screen shows, since a whole column is read again after each change


class Lookups:
    """A `core.context.Context` over an office file; forgets what a change has touched."""

    def __init__(self, records: Records, today: Callable[[], date]) -> None:
        self._records = records
        self._today = today
        self._names: dict[str, dict[int, str]] = defaultdict(dict)
        self._all_named: set[str] = set()
        self._by_name: dict[str, dict[str, list[int]]] = {}
        self._holders: dict[tuple[str, str], dict[Value, list[int]]] = {}
        self._values: dict[str, dict[int, Values | None]] = defaultdict(dict)
        self._tallies: dict[str, dict[object, dict[int, int]]] = defaultdict(dict)
        self._trees: dict[str, dict[Value, list[int]]] = {}
        self._asked: dict[tuple[str, str], int] = defaultdict(int)

    @property
    def today(self) -> date:
        """The day, from the clock that was passed in."""
        return self._today()

    def forget(self, ledger: str) -> None:
        """Called when records of a ledger have been written."""
        self._names.pop(ledger, None)
        self._all_named.discard(ledger)
        self._by_name.pop(ledger, None)
        self._values.pop(ledger, None)
        self._tallies.pop(ledger, None)
        self._trees.pop(ledger, None)
        for asked in [asked for asked in self._asked if asked[0] == ledger]:
            del self._asked[asked]
            self._holders.pop(asked, None)

    def forget_all(self) -> None:
        """Called when what was read may not be so."""
        for ledger in self._records.ledgers:
            self.forget(ledger)

    def name(self, ledger: str, rid: int) -> str:
        """The name of a record, also of a voided one; empty when there is none."""
        names = self._names[ledger]
        if rid not in names:
            if len(names) < _MANY:
                self._read_name(ledger, rid)
            elif ledger not in self._all_named:
                self._read_all_names(ledger)
        return names.get(rid, "")

    def short_name(self, ledger: str, rid: int) -> str:
        """The short name of a record where its ledger has one and it is filled, else its name."""
        field = self._records.ledgers[ledger].short_field
        short = (self.values(ledger, rid) or {}).get(field) if field else None
        return short if isinstance(short, str) else self.name(ledger, rid)

    def find(self, ledger: str, text: str) -> Sequence[int]:
        """Live records whose full or short name is `text`."""
        if ledger not in self._by_name:
            self._by_name[ledger] = self._read_names(ledger)
        return self._by_name[ledger].get(text, ())

    def holders(self, ledger: str, key: str, value: Value) -> Sequence[int]:
        """Live records that hold `value`."""
        asked, stored = (ledger, key), pack(value)
        if asked in self._holders:
            return self._holders[asked].get(stored, ())
        self._asked[asked] += 1
        if self._asked[asked] > _FEW:
            index = self.index(ledger, [key])
            self._holders[asked] = {values[0]: rids for values, rids in index.items()}
            return self._holders[asked].get(stored, ())
        table = self._records.schema.ledgers[ledger]
        statement = select(table.c.rid).where(table.c[key] == stored, table.c[VOID].is_(None))
        return [row[0] for row in self._records.execute(statement)]

    def values(self, ledger: str, rid: int) -> Values | None:
        """What a record holds; None when there is none."""
        known = self._values[ledger]
        if rid not in known:
            known[rid] = self._records.found(self._records.ledgers[ledger], [rid]).get(rid)
        return known[rid]

    def tally(self, ledger: str, link: str, rid: int, **codes: str) -> int:
        """How many present records with these codes point at `rid`."""
        return self.tallies(ledger, link, tuple(codes.items()), self.today).get(rid, 0)

    def tallies(self, ledger: str, link: str, codes: tuple[tuple[str, str], ...], day: date) -> dict[int, int]:
        """How many records with these codes, present on that day, point at each record; counted for all at once."""
        known, asked = self._tallies[ledger], (link, codes, day)
        if asked not in known:
            table = self._records.schema.ledgers[ledger]
            conditions = [shown(Query(ledger, as_of=day), self._records.ledgers[ledger], table, day)]
            conditions += [table.c[key] == code for key, code in codes]
            conditions.append(table.c[link].is_not(None))
            statement = select(table.c[link], func.count()).where(*conditions).group_by(table.c[link])
            known[asked] = dict(self._records.execute(statement).all())
        return known[asked]

    def index(self, ledger: str, keys: Sequence[str]) -> dict[tuple[Value, ...], list[int]]:
        """Live records by what they hold in `keys`; records with a blank among them are left out."""
        table = self._records.schema.ledgers[ledger]
        columns = [table.c[key] for key in keys]
        found: dict[tuple[Value, ...], list[int]] = defaultdict(list)
        statement = select(table.c.rid, *columns).where(table.c[VOID].is_(None), *(c.is_not(None) for c in columns))
        for rid, *values in self._records.execute(statement):
            found[tuple(values)].append(rid)
        return dict(found)

    def below(self, ledger_key: str, root: int) -> set[int]:
        """A record and all that are below it in its ledger's tree; a circle ends the walk."""
        ledger = self._records.ledgers[ledger_key]
        children = self._children(ledger_key, ledger.tree) if ledger.tree else {}
        found = {root}
        waiting = [root]
        while waiting:
            for child in children.get(waiting.pop(), ()):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return found

    def _children(self, ledger: str, tree: str) -> dict[Value, list[int]]:
        if ledger not in self._trees:
            self._trees[ledger] = {values[0]: rids for values, rids in self.index(ledger, [tree]).items()}
        return self._trees[ledger]

    def _read_name(self, ledger: str, rid: int) -> None:
        table = self._records.schema.ledgers[ledger]
        title = self._records.ledgers[ledger].title_field
        name = self._records.execute(select(table.c[title]).where(table.c.rid == rid)).scalar()
        self._names[ledger][rid] = name or ""

    def _read_all_names(self, ledger: str) -> None:
        table = self._records.schema.ledgers[ledger]
        title = self._records.ledgers[ledger].title_field
        for rid, name in self._records.execute(select(table.c.rid, table.c[title])):
            self._names[ledger][rid] = name or ""
        self._all_named.add(ledger)

    def _read_names(self, ledger_key: str) -> dict[str, list[int]]:
        ledger = self._records.ledgers[ledger_key]
        found: dict[str, list[int]] = defaultdict(list)
        for key in filter(None, (ledger.title_field, ledger.short_field)):
            for values, rids in self.index(ledger_key, [key]).items():
                known = found[str(values[0])]
                known += [rid for rid in rids if rid not in known]
        return dict(found)


def scoped_ledger(records: Records, ledger_key: str) -> str:
    """The ledger whose tree places the records of `ledger_key`: the one its scope points at, or itself."""
    ledger = records.ledgers[ledger_key]
    field = ledger.by_key.get(ledger.scope)
    return field.ledger if isinstance(field, Link) else ledger_key
