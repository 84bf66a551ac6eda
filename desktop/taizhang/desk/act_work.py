"""What an act asks and does on the file's thread: begin, look while one types, rehearse, store."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from taizhang.core.act import Act
from taizhang.core.check import Draft, check
from taizhang.core.context import Value, Values
from taizhang.core.errors import Refused
from taizhang.core.findings import Finding
from taizhang.core.ledger import Ledger
from taizhang.desk.asked import ActAsked
from taizhang.store.memo import act_draft_key
from taizhang.store.rehearsal import Deed, alike, deeds, rehearse
from taizhang.store.rows import Changes
from taizhang.store.store import Store
from taizhang.store.work import Work

Shown = tuple[object, str]  # a value for an input, and how it reads


@dataclass(frozen=True)
class Begun:
    """What an act begins with: what the record holds, what the act gives, as it reads, and the draft that was left."""

    name: str
    held: Mapping[str, Shown]
    given: Mapping[str, object]
    given_shown: Mapping[str, Shown]
    draft: Mapping[str, list[Any]]


@dataclass(frozen=True)
class Look:
    """What the gate says of the act as it stands. `follows` is what it fills in, by field, with how it reads."""

    findings: tuple[Finding, ...]
    follows: Mapping[str, Shown]
    name: str


@dataclass(frozen=True)
class Rehearsed:
    """What would be done, what is to be looked at, and the record as it would be."""

    deeds: tuple[Deed, ...]
    warnings: tuple[Finding, ...]
    values: Values
    name: str


def draft_key(asked: ActAsked) -> str:
    """Where the draft of an act is kept."""
    about = str(asked.rid) if asked.rid else "-".join(f"{key}={asked.preset[key]}" for key in sorted(asked.preset))
    return act_draft_key(asked.ledger.key, asked.act.key, about or "new")


def begin(store: Store, asked: ActAsked) -> Begun:
    """Read what an act begins with; `Refused` when it cannot be done to the record any more."""
    ledger, context = asked.ledger, store.context()
    held = _held(store, asked.act, asked.rid)
    known = check(ledger, asked.preset, context).values if asked.preset else {}
    given = {**asked.act.sets({**held, **known}, context), **asked.preset}
    read = check(ledger, given, context, held or None, asked.rid).values
    return Begun(
        ledger.name_of(held),
        {key: _shown(store, ledger, key, value) for key, value in held.items() if value is not None},
        given,
        {key: _shown(store, ledger, key, read[key]) for key in given},
        store.recall(draft_key(asked)) or {},
    )


def look(store: Store, asked: ActAsked, raw: Mapping[str, object]) -> Look:
    """Let the gate look at the act as it stands."""
    held = _values(store, asked.rid)
    draft = check(asked.ledger, raw, store.context(), held or None, asked.rid)
    left = {key: value for key, value in draft.values.items() if _is_left(raw.get(key))}
    follows = {key: _shown(store, asked.ledger, key, value) for key, value in left.items()}
    return Look(draft.findings, follows, asked.ledger.name_of({**held, **draft.values}))


def try_out(store: Store, asked: ActAsked, raw: Mapping[str, object]) -> Rehearsed:
    """What the act would do now; nothing of it is kept. `Refused` when it would be refused."""
    held = _held(store, asked.act, asked.rid)
    draft = _draft(store, asked, raw, held)
    done = rehearse(store, lambda work: _write(work, asked.rid, draft))
    values = {**held, **draft.values}
    return Rehearsed(_own_first(done, asked), draft.findings, values, asked.ledger.name_of(values))


def carry_out(
    store: Store, asked: ActAsked, raw: Mapping[str, object], agreed: Rehearsed
) -> tuple[Changes, tuple[Deed, ...]]:
    """Do it, in one operation, which forgets the draft; `Refused` when it no longer comes to what was agreed to."""
    found: list[Deed] = []

    def run(work: Work) -> None:
        held = _held(store, asked.act, asked.rid)
        _write(work, asked.rid, _draft(store, asked, raw, held))
        found.extend(_own_first(deeds(store, work.op), asked))
        if not alike(found, agreed.deeds):
            raise Refused("别处刚有改动，办理的内容和核对时不同；还没有存入，请重新核对后再办理。")
        store.keep(draft_key(asked), None)

    return store.do(f"{asked.act.label}：{agreed.name}", run), tuple(found)


def _write(work: Work, rid: int | None, draft: Draft) -> None:
    if rid is None:
        work.add(draft)
    else:
        work.change(rid, draft)


def _is_left(raw: object) -> bool:
    """Whether nothing was given, so that the gate may fill it in."""
    return raw is None or raw == ""


def _own_first(done: tuple[Deed, ...], asked: ActAsked) -> tuple[Deed, ...]:
    """The record that the act is about comes first, though its effects may be written before."""
    own = [deed for deed in done if deed.ledger == asked.ledger.key and (deed.rid == asked.rid or asked.rid is None)]
    first = own[:1]
    return (*first, *(deed for deed in done if deed not in first))


def _draft(store: Store, asked: ActAsked, raw: Mapping[str, object], held: Values) -> Draft:
    draft = check(asked.ledger, raw, store.context(), held or None, asked.rid)
    if errors := draft.errors():
        raise Refused(f"{errors[0].text.rstrip('。')}；没有办理，请改正后再办。")
    return draft


def _held(store: Store, act: Act, rid: int | None) -> Values:
    """What the record holds now, when the act can be done to it."""
    if rid is None:
        return {}
    row = store.row(rid)
    if row.void is not None:
        raise Refused(f"这条记录已经作废，不能再“{act.label}”，没有改动；请关闭后查看它的历史。")
    if not act.when(row.values):
        raise Refused(f"这条记录的情况已经变了，不能再“{act.label}”，没有改动；请关闭后查看它现在的状态。")
    return row.values


def _values(store: Store, rid: int | None) -> Values:
    return store.row(rid).values if rid else {}


def _shown(store: Store, ledger: Ledger, key: str, value: Value) -> Shown:
    return value, ledger.by_key[key].show(value, store.name_of)
