"""A real office file with the sample records of the ledgers, for tests that need one."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from taizhang.core.access import Access
from taizhang.core.check import Draft, check
from taizhang.core.findings import Finding
from taizhang.core.kinds_linked import Link, Links
from taizhang.core.ledger import Ledger
from taizhang.registry import Registry, installed
from taizhang.store.keyring import Keyring
from taizhang.store.query import Query
from taizhang.store.store import Store

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12)  # noqa: DTZ001 - the office's own clock


class Office:
    """An open office and the records that a test puts in through the gate."""

    def __init__(
        self, path: Path, registry: Registry | None = None, ring: tuple[Keyring, Access] | None = None
    ) -> None:
        self.registry = registry or installed()
        self.path = path
        who = "" if ring else "记录员"
        self.store = Store.create(
            path, self.registry, name="中共青石街道工作委员会", kind="党工委", who=who, clock=lambda: NOON, ring=ring
        )

    @classmethod
    def of(cls, store: Store, registry: Registry) -> "Office":
        """The office that a store has open."""
        made = cls.__new__(cls)
        made.path, made.registry, made.store = store.path, registry, store
        return made

    def check(self, ledger: str, raw: Mapping[str, object], rid: int | None = None) -> Draft:
        """What the gate makes of a row, new or of the record `rid`."""
        before = self.store.row(rid).values if rid is not None else None
        return check(self.registry.ledgers[ledger], raw, self.store.context(), before, rid)

    def findings(self, ledger: str, raw: Mapping[str, object], rid: int | None = None) -> list[Finding]:
        """What the gate says to a row."""
        return list(self.check(ledger, raw, rid).findings)

    def add(self, ledger: str, **raw: object) -> int:
        """Store a row; its record number."""
        draft = self.check(ledger, raw)
        made: list[int] = []
        self.store.do("新增", lambda work: made.append(work.add(draft)))
        return made[0]

    def change(self, rid: int, since: str | None = None, **raw: object) -> None:
        """Change a record through the gate."""
        draft = self.check(self.store.row(rid).ledger, raw, rid)
        self.store.do("修改", lambda work: work.change(rid, draft, since=since))

    def rids(self, ledger: str) -> list[int]:
        """Every record that is not voided."""
        return self.store.rids(Query(ledger, show="all"))

    def fill(self) -> None:
        """Every good sample of every ledger, those that are linked to first."""
        for ledger in by_dependence(self.registry):
            for raw in samples(self.registry, ledger.key):
                self.add(ledger.key, **raw)


def samples(registry: Registry, ledger: str) -> tuple[Mapping[str, object], ...]:
    """The good samples of a ledger; one that only a test knows has none."""
    part = registry.part(ledger, "samples") if ledger in installed().ledgers else None
    return part.GOOD if part else ()


def by_dependence(registry: Registry) -> list[Ledger]:
    """The ledgers, each after those that its links point at."""
    waiting, done = dict(registry.ledgers), dict[str, Ledger]()
    while waiting:
        ready = [key for key, ledger in waiting.items() if not _needs(ledger) - set(done) - {key}]
        assert ready, f"ledgers point at each other in a circle: {sorted(waiting)}"
        for key in ready:
            done[key] = waiting.pop(key)
    return list(done.values())


def _needs(ledger: Ledger) -> set[str]:
    return {field.ledger for field in ledger.fields if isinstance(field, Link | Links)}
