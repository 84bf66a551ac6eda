"""What the form asks and does on the file's thread: begin, check while one types, save."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from taizhang.core.check import check
from taizhang.core.context import Values
from taizhang.core.errors import Refused
from taizhang.core.findings import Finding
from taizhang.core.ledger import Ledger
from taizhang.desk.card_facts import full_texts, photo_field
from taizhang.store.memo import draft_key
from taizhang.store.store import Store
from taizhang.store.work import Work


@dataclass(frozen=True)
class Start:
    """What a form begins with: what the record holds, how it reads, its photo, and the draft that was left."""

    before: Values
    texts: Mapping[str, tuple[object, str]]
    photo: bytes | None
    draft: Mapping[str, list[Any]]


@dataclass(frozen=True)
class Verdict:
    """What the gate said of the form as it stands; `fills` is what it would fill in, as it reads."""

    findings: tuple[Finding, ...]
    fills: Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """What is typed: raw values of the fields that were touched, files that wait, the day a change takes effect."""

    raw: Mapping[str, object]
    files: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    since: str | None = None


def start(store: Store, ledger_key: str, rid: int | None) -> Start:
    """Read what the form begins with."""
    ledger = store.ledgers[ledger_key]
    draft = store.recall(draft_key(ledger_key, rid)) or {}
    if rid is None:
        return Start({}, {}, None, draft)
    row = store.row(rid)
    hashes = row.values.get(photo_field(ledger)) if photo_field(ledger) else None
    photo = store.attachment(str(hashes[0])) if isinstance(hashes, tuple) and hashes else None
    return Start(row.values, full_texts(store, ledger, row), photo, draft)


def judge(store: Store, ledger: Ledger, raw: Mapping[str, object], before: Values, rid: int | None) -> Verdict:
    """Let the gate look at the form as it stands."""
    draft = check(ledger, raw, store.context(), before, rid)
    filled = {key: value for key, value in draft.values.items() if key not in raw or raw[key] in ("", None)}
    fills = {key: ledger.by_key[key].show(value, store.name_of) for key, value in filled.items() if value is not None}
    return Verdict(draft.findings, fills)


def save(store: Store, work: Work, ledger: Ledger, entry: Entry, before: Values, rid: int | None) -> int:
    """Store the form, inside `store.do`; the record's number. `Refused` when the gate finds an error."""
    raw = dict(entry.raw)
    for key, files in entry.files.items():
        photo = bool(getattr(ledger.by_key[key], "photo", False))
        kept = raw.get(key)
        raw[key] = [*(kept if isinstance(kept, list) else []), *(work.attach(one, photo=photo) for one in files)]
    draft = check(ledger, raw, store.context(), before, rid)
    if errors := draft.errors():
        raise Refused(f"{errors[0].text.rstrip('。')}；没有保存，请改正后再存。")
    if rid is None:
        return work.add(draft)
    work.change(rid, draft, entry.since)
    return rid
