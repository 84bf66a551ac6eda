"""Erases what an office holds of somebody, as the law may ask: a stub stays, without a trace of the person (R-PRIV-03).

The stub keeps number, identity and owner, so that links, counts and the office above stay right. Records that point at
it lose the name, numbers, home and day of birth that they copied from it. What is written about the person elsewhere is
counted, not touched: it belongs to others.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import reduce
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update

from taizhang.core.context import Value
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.field import Field
from taizhang.core.kinds_linked import Attachment, Link, Links
from taizhang.core.ledger import Ledger
from taizhang.store.coding import to_json
from taizhang.store.database import Database
from taizhang.store.glance import FIRST_PAGE
from taizhang.store.memo import FORM, is_draft_of
from taizhang.store.records import Records
from taizhang.store.rows import ROOT
from taizhang.store.schema import FLAWS, PAST, VOID, Schema
from taizhang.store.shelf import SUFFIX, folder_of, list_backups
from taizhang.store.strays import forget_strays
from taizhang.store.traces import ERASED, VOIDED, Traces, is_erased, mentioned, telling, traces_of, without
from taizhang.store.work import Work

_SWEEP = "sweep"  # the fact that deleted bytes are still to be taken out of the file
BEFORE_UPGRADE = "升级前 "


class Erasure:
    """One record to be erased, inside one operation; `sweep` then takes the bytes out of the file."""

    def __init__(self, database: Database, records: Records, owner: bytes, rid: int, reason: str) -> None:
        self._database, self._records = database, records
        self._schema, self._owner = records.schema, owner
        self._rid, self._void = rid, f"{VOIDED}{reason.strip()}"
        self.ledger = records.ledger_of(rid)
        self.title = f"依法抹除{self.ledger.title}记录"
        if not reason.strip():
            raise Refused("没有写明抹除的依据，没有抹除；请填写原因后再试。")
        if rid == ROOT:
            raise Refused("这是本单位自己的记录，不能抹除，没有改动。")

    def run(self, work: Work) -> tuple[str, ...]:
        """Erase it; says what is left to look at."""
        before = self._records.values(self.ledger, [self._rid])[self._rid]
        self._refuse(before[VOID])
        traces = traces_of(self._records, self.ledger, self._rid, before)
        if _in(self._void, traces.words):
            raise Refused("抹除的依据里写着这个人的姓名、号码或住址，没有抹除；依据会留在记录里，请改写后再试。")
        self._leave_stub(work, before)
        self._leave_line(work)
        for ledger, rid in self._pointing():
            self._clean(work, ledger, rid, traces)
        self._retitle(work, traces.words)
        self._forget_memos(work, traces.words)
        self._drop_files(work, traces)
        work.connection.execute(delete(self._schema.meta).where(self._schema.meta.c.key == _SWEEP))
        work.connection.execute(insert(self._schema.meta).values(key=_SWEEP, value="1"))
        others = mentioned(self._records, traces.words)
        said = f"另有 {others} 条记录里写着这个姓名或号码（也可能是同名的人），没有改动，请查找后逐条核对"
        return (said,) if others else ()

    def _refuse(self, void: Value) -> None:
        if is_erased(void):
            raise Refused("这条记录已经抹除过，没有改动。")
        rec = self._schema.rec
        owner = self._records.execute(select(rec.c.owner).where(rec.c.rid == self._rid)).scalar()
        if owner != self._owner:
            raise Refused("这条记录由另一个单位登记，这里没有抹除；请由那个单位抹除后重新上报。")

    def _leave_stub(self, work: Work, before: dict[str, Value]) -> None:
        """Every field blank but the name, also those that only an earlier edition of the program knew."""
        ledger, table = self.ledger, self._schema.ledgers[self.ledger.key]
        blank: dict[str, Value] = dict.fromkeys(ledger.by_key)
        stub = {**blank, ledger.title_field: ERASED, VOID: self._void, PAST: None, FLAWS: 0}
        self._records.update(ledger, {self._rid: before}, [(self._rid, stub)])
        for column in sorted(self._database.tables()[table.name] - set(table.c.keys())):
            statement = f'UPDATE "{table.name}" SET "{column}" = NULL WHERE rid = ?'  # noqa: S608 - names of our tables
            work.connection.exec_driver_sql(statement, (self._rid,))
        work.touch(ledger, [self._rid])

    def _leave_line(self, work: Work) -> None:
        """The journal says that the record was erased, and nothing else of it."""
        journal = self._schema.journal
        work.connection.execute(delete(journal).where(journal.c.rid == self._rid))
        new = to_json({self.ledger.title_field: ERASED, VOID: self._void, FLAWS: 0})
        work.connection.execute(insert(journal).values(op=work.op, rid=self._rid, old="{}", new=new))

    # -- what others hold of it ----------------------------------------------------------------------------------------

    def _pointing(self) -> Iterator[tuple[Ledger, int]]:
        """Records that point at this one, or did: they may repeat its name (a post, and who holds it)."""
        journal, rec = self._schema.journal, self._schema.rec
        for ledger in self._records.ledgers.values():
            links = [one for one in ledger.fields if isinstance(one, Link | Links) and one.ledger == self.ledger.key]
            if not links:
                continue
            points = or_(*(self._points(text, one) for text in (journal.c.old, journal.c.new) for one in links))
            found = select(journal.c.rid).distinct().join(rec, rec.c.rid == journal.c.rid)
            for (rid,) in self._records.execute(found.where(rec.c.ledger == ledger.key, points)).all():
                yield ledger, rid

    def _points(self, text: ColumnElement[str], field: Field) -> ColumnElement[bool]:
        """Whether a line of the journal points here by `field`; where several are listed, some lines too many do."""
        if isinstance(field, Links):
            ends = (f"{a}{self._rid}{b}" for a in "[," for b in "],")
            return and_(text.contains(f'"{field.key}":['), or_(*(text.contains(end) for end in ends)))
        return or_(*(text.contains(f'"{field.key}":{self._rid}{end}') for end in ",}"))

    def _clean(self, work: Work, ledger: Ledger, rid: int, traces: Traces) -> None:
        """A record that points here, and its history: its name is now the stub's, and what it copied is blank."""
        before = self._records.values(ledger, [rid])[rid]
        journal = self._schema.journal
        for line in self._records.execute(select(journal).where(journal.c.rid == rid)).all():
            texts = {"old": line.old and traces.out_of(ledger, line.old), "new": traces.out_of(ledger, line.new)}
            if texts != {"old": line.old, "new": line.new}:
                work.connection.execute(update(journal).where(journal.c.seq == line.seq).values(texts))
        new = {key: it for key, it in traces.cleaned(ledger, before).items() if it != before[key]}
        if new:
            self._records.update(ledger, {rid: before}, [(rid, new)])
            work.touch(ledger, [rid])

    def _retitle(self, work: Work, words: Sequence[str]) -> None:
        """Operations and papers keep their titles but for who they name."""
        for table, key in ((self._schema.operation, "op"), (self._schema.paper, "paper")):
            found = self._records.execute(select(table.c[key], table.c.title).where(telling(table.c.title, words)))
            for number, title in found.all():
                clean = without(title, words)
                work.connection.execute(update(table).where(table.c[key] == number).values(title=clean))

    def _forget_memos(self, work: Work, words: Sequence[str]) -> None:
        """Half-typed forms, kept filters and the remembered first page, wherever they tell of the person.

        A paper form of the office's own stays, without the words: going back to ours would change what is printed.
        """
        memo = self._schema.memo
        quoted = [_json(word)[1:-1] for word in words]
        kept = self._records.execute(select(memo.c.key, memo.c.value)).all()
        told = {key: value for key, value in kept if _in(value, quoted)}
        for key in [key for key in told if key.startswith(FORM)]:
            clean = reduce(lambda text, word: text.replace(word, ERASED), quoted, told.pop(key))
            work.connection.execute(update(memo).where(memo.c.key == key).values(value=clean))
        doomed = {FIRST_PAGE, *told, *(key for key, _value in kept if is_draft_of(key, self._rid))}
        work.connection.execute(delete(memo).where(memo.c.key.in_(doomed)))

    def _drop_files(self, work: Work, traces: Traces) -> None:
        attachment = self._schema.attachment
        for sha in traces.files:
            if not any(self._records.execute(select(one).where(one).limit(1)).first() for one in self._held(sha)):
                work.connection.execute(delete(attachment).where(attachment.c.sha256 == sha))

    def _held(self, sha: str) -> Iterator[ColumnElement[bool]]:
        """The places where a file may still be needed."""
        schema = self._schema
        yield from (text.contains(sha) for text in (schema.journal.c.old, schema.journal.c.new, schema.memo.c.value))
        yield schema.paper.c.sha256 == sha
        for ledger in self._records.ledgers.values():
            fields = (field for field in ledger.fields if isinstance(field, Attachment))
            yield from (schema.ledgers[ledger.key].c[field.key].contains(sha) for field in fields)


