"""The language in which forms are written (forms/README.md): a text becomes a form, or every fault by its line."""

import re
from collections import deque
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from taizhang.core.ledger import Ledger
from taizhang.press.forms.faults import Fault, Faults, in_order, nearest, short
from taizhang.press.forms.model import BY_HAND, Form, Item, Roll
from taizhang.press.forms.names import check_names
from taizhang.press.forms.needs import paths
from taizhang.press.forms.wording.bounds import outside, widest_blanks
from taizhang.press.forms.wording.grids import read_grid, read_roll
from taizhang.press.forms.wording.header import EXAMPLES, Head
from taizhang.press.forms.wording.items import USAGE, Source, read_item

MOST_CHARACTERS = 100_000
_LONGEST_LINE = 2_000
_BLOCKS = ("表", "名单")
_END, _NEXT = "完", "续页"
_WORDS = (*EXAMPLES, *USAGE, *_BLOCKS, _END, _NEXT)
_MEANT = {
    "标题": "名称", "题目": "名称", "表名": "名称", "用途": "说明", "纸": "纸张", "页面": "纸张", "下一页": "续页",
    "换页": "续页", "文字": "行", "文本": "行", "竖排": "竖", "段落": "段", "直线": "线", "横线": "线", "竖线": "线",
    "方框": "框", "矩形": "框", "图片": "图", "照片": "图", "表格": "表", "列表": "名单", "清单": "名单", "结束": "完",
    "完成": "完", "底稿": "存底", "留底": "存底", "条件": "适用",
}  # fmt: skip
_WORD = re.compile(r"([^\s:：|｜0-9０-９]+)[:：]?(.*)", re.DOTALL)
_NEW_ITEM = re.compile(rf"(?:{'|'.join((*USAGE, *_BLOCKS))})(?:[\s,，]+[0-9０-９][0-9０-９.．]*){{2}}|{_NEXT}$")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


__all__ = ["MOST_CHARACTERS", "Reading", "check_names", "draft", "examine", "read_form"]


class Reading(NamedTuple):
    """What came of a text: the form, or every fault that it has."""

    form: Form | None
    faults: tuple[Fault, ...]


def read_form(key: str, text: str, file: str) -> Reading:
    """Read a form; with any fault there is none. Names are looked up by `check_names`."""
    form, faults = draft(key, text, file)
    return Reading(None if faults else form, faults)


def examine(key: str, text: str, file: str, ledgers: Mapping[str, Ledger]) -> Reading:
    """Read a form and look up its names: every fault of both kinds at once."""
    form, faults = draft(key, text, file)
    faults = in_order((*faults, *check_names(form, ledgers)))
    return Reading(None if faults else form, faults)


@lru_cache(maxsize=64)
def draft(key: str, text: str, file: str) -> tuple[Form, tuple[Fault, ...]]:
    """The form as far as it could be read, and its faults; the form may only be used when there are none."""
    return _Reader(key, text, file).read()


