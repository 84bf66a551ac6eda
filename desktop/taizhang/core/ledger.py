"""A ledger (台账): its fields, its rules, and the few things in which it differs from the others."""

from collections.abc import Callable, Iterable, Mapping, Set as AbstractSet
from dataclasses import KW_ONLY, dataclass
from functools import cached_property

from taizhang.core.act import Act
from taizhang.core.board import Board
from taizhang.core.context import Context, Value, Values
from taizhang.core.derived import Derived
from taizhang.core.field import Field
from taizhang.core.findings import Finding
from taizhang.core.reminder import Reminder

# A rule looks at a whole record as it would be after the change; its docstring cites its source.
Rule = Callable[[Values, Context], Iterable[Finding]]
# Fills in what follows from what was typed: (values as they would be, context) -> values to add where blank.
Fill = Callable[[Values, Context], Mapping[str, Value]]
# Brings along what hangs on something that was given just now, though it held something else (a due day, a state):
# (values as they would be, the keys that were given, context) -> values to set where they were not given.
Follow = Callable[[Values, AbstractSet[str], Context], Mapping[str, Value]]


@dataclass(frozen=True)
class Consequence:
    """What else changes with a record: another, of any ledger, that is to take these raw values at the gate.

    `rid` None adds one; its number is then written into the field `link` of the record that caused it. `since` is the
    ISO day from which it holds, for fields that remember what they held before.
    """

    ledger: str
    rid: int | None
    raw: Mapping[str, object]
    link: str = ""
    since: str | None = None


# Asked once a record is stored: (values before, none for a new one; values after, with `RID`; context). A record that
# is taken out as a mistake comes with no values after. May raise `Refused`, which takes the whole operation back.
Effect = Callable[[Values, Values, Context], Iterable[Consequence]]
# Asked of each live record that was just written, together with others or by undo, of which the gate knew nothing:
# raises `Refused` where it cannot stand beside another (a number that is given twice), which takes all of it back.
Guard = Callable[[Values, Context], None]


# Orders that every ledger can offer besides those by its own fields: by name, and in the order of registration.
ORDERS: Mapping[str, str] = {"pinyin": "姓名拼音", "strokes": "姓氏笔画", "entry": "登记先后"}


@dataclass(frozen=True)
class Step:
    """One named migration of an older office file: SQL statements, run in one transaction after a verified backup.

    A new ledger and a new field need no step; a step is for what cannot be done by adding (a field that was renamed).
    """

    name: str
    sql: tuple[str, ...]


@dataclass(frozen=True)
class Presence:
    """When a record counts on a day: from the first filled of `begins`, or always, until `ends`, that day excluded."""

    begins: tuple[str, ...] = ()
    ends: str = ""


@dataclass(frozen=True)
class Ledger:
    """One ledger, declared once; everything the program does with it is read off this.

    `group` and `order` place it in the navigation, `unit` counts its records (人, 个), `title_field` names one.
    `columns` are the list's, `print_columns` the printed page's, `heads` what is said of a single record before all
    else. `scope` is the link by which a record belongs to the organisation tree, `tree` the link by which the
    ledger's own records form one. `match`: the sets of fields by which an import recognises a record, the first set
    for certain, the others with a question. `sorts`: the orders offered, its own first. `office`: its first record
    is the office itself. `volatile`: its rules look at the day or at other records, so what they find is asked anew
    instead of remembered. `purpose` is what an empty page says. `follows` and `effects`: what changes with a
    record, in it and elsewhere; `guards`: what cannot stand beside others. `acts` are done to a record in one step,
    `board` shows them by where they stand, `reminders` say what is due.
    """

    key: str
    title: str
    fields: tuple[Field, ...]
    _: KW_ONLY
    group: str
    order: int
    icon: str
    purpose: str
    unit: str = "条"
    title_field: str = "name"
    short_field: str = ""
    columns: tuple[str, ...] = ()
    print_columns: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    derived: tuple[Derived, ...] = ()
    rules: tuple[Rule, ...] = ()
    fills: tuple[Fill, ...] = ()
    follows: tuple[Follow, ...] = ()
    effects: tuple[Effect, ...] = ()
    guards: tuple[Guard, ...] = ()
    acts: tuple[Act, ...] = ()
    board: Board | None = None
    reminders: tuple[Reminder, ...] = ()
    presence: Presence = Presence()
    scope: str = ""
    tree: str = ""
    match: tuple[tuple[str, ...], ...] = ()
    sorts: tuple[str, ...] = ("pinyin", "strokes")
    office: bool = False
    volatile: bool = False
    search_fields: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, Field]:
        """The fields by their keys."""
        return {field.key: field for field in self.fields}

    @cached_property
    def by_label(self) -> Mapping[str, Field | Derived]:
        """Fields and derived columns by what they are called; paper forms name them so."""
        columns: list[Field | Derived] = [*self.derived, *self.fields]
        return {column.label: column for column in columns}

    @cached_property
    def derived_by_key(self) -> Mapping[str, Derived]:
        """The derived columns by their keys."""
        return {derived.key: derived for derived in self.derived}

    @cached_property
    def reminder_by_id(self) -> Mapping[str, Reminder]:
        """The reminders by their ids."""
        return {reminder.id: reminder for reminder in self.reminders}

    def column(self, key: str) -> Field | Derived:
        """The field or derived column of that key; `KeyError` when there is none."""
        return self.by_key[key] if key in self.by_key else self.derived_by_key[key]

    def completeness(self, values: Values) -> int:
        """How much of what is wanted of such a record is there, in percent, rounded down."""
        wanted = [*self._always_wanted, *(field.key for field in self._sometimes_wanted if field.is_wanted(values))]
        blank = list(map(values.get, wanted)).count(None)
        return 100 * (len(wanted) - blank) // len(wanted) if wanted else 100

    @cached_property
    def _always_wanted(self) -> tuple[str, ...]:
        return tuple(field.key for field in self.fields if field.wanted is True)

    @cached_property
    def _sometimes_wanted(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if callable(field.wanted))

    @cached_property
    def numbered(self) -> tuple[str, ...]:
        """The fields that are found by the last digits of their number."""
        return tuple(field.key for field in self.fields if field.numbered)

    def missing(self, values: Values) -> list[Field]:
        """The wanted fields that are blank."""
        return [field for field in self.fields if values.get(field.key) is None and field.is_wanted(values)]

    def name_of(self, values: Values) -> str:
        """What a user calls a record with these values."""
        value = values.get(self.title_field)
        return value if isinstance(value, str) else ""
