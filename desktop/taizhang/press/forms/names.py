"""Looks up what a form names: its ledger, the fields, where links lead, what a style or a word is said of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from taizhang.core.derived import Derived
from taizhang.core.field import Field
from taizhang.core.kinds import Flag
from taizhang.core.kinds_linked import Attachment, Choice, Link, Links
from taizhang.core.ledger import Ledger
from taizhang.core.text import heading_key
from taizhang.press.forms.faults import Fault, nearest, short
from taizhang.press.forms.model import (
    BY_HAND,
    EMPTY,
    OWN,
    Blank,
    Form,
    Grid,
    Line,
    Options,
    Paragraph,
    Picture,
    Piece,
    Ref,
    Roll,
)
from taizhang.press.forms.styles import BOX
from taizhang.press.forms.wording.style_kinds import PICTURE, STYLES

# Values that belong to no record, with the kind by which styles apply to them.
EVERYWHERE = {"今天": "day", "打印时间": "", "打印人": "", "序号": "whole", "总数": "whole", "页码": "", "页数": ""}

Column = Field | Derived


class _Use(NamedTuple):
    """A name in the form: where, as what (a photo, a list, words of which one holds), and in whose list."""

    line: int
    ref: Ref
    kind: type
    words: tuple[str, ...] = ()
    within: Ref | None = None


def check_names(form: Form, ledgers: Mapping[str, Ledger]) -> list[Fault]:
    """What the form names and these ledgers do not have, each with the nearest that they do."""
    titles = {ledger.title: ledger for ledger in ledgers.values()}
    ledger = titles.get(form.ledger)
    if ledger is None:
        if not form.ledger:
            return []  # that it is missing is said already
        near = nearest(form.ledger, titles, f"现有台账：{'、'.join(titles)}。")
        return [Fault(form.file, form.lines.get("台账", 1), f"没有“{form.ledger}”这个台账，{near}")]
    names = _Names(ledger, ledgers)
    return [Fault(form.file, use.line, said) for use in _uses(form) for said in names.wrong(use)]


class _Names:
    """What can be named in a form of one ledger."""

    def __init__(self, ledger: Ledger, ledgers: Mapping[str, Ledger]) -> None:
        self._ledger, self._ledgers = ledger, ledgers
        self._slips: dict[tuple[str, str], str] = {}
        self._office = next((one for one in ledgers.values() if one.office), ledger)

    def wrong(self, use: _Use) -> Iterator[str]:
        """What is wrong with a name where it stands."""
        path = use.ref.path
        if use.ref == BY_HAND:
            return
        if len(path) == 1 and path[0] in EVERYWHERE:
            yield from _misused(use, EVERYWHERE[path[0]])
            return
        column = self._column(use)
        if isinstance(column, str):
            yield column
        else:
            yield from _misused(use, column.kind if isinstance(column, Field) else "derived", column)

    def _column(self, use: _Use) -> Column | str:
        """The column that a name means, or what is wrong with the name."""
        path = use.ref.path
        if path[0] == OWN:
            return self._along(self._office, path[1:] or (self._office.by_key[self._office.title_field].label,))
        listed = self._listed(use.within) if use.within else None
        if listed and path[0] in listed.by_label:
            return self._along(listed, path)
        found = self._along(self._ledger, path)
        return self._along(listed, path) if listed and path[0] not in self._ledger.by_label else found

    def _listed(self, source: Ref) -> Ledger | None:
        column = self._along(self._ledger, source.path)
        return self._ledgers.get(column.ledger) if isinstance(column, Link | Links) else None

    def _along(self, ledger: Ledger, path: Sequence[str]) -> Column | str:
        head, *rest = path
        column = ledger.by_label.get(head)
        if column is None:
            return self._no_such(ledger, head)
        if not rest:
            return column
        target = self._ledgers.get(column.ledger) if isinstance(column, Link | Links) else None
        if target is None:
            return f"“{head}”不连到别的台账，后面不能再写“.{'.'.join(rest)}”；请只写 {head}。"
        return self._along(target, rest)

    def _no_such(self, ledger: Ledger, head: str) -> str:
        """What is said of a name that a ledger has not; the same slip often stands in every line."""
        if (ledger.key, head) not in self._slips:
            said = f"“{ledger.title}”里没有“{short(head)}”这一栏{_proposal(head, ledger)}"
            self._slips[ledger.key, head] = said
        return self._slips[ledger.key, head]


def _proposal(head: str, ledger: Ledger) -> str:
    """The field that is meant by another name of it, or by one that looks alike."""
    key = heading_key(head)
    for field in ledger.fields:
        if key in map(heading_key, field.aliases):
            return f"，应写“{field.label}”。"
    near = nearest(head, (*ledger.by_label, *EVERYWHERE, OWN))
    return f"，{near}" if near else f"；有哪些栏目，请看{ledger.title}的新增窗口，名称要一字不差。"


def _misused(use: _Use, kind: str, column: Column | None = None) -> Iterator[str]:
    """A style, a picture, a list or words that do not go with what the field is."""
    name, style = use.ref.name, use.ref.style
    photo = isinstance(column, Attachment) and column.photo
    if use.kind is Roll:
        if not isinstance(column, Link | Links):
            yield f"“取自”后面要写连着几条记录的栏目，“{name}”不是。"
    elif use.kind is Picture and not photo:
        yield f"“{name}”不是照片，不能当图片放；要印它的文字请放在“行”“段”或表格里。"
    elif use.kind is not Picture and isinstance(column, Attachment):
        yield f"“{name}”是图片，不能夹在文字里；请用“图”，或在表格里单独占一格。"
    elif style.startswith(BOX):
        yield from _no_such_words((style.removeprefix(BOX),), column, use)
    elif style and style != PICTURE and not _goes(style, kind):
        fits = "、".join(known for known, kinds in STYLES.items() if kind in kinds)
        yield f"“{name}”不能用样式“{style}”，{f'可以用：{fits}' if fits else '请去掉冒号和样式'}。"
    yield from _no_such_words(use.words, column, use)


def _goes(style: str, kind: str) -> bool:
    """Whether a style is for that kind of value; what is computed may be a day or a number."""
    return kind in STYLES.get(style, ()) or (kind == "derived" and bool({"day", "whole"} & STYLES.get(style, set())))


def _no_such_words(words: Iterable[str], column: Column | None, use: _Use) -> Iterator[str]:
    """Words that a choice never shows."""
    if isinstance(column, Choice) and not column.open:
        labels = column.codes.labels()
    elif isinstance(column, Flag):
        labels = ["是", "否"]
    else:
        return
    for word in words:
        if word not in labels:
            yield f"“{use.ref.name}”从来不会是“{word}”，{_meant(word, column, labels, use)}"


def _meant(word: str, column: Column, labels: Sequence[str], use: _Use) -> str:
    code = column.codes.find(word) if isinstance(column, Choice) else None
    label = column.codes.label(code) if isinstance(column, Choice) and code is not None else ""
    if label and use.kind is Options:
        return f"它的写法是“{label}”；要印成“{word}”请写 {word}={label}。"
    if label:
        return f"请写“{label}”。"
    return nearest(word, labels, f"可以是：{'、'.join(labels[:12])}{'……' if len(labels) > 12 else ''}。")


def _uses(form: Form) -> Iterator[_Use]:
    for name, words in form.fits:
        line = form.lines.get(f"适用 {name}", form.lines.get("适用", 1))
        yield _Use(line, Ref(tuple(name.split("."))), str, tuple(word for word in words if word != EMPTY))
    for item in form.items():
        if isinstance(item, Line | Paragraph):
            yield from _in(item.line, item.pieces)
        elif isinstance(item, Picture):
            yield _Use(item.line, item.ref, Picture)
        elif isinstance(item, Grid):
            for cell in item.cells:
                yield from _in(cell.line, cell.pieces)
                yield from [_Use(cell.line, cell.picture, Picture)] if cell.picture else []
        elif isinstance(item, Roll):
            yield from [_Use(item.line, item.source, Roll)] if item.source else []
            for column in item.columns:
                yield from _in(column.line, column.pieces, item.source)


def _in(line: int, pieces: Iterable[Piece], within: Ref | None = None) -> Iterator[_Use]:
    for piece in pieces:
        if isinstance(piece, Ref):
            yield _Use(line, piece, Ref, within=within)
        elif isinstance(piece, Blank):
            yield _Use(line, piece.ref, Blank, within=within)
        elif isinstance(piece, Options):
            yield _Use(line, piece.ref, Options, tuple(value for _said, value in piece.words), within)