class _Reader:
    """Goes through the lines of one text."""

    def __init__(self, key: str, text: str, file: str) -> None:
        self._key, self._text, self._file = key, text, file
        self._faults = Faults(file)
        self._head = Head(self._faults)
        self._pages: list[list[Item]] = [[]]
        self._lines: deque[Source] = deque()
        self._known = 0  # lines that begin with a word of the language

    def read(self) -> tuple[Form, tuple[Fault, ...]]:
        """The form and its faults."""
        if len(self._text) <= MOST_CHARACTERS:
            self._lines.extend(filter(self._of_length, _lines(self._text)))
        while self._lines:
            self._take(self._lines.popleft())
        form = self._form()
        if not self._known:
            return form, self._foreign()
        self._look_over(form)
        return form, self._faults.told()

    def _of_length(self, source: Source) -> bool:
        """Whether a line is short enough to be one of a form; a longer one is told."""
        number, line = source
        if len(line) > _LONGEST_LINE:
            said = f"这一行有 {len(line)} 个字，最多 {_LONGEST_LINE} 个；长的文字请用“段”，分几行写，每行以竖线开头。"
            self._faults.at(number)(said)
        return len(line) <= _LONGEST_LINE

    def _foreign(self) -> tuple[Fault, ...]:
        """What a text is that has nothing of a form."""
        size = len(self._text)
        if size > MOST_CHARACTERS:
            said = f"文件太大（{size} 个字），不像表格版式，最多 {MOST_CHARACTERS} 个字；请核对是否选错了文件。"
        elif not _lines(self._text):
            said = "版式是空的，请写上内容，或“恢复标准版式”。"
        else:
            said = "这不是表格版式：没有一行以“名称”“台账”“行”“表”这样的词开头；请核对是否选错了文件。"
        return (Fault(self._file, 0, said),)

    def _take(self, source: Source) -> None:
        number, line = source
        say = self._faults.at(number)
        if line.startswith(("|", "｜")):
            say("这一行以竖线开头，可是上面不是“段”的文字；请写明这是什么，例如：行 20 30 正文 12 | 文字")
            return
        word, rest = _parted(line)
        if word not in _WORDS:
            say(self._unknown(word, line))
            return
        self._known += 1
        if word in EXAMPLES:
            self._head.take(word, (number, rest))
        elif word in USAGE:
            item = read_item(word, [(number, rest), *self._continued()], self._faults)
            self._pages[-1] += [item] if item else []
        elif word in _BLOCKS:
            body = self._block(word, number)
            self._pages[-1].append((read_grid if word == "表" else read_roll)((number, rest), body, self._faults))
        elif word == _END:
            say("这里没有要结束的“表”或“名单”，请删去这个“完”。")
        elif not self._pages[-1]:
            say("这一页还没有内容就“续页”了，请删去多余的“续页”。")
        else:
            self._pages.append([])

    def _continued(self) -> list[Source]:
        """The lines that go on with the text above."""
        found = []
        while self._lines and self._lines[0][1].startswith(("|", "｜")):
            number, line = self._lines.popleft()
            found.append((number, line[1:]))
        return found

    def _block(self, word: str, number: int) -> list[Source]:
        """The lines of a grid or a list; 完 is taken."""
        found: list[Source] = []
        while self._lines:
            line = self._lines[0][1]
            if line.rstrip("。.") == _END:
                self._lines.popleft()
                return found
            if _NEW_ITEM.match(line):
                break
            found.append(self._lines.popleft())
        self._faults.at(number)(f"这个“{word}”没有写完，请在它的最后另起一行写：完")
        return found

    def _unknown(self, word: str, line: str) -> str:
        if "|" in line and word not in _MEANT:
            return (
                f"看不懂“{short(word)}”开头的这一行；表格的行要写在“表”和“完”之间，每行文字前面写：行 左 上 字体 字号"
            )
        known = f"一行的第一个词可以是：{'、'.join(_WORDS)}；只给自己看的话前面写 #。"
        meant = f"是不是“{_MEANT[word]}”？" if word in _MEANT else nearest(word, _WORDS, known)
        return f"不认识“{short(word)}”，{meant}"

    def _form(self) -> Form:
        head = self._head
        return Form(
            key=self._key,
            title=head.text("名称", needed=True),
            ledger=head.text("台账", needed=True),
            paper=head.paper(),
            pages=tuple(map(tuple, self._pages)),
            parts=head.parts(),
            fits=head.fits(),
            kept=head.flag("存底"),
            stock=head.flag("套打"),
            about=head.text("说明"),
            text=self._text,
            file=self._file,
            lines=head.lines,
        )

    def _look_over(self, form: Form) -> None:
        """What can only be said of the whole."""
        where = self._head.lines
        if not any(form.items()):
            self._faults.at(0)("版式里没有内容，至少要有一个“行”“段”“表”或“名单”。")
        elif not self._pages[-1]:
            self._faults.at(0)("最后的“续页”后面没有内容，请删去“续页”，或补上那一页。")
        if form.stock and not paths(form) - {BY_HAND.path} - {tuple(name.split(".")) for name, _texts in form.fits}:
            self._faults.at(where["套打"])("要“套打”，可是没有一处要填的内容，请写上 {栏目} 或 [栏目 宽]。")
        for item in form.items():
            self._look_at(form, item)
        for page in form.pages:
            lists = [item for item in page if isinstance(item, Roll)]
            for extra in lists[1:]:
                self._faults.at(extra.line)("一页只能有一个“名单”，请把这一个放到“续页”之后。")
        if form.parts > 1 and len(form.pages) > 1:
            self._faults.at(where["每页"])("“每页”几份的版式只能有一页，不能再“续页”。")

    def _look_at(self, form: Form, item: Item) -> None:
        say = self._faults.at(item.line)
        height = form.paper.height / form.parts
        if said := outside(item, form.paper.width, height):
            share = f"（每页 {form.parts} 份，每份高 {height:g} 毫米）" if form.parts > 1 else ""
            say(f"这一项{said}{share}，请把位置或大小改小。")
        for line, width, room in widest_blanks(item):
            if width > room:
                self._faults.at(line)(f"空的宽度 {width:g} 毫米比放它的地方（{room:g} 毫米）还宽，请改小。")
        if isinstance(item, Roll) and form.parts > 1:
            say("“每页”几份的版式里不能有“名单”，请把“每页”改成 1。")


def _lines(text: str) -> list[Source]:
    """The lines that say something, as people meant them: no odd spaces, nothing invisible, no comments."""
    plain = _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))
    numbered = enumerate((_CONTROL.sub(" ", line).strip() for line in re.split(r"\r\n|\n|\r", plain)), 1)
    return [(number, line) for number, line in numbered if line and not line.startswith(("#", "＃"))]


def _parted(line: str) -> tuple[str, str]:
    """The first word of a line and what follows; people leave out the space before a figure."""
    found = _WORD.fullmatch(line)
    return (found[1], found[2].strip()) if found else (short(line), "")
