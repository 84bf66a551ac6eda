"""The sheet with the recovery code of a locked office: one A4 page to print, seal and put into the safe."""

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO

from taizhang.press.document import open_canvas
from taizhang.press.fonts import Typefaces
from taizhang.press.ink import Ink
from taizhang.press.page import MM, Paper
from taizhang.press.roles import Role
from taizhang.press.text import LEADING, clean, fit, wrap

_PAPER = Paper(210, 297, top=20, right=22, bottom=18, left=22)  # mm; it is sealed, not bound
_TITLE, _LARGE, _HEADING, _TEXT, _SMALL = 26, 29, 13, 12, 10.5  # points
_ACROSS = 4  # groups in a line
_BOX, _CELL = 41 * MM, 9.5 * MM  # heights
_STROKE, _FRAME = 0.5, 1.5
_MIDDLE = 0.36  # from the base line to the middle of a character, in parts of the size
_WHAT = (
    "这一页上的恢复码能打开本单位的台账，权限与管理员相同。只在忘记密码，或管理员来不了的时候使用。"
    "密码和恢复码都没有了，台账谁也打不开，软件的作者也不能。"
)
_STEPS = (
    "打开“台账”，在输入密码的页面上点“忘记密码…”。",
    "从左到右、从上到下输入上面的 8 组数字，每组 6 个，中间的短横可以不输。哪一组抄错了，程序会说出来。",
    "给一位管理员设一个新密码。打开以后，程序给出新的恢复码，请打印新的一页封存。",
    "把这一页销毁：用过就作废，但仍能打开以前拷走的旧文件。平时也可以在“设置 › 密码与使用者”里更换恢复码。",
)
_CARE = (
    "装进信封，封口处签名、盖章，放进保险柜或带锁的文件柜；不与存台账的 U 盘、电脑放在一起。",
    "由书记（或书记指定的一名班子成员）保管，保管人换了要当面交接，并写进启封记录。",
)
_NEVER = "不要拍照，不要用聊天软件传，不要抄在别处，不要存进电脑。"
_SIGN = ("封存人", "封存日期", "存放处")
_OPENED = ("启封日期", "启封人", "事由", "重新封存（签名、日期）")
_WIDTHS = (0.17, 0.17, 0.33, 0.33)
_ROWS = 4


def recovery_sheet_pdf(office: str, code: str, at: datetime, faces: Typefaces) -> bytes:
    """The page as PDF: `code` as `core.recovery_code.written` gives it, `at` when it was made."""
    out = BytesIO()
    canvas = open_canvas(out, _PAPER, title="恢复码", author=office, at=at)
    _Page(faces, Ink(canvas, faces)).draw(clean(office), code.split("-"), at)
    canvas.save()
    return out.getvalue()


