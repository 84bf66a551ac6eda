"""What the office file remembers that is no record: drafts of forms, column mappings, chosen columns."""

import re
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import delete, insert, select

from taizhang.store.schema import Schema

if TYPE_CHECKING:  # the names of memos are known also where the database's cipher is missing
    from taizhang.store.database import Database

DRAFT = "draft:"
FORM = "form:"  # the office's own texts of paper forms, each under the key of its form


def draft_key(ledger: str, rid: int | None) -> str:
    """Where a form that was left half-way is kept."""
    return f"{DRAFT}{ledger}:{rid or 'new'}"


def act_draft_key(ledger: str, act: str, about: str) -> str:
    """Where an act that was left half-way is kept; `about`: the record it is done to, or begins at."""
    return f"{DRAFT}{ledger}/{act}:{about}"


def is_draft_of(key: str, rid: int) -> bool:
    """Whether a memo is the draft of this record: of its form, of an act done to it, or of one begun at it."""
    return key.startswith(DRAFT) and str(rid) in re.findall(r"\d+", key.rpartition(":")[2])


class Memo:
    """Key and JSON value; not journalled, since nobody wants to undo the width of a column."""

    def __init__(self, database: "Database", schema: Schema) -> None:
        self._database = database
        self._table = schema.memo

    def keep(self, key: str, value: Any) -> None:
        """Remember `value`; None forgets it. Within a piece of work it stands or falls with that."""
        with self._database.transaction(joins=True) as connection:
            connection.execute(delete(self._table).where(self._table.c.key == key))
            if value is not None:
                connection.execute(insert(self._table).values(key=key, value=msgspec.json.encode(value).decode()))

    def recall(self, key: str) -> Any:
        """What was kept, or None."""
        statement = select(self._table.c.value).where(self._table.c.key == key)
        text = self._database.connection.execute(statement).scalar()
        return None if text is None else msgspec.json.decode(text)

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin so, in order."""
        statement = select(self._table.c.key).where(self._table.c.key.startswith(prefix, autoescape=True))
        return sorted(self._database.connection.execute(statement).scalars())
