"""What a form says of itself at its head: name, ledger, paper, and for which records it is."""

import re

from taizhang.core.errors import Refused
from taizhang.press.forms.faults import Faults, Say, short
from taizhang.press.forms.wording.items import Source
from taizhang.press.page import Paper

EXAMPLES = {
    "名称": "名称 党员证明信",
    "台账": "台账 组织关系转接",
    "说明": "说明 给外出不满六个月的党员",
    "纸张": "纸张 A4 横向",
    "每页": "每页 3",
    "适用": "适用 转接方向=转出 凭证=介绍信|空",
    "存底": "存底 是",
    "套打": "套打 是",
}
_LONGEST = {"名称": 60, "台账": 60, "说明": 200}
_REPEATED = "适用"  # may take several lines
_LYING, _STANDING = "横向", "纵向"
_MOST_PARTS = 20
_YES, _NO = frozenset({"是", "有", "要"}), frozenset({"否", "不", "无", "没有", "不要"})
_PAIR = re.compile(r"([^=\s]+)\s*=\s*(\S+)")
_SIGNS = {
    code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) in "０１２３４５６７８９＝｜ＡＸａｘ．＊"
}


class Head:
    """The head of one form, word by word."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.lines: dict[str, int] = {}  # where each word stands
        self._texts: dict[str, str] = {}

    def take(self, word: str, source: Source) -> None:
        """One line of the head, behind its word."""
        number, text = source
        text = text.strip(" :：")
        if word in self.lines and word != _REPEATED:
            self._faults.at(number)(f"“{word}”写了两次，第 {self.lines[word]} 行已经有了，请删去一行。")
            return
        self.lines.setdefault(word, number)
        if word == _REPEATED:
            self.lines |= {f"{word} {name}": number for name, _values in _PAIR.findall(text.translate(_SIGNS))}
        if not text:
            self._faults.at(number)(f"“{word}”后面没有写内容，例如：{EXAMPLES[word]}")
        elif len(text) > _LONGEST.get(word, 400):
            self._faults.at(number)(f"“{word}”太长，最多 {_LONGEST.get(word, 400)} 个字。")
        else:
            self._texts[word] = f"{self._texts[word]} {text}" if word in self._texts else text

    def text(self, word: str, *, needed: bool = False) -> str:
        """What stands behind that word."""
        if needed and word not in self.lines:
            self._faults.at(1)(f"少了“{word}”这一行，例如：{EXAMPLES[word]}")
        return self._texts.get(word, "")

    def flag(self, word: str) -> bool:
        """是 or 否."""
        text = self._texts.get(word, "否")
        if text not in _YES | _NO:
            self._say(word)(f"“{word}”后面应写“是”或“否”，不是“{short(text)}”。")
        return text in _YES

    def paper(self) -> Paper:
        """The paper; A4 when nothing is said."""
        text = self._texts.get("纸张", "A4").translate(_SIGNS)
        name = text.replace(_LYING, "").replace(_STANDING, "").strip()
        try:
            return Paper.of(name, landscape=_LYING in text)
        except Refused:
            self._say("纸张")(
                f"不认识纸张“{short(text)}”，请写 A4、A3、A5，或写成 宽x高（50 到 5000 毫米），例如 210x140。"
            )
            return Paper.of("A4")

    def parts(self) -> int:
        """How many records share a sheet."""
        text = self._texts.get("每页", "1").translate(_SIGNS).removesuffix("份")
        if re.fullmatch(r"[0-9]{1,2}", text) and 1 <= int(text) <= _MOST_PARTS:
            return int(text)
        self._say("每页")(f"“每页”后面应是 1 到 {_MOST_PARTS} 的整数，不是“{short(text)}”。")
        return 1

    def fits(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """栏目=甲|乙 …: the fields that must show one of these texts."""
        text = self._texts.get("适用", "").translate(_SIGNS)
        found: dict[str, tuple[str, ...]] = {}
        for name, values in _PAIR.findall(text):
            words = tuple(filter(None, re.split(r"[|、]", values)))
            if name in found:
                self._say("适用")(f"“{short(name)}”写了两次；几个都可以时写成 {short(name)}=甲|乙。")
            found[name] = words
        if "适用" in self._texts and (not found or _PAIR.sub("", text).strip(" ,，;；、") or not all(found.values())):
            self._say("适用")(f"“适用”应写成 栏目=内容，几项之间空一格，例如：{EXAMPLES['适用']}")
        return tuple(found.items())

    def _say(self, word: str) -> Say:
        return self._faults.at(self.lines.get(word, 1))