class _Page:
    """Draws from above; `_y` is where the next part begins."""

    def __init__(self, faces: Typefaces, ink: Ink) -> None:
        self._faces, self._ink = faces, ink
        frame = _PAPER.frame(1)
        self._left, self._right, self._bottom = frame.left, frame.right, frame.bottom
        self._y = frame.top

    def draw(self, office: str, groups: Sequence[str], at: datetime) -> None:
        """The whole page."""
        self._centred("恢 复 码", Role.TITLE, _TITLE)
        self._y -= 2 * MM
        self._office(office, at)
        self._code(groups)
        self._part("这是做什么用的", [_WHAT])
        self._part("怎样使用", [f"{number}. {step}" for number, step in enumerate(_STEPS, 1)])
        self._part("谁来保管、怎样保管", _CARE)
        self._centred(_NEVER, Role.HEADING, _HEADING, above=4 * MM)
        self._signed()
        self._opened()
        self._ink.end_page()

    def _office(self, office: str, at: datetime) -> None:
        """For which office, and when it was made."""
        named = fit(office, self._em(Role.HEADING), width=self._width, size=16, floor=9, height=50, calm=2, even=True)
        for line in named.lines:
            self._centred(line, Role.HEADING, named.size)
        self._y -= 1 * MM
        self._centred(f"{at.year}年{at.month}月{at.day}日 {at:%H:%M} 生成，打印后密封保存", Role.BODY, _SMALL)
        self._y -= 3 * MM

    def _code(self, groups: Sequence[str]) -> None:
        """The groups in a frame, each with its number above it: so they are read out and found again."""
        top, bottom = self._y, self._y - _BOX
        step = self._width / _ACROSS
        for number, group in enumerate(groups):
            line, place = divmod(number, _ACROSS)
            middle = self._left + (place + 0.5) * step
            base = top - (0.3 + 0.47 * line) * _BOX - _MIDDLE * _LARGE
            self._middle(f"第 {number + 1} 组", middle, base + 0.95 * _LARGE, Role.BODY, _SMALL)
            self._middle(group, middle, base, Role.HEADING, _LARGE)
        self._ink.box(self._left, bottom, self._right, top)
        self._ink.stroke(_FRAME)
        self._y = bottom - 2 * MM

    def _part(self, heading: str, paragraphs: Sequence[str]) -> None:
        self._y -= 3.5 * MM
        self._lines([heading], Role.HEADING, _HEADING)
        self._y -= 1.5 * MM
        for text in paragraphs:
            hang = self._faces.em(Role.BODY, "1. ") if text[0].isdigit() else 0
            first, *rest = wrap(text, self._width / _TEXT - hang, self._em(Role.BODY))
            self._lines([first], Role.BODY, _TEXT)
            self._lines(rest, Role.BODY, _TEXT, left=self._left + hang * _TEXT)
            self._y -= 1 * MM

    def _signed(self) -> None:
        """Words to sign beside, over the width."""
        self._y -= 9 * MM
        gap = 4 * MM
        each = (self._width + gap) / len(_SIGN)
        for number, word in enumerate(_SIGN):
            x = self._left + number * each
            self._ink.text(x, self._y, f"{word}：", Role.BODY, _TEXT)
            self._ink.line(x + (len(word) + 1) * _TEXT, self._y - 2, x + each - gap, self._y - 2)
        self._ink.stroke(_STROKE)
        self._y -= 5 * MM

    def _opened(self) -> None:
        """Who opened the envelope when and why: a table to be filled in by hand."""
        edges = [self._left]
        for part in _WIDTHS:
            edges.append(edges[-1] + part * self._width)
        levels = [self._y - row * _CELL for row in range(_ROWS + 2)]
        for column, heading in enumerate(_OPENED):
            base = levels[0] - _CELL / 2 - _MIDDLE * _SMALL
            self._middle(heading, (edges[column] + edges[column + 1]) / 2, base, Role.HEADING, _SMALL)
        for edge in edges[1:-1]:
            self._ink.line(edge, levels[0], edge, levels[-1])
        for level in levels[1:-1]:
            self._ink.line(edges[0], level, edges[-1], level)
        self._ink.box(edges[0], levels[-1], edges[-1], levels[0])
        self._ink.stroke(_STROKE)
        self._y = levels[-1]

    def _centred(self, text: str, role: Role, size: float, above: float = 0) -> None:
        self._y -= above
        self._lines([text], role, size, left=(self._left + self._right - self._faces.em(role, text) * size) / 2)

    def _lines(self, lines: Sequence[str], role: Role, size: float, left: float | None = None) -> None:
        for line in lines:
            middle = self._y - size * LEADING / 2
            self._ink.text(self._left if left is None else left, middle - _MIDDLE * size, line, role, size)
            self._y -= size * LEADING

    def _middle(self, text: str, x: float, base: float, role: Role, size: float) -> None:
        self._ink.text(x - self._faces.em(role, text) * size / 2, base, text, role, size)

    def _em(self, role: Role) -> Callable[[str], float]:
        return lambda text: self._faces.em(role, text)

    @property
    def _width(self) -> float:
        return self._right - self._left
