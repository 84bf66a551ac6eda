"""Which acts are offered where: at a ledger's page, at a record, at a record that another ledger's acts begin with."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from taizhang.core.act import Act
from taizhang.core.context import Values
from taizhang.core.kinds_linked import Link, Links
from taizhang.core.ledger import Ledger
from taizhang.desk.asked import ActAsked
from taizhang.desk.icons import icon


def starting(ledger: Ledger) -> list[Act]:
    """The acts that begin a new record, the main one first."""
    return _main_first(act for act in ledger.acts if act.starts)


def offers(ledgers: Mapping[str, Ledger], ledger: Ledger, rid: int, values: Values) -> tuple[ActAsked, ...]:
    """What can be done with a record now, and then what can begin with it, in its own and in other ledgers."""
    own = [ActAsked(ledger, act, rid) for act in ledger.acts if not act.starts and act.when(values)]
    begin = [
        ActAsked(other, act, None, {act.link: preset})
        for other in ledgers.values()
        for act in starting(other)
        if (preset := _preset(other, act, ledger, rid)) is not None and act.about(values)
    ]
    return (*own, *begin)


def fill_menu(menu: QMenu, asked: Sequence[ActAsked]) -> None:
    """Put acts into a menu; each action's data is what it asks for."""
    menu.setToolTipsVisible(True)
    for one in asked:
        action = menu.addAction(icon(one.act.icon), f"{one.act.label}…")
        action.setToolTip(one.act.help)
        action.setData(one)


def start_menu(ledger: Ledger, parent: QWidget) -> QMenu:
    """The acts that a ledger's page offers beside its main one; the last entry, without data, is the plain form."""
    menu = QMenu(parent)
    fill_menu(menu, [ActAsked(ledger, act) for act in starting(ledger)])
    menu.addSeparator()
    menu.addAction(icon("note-pencil"), "直接登记一条").setToolTip("不走步骤，在表单里自己填每一项")
    return menu


def _preset(other: Ledger, act: Act, ledger: Ledger, rid: int) -> object:
    """What the link of an act holds when it begins at a record of `ledger`; None when it does not."""
    field = other.by_key.get(act.link)
    if isinstance(field, Links) and field.ledger == ledger.key:
        return [rid]
    return rid if isinstance(field, Link) and field.ledger == ledger.key else None


def _main_first(acts: Iterable[Act]) -> list[Act]:
    return sorted(acts, key=lambda act: not act.main)
