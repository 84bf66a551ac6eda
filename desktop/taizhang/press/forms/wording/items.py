"""Items of one line: rules, boxes, lines of text, paragraphs, pictures."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from taizhang.press.forms.faults import Faults, Say
from taizhang.press.forms.model import (
    BY_HAND,
    Blank,
    Box,
    Item,
    Line,
    Options,
    Paragraph,
    Picture,
    Piece,
    Place,
    Ref,
    Rule,
)
from taizhang.press.forms.wording.pieces import head_and_text, joined, read_pieces
from taizhang.press.forms.wording.style_kinds import PICTURE
from taizhang.press.forms.wording.words import Words

USAGE = {
    "线": "线 左 上 到左 到上 [虚线] [粗细 1.5]",
    "框": "框 左 上 宽x高 [虚线] [粗细 1.5]",
    "行": "行 左 上 字体 字号 [居中或右] | 文字",
    "竖": "竖 左 上 字体 字号 | 文字",
    "段": "段 左 上 宽x高 字体 字号 [居中或右] [首行 2] | 文字",
    "图": "图 左 上 宽x高 | {照片} 没有时的文字",
}
_WEIGHT = 0.5  # points
_MOST_FILLED = 1_000  # places in one paragraph

# A line of the file: its number, and what stands on it.
Source = tuple[int, str]
_Text = Callable[[], tuple[Piece, ...]]


def read_item(word: str, lines: Sequence[Source], faults: Faults) -> Item | None:
    """The item of the word `word`: the line behind that word, and the lines that go on with its text."""
    number, line = lines[0]
    head, text = head_and_text(line)
    say = faults.at(number)
    words = Words(head, say, USAGE[word], ends=text is not None or word in {"线", "框"})
    if word in {"线", "框"}:
        if text is not None:
            words.say(f"“{word}”只画线，后面不写文字；文字请另写一行。")
        return _rule(number, words) if word == "线" else _box(number, words)
    if text is None:
        words.say("少了竖线 |，要印的内容写在竖线后面。")
        text = "{照片}" if word == "图" else "…"  # whatever is right, now that it is said
    elif not text.strip() and len(lines) == 1:
        words.say("竖线后面没有内容。")
    texts = [(number, text), *lines[1:]]
    if len(texts) > 1 and word != "段":
        faults.at(texts[1][0])(f"只有“段”的文字可以接着写一行；“{word}”请写在一行里，或另写一个“{word}”。")

    def pieces() -> tuple[Piece, ...]:  # read after the words before them, as faults are told from left to right
        return joined(chain.from_iterable(_continued(texts, faults)))

    if word == "图":
        return _picture(number, words, pieces)
    return _paragraph(number, words, pieces) if word == "段" else _line(number, words, pieces, vertical=word == "竖")


def photo_in(pieces: Sequence[Piece]) -> Ref | None:
    """The photo, where a cell holds nothing else: a field called 照片, or one in the style 图."""
    if len(pieces) == 1 and isinstance(pieces[0], Ref):
        ref = pieces[0]
        if ref.style == PICTURE or (ref.path[-1] == "照片" and not ref.style):
            return Ref(ref.path, "", ref.required)
    return None


def without_pictures(pieces: Iterable[Piece], say: Say) -> tuple[Piece, ...]:
    """The pieces of a text; a photo has no place between words."""
    kept = []
    for piece in pieces:
        ref = piece if isinstance(piece, Ref) else piece.ref if isinstance(piece, Blank | Options) else None
        if ref and ref.style == PICTURE:
            say(f"照片“{ref.name}”不能夹在文字里；请用“图”，或在表格里单独占一格。")
        else:
            kept.append(piece)
    return tuple(kept)


def _continued(texts: Sequence[Source], faults: Faults) -> Iterable[Sequence[Piece]]:
    for at, (number, text) in enumerate(texts):
        if at:
            yield ("\n",)
        yield read_pieces(text, faults.at(number))


def _stroke(words: Words) -> tuple[float, bool]:
    """How thick a stroke is, and whether it is dashed."""
    weight = words.after("粗细", "线的磅数", least=0.1, most=20)
    return weight or _WEIGHT, words.flag("虚线")


def _rule(number: int, words: Words) -> Rule:
    weight, dashed = _stroke(words)
    start = words.number("起点离左边的距离"), words.number("起点离上边的距离")
    end = words.number("终点离左边的距离"), words.number("终点离上边的距离")
    words.end()
    if start == end:
        words.say("起点和终点是同一处，画不出线。")
    return Rule(number, start, end, weight, dashed)


def _box(number: int, words: Words) -> Box:
    weight, dashed = _stroke(words)
    place = _corner(words)
    size = words.size()
    words.end()
    return Box(number, Place(*place, *size), weight, dashed)


def _line(number: int, words: Words, text: _Text, *, vertical: bool) -> Line:
    place = Place(*_corner(words))
    type_ = words.type()
    words.end()
    pieces = without_pictures(text(), words.say)
    if any(isinstance(piece, str) and "\n" in piece for piece in pieces):
        words.say("一行文字里不能换行（\\n）；请用“段”，或另写一行。")
    if vertical and any(isinstance(piece, Blank | Options) for piece in pieces):
        words.say("竖排的文字里只能有文字和 {栏目}，不能有 [空] 和 <选项>。")
    return Line(number, place, type_, pieces, vertical)


def _paragraph(number: int, words: Words, text: _Text) -> Paragraph:
    indent = words.after("首行", "空几个字", most=20) or 0.0
    place = _corner(words)
    size = words.size()
    type_ = words.type()
    words.end()
    pieces = without_pictures(text(), words.say)
    if (count := sum(not isinstance(piece, str) for piece in pieces)) > _MOST_FILLED:
        words.say(f"这一段里要填的地方太多（{count} 处），最多 {_MOST_FILLED} 处；请分成几段。")
    return Paragraph(number, Place(*place, *size), type_, pieces, indent)


def _picture(number: int, words: Words, text: _Text) -> Picture:
    place = _corner(words)
    size = words.size()
    words.end()
    pieces = text()
    ref, said = (pieces[0] if pieces else None), pieces[1:]
    if not isinstance(ref, Ref) or any(not isinstance(piece, str) for piece in said):
        words.say("竖线后面应先写照片的栏目，再写没有照片时印的文字。")
        ref, said = BY_HAND, ()
    ref = Ref(ref.path, "" if ref.style == PICTURE else ref.style, ref.required)
    return Picture(number, Place(*place, *size), ref, "".join(map(str, said)).strip())


def _corner(words: Words) -> tuple[float, float]:
    return words.number("离左边的距离"), words.number("离上边的距离")
