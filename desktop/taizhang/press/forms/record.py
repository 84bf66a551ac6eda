"""One record set into a form: its values shown, styled, and masked for whose eyes the form is made."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from taizhang.core.day import show
from taizhang.core.errors import Refused
from taizhang.core.kinds_linked import Choice, Link, Links
from taizhang.core.privacy import Privacy, Profile, mask, shows
from taizhang.press.forms.model import OWN, Ref
from taizhang.press.forms.needs import Path
from taizhang.press.forms.sources import Column, Source, pointed
from taizhang.press.forms.styles import BOX, TICKED, styled
from taizhang.store.rows import Row
from taizhang.store.store import Store

_TODAY = ("今天",)
_WORDS = frozenset({_TODAY, ("打印人",), ("打印时间",)})
_MONTH = len("2004-07")


@dataclass(frozen=True)
class Sitting:
    """What all records of one printing share: when, by whom, for whose eyes, and the office itself."""

    store: Store
    own: Source
    at: datetime
    who: str
    profile: Profile

    def word(self, ref: Ref) -> str | None:
        """The values that belong to no record; None for any other name."""
        if ref.path not in _WORDS:  # nearly every name
            return None
        if ref.path == _TODAY:
            today = self.at.date().isoformat()
            return styled(ref.style, today) or show(today, "cn")
        return self.who if ref.name == "打印人" else f"{self.at:%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class Record:
    """One record ready to be set into a form (`filling.Filled`); `outer` is the one whose list it stands in."""

    sitting: Sitting
    source: Source
    row: Row
    outer: "Record | None" = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """What the record is called, for remarks."""
        return self.source.ledger.name_of(self.row.values)

    def text(self, ref: Ref) -> str:
        """The value as it is to be printed; empty when there is none, and when nothing is called so."""
        word = self.sitting.word(ref)
        if word is not None:
            return word
        texts = (_text(self.sitting, *found, ref.style) for found in self.find(ref.path))
        return "、".join(filter(None, texts))

    def raw(self, ref: Ref) -> str:
        """The value as its ledger shows it."""
        return self.text(Ref(ref.path))

    def photo(self, ref: Ref) -> bytes | None:
        """The picture, asked for when it is drawn: two thousand of them need not be held at once."""
        for _source, column, row in self.find(ref.path):
            value = row.values.get(column.key)
            if isinstance(value, tuple) and value and shows(self.sitting.profile, column.privacy):
                try:
                    return self.sitting.store.attachment(str(value[0]))
                except Refused:  # it has not come with the bundle yet
                    return None
        return None

    def rows(self, ref: Ref) -> Sequence["Record"]:
        """The records that a field lists."""
        steps = (_step(*found) for found in self.find(ref.path))
        return [Record(self.sitting, linked, row, self) for linked, rows in filter(None, steps) for row in rows]

    def find(self, path: Path) -> list[tuple[Source, Column, Row]]:
        """The columns that a name means: of this record, of the office, or of the record that lists this one."""
        if path[0] == OWN:
            own = self.sitting.own
            label = path[1:] or (own.ledger.by_key[own.ledger.title_field].label,)
            return _at(own, list(own.rows.values()), label)
        if path[0] not in self.source.ledger.by_label and self.outer:
            return self.outer.find(path)
        return _at(self.source, [self.row], path)


def _at(source: Source, rows: list[Row], path: Path) -> list[tuple[Source, Column, Row]]:
    """Along the links of a name to the columns at its end; none where it leads nowhere."""
    head, *rest = path
    column = source.ledger.by_label.get(head)
    if column is None:
        return []
    if not rest:
        return [(source, column, row) for row in rows]
    steps = filter(None, (_step(source, column, row) for row in rows))
    return [found for linked, there in steps for found in _at(linked, there, tuple(rest))]


def _step(source: Source, column: Column, row: Row) -> tuple[Source, list[Row]] | None:
    """The records that a link of this row points at; None where the column is no link."""
    linked = source.linked.get(column.label)
    if linked is None or not isinstance(column, Link | Links):
        return None
    return linked, [linked.rows[rid] for rid in pointed(column, row) if rid in linked.rows]


def _text(sitting: Sitting, source: Source, column: Column, row: Row, style: str) -> str:
    """One value, styled, as these eyes may see it."""
    today = sitting.at.date()
    value = row.values.get(column.key) if column.key in source.ledger.by_key else row.derived.get(column.key)
    if style and column.privacy is Privacy.BIRTH and sitting.profile is not Profile.FULL and isinstance(value, str):
        # A part of a birth date is masked by what it is part of: the month may be seen in internal lists, no more.
        return (styled(style, value[:_MONTH]) or "") if sitting.profile is Profile.INTERNAL else ""
    shown = source.shown(column, row)
    if style.startswith(BOX):
        shown = TICKED if shown == style.removeprefix(BOX) else BOX
    elif style:
        in_style = _in_style(source, column, row, value, style)
        shown = shown if in_style is None else in_style
    return mask(sitting.profile, column.privacy, shown, value, today)


def _in_style(source: Source, column: Column, row: Row, value: object, style: str) -> str | None:
    """The value in a style that its column has; None where the style says nothing about it."""
    if style == "简称" and isinstance(column, Link) and column.label in source.linked:
        return "、".join(map(source.linked[column.label].short_name, pointed(column, row)))
    if style == "简称" and isinstance(column, Choice) and isinstance(value, str):
        return column.codes.short(value)
    if style == "码" and isinstance(column, Choice):
        return value if isinstance(value, str) else ""
    return styled(style, value)
