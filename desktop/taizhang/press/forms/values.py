"""Records of the store, ready for a form: all that it asks for is read at once, whatever their number."""

from collections.abc import Sequence
from datetime import datetime

from taizhang.core.context import Values
from taizhang.core.derived import Compared, Computed
from taizhang.core.errors import Refused
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Profile
from taizhang.press.forms.filling import FormRemark
from taizhang.press.forms.model import EMPTY, OWN, Form, Ref
from taizhang.press.forms.needs import Path, paths
from taizhang.press.forms.record import Record, Sitting
from taizhang.press.forms.sources import read, read_draft
from taizhang.store.rows import Derivation, Row
from taizhang.store.store import Store


def filled(store: Store, form: Form, rids: Sequence[int], *, profile: Profile, at: datetime, who: str) -> list[Record]:
    """These records in this order, ready for the form; those that are not of its ledger are left out."""
    source = read(store, ledger_of(store, form), rids, _of_records(form))
    there = [source.rows[rid] for rid in rids if rid in source.rows]
    sitting = _sitting(store, form, profile, at, who)
    return [Record(sitting, source, row) for row in there]


def filled_values(
    store: Store, form: Form, ledger: Ledger, values: Values, *, profile: Profile, at: datetime, who: str
) -> Record:
    """A draft that is not stored; without any values, the form as it is filled in by hand."""
    derived: dict[str, Derivation] = {}
    for column in ledger.derived if values else ():
        if isinstance(column, Computed):
            derived[column.key] = column.compute(values, store.today)
        elif isinstance(column, Compared):
            derived[column.key] = column.compare(values, store.context())
    row = Row(0, "", ledger.key, values, derived, 0, 0, None)
    source = read_draft(store, ledger, row, _of_records(form))
    return Record(_sitting(store, form, profile, at, who), source, row)


def unfit(store: Store, form: Form, rids: Sequence[int]) -> list[FormRemark]:
    """The records that the form is not for, each with the reason."""
    return list(_unfit(store, form, rids).values())


def fitting(store: Store, form: Form, rids: Sequence[int]) -> list[int]:
    """Those of these records that the form is for."""
    others = _unfit(store, form, rids)
    return [rid for rid in rids if rid not in others]


def _unfit(store: Store, form: Form, rids: Sequence[int]) -> dict[int, FormRemark]:
    wanted = [(tuple(name.split(".")), texts) for name, texts in form.fits]
    source = read(store, ledger_of(store, form), rids, [path for path, _texts in wanted])
    sitting = _sitting(store, form, Profile.FULL, datetime.combine(store.today, datetime.min.time()), "")
    remarks: dict[int, FormRemark] = {}
    for rid in (rid for rid in rids if rid in source.rows):
        record = Record(sitting, source, source.rows[rid])
        for path, texts in wanted:
            shown = record.text(Ref(path))
            if (shown or EMPTY) not in texts:
                said = _misfit(form, ".".join(path), texts, shown)
                remarks[rid] = FormRemark(0, record.name, said, stops=True)
                break
    return remarks


def _misfit(form: Form, name: str, texts: Sequence[str], shown: str) -> str:
    wanted = "或".join("没有填写" if text == EMPTY else f"“{text}”" for text in texts)
    held = f"是“{shown}”" if shown else "没有填写"
    return f"“{form.title}”只用于{name}为{wanted}的记录，这一条{held}，没有打印；请改选记录或换一种表格。"


def ledger_of(store: Store, form: Form) -> Ledger:
    """The ledger whose records fill a form; `Refused` when this office has none such."""
    for ledger in store.ledgers.values():
        if ledger.title == form.ledger:
            return ledger
    raise Refused(f"“{form.title}”写的台账“{form.ledger}”不存在，没有打印；请在表格文件里改正。")


def _of_records(form: Form) -> set[Path]:
    return {path for path in paths(form) if path[0] != OWN}


def _sitting(store: Store, form: Form, profile: Profile, at: datetime, who: str) -> Sitting:
    office = next(ledger for ledger in store.ledgers.values() if ledger.office)
    own = read(store, office, [store.root], [path[1:] for path in paths(form) if path[0] == OWN])
    return Sitting(store, own, at, who, profile)
