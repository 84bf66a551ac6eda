"""What people type, made into the one form in which it is kept and compared."""

import re
import unicodedata

# Cells that say "nothing here" (blank stays blank, it never becomes a value). "无" is also a proper answer to a free
# remark ("处分：无"); a field that wants to keep it asks this set itself instead of `is_blank`.
BLANKS = frozenset({
    "", "无", "没有", "暂无", "空", "空白", "不详", "不明", "不清楚", "未知", "未填", "未填写", "待填", "待补",
    "待补充", "—", "——", "―", "–", "-", "--", "---", "－", "/", "//", "\\", "、", ".", "。", "…", "……", "*",
    "n/a", "na", "null", "none", "nil", "(空)", "（空）", "（无）", "(无)", "0000-00-00",
})  # fmt: skip
_LONGEST_BLANK = max(map(len, BLANKS))
_FIRST_OF_BLANK = frozenset(blank[0] for blank in BLANKS if blank)

# Radicals that have no compatibility mapping in Unicode's core data (from EquivalentUnifiedIdeograph.txt): PDF copies
# are full of them.
_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺"
    "⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_UNIFIED = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀"
    "聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_KEPT_WIDE = "！（），：；？～"  # Chinese punctuation, not slips of the keyboard
_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
_SPACES = "\x00-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufffe\uffff"
_INVISIBLE_RUN = re.compile(f"[{_INVISIBLE}]+")
_SPACE_RUN = re.compile(f"[ {_SPACES}]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LETTERS = (
    dict(zip(map(ord, _RADICALS), _UNIFIED, strict=True))
    | {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_WIDE}
)
# The letters of `_LETTERS` as ranges: a class of hundreds of single letters takes long to compile, at every start.
_ODD_LETTERS = "\u2e81-\u2ef3\u2f00-\u2fd5\uff02-\uff07\uff0a\uff0b\uff0d-\uff19\uff1c-\uff1e\uff20-\uff5d"
_ODD = re.compile(f"[{_SPACES}{_INVISIBLE}{_ODD_LETTERS}\ud800-\udfff]|  ")

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\ufa0e-\ufa29\U00020000-\U000323af"
# Patterns as text, which `re` compiles when it first meets them: classes as wide as these take milliseconds, and no
# window waits for them.
_DOT_IN_NAME = f"(?<=[{_HAN}]) ?[•‧・･∙⋅●﹒·.．] ?(?=[{_HAN}])"
_SPACE_IN_NAME = f"(?<=[{_HAN}·]) (?=[{_HAN}·])"
_BARE_HAN = re.compile("[\u4e00-\u9fff]+")

_NUMBERING = re.compile(r"^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]|[①-⑳])+")
# Book-title marks are no hint: 《流动党员活动证》编号 is not 编号.
_BRACKETED = re.compile(r"[(（\[【〔〖<][^()（）\[\]【】〔〕〖〗<>]*[)）\]】〕〗>]")
_UNCLOSED = re.compile(r"[(（\[【〔〖<].*$|[)）\]】〕〗>]")
_SIGNS = re.compile(r"[\s*★☆※✱·•:：;；。，,.!！?？\"'“”‘’_《》「」]+")
_DEMAND = re.compile(r"(?:必填|选填|必须填写|可不填|非必填|必填项|选填项)$|^(?:必填|选填)")


def clean(raw: str) -> str:
    """Typed text in its canonical form, which is clean itself.

    NFC; full-width letters and figures half-width (Chinese punctuation stays); radicals and compatibility ideographs
    as the characters that they look like; what cannot be seen is gone; any run of spaces, control characters and line
    feeds is one space; no space at the ends.
    """
    if raw.isascii():
        if raw.isprintable() and "  " not in raw:
            return raw.strip()
    elif not _ODD.search(raw) and unicodedata.is_normalized("NFC", raw):
        return raw.strip()
    text = _SURROGATE.sub("\ufffd", _INVISIBLE_RUN.sub("", raw))
    return _SPACE_RUN.sub(" ", unicodedata.normalize("NFC", text.translate(_LETTERS))).strip()


def clean_name(raw: str) -> str:
    """A person's name as on the ID card (domain 2.1 item 1): 张　伟 is 张伟, the dot of a minority name is U+00B7.

    The single spaces of a Latin name stay.
    """
    if _BARE_HAN.fullmatch(raw):
        return raw
    name = re.sub(_DOT_IN_NAME, "·", clean(raw))
    return re.sub(_SPACE_IN_NAME, "", name) if " " in name else name


def is_blank(raw: object) -> bool:
    """Whether a cell says that there is nothing: empty, or one of `BLANKS` in any width and case."""
    if raw is None:
        return True
    if not isinstance(raw, str):
        return False
    if raw in BLANKS:
        return True
    first = raw[0]
    if ("一" <= first <= "龥" or "1" <= first <= "9") and first not in _FIRST_OF_BLANK:
        return False  # nearly every cell ends here
    text = clean(raw)
    return len(text) <= _LONGEST_BLANK and text.lower() in BLANKS


def heading_key(raw: str) -> str:
    """The form in which a heading is compared: "2. 出生日期＊（年月）必填" and "出生日期" are one.

    Lower case, without spaces, stars, colons, numbering, hints in brackets and 必填/选填; a heading that is nothing but
    brackets keeps their content.
    """
    key = clean(raw).lower()
    while (shorter := _less(key)) != key:
        key = shorter
    return key


def _less(heading: str) -> str:
    """One round of taking away; nested brackets and repeated numbering need several."""
    text = _NUMBERING.sub("", "".join(heading.split()))
    shut, count = _BRACKETED.subn("", text)
    bare = _SIGNS.sub("", shut if count else _UNCLOSED.sub("", text)) or re.sub(r"[^\w/\\-]+", "", text)
    return _DEMAND.sub("", unicodedata.normalize("NFC", bare)) or bare
