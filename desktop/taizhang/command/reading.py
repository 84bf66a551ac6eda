"""`list`, `show` and `history`: what the office holds and how it came about."""

from argparse import Namespace
from collections.abc import Iterator, Sequence

from taizhang.command.asked import filters
from taizhang.command.columns import aligned
from taizhang.command.plain import plain, plain_findings, plain_row
from taizhang.command.session import ledger_named, opened, record
from taizhang.command.teller import Teller
from taizhang.core.derived import Derived
from taizhang.core.field import Field
from taizhang.core.findings import Finding
from taizhang.core.ledger import Ledger
from taizhang.store.query import Query
from taizhang.store.rows import Entry, Row
from taizhang.store.store import Store

_ACTIONS = {"add": "新增", "change": "修改", "void": "作废", "unvoid": "恢复"}


def list_rows(args: Namespace, teller: Teller) -> None:
    """The records that match, in the ledger's own order."""
    ledger = ledger_named(args.ledger)
    with opened(args) as store:
        where = filters(store, ledger, args.where)
        query = Query(ledger.key, search=args.search, where=where, as_of=args.as_of, show=args.show)
        rids = store.rids(query)
        columns = None if teller.as_json else ledger.columns
        rows = store.rows(ledger.key, rids[: args.limit], columns, args.as_of)
        teller.answer(
            lambda: {"total": len(rids), "rows": [plain_row(ledger, row, store.name_of) for row in rows]},
            lambda: _table(store, ledger, rows, len(rids)),
        )


def show(args: Namespace, teller: Teller) -> None:
    """Everything about one record, with what the gate says of it today."""
    ledger = ledger_named(args.ledger)
    with opened(args) as store:
        row = record(store, ledger, args.id)
        remarks = store.remarks(ledger.key, [row.rid], anew=True)
        findings = [finding for remark in remarks for finding in remark.findings]
        teller.answer(
            lambda: {
                **plain_row(ledger, row, store.name_of),
                "completeness": row.completeness,
                "void": row.void,
                "findings": plain_findings(findings),
            },
            lambda: _card(store, ledger, row, findings),
        )


def history(args: Namespace, teller: Teller) -> None:
    """What happened to one record, latest first."""
    ledger = ledger_named(args.ledger)
    with opened(args) as store:
        entries = store.history(record(store, ledger, args.id).rid)
        teller.answer(
            lambda: {"id": args.id, "entries": [_plain_entry(store, ledger, entry) for entry in entries]},
            lambda: [line for entry in entries for line in _told(store, ledger, entry)],
        )


def _table(store: Store, ledger: Ledger, rows: Sequence[Row], total: int) -> Iterator[str]:
    columns = [ledger.column(key) for key in ledger.columns]
    table = [[*(column.label for column in columns), "编号"]]
    table += [[*(_cell(store, column, row) for column in columns), row.id] for row in rows]
    right = frozenset(at for at, column in enumerate(columns) if column.align == "right")
    yield from aligned(table, right)
    more = "" if len(rows) == total else f"，列出 {len(rows)} {ledger.unit}"
    yield f"共 {total} {ledger.unit}{more}"


def _cell(store: Store, column: Field | Derived, row: Row) -> str:
    if isinstance(column, Field):
        return column.show(row.values[column.key], store.name_of)
    value = row.derived.get(column.key)
    return "" if value is None else str(value)


def _card(store: Store, ledger: Ledger, row: Row, findings: Sequence[Finding]) -> Iterator[str]:
    columns: list[Field | Derived] = [*ledger.fields, *ledger.derived]
    shown = [(column.label, _cell(store, column, row)) for column in columns]
    facts = [("编号", row.id), *((label, text) for label, text in shown if text), ("完整度", f"{row.completeness}%")]
    facts += [("作废原因", row.void)] if row.void is not None else []
    missing = "、".join(field.label for field in ledger.missing(row.values))
    facts += [("待补充", missing)] if missing else []
    yield from aligned(facts)
    yield from (f"{'错误' if finding.is_error else '请核对'}：{finding.text}" for finding in findings)


def _plain_entry(store: Store, ledger: Ledger, entry: Entry) -> dict[str, object]:
    fields = []
    for key, (old, new) in entry.fields.items():
        field = ledger.by_key[key]
        values = {"old": plain(field, old, store.name_of), "new": plain(field, new, store.name_of)}
        fields.append({"field": key, "label": field.label, **values})
    return {
        "operation": str(entry.op),
        "title": entry.title,
        "who": entry.who,
        "at": entry.at.isoformat(),
        "action": entry.action,
        "fields": fields,
    }


def _told(store: Store, ledger: Ledger, entry: Entry) -> Iterator[str]:
    who = f"  {entry.who}" if entry.who else ""
    yield f"{entry.at:%Y-%m-%d %H:%M}{who}  {_ACTIONS[entry.action]}  {entry.title}"
    for key, (old, new) in entry.fields.items():
        field = ledger.by_key[key]
        before, after = (field.show(value, store.name_of) or "（空）" for value in (old, new))
        yield f"    {field.label}：{after}" if entry.action == "add" else f"    {field.label}：{before} → {after}"
