"""The words with which an item begins: where it stands, how large, in which type."""

import re

from taizhang.press.forms.faults import Say, nearest, short
from taizhang.press.forms.model import Align, Type
from taizhang.press.roles import Role

ROLES = {"标题": Role.TITLE, "表头": Role.HEADING, "正文": Role.BODY, "填写": Role.FORM}
_FACES = {
    "小标宋": Role.TITLE,
    "方正小标宋": Role.TITLE,
    "黑体": Role.HEADING,
    "仿宋": Role.BODY,
    "楷体": Role.FORM,
    "填写内容": Role.FORM,
}
_ALIGNS: dict[str, Align] = {"居中": "center", "中": "center", "右": "right", "左": "left"}
_ALIGNS |= {"靠右": "right", "居右": "right", "右对齐": "right", "靠左": "left", "居左": "left", "左对齐": "left"}
_SIZES: tuple[str, ...] = (
    "初号 42",
    "小初 36",
    "一号 26",
    "小一 24",
    "二号 22",
    "小二 18",
    "三号 16",
    "小三 15",
    "四号 14",
)
_SIZES += ("小四 12", "五号 10.5", "小五 9", "六号 7.5", "小六 6.5", "七号 5.5", "八号 5")
_FIGURES = str.maketrans("1234567", "一二三四五六七")
_POINTS = {name: float(points) for name, points in map(str.split, _SIZES)}
_SMALLEST, _LARGEST = 4.0, 200.0  # points
_NUMBER = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)(?:mm|毫米)?")
_SIZE = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)[xX×*](\d{1,4}(?:\.\d{1,3})?)(?:mm|毫米)?")
_GLUED = re.compile(r"([\u4e00-\u9fff]+)(\d.*)")
_SEPARATORS = re.compile(r"[\s,，、;；]+")
_HALF = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", ord("："): " ", ord(":"): " "}


