"""Which values a form asks for, so that all of them can be read at once."""

from collections.abc import Iterable, Iterator

from taizhang.press.forms.model import Blank, Form, Grid, Line, Options, Paragraph, Picture, Piece, Ref, Roll

Path = tuple[str, ...]


def paths(form: Form) -> frozenset[Path]:
    """The names of all values in a form; those in a list that a field gives stand behind the name of that field."""
    return frozenset((*_named(form), *(tuple(name.split(".")) for name, _texts in form.fits)))


def _named(form: Form) -> Iterator[Path]:
    for item in form.items():
        if isinstance(item, Line | Paragraph):
            yield from _in(item.pieces)
        elif isinstance(item, Picture):
            yield item.ref.path
        elif isinstance(item, Grid):
            for cell in item.cells:
                yield from _in(cell.pieces)
                yield from [cell.picture.path] if cell.picture else []
        elif isinstance(item, Roll):
            yield from _listed(item)


def _listed(roll: Roll) -> Iterator[Path]:
    head = roll.source.path if roll.source else ()
    yield from [head] if head else []
    for column in roll.columns:
        for path in _in(column.pieces):
            yield path  # what those listed do not have is asked of the record that lists them
            yield head + path


def _in(pieces: Iterable[Piece]) -> Iterator[Path]:
    for piece in pieces:
        if isinstance(piece, Ref):
            yield piece.path
        elif isinstance(piece, Blank | Options):
            yield piece.ref.path
