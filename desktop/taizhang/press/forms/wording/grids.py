"""The two items of several lines, which end with 完: ruled grids (表) and lists of records (名单)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from taizhang.press.forms.faults import Faults, Say, short
from taizhang.press.forms.model import Cell, Grid, ListColumn, Place, Roll
from taizhang.press.forms.wording.items import Source, photo_in, without_pictures
from taizhang.press.forms.wording.pieces import cells_of, head_and_text, read_pieces, read_ref
from taizhang.press.forms.wording.words import Words, numbers

GRID = "表 左 上 字体 字号"
ROLL = "名单 左 上 到 下边 行高 8 字体 字号 [取自 栏目] [至少 行数]"
_COLUMN = "栏名 宽 [居中或左或右] | {栏目}"
_MOST_COLUMNS, _MOST_ROWS = 60, 300
_LEFT, _ABOVE = frozenset("<＜←"), frozenset("^＾↑")
_SIZES = re.compile(r"(列宽|列|行高)[\s：:]*(?=[\d０-９xX×])(.*)")

_NUMBER = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)(?:mm|毫米)?")

_Place = tuple[int, int]  # row and column, counted from 0


def read_grid(head: Source, body: Sequence[Source], faults: Faults) -> Grid:
    """A grid, from the line behind 表 and the lines up to 完."""
    number, line = head
    words = Words(line, faults.at(number), GRID)
    x, y = words.number("离左边的距离"), words.number("离上边的距离")
    type_ = words.type()
    words.end()
    columns, rows, lines = _sizes(number, body, faults)
    cells = tuple(_cells(len(columns), lines, faults))
    if rows and len(lines) != len(rows):
        last = lines[-1][0] if lines else number
        faults.at(last)(f"“行高”写了 {len(rows)} 行，下面却有 {len(lines)} 行内容；请让它们一样多。")
    return Grid(number, Place(x, y, sum(columns), sum(rows)), type_, columns, rows, cells)


def read_roll(head: Source, body: Sequence[Source], faults: Faults) -> Roll:
    """A list, from the line behind 名单 and the lines up to 完."""
    number, line = head
    say = faults.at(number)
    words = Words(line, say, ROLL)
    bottom = words.after("到", "最下边的毫米数")
    height = words.after("行高", "一行的毫米数", least=3, most=200)
    least = words.after("至少", "行数", most=1000)
    named = words.text_after("取自", "栏目")
    x, y = words.number("离左边的距离"), words.number("离上边的距离")
    type_ = words.type()
    words.end()
    if bottom is None or height is None:
        words.say("要写明“到”哪里为止和“行高”。")
    elif bottom - y < 2 * height:
        say(f"名单从 {y:g} 到 {bottom:g} 毫米，连表头和一行都放不下；请把“到”写大些。")
    columns = tuple(column for at, text in body if (column := _column(at, text, faults)) is not None)
    if not 0 < len(columns) <= _MOST_COLUMNS:
        say(f"名单要有 1 到 {_MOST_COLUMNS} 栏，现有 {len(columns)} 栏；在“完”之前每栏写一行：{_COLUMN}")
    place = Place(x, y, sum(column.width for column in columns), max(0.0, (bottom or y) - y))
    source = read_ref(named, say) if named else None
    return Roll(number, place, type_, columns, height or 8.0, bottom or y, source, int(least or 0))


def _sizes(
    number: int, body: Sequence[Source], faults: Faults
) -> tuple[tuple[float, ...], tuple[float, ...], list[Source]]:
    """The widths of the columns, the heights of the rows, and the lines that are rows."""
    given: dict[str, tuple[float, ...]] = {}
    lines = []
    for at, text in body:
        found = _SIZES.fullmatch(text)
        if found is None or len(cells_of(text)) > 1:
            lines.append((at, text))
            continue
        what, most = ("行高", _MOST_ROWS) if found[1] == "行高" else ("列", _MOST_COLUMNS)
        if what in given:
            faults.at(at)(f"“{what}”写了两次，请删去一次。")
        given[what] = numbers(found[2], faults.at(at), "行高" if what == "行高" else "列宽", most)
    for what, example in (("列", "列 20 30 20"), ("行高", "行高 10 x3")):
        if not given.get(what):
            faults.at(number)(f"这个表里少了“{what}”这一行，例如：{example}")
    return given.get("列", ()), given.get("行高", ()), lines


def _cells(width: int, lines: Sequence[Source], faults: Faults) -> Iterator[Cell]:
    if not width:
        return
    texts = [_row(width, text, faults.at(at)) for at, text in lines[:_MOST_ROWS]]
    for (row, column), held in _blocks(texts, lines, faults).items():
        down = max(at for at, _column in held) - row + 1
        across = max(at for _row, at in held) - column + 1
        text, say = texts[row][column], faults.at(lines[row][0])
        if across * down != len(held):
            say(f"“{short(text.strip()) or '空格'}”这一格合并成了缺角的形状；合并的格要成长方形。")
            continue
        pieces = read_pieces(text, say)
        picture = photo_in(pieces)
        pieces = () if picture else without_pictures(pieces, say)
        heading = bool(pieces) and all(isinstance(piece, str) for piece in pieces)
        yield Cell(lines[row][0], row, column, across, down, pieces, picture, heading)


def _row(width: int, text: str, say: Say) -> list[str]:
    """The texts of a row, one for each column."""
    texts = cells_of(text)
    if len(texts) > width and not texts[-1].strip():
        texts.pop()  # people close a row with a |
    if len(texts) > width and not texts[0].strip():
        texts.pop(0)  # and open it with one
    if len(texts) != width:
        say(f"这一行有 {len(texts)} 格，应有 {width} 格（“列”写了 {width} 列）；并入左边的格写 <，并入上面的格写 ^。")
    return (texts + [""] * width)[:width]


def _blocks(texts: Sequence[list[str]], lines: Sequence[Source], faults: Faults) -> dict[_Place, list[_Place]]:
    """The places that belong to each cell, by its first."""
    owners: dict[_Place, _Place] = {}
    blocks = defaultdict(list)
    for row, cells in enumerate(texts):
        for column, text in enumerate(cells):
            place = owner = (row, column)
            sign = text.strip()
            if sign in _LEFT | _ABOVE:
                where, beside = ("左边", (row, column - 1)) if sign in _LEFT else ("上面", (row - 1, column))
                owner = owners.get(beside, place)
                cells[column] = ""
                if beside not in owners:
                    say = faults.at(lines[row][0])
                    say(f"第 {column + 1} 格的“{sign}”要并入{where}的格，可是{where}没有格；请写上内容，或者空着。")
            owners[place] = owner
            blocks[owner].append(place)
    return blocks


def _column(number: int, text: str, faults: Faults) -> ListColumn | None:
    """栏名 宽 居中 | what stands in it."""
    say = faults.at(number)
    head, written = head_and_text(text)
    if written is None:
        say(f"名单的每一栏要写成：{_COLUMN}")
        return None
    words = Words(head, say, _COLUMN)
    align = words.align()
    *heading, last = words.rest() or [""]
    width = _NUMBER.fullmatch(last)
    if not heading or not width or not float(width[1]):
        words.say(
            "少了栏名。" if width and not heading else f"栏名“{short(''.join((*heading, last)))}”后面少了栏宽（毫米）。"
        )
    pieces = without_pictures(read_pieces(written, say), say)
    return ListColumn(number, "".join(heading), float(width[1]) if width else 0.0, pieces, align or "center")
