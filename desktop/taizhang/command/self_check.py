"""`--self-check`: whether everything that the program needs came with it."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from taizhang import __version__, places
from taizhang.command.ciphers import ciphers
from taizhang.command.teller import Teller
from taizhang.core.errors import Refused
from taizhang.core.hanzi import pinyin_key, stroke_key
from taizhang.press.font_files import find_fonts, plain
from taizhang.press.forms.shelf import Shelf
from taizhang.press.roles import SHIPPED
from taizhang.registry import Contradiction, installed

_FOLDERS = {"help": "*.md", "style": "*.qss", "sample": "office.json"}


@dataclass
class _Found:
    """What is there by kind, and what is not, in words."""

    parts: dict[str, list[str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def self_check(_args: Namespace, teller: Teller) -> None:
    """Ledgers, charts, forms, fonts and ciphers found; refused when anything is missing."""
    found = _Found()
    for name, look in _PARTS.items():
        found.parts[name] = list(look(found.missing))
    teller.answer(
        lambda: {"version": __version__, **found.parts, "missing": found.missing},
        lambda: [f"台账 {__version__}", *(f"{name}: {'、'.join(there) or '-'}" for name, there in found.parts.items())],
    )
    if found.missing:
        raise Refused(f"程序不完整，缺少：{'；'.join(found.missing)}。请重新安装本程序，数据不受影响。")


def _ledgers(missing: list[str]) -> Iterator[str]:
    try:
        yield from installed().ledgers
    except (Contradiction, ImportError, OSError) as wrong:
        missing.append(f"台账（{wrong}）")


def _forms(missing: list[str]) -> Iterator[str]:
    """The forms that are shipped; each must be whole, and name what the ledgers have."""
    try:
        entries = Shelf({}, installed().ledgers).entries()
    except (Contradiction, ImportError, OSError, Refused) as wrong:
        missing.append(f"表格（{wrong}）")
        return
    if not entries:
        missing.append("表格")
    for entry in entries:
        yield entry.key
        missing += [f"表格（{str(fault).rstrip('。')}）" for fault in entry.faults[:1]]


def _fonts(missing: list[str]) -> Iterator[str]:
    there = find_fonts([places.resources() / "fonts"], SHIPPED)
    for name, label in SHIPPED.items():
        if plain(name) in there:
            yield name
        else:
            missing.append(f"字体“{label}”")


def _data(missing: list[str]) -> Iterator[str]:
    for name, pattern in _FOLDERS.items():
        if any((places.resources() / name).glob(pattern)):
            yield name
        else:
            missing.append(f"数据“{name}”")
    try:
        pinyin_key("张"), stroke_key("张")
        yield "hanzi"
    except (OSError, ImportError, ValueError):
        missing.append("数据“hanzi”")


def _none_yet(_missing: list[str]) -> Iterator[str]:
    yield from ()


_PARTS: dict[str, Callable[[list[str]], Iterator[str]]] = {
    "ledgers": _ledgers,
    "charts": _none_yet,
    "forms": _forms,
    "fonts": _fonts,
    "ciphers": ciphers,
    "data": _data,
}
