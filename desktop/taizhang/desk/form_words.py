"""The menu of what a form may name: the fields of its ledger, what lies behind their links, the office, the day."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from taizhang.core.derived import Derived
from taizhang.core.field import Field
from taizhang.core.kinds_linked import Link, Links
from taizhang.core.ledger import Ledger
from taizhang.press.forms.model import OWN
from taizhang.press.forms.names import EVERYWHERE

_MOST = 18  # entries in one menu; more would leave a small screen


def field_menu(
    ledger: Ledger, ledgers: Mapping[str, Ledger], put_in: Callable[[str], object], parent: QWidget
) -> QMenu:
    """A menu that hands `put_in` the text by which a form names what was chosen: {姓名}, {名册中的党员.籍贯}."""
    menu = QMenu(parent)
    for title, columns in _sections(ledger):
        part = menu.addMenu(title)
        for column in columns:
            _offer(part, column.label, column.label, put_in)
    links = [field for field in ledger.fields if isinstance(field, Link | Links) and field.ledger in ledgers]
    if links:
        menu.addSeparator()
    for link in links:
        part = menu.addMenu(f"{link.label}的")
        for title, columns in _sections(ledgers[link.ledger]):
            inner = part.addMenu(title)
            for column in columns:
                _offer(inner, column.label, f"{link.label}.{column.label}", put_in)
    menu.addSeparator()
    own = menu.addMenu(f"{OWN}的")
    for title, columns in _sections(next(one for one in ledgers.values() if one.office)):
        inner = own.addMenu(title)
        for column in columns:
            _offer(inner, column.label, f"{OWN}.{column.label}", put_in)
    plain = menu.addMenu("日期、页码、打印人")
    for word in EVERYWHERE:
        _offer(plain, word, word, put_in)
    return menu


def _offer(menu: QMenu, text: str, name: str, put_in: Callable[[str], object]) -> None:
    menu.addAction(text, partial(put_in, f"{{{name}}}"))


def _sections(ledger: Ledger) -> Iterable[tuple[str, list[Field | Derived]]]:
    """The columns as the form of the ledger groups them; a large group in parts."""
    groups: list[tuple[str, list[Field | Derived]]] = []
    for field in ledger.fields:
        if field.section or not groups:
            groups.append((field.section or ledger.title, []))
        groups[-1][1].append(field)
    if ledger.derived:
        groups.append(("算出来的", list(ledger.derived)))
    for title, columns in groups:
        for first in range(0, len(columns), _MOST):
            yield (title if first == 0 else f"{title}（续）"), columns[first : first + _MOST]
