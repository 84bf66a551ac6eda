"""The text of an item in pieces: what is printed as it stands, what is filled in, what is struck out."""

import re
from collections.abc import Iterable, Iterator

from taizhang.press.forms.faults import Say, nearest, short
from taizhang.press.forms.model import BY_HAND, Blank, Options, Piece, Ref
from taizhang.press.forms.styles import BOX
from taizhang.press.forms.wording.style_kinds import STYLES

_CLOSERS = {"{": "}", "[": "]", "<": ">"}
_MIDDLES = {"{": "{姓名}", "[": "[姓名 30]", "<": "<性别:男/女>"}
_BRACKET = re.compile(r"\\.|([{}\[\]<>])", re.DOTALL)  # what a \ stands before is no bracket: group 1 is empty
_WIDTH = re.compile(r"(.*?)\s*(\d{1,4}(?:\.\d{1,2})?)\s*(?:mm|毫米)?", re.DOTALL)
# Brackets as a Chinese keyboard gives them. 【】 and ＜＞ are also printed: they count where they hold what ours would.
_WIDE = str.maketrans("｛｝", "{}")
_WIDE_BLANK = re.compile(r"(?<!\\)[【［]([^【】［］{}\[\]]*?\d(?:mm|毫米)?\s*)[】］]")
_WIDE_OPTIONS = re.compile(r"(?<!\\)＜([^＜＞<>{}\[\]]*[:：][^＜＞<>{}\[\]]*)＞")
_HALF = str.maketrans("０１２３４５６７８９：．＊／＝", "0123456789:.*/=")
_SLASH, _BAR = re.compile(r"\\.|(/)", re.DOTALL), re.compile(r"\\.|([|｜])", re.DOTALL)
_LARGEST_BLANK = 5000  # mm


def read_pieces(text: str, say: Say) -> tuple[Piece, ...]:
    """The pieces of a text, spaces at its ends left out; what is wrong with a piece is said, and the piece left out."""
    return joined(_pieces(_half_brackets(text.strip()), say))


def joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The same pieces, texts that stand beside each other made one."""
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        elif piece:
            found.append(piece)
    return tuple(found)


def cells_of(text: str) -> list[str]:
    """The parts of a row, which | keeps apart."""
    return _split(_BAR, text)


def head_and_text(line: str) -> tuple[str, str | None]:
    """What stands before the first |, and the text behind it; None without one."""
    bar = next(_found(_BAR, line), None)
    return (line[: bar.start()], line[bar.end() :]) if bar else (line, None)


def read_ref(inner: str, say: Say) -> Ref | None:
    """字段, *字段, 字段:样式, as they stand in brackets."""
    name, _colon, style = inner.translate(_HALF).strip().partition(":")
    required, name, style = name.startswith("*"), name.lstrip("*"), style.strip()
    path = tuple(part.strip() for part in name.split("."))
    if not all(path):
        say("括号里没有写要填的栏目，请写成 {姓名} 或 {名册中的党员.籍贯}；只要印出括号，请在前面加 \\。")
        return None
    if style and style not in STYLES and not (style.startswith(BOX) and style != BOX):
        known = f"可以用：{'、'.join(STYLES)}"
        say(f"没有“{short(style)}”这种样式，{nearest(style, STYLES)}{known}。")
        style = ""
    return Ref(path, style, required)


def _half_brackets(text: str) -> str:
    text = _WIDE_BLANK.sub(r"[\1]", text.translate(_WIDE))
    return _WIDE_OPTIONS.sub(r"<\1>", text)


def _pieces(text: str, say: Say) -> Iterator[Piece]:
    at = 0
    for found in _found(_BRACKET, text):
        if found.start() < at:
            continue
        yield _unescaped(text[at : found.start()])
        at = found.end()
        sign = found[0]
        if sign == ">":
            yield sign
        elif sign not in _CLOSERS:
            say(f"“{sign}”前面没有与它成对的括号；要印出这个符号，请写成 \\{sign}。")
        else:
            end, piece = _bracketed(text, found.start(), say)
            at = end
            if piece is not None:
                yield piece
    yield _unescaped(text[at:])


def _bracketed(text: str, start: int, say: Say) -> tuple[int, Piece | None]:
    """Where the bracket at `start` ends, and what it holds."""
    sign = text[start]
    closer = _CLOSERS[sign]
    end = next(_found(_BRACKET, text, start + 1), None)
    if end is None or end[0] != closer:
        whole = short(text[start : end.end() if end else None])
        say(f"“{whole}”少了“{closer}”，应写成 {_MIDDLES[sign]} 这样；要印出这个符号，请写成 \\{sign}。")
        # A wrong closing bracket was meant for this one; an opening one is looked at by itself.
        return (end.end() if end and end[0] in _CLOSERS.values() else start + 1), None
    inner = text[start + 1 : end.start()]
    read = {"{": read_ref, "[": _blank, "<": _options}[sign]
    return end.end(), read(inner, say)


def _blank(inner: str, say: Say) -> Blank | None:
    """字段 宽; the width alone is room to write by hand."""
    found = _WIDTH.fullmatch(inner.translate(_HALF).strip())
    if found is None:
        say(f"“[{short(inner)}]”没有写宽度，请写成 [{short(inner.strip()) or '姓名'} 30]，数字是毫米。")
        return None
    width = float(found[2])
    if not 0 < width <= _LARGEST_BLANK:
        say(f"空的宽度 {found[2]} 毫米不行，应大于 0，不超过纸宽。")
        return None
    if not found[1].strip():
        return Blank(BY_HAND, width)
    ref = read_ref(found[1], say)
    return Blank(ref, width) if ref else None


def _options(inner: str, say: Say) -> Options | None:
    """字段:甲/乙 or 字段:甲=值/乙=值."""
    name, colon, words = inner.translate(_HALF).partition(":")
    parts = [_unescaped(part).strip() for part in _split(_SLASH, words)] if colon else []
    pairs = tuple((said.strip(), (value if sign else said).strip()) for said, sign, value in _sides(parts))
    if len(pairs) < 2 or not all(said and value for said, value in pairs):
        say(f"“<{short(inner)}>”没有写齐可选的词，应写成 <性别:男/女>；要印出这个符号，请写成 \\<。")
        return None
    if len({value for _said, value in pairs}) < len(pairs):
        say(f"“<{short(inner)}>”里同一个词写了两次，请删去一个。")
        return None
    ref = read_ref(name, say)
    return Options(ref, pairs) if ref else None


def _sides(parts: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for part in parts:
        yield part.partition("=")


def _found(sign: re.Pattern[str], text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Where such a sign stands without a backslash before it."""
    return (found for found in sign.finditer(text, start) if found[1])


def _split(sign: re.Pattern[str], text: str) -> list[str]:
    ends = [0, *(at for found in _found(sign, text) for at in found.span()), len(text)]
    return [text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)]


def _unescaped(text: str) -> str:
    r"""The text with \{ as { and \n as a new line; a \ before any other letter is printed as it is."""
    return re.sub(r"\\(n|\W|_)", lambda found: "\n" if found[1] == "n" else found[1], text)