def sweep(database: Database, schema: Schema) -> bool:
    """Take the bytes of what was erased out of the file and its log; False when that has to wait for the next time."""
    meta = schema.meta
    if database.connection.execute(select(meta.c.value).where(meta.c.key == _SWEEP)).first() is None:
        return True
    forget_strays(database.path)
    try:
        if not database.sweep():
            return False
        with database.transaction() as connection:
            connection.execute(delete(meta).where(meta.c.key == _SWEEP))
    except StoreTrouble:
        return False
    return True


def old_backups(path: Path) -> list[Path]:
    """The copies beside an office file that the program has made by itself: they still hold what is erased."""
    upgrades = sorted(folder_of(path).glob(f"{BEFORE_UPGRADE}*{SUFFIX}"))
    return [*(file for _when, file in list_backups(path)), *upgrades]


def drop_backups(doomed: Sequence[Path]) -> list[Path]:
    """Delete these copies; returns those that another program held."""
    for file in doomed:
        with suppress(OSError):
            file.unlink(missing_ok=True)
    return [file for file in doomed if file.exists()]


def _json(text: str) -> str:
    return msgspec.json.encode(text).decode()


def _in(value: Any, words: Sequence[str]) -> bool:
    return isinstance(value, str) and any(word in value for word in words)