class Words:
    """Taken one after the other. What is wrong is said, with how the item is written, and something harmless taken."""

    def __init__(self, head: str, say: Say, usage: str, *, ends: bool = True) -> None:
        """`ends` False: what follows is not told from them, so that nothing is said of words that are left."""
        self._say_plain, self._usage = say, usage
        self._words = [word for part in _SEPARATORS.split(head.translate(_HALF)) for word in _parted(part) if word]
        self._ends = ends
        self._said = self._short = False

    def say(self, text: str) -> None:
        """A fault, with how the item is written behind the first of them."""
        self._say_plain(text if self._said else f"{text}应写成：{self._usage}")
        self._said = True

    def _lacks(self, what: str) -> None:
        """Something is missing; of all that is missing at the end, the first."""
        if self._words or not self._short:
            self.say(f"少了{what}。")
        self._short |= not self._words

    def flag(self, word: str) -> bool:
        """Whether that word stands somewhere; it is taken."""
        there = word in self._words
        if there:
            self._words.remove(word)
        return there

    def after(self, word: str, what: str, *, least: float = 0, most: float = 5000) -> float | None:
        """The number behind that word, both taken wherever they stand; None without the word."""
        text = self.text_after(word, what)
        if text is None or text == "":
            return None
        found = _NUMBER.fullmatch(text)
        if found is None or not least <= float(found[1]) <= most:
            self.say(f"“{word}”后面应是{what}（{least:g} 到 {most:g} 的数字），不是“{short(text)}”。")
            return None
        return float(found[1])

    def text_after(self, word: str, what: str) -> str | None:
        """What stands behind that word, both taken; None without the word, blank (which is said) with nothing after."""
        if word not in self._words:
            return None
        at = self._words.index(word)
        value = "".join(self._words[at + 1 : at + 2])
        del self._words[at : at + 2]
        if not value:
            self.say(f"“{word}”后面没有写{what}。")
        return value

    def number(self, what: str) -> float:
        """The next word as a number of mm."""
        word = self._next()
        found = _NUMBER.fullmatch(word)
        if found:
            self._words.pop(0)
            return float(found[1])
        if not word or self._is_known(word):
            self._lacks(what)
        elif word.startswith("-") and _NUMBER.fullmatch(word[1:]):
            self._words.pop(0)
            self.say(f"{what}不能是负数（{short(word)}），那样会到纸外面去。")
        else:
            self._words.pop(0)
            self.say(f"“{short(word)}”不是数字，这里应是{what}（毫米）。")
        return 0.0

    def size(self) -> tuple[float, float]:
        """The next word as 宽x高."""
        word = self._next()
        found = _SIZE.fullmatch(word)
        if found is None:
            if word and not self._is_known(word):
                self._words.pop(0)
                self.say(f"“{short(word)}”不是 宽x高，例如 120x40。")
            else:
                self._lacks(" 宽x高，例如 120x40")
            return 0.0, 0.0
        self._words.pop(0)
        size = float(found[1]), float(found[2])
        if not all(size):
            self.say(f"“{word}”的宽和高都要大于 0。")
        return size

    def type(self) -> Type:
        """字体 字号, and the side wherever it stands."""
        align = self.align()
        return Type(self._role(), self._points(), align or "left")

    def align(self) -> Align | None:
        """居中, 左, 右."""
        for word in self._words:
            if word in _ALIGNS:
                self._words.remove(word)
                return _ALIGNS[word]
        return None

    def rest(self) -> list[str]:
        """Everything that is left, taken."""
        left, self._words = self._words, []
        return left

    def end(self) -> None:
        """Nothing may be left."""
        for word in self.rest() if self._ends else []:
            self.say(f"看不懂“{short(word)}”，请删去或改正。")

    def _next(self) -> str:
        return self._words[0] if self._words else ""

    def _role(self) -> Role:
        word = self._next()
        role = ROLES.get(word) or _FACES.get(word)
        if role:
            self._words.pop(0)
            return role
        if not word or _NUMBER.fullmatch(word) or _points(word):
            self._lacks(f"字体，可以用：{'、'.join(ROLES)}")
        else:
            self._words.pop(0)
            self.say(f"没有“{short(word)}”这种字体，{nearest(word, ROLES)}可以用：{'、'.join(ROLES)}。")
        return Role.BODY

    def _points(self) -> float:
        word = self._next()
        points = _points(word)
        if points is None:
            if word:
                self._words.pop(0)
                self.say(f"“{short(word)}”不是字号，字号例如 12 或 小四。")
            else:
                self._lacks("字号，例如 12 或 小四")
            return 12.0
        self._words.pop(0)
        if not _SMALLEST <= points <= _LARGEST:
            self.say(f"字号 {points:g} 不行，应在 {_SMALLEST:g} 到 {_LARGEST:g} 磅之间。")
            return 12.0
        return points

    def _is_known(self, word: str) -> bool:
        return word in ROLES or word in _FACES or word in _ALIGNS or bool(_SIZE.fullmatch(word))


def numbers(text: str, say: Say, what: str, most: int) -> tuple[float, ...]:
    """Widths or heights in mm: `10 10 x3 12` is 10, 10, 10, 10 and 12."""
    found: list[float] = []
    for word in _SEPARATORS.split(text.translate(_HALF).strip()):
        times = re.fullmatch(r"[xX×*](\d{1,4})", word)
        pair = re.fullmatch(r"(\d{1,4}(?:\.\d{1,3})?)[xX×*](\d{1,4})", word)
        number = _NUMBER.fullmatch(word)
        if times and found:
            found += [found[-1]] * (min(int(times[1]), most + 1) - 1)
        elif pair and float(pair[1]):
            found += [float(pair[1])] * min(int(pair[2]), most + 1)
        elif number and float(number[1]):
            found.append(float(number[1]))
        elif word:
            say(f"“{short(word)}”不是{what}，应是大于 0 的毫米数，例如 20 或 10 x3。")
        if len(found) > most:
            say(f"{what}太多，最多 {most} 个。")
            return tuple(found[:most])
    return tuple(found)


def _parted(word: str) -> tuple[str, ...]:
    """行高8 as 行高 and 8: people leave the space out."""
    found = _GLUED.fullmatch(word)
    return (found[1], found[2]) if found and found[1] != "小" else (word,)


def _points(word: str) -> float | None:
    """The size of type in points, by figures or by its Chinese name (小四, 3号); None for what is neither."""
    found = re.fullmatch(r"(\d{1,3}(?:\.\d{1,2})?)(?:磅|pt)?", word)
    if found:
        return float(found[1])
    return _POINTS.get(word.removesuffix("号" if word.startswith("小") else "").translate(_FIGURES))
