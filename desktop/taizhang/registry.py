"""Finds the ledgers that are installed; refuses an empty or contradictory result."""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from taizhang import ledgers as ledgers_package
from taizhang.core.codes import has_table
from taizhang.core.kinds_linked import Choice, Link, Links
from taizhang.core.ledger import Ledger


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
    for ledger in found:
        _check(ledger, registry)
    return registry


def _check(ledger: Ledger, registry: Registry) -> None:
    keys = [field.key for field in ledger.fields] + [derived.key for derived in ledger.derived]
    if len(set(keys)) != len(keys):
        raise Contradiction(f"{ledger.key}: a key stands twice")
    named = {ledger.title_field, *ledger.columns, *ledger.print_columns, *ledger.search_fields, *ledger.presence.begins}
    named |= {key for keys in ledger.match for key in keys}
    named |= {key for key in (ledger.short_field, ledger.scope, ledger.tree, ledger.presence.ends) if key}
    named |= {field.since for field in ledger.fields if field.since}
    if unknown := named - set(keys):
        raise Contradiction(f"{ledger.key} names fields it does not have: {', '.join(sorted(unknown))}")
    for field in ledger.fields:
        if isinstance(field, (Link, Links)) and field.ledger not in registry.ledgers:
            raise Contradiction(f"{ledger.key}.{field.key} points at {field.ledger}, which is not installed")
        if isinstance(field, Choice) and not has_table(field.table):
            raise Contradiction(f"{ledger.key}.{field.key} chooses from {field.table}, which is no code table")
