"""What an office has written down of somebody: names, numbers, homes and files, now and in the past."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, Table, func, or_, select

from taizhang.core.context import Value, Values
from taizhang.core.field import Field
from taizhang.core.kinds import Text
from taizhang.core.kinds_linked import Attachment
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Privacy
from taizhang.store.coding import from_json, to_json
from taizhang.store.past import pack, spells
from taizhang.store.records import Records
from taizhang.store.schema import PAST

ERASED = "（已抹除）"
VOIDED = "已依法抹除："  # how the reason of a stub begins
_TELLING = 2  # characters from which a value tells of somebody
_OF_A_PERSON = frozenset({Privacy.ID, Privacy.PHONE, Privacy.ADDRESS})
_COPIED = _OF_A_PERSON | {Privacy.BIRTH}


@dataclass(frozen=True)
class Traces:
    """`names` the record ever had, `numbers` and homes that it ever held, `files` by their SHA-256, days of birth."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    files: tuple[str, ...]
    births: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that would tell whom a text is about."""
        return self.names + self.numbers

    def out_of(self, ledger: Ledger, text: str) -> str:
        """A line of the journal of a record that points at this one, without what it repeats of it."""
        return to_json(self.cleaned(ledger, from_json(text)))

    def cleaned(self, ledger: Ledger, values: Values) -> dict[str, Value]:
        """What such a record holds: a name becomes the stub's, what a personal field has copied goes, past and all."""
        clean = {key: self._cleaned(ledger.by_key.get(key), value) for key, value in values.items()}
        if past := spells(values):
            left = [spell._replace(value=self._cleaned(ledger.by_key.get(spell.key), spell.value)) for spell in past]
            clean[PAST] = pack(left)
        return clean

    def _cleaned(self, field: Field | None, value: Value) -> Value:
        if not isinstance(value, str):
            return value
        if value in self.names:
            return ERASED
        if field is None or field.privacy not in _COPIED:
            return value
        parts = value.split("、") if field.numbered else [value]
        return "、".join(part for part in parts if part not in self._told) or None

    @cached_property
    def _told(self) -> frozenset[str]:
        return frozenset(self.numbers + self.births)


def is_erased(void: Value) -> bool:
    """Whether a record is the stub of what was erased, by the reason it is void for."""
    return isinstance(void, str) and void.startswith(VOIDED)


def traces_of(records: Records, ledger: Ledger, rid: int, values: Values) -> Traces:
    """What the record `rid` holds in `values`, and what its journal says that it held before."""
    names, numbers, files, births = (dict[str, None]() for _ in range(4))
    for key, value in _ever(records, rid, values):
        field = ledger.by_key.get(key)
        if isinstance(field, Attachment) and isinstance(value, tuple):
            files.update(dict.fromkeys(map(str, value)))
        elif field is not None and isinstance(value, str) and len(value) >= _TELLING:
            if key == ledger.title_field:
                names[value] = None
            elif field.privacy is Privacy.BIRTH:
                births[value] = None
            elif field.privacy in _OF_A_PERSON:
                numbers.update(dict.fromkeys(value.split("、") if field.numbered else [value]))
    return Traces(tuple(names), tuple(numbers), tuple(files), tuple(births))


def without(text: str, words: Sequence[str]) -> str:
    """A title that tells of nobody: without what stands behind the colon before the first of `words`."""
    while places := [at for at in map(text.find, words) if at >= 0]:
        colon = text.rfind("：", 0, min(places))
        if colon > 0:
            return text[:colon]
        for word in words:
            text = text.replace(word, ERASED)
    return text


def mentioned(records: Records, words: Sequence[str]) -> int:
    """In how many records one of `words` is still written down."""
    return sum(_mentions(records, ledger, words) for ledger in records.ledgers.values()) if words else 0


def telling(column: ColumnElement[str], words: Sequence[str]) -> ColumnElement[bool]:
    """Whether a column of text holds one of `words`."""
    return or_(*(column.contains(word, autoescape=True) for word in words))


def _ever(records: Records, rid: int, values: Values) -> Iterator[tuple[str, Value]]:
    journal = records.schema.journal
    lines = records.execute(select(journal.c.old, journal.c.new).where(journal.c.rid == rid)).all()
    for one in (values, *(from_json(text) for line in lines for text in line)):
        yield from one.items()
        yield from ((spell.key, spell.value) for spell in spells(one))


def _mentions(records: Records, ledger: Ledger, words: Sequence[str]) -> int:
    table: Table = records.schema.ledgers[ledger.key]
    texts = [telling(table.c[field.key], words) for field in ledger.fields if _is_text(field)]
    return int(records.execute(select(func.count()).select_from(table).where(or_(*texts))).scalar_one()) if texts else 0


def _is_text(field: object) -> bool:
    return isinstance(field, Text) or getattr(field, "numbered", False)
