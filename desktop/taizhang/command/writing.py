"""`set`, `void`, `erase`, `undo` and `redo`: changes, one operation each."""

from argparse import ArgumentTypeError, Namespace

from taizhang.command.asked import Pair, raw_values
from taizhang.command.grammar import pair
from taizhang.command.plain import plain_findings
from taizhang.command.session import ledger_named, opened, record
from taizhang.command.teller import Teller
from taizhang.command.usage import WrongUsage
from taizhang.core.access import Role, must
from taizhang.core.check import Draft, check
from taizhang.core.errors import Refused
from taizhang.core.ledger import Ledger
from taizhang.store.rows import Changes, Row
from taizhang.store.shelf import list_backups
from taizhang.store.store import Store


def set_(args: Namespace, teller: Teller) -> None:
    """Add a record, or change one; what belongs to a day takes effect today, unless its day is given too."""
    ledger = ledger_named(args.ledger)
    identifier, pairs = _split(args.items)
    with opened(args, writes=True) as store:
        must(store.access.role, be=Role.RECORDER)  # the gate would tell whoever asks which numbers are known
        row = _to_change(store, ledger, identifier) if identifier else None
        raw = raw_values(store, ledger, pairs)
        draft = check(ledger, raw, store.context(), row.values if row else None, row.rid if row else None)
        teller.answer(lambda: {"findings": plain_findings(draft.findings)}, list)
        if not draft.ok:
            reasons = "；".join(finding.text.rstrip("。") for finding in draft.errors())
            raise Refused(f"{reasons}；没有保存，请改正后再试。")
        for finding in draft.findings:
            teller.warn(f"请核对：{finding.text}")
        _save(store, ledger, row, draft, teller)


def void(args: Namespace, teller: Teller) -> None:
    """Take a mistaken record out of every list; it stays in the history."""
    ledger = ledger_named(args.ledger)
    with opened(args, writes=True) as store:
        row = record(store, ledger, args.id)
        changes = store.do(
            f"作废{ledger.title}：{ledger.name_of(row.values)}", lambda work: work.void(row.rid, args.reason)
        )
        teller.answer(lambda: {"id": row.id, "operation": str(changes.op)}, lambda: [f"已{changes.title}"])


def erase(args: Namespace, teller: Teller) -> None:
    """Erase what is held of somebody, for good (R-PRIV-03); a stub stays."""
    ledger = ledger_named(args.ledger)
    with opened(args, writes=True) as store:
        row = record(store, ledger, args.id)
        changes = store.erase(row.rid, args.reason, backups=args.backups)
        left = [] if args.backups else list_backups(store.path)
    if left:
        teller.warn(
            f"请注意：“{left[0][1].parent.name}”里的 {len(left)} 份旧备份还有这条记录，请另存新备份后删掉它们。"
        )
    teller.answer(
        lambda: {"id": row.id, "operation": str(changes.op), "kept": list(changes.kept), "backups": len(left)},
        lambda: [f"已{changes.title}（编号 {row.id}）", *changes.kept],
    )


def undo(args: Namespace, teller: Teller) -> None:
    """Take back the last operation, whoever did it."""
    with opened(args, writes=True) as store:
        _tell(store.undo(), teller)


def redo(args: Namespace, teller: Teller) -> None:
    """Bring back what was undone last."""
    with opened(args, writes=True) as store:
        _tell(store.redo(), teller)


def _split(items: list[str]) -> tuple[str, list[Pair]]:
    """The identifier, empty for a new record, and what is to be set."""
    identifier = "" if "=" in items[0] else items[0]
    try:
        pairs = [pair(item) for item in items[bool(identifier) :]]
    except ArgumentTypeError as wrong:
        raise WrongUsage(f"{wrong}，没有执行。") from None
    if not pairs:
        raise WrongUsage("没有写要改什么，没有执行；请在编号后写 KEY=VALUE。")
    return identifier, pairs


def _to_change(store: Store, ledger: Ledger, identifier: str) -> Row:
    row = record(store, ledger, identifier)
    if row.void is not None:
        raise Refused("这条记录已经作废，没有改动；请先撤销作废。")
    return row


def _save(store: Store, ledger: Ledger, row: Row | None, draft: Draft, teller: Teller) -> None:
    name = ledger.name_of({**(row.values if row else {}), **draft.values})
    findings = plain_findings(draft.findings)
    if row and all(row.values[key] == value for key, value in draft.values.items()):
        same = {"id": row.id, "added": False, "operation": None, "findings": findings}
        teller.answer(lambda: same, lambda: [f"{ledger.title}：{name}没有变化"])
        return
    rids = [row.rid] if row else []
    if row:
        changes = store.do(f"修改{ledger.title}：{name}", lambda work: work.change(row.rid, draft))
    else:
        changes = store.do(f"新增{ledger.title}：{name}", lambda work: rids.append(work.add(draft)))
    identifier = store.row(rids[0]).id
    saved = {"id": identifier, "added": row is None, "operation": str(changes.op), "findings": findings}
    teller.answer(lambda: saved, lambda: [f"已{changes.title}（编号 {identifier}）"])


def _tell(changes: Changes, teller: Teller) -> None:
    teller.answer(
        lambda: {
            "operation": str(changes.op),
            "title": changes.title,
            "changed": changes.count,
            "kept": list(changes.kept),
        },
        lambda: [f"已{changes.title}（{changes.count} 条）", *changes.kept],
    )
