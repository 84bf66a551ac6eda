"""Finds the ledgers that are installed; refuses an empty or contradictory result."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from taizhang import ledgers as ledgers_package
from taizhang.core.act import Act
from taizhang.core.codes import has_table
from taizhang.core.derived import Lookup, Tally
from taizhang.core.kinds import Day, Text
from taizhang.core.kinds_linked import Choice, Link, Links
from taizhang.core.ledger import ORDERS, Ledger

_KEY = re.compile("[a-z][a-z0-9_]*")


class Contradiction(Exception):  # noqa: N818 - it reads as what was found
    """The installed ledgers do not fit together; our own bug, found by `--self-check`."""


@dataclass(frozen=True)
class Registry:
    """What is installed: the ledgers by key, in the order of the navigation."""

    ledgers: Mapping[str, Ledger]

    @property
    def office_ledger(self) -> Ledger:
        """The ledger whose first record is the office itself."""
        return next(ledger for ledger in self.ledgers.values() if ledger.office)

    def part(self, key: str, name: str) -> ModuleType | None:
        """An optional module of a ledger's folder (`samples`), or None when there is none."""
        wanted = f"{ledgers_package.__name__}.{key}.{name}"
        try:
            return importlib.import_module(wanted)
        except ModuleNotFoundError as missing:
            if missing.name not in {wanted, wanted.rpartition(".")[0]}:
                raise
            return None


@cache
def installed() -> Registry:
    """Every folder of `taizhang.ledgers` that declares a `LEDGER`."""
    found = []
    for module in pkgutil.iter_modules(ledgers_package.__path__):
        ledger = importlib.import_module(f"{ledgers_package.__name__}.{module.name}").LEDGER
        if ledger.key != module.name:
            raise Contradiction(f"{module.name} declares the key {ledger.key}")
        found.append(ledger)
    return registry_of(found)


def registry_of(found: list[Ledger]) -> Registry:
    """A registry of these ledgers, in order; raises `Contradiction` when they do not fit together."""
    if not found:
        raise Contradiction("no ledger is installed")
    found = sorted(found, key=lambda ledger: (ledger.order, ledger.key))
    registry = Registry({ledger.key: ledger for ledger in found})
    if len(registry.ledgers) != len(found):
        raise Contradiction("two ledgers have the same key")
    if sum(ledger.office for ledger in found) != 1:
        raise Contradiction("exactly one ledger must hold the office itself")
    steps = [step.name for ledger in found for step in ledger.steps]
    if len(set(steps)) != len(steps):
        raise Contradiction("two migration steps have the same name")
    for ledger in found:
        for said in _contradictions(ledger, registry):
            raise Contradiction(f"{ledger.key}{said}")
    return registry


def _contradictions(ledger: Ledger, registry: Registry) -> Iterator[str]:
    keys = [field.key for field in ledger.fields] + [derived.key for derived in ledger.derived]
    if len(set(keys)) != len(keys):
        yield ": a key stands twice"
    for key in (ledger.key, *keys):
        if not _KEY.fullmatch(key) or key == "rid":
            yield f": {key} is no name for a column"
    if unknown := {*ledger.columns, *ledger.print_columns, *ledger.heads} - set(keys):
        yield f" shows columns it does not have: {', '.join(sorted(unknown))}"
    if ledger.board and (unknown := set(ledger.board.columns) - set(keys)):
        yield f" has a board with columns it does not have: {', '.join(sorted(unknown))}"
    if unknown := _named(ledger) - set(ledger.by_key):
        yield f" names fields it does not have: {', '.join(sorted(unknown))}"
    if confused := [act.key for act in ledger.acts if _is_confused(act)]:
        yield f" asks twice for a field, or labels one that it does not ask for: {', '.join(confused)}"
    lookups = {derived.key for derived in ledger.derived if isinstance(derived, Lookup)}
    if unknown := set(ledger.sorts) - set(ORDERS) - set(ledger.by_key) - lookups:
        yield f" sorts by what has no order: {', '.join(sorted(unknown))}"
    days = {ledger.presence.ends, *ledger.presence.begins, *(field.since for field in ledger.fields)} - {""}
    if odd := {key for key in days if not isinstance(ledger.by_key.get(key), Day)}:
        yield f" takes for days: {', '.join(sorted(odd))}"
    yield from _loose_ends(ledger, registry)
    yield from _forgotten(ledger, registry)


def _is_confused(act: Act) -> bool:
    asked = [key for page in act.pages for key in page.fields]
    return len(set(asked)) != len(asked) or bool(set(act.labels) - set(asked))


def _named(ledger: Ledger) -> set[str]:
    """The fields that the declaration speaks of."""
    named = {ledger.title_field, *ledger.search_fields, *ledger.presence.begins}
    named |= {key for act in ledger.acts for page in act.pages for key in page.fields}
    named |= {act.link for act in ledger.acts} | {reminder.field for reminder in ledger.reminders}
    named |= {reminder.due for reminder in ledger.reminders if isinstance(reminder.due, str)}
    named |= {key for keys in ledger.match for key in keys} | {field.since for field in ledger.fields}
    return (named | {ledger.short_field, ledger.scope, ledger.tree, ledger.presence.ends}) - {""}


def _loose_ends(ledger: Ledger, registry: Registry) -> Iterator[str]:
    """Links and columns that lead nowhere."""
    for field in ledger.fields:
        if isinstance(field, (Link, Links)) and field.ledger not in registry.ledgers:
            yield f".{field.key} points at {field.ledger}, which is not installed"
        if isinstance(field, Choice) and not has_table(field.table):
            yield f".{field.key} chooses from {field.table}, which is no code table"
    if ledger.tree and not _points(ledger, ledger.tree, ledger.key):
        yield f".{ledger.tree} makes no tree of its own records"
    if ledger.scope and not any(
        one.tree and _points(ledger, ledger.scope, one.key) for one in registry.ledgers.values()
    ):
        yield f".{ledger.scope} points at no tree"
    for derived in ledger.derived:
        if not isinstance(derived, (Tally, Lookup)):
            continue
        other = registry.ledgers.get(derived.ledger)
        asked = {key for key, _code in derived.where} | ({derived.field} if isinstance(derived, Lookup) else set())
        if other is None or not _points(other, derived.link, ledger.key) or asked - set(other.by_key):
            yield f".{derived.key} looks for {derived.ledger}.{derived.link}, which does not lead here"


def _forgotten(ledger: Ledger, registry: Registry) -> Iterator[str]:
    """Texts that are to be recalled from where there are none."""
    for field in ledger.fields:
        for key, column in field.recalls if isinstance(field, Text) else ():
            if key not in registry.ledgers or column not in registry.ledgers[key].by_key:
                yield f".{field.key} recalls {key}.{column}, which is not there"


def _points(ledger: Ledger, key: str, target: str) -> bool:
    field = ledger.by_key.get(key)
    return isinstance(field, Link) and field.ledger == target
