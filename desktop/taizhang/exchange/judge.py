"""Judges the rows of an import: who a row speaks of, what the gate says, and so what becomes of it."""

from collections.abc import Iterable, Mapping

from taizhang.core.check import Draft, Gate
from taizhang.core.context import Value, Values
from taizhang.core.field import as_text
from taizhang.core.findings import Finding, error, warning
from taizhang.core.kinds import IdCard
from taizhang.core.kinds_linked import Link
from taizhang.core.ledger import Ledger
from taizhang.exchange.damage import agrees_with_damaged, is_damaged
from taizhang.exchange.growth import Growing
from taizhang.exchange.matching import NOBODY, Match, Matcher, agree
from taizhang.exchange.plan import Decision, ImportOptions, PlanRow
from taizhang.exchange.rows import DITTOS, RawRow
from taizhang.exchange.settling import inward_links, settle
from taizhang.exchange.sources import Source
from taizhang.store.store import Store


class Judge:
    """Knows the office and the file; one for a whole plan, so that what repeats is looked up once."""

    def __init__(
        self, ledger: Ledger, store: Store, growing: Growing, sources: list[Source], options: ImportOptions
    ) -> None:
        self._ledger, self._store, self._growing = ledger, store, growing
        self._sources, self._clear = sources, options.clear
        self._gate = Gate(ledger, growing)
        self._matcher = Matcher(ledger, store)
        self._before: dict[int, Values] = {}
        self._matches: dict[tuple[int, int], Match] = {}
        self._grown: dict[tuple[int, int], list[tuple[str, str]]] = {}
        self._places: dict[tuple[int, int], int] = {}
        links = [field for field in ledger.fields if isinstance(field, Link)]
        self._growers = [field for field in links if field.grow]
        self._links = {field.key: field.ledger for field in links}
        self._inward = inward_links(ledger)
        self._own = [field.key for field in ledger.fields if field.unique or field.key == ledger.title_field]

    def prepare(self, records: Iterable[tuple[int, RawRow]]) -> None:
        """Meet all rows before the first is judged: who they name, and what is stored of those they speak of."""
        for source, row in records:
            at = (source, row.index)
            if self._inward:
                self._announce(at, row.raw)
            self._grow(at, row.raw)
            if not self._matcher.empty:
                self._matches[at] = self._match(row.raw)
        self._load({rid for match in self._matches.values() for rid in match.rids})

    def line(self, source: int, row: RawRow) -> PlanRow:
        """A row that is no record."""
        return PlanRow(source, self._sources[source].sheet.number(row.index), {}, Decision.SKIP, reason=row.skip)

    def first(self, source: int, row: RawRow) -> PlanRow:
        """A row that `prepare` has met."""
        return self._row(source, row.index, row.raw, self._matches.get((source, row.index), NOBODY), None)

    def again(self, row: PlanRow, raw: Mapping[str, object], choice: Decision | None) -> PlanRow:
        """A row with other values, or with a decision by the user."""
        index = row.number - self._sources[row.source].sheet.number(0)
        if self._grow((row.source, index), raw):
            self._gate = Gate(self._ledger, self._growing)
        match = NOBODY if self._matcher.empty else self._match(raw)
        self._load(set(match.rids))
        return self._row(row.source, index, raw, match, choice)

    def settle(self, rows: list[PlanRow]) -> list[PlanRow]:
        """See `settling.settle`."""
        return settle(rows, self._ledger, self._sources, self._before)

    def _row(
        self, source: int, index: int, raw: Mapping[str, object], match: Match, choice: Decision | None
    ) -> PlanRow:
        raw_now = self._filled_up(source, raw)
        rid = self._meant(raw_now, match, choice)
        more = self._remarks((source, index), raw)
        if rid is None:
            draft = self._gate.check(raw_now)
            decision = Decision.ADD
            more += self._doubts(match) if choice is None else []
        else:
            draft, repair = self._change(raw_now, rid)
            decision = Decision.UPDATE if draft.values else Decision.UNCHANGED
            more += repair + (self._questions(match, draft, rid) if choice is None else [])
        if not draft.ok or any(finding.is_error for finding in more):
            decision = Decision.REFUSE
        choices = _choices(match) if draft.ok else (Decision.SKIP,)
        return PlanRow(
            source,
            self._sources[source].sheet.number(index),
            raw,
            Decision.SKIP if choice is Decision.SKIP else decision,
            draft,
            (*draft.findings, *more),
            rid,
            choices,
            choice=choice,
            place=self._places.get((source, index)),
        )

    def _meant(self, raw: Mapping[str, object], match: Match, choice: Decision | None) -> int | None:
        """The record that a row changes; None when it is to be added."""
        alone = match.rids[0] if len(match.rids) == 1 else None
        if choice is Decision.ADD or (match.other and choice is not Decision.UPDATE):
            return None
        if match.namesakes and choice is not Decision.UPDATE:
            return next((rid for rid in match.rids if not self._change(raw, rid)[0].values), None)
        return alone

    def _change(self, raw: Mapping[str, object], rid: int) -> tuple[Draft, list[Finding]]:
        """What of a row would change the record: neither its blanks nor its less exact days do."""
        before = self._before[rid]
        raw, repair = self._repaired(raw, before)
        draft = self._gate.check(raw, before, rid)
        if not self._clear:
            blank = {key for key in raw if draft.values[key] is None and before.get(key) is not None}
            blank -= {finding.field for finding in draft.findings if finding.is_error}
            if blank:
                draft = self._gate.check({key: cell for key, cell in raw.items() if key not in blank}, before, rid)
        changed = {key: value for key, value in draft.values.items() if not _keeps(before.get(key), value)}
        return Draft(self._ledger, changed, draft.findings), repair

    def _repaired(self, raw: Mapping[str, object], before: Values) -> tuple[Mapping[str, object], list[Finding]]:
        """Leave a spoilt ID number out where the record, recognised otherwise, holds the number that it was."""
        found = []
        for key in self._own:
            field, cell = self._ledger.by_key[key], raw.get(key)
            if isinstance(field, IdCard) and is_damaged(cell) and agrees_with_damaged(cell, before.get(key)):
                said = f"单元格里的{field.label}已损坏，已按登记的号码认出，沿用原号码。"
                found.append(warning(key, said, value=as_text(cell), proposal=str(before[key])))
        left_out = {finding.field for finding in found}
        return {key: cell for key, cell in raw.items() if key not in left_out} if found else raw, found

    def _match(self, raw: Mapping[str, object]) -> Match:
        facts = self._facts(raw, self._matcher.surest)
        if (match := self._matcher.certain(facts)) is not NOBODY:
            return match
        facts |= self._facts(raw, self._matcher.others)
        for fill in self._ledger.fills:
            facts |= {key: value for key, value in fill(facts, self._growing).items() if key not in facts}
        return self._matcher.likely(facts)

    def _facts(self, raw: Mapping[str, object], keys: Iterable[str]) -> dict[str, Value]:
        """What a row says without error in these fields."""
        facts: dict[str, Value] = {}
        for key in keys:
            if key in raw:
                value, findings = self._ledger.by_key[key].read(raw[key], self._growing)
                if value is not None and not any(finding.is_error for finding in findings):
                    facts[key] = value
        return facts

    def _load(self, rids: set[int]) -> None:
        wanted = sorted(rids - self._before.keys())
        if wanted:
            keys = [field.key for field in self._ledger.fields]
            rows = self._store.rows(self._ledger.key, wanted, keys)
            self._before |= {row.rid: row.values for row in rows}

    def _grow(self, at: tuple[int, int], raw: Mapping[str, object]) -> bool:
        """Plan the records that a row is the first to name; whether there were any."""
        new = [field for field in self._growers if field.key in raw and self._growing.grow(field, raw[field.key])]
        for field in new:
            self._grown.setdefault(at, []).append((field.key, as_text(raw[field.key])))
        return bool(new)

    def _announce(self, at: tuple[int, int], raw: Mapping[str, object]) -> None:
        keys = filter(None, (self._ledger.title_field, self._ledger.short_field))
        names = [text for key in keys if (text := as_text(raw.get(key)))]
        if names:
            self._places[at] = self._growing.announce(self._ledger.key, names)

    def _filled_up(self, source: int, raw: Mapping[str, object]) -> Mapping[str, object]:
        return {**dict.fromkeys(self._sources[source].table.by_field), **raw} if self._clear else raw

    def _remarks(self, at: tuple[int, int], raw: Mapping[str, object]) -> list[Finding]:
        """What the gate cannot know: a ditto where none can be, a record that will be created."""
        found = []
        for key in self._own:
            cell = raw.get(key)
            if isinstance(cell, str) and cell.strip() in DITTOS:
                said = f"{self._ledger.by_key[key].label}不能写“{cell}”，请填写。"
                found.append(error(key, said, value=cell))
        for key, text in self._grown.get(at, ()):
            if as_text(raw.get(key)) == text:
                said = f"“{text}”尚未登记，导入时将在本单位下新建。如已登记，请改成登记的名称。"
                found.append(warning(key, said, value=text, proposal=self._growing.like(self._links[key], text)))
        return found

    def _labels(self, keys: Iterable[str]) -> str:
        return "、".join(self._ledger.by_key[key].label for key in keys)

    def _questions(self, match: Match, draft: Draft, rid: int) -> list[Finding]:
        """What to ask before a record is changed."""
        title, unit = self._ledger.title_field, self._ledger.unit
        before = self._before[rid]
        if not match.certain and draft.values:
            said = f"按{self._labels(match.by)}认出已登记的一条，将更新它，请核对是否同一{unit}。"
            return [warning(match.by[0], said)]
        if match.certain and title in draft.values:
            known = f"{self._labels(match.by)}与已登记的“{before[title]}”相同"
            more = [key for key in self._matcher.others if key != title and key in draft.values and before.get(key)]
            said = f"{known}，{self._labels([title, *more])}却不同，请核对是否同一{unit}。"
            return [error(match.by[0], said) if more else warning(match.by[0], said)]
        return []

    def _doubts(self, match: Match) -> list[Finding]:
        """Why a row that resembles a record is not taken without being asked about."""
        labels = self._labels(match.by)
        if match.other:
            said = f"{labels}与已登记的一条相同，{self._labels(self._matcher.surest)}却不同，请核对。"
            return [error(self._matcher.surest[0], said)]
        if match.namesakes and match.rids:
            return [warning(match.by[0], f"已登记的有{labels}相同的，将另行新增，请核对是否同一{self._ledger.unit}。")]
        if len(match.rids) > 1:
            return [error(match.by[0], f"已登记的有 {len(match.rids)} 条{labels}相同，请核对是哪一条。")]
        return []


def _choices(match: Match) -> tuple[Decision, ...]:
    """What the user may decide instead."""
    add = () if match.certain else (Decision.ADD,)
    update = (Decision.UPDATE,) if len(match.rids) == 1 else ()
    return (*add, *update, Decision.SKIP)


def _keeps(held: Value, value: Value) -> bool:
    """Whether the record loses nothing by keeping what it holds: the same, or the more exact day."""
    if held == value:
        return True
    return isinstance(held, str) and isinstance(value, str) and len(value) < len(held) and agree((held,), (value,))
