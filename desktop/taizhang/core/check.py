"""The one gate: a raw mapping in, a draft with findings out, from whichever door it came."""

from collections.abc import Mapping, Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from taizhang.core.context import RID, Context, Value, Values
from taizhang.core.field import Reading
from taizhang.core.findings import Finding, error
from taizhang.core.ledger import Ledger

_NONE: frozenset[str | None] = frozenset()
# What cells and inputs hold; anything else (a list of records, bytes) is read each time.
_REMEMBERED = frozenset({str, float, int, bool, date, datetime})


@dataclass(frozen=True, slots=True)
class Draft:
    """A row that has passed through the gate. `values` holds only the fields that the row names."""

    ledger: Ledger
    values: dict[str, Value]
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether the row may be stored."""
        return not any(finding.is_error for finding in self.findings)

    def errors(self) -> list[Finding]:
        """The findings that keep the row out."""
        return [finding for finding in self.findings if finding.is_error]


class Gate:
    """`check` for many rows of one ledger: remembers what it made of values that repeat."""

    def __init__(self, ledger: Ledger, context: Context) -> None:
        self._ledger = ledger
        self._context = context
        self._required = [field for field in ledger.fields if field.required]
        self._unique = [field for field in ledger.fields if field.unique]
        self._seen: dict[str, dict[object, Reading]] = {field.key: {} for field in ledger.fields if field.repeats}

    def check(self, raw: Mapping[str, object], before: Values | None = None, rid: int | None = None) -> Draft:
        """Check one row.

        `raw` maps field keys to what was typed or found; unknown keys are our bug (`KeyError`). `before` is what the
        record `rid` holds now, when an existing one is to be changed. Every finding is returned, not only the first.
        """
        ledger = self._ledger
        values: dict[str, Value] = {}
        findings: list[Finding] = []
        seen_of, by_key, context = self._seen, ledger.by_key, self._context
        for key, given in raw.items():  # every cell of an import comes by here: no call for one that is known
            seen = seen_of.get(key)
            if seen is None or type(given) not in _REMEMBERED:
                value, said = by_key[key].read(given, context)
            else:
                known = (type(given), given)  # 1, 1.0 and True are equal to a dict, and not to a field
                reading = seen.get(known)
                if reading is None:
                    reading = seen[known] = by_key[key].read(given, context)
                value, said = reading
            values[key] = value
            if said:
                findings += said
        whole: dict[str, Value] = {**(before or {}), **values}
        if rid is not None:
            whole[RID] = rid
        if ledger.follows:
            self._follow(whole, values)
        self._fill(whole, values)
        broken = {finding.field for finding in findings if finding.is_error} if findings else _NONE
        findings += self._across(whole, broken, values, rid)
        return Draft(ledger, values, tuple(findings))

    def _follow(self, whole: dict[str, Value], values: dict[str, Value]) -> None:
        given = {key for key, value in values.items() if value is not None}
        for follow in self._ledger.follows:
            for key, value in follow(whole, given, self._context).items():
                if key not in given:
                    whole[key] = values[key] = value

    def _fill(self, whole: dict[str, Value], values: dict[str, Value]) -> None:
        for fill in self._ledger.fills:
            for key, value in fill(whole, self._context).items():
                if whole.get(key) is None and value is not None:
                    whole[key] = values[key] = value

    def _across(self, whole: Values, broken: AbstractSet[str | None], values: Values, rid: int | None) -> list[Finding]:
        ledger, context = self._ledger, self._context
        findings: list[Finding] = []
        blank = [field for field in self._required if whole.get(field.key) is None and field.key not in broken]
        findings += [error(field.key, f"请填写{field.label}。") for field in blank]
        for field in self._unique:
            value = values.get(field.key)
            if value is not None and set(context.holders(ledger.key, field.key, value)) - {rid}:
                findings.append(error(field.key, f"{field.label}与已登记的另一条相同，请核对。", value=str(value)))
        for rule in ledger.rules:
            findings += rule(whole, context)
        return findings


def check(
    ledger: Ledger, raw: Mapping[str, object], context: Context, before: Values | None = None, rid: int | None = None
) -> Draft:
    """Check a single row; see `Gate.check`."""
    return Gate(ledger, context).check(raw, before, rid)
