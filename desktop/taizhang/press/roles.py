"""What text is on the page, and which typefaces serve for it."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a piece of text is on the page; the typeface follows from it."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which typefaces serve a role: the one that is asked for, under its names; what comes near; what is shipped."""

    use: str
    asked: str
    own: tuple[str, ...]
    near: tuple[str, ...]
    shipped: str


SHIPPED = {
    "Noto Serif SC Bold": "思源宋体（粗）",
    "Noto Serif SC Regular": "思源宋体",
    "Noto Sans SC Bold": "思源黑体（粗）",
    "Noto Sans SC Regular": "思源黑体",
}
CHOICES = {
    Role.TITLE: Choice(
        "标题",
        "方正小标宋",
        (
            "方正小标宋简体",
            "FZXiaoBiaoSong-B05S",
            "方正小标宋_GBK",
            "FZXiaoBiaoSong-B05",
            "FZXBSJW--GB1-0",
            "FZXBSK--GBK1-0",
        ),
        ("华文中宋", "STZhongsong"),
        "Noto Serif SC Bold",
    ),
    Role.HEADING: Choice(
        "表头",
        "黑体",
        ("黑体", "SimHei", "方正黑体_GBK", "FZHei-B01", "FZHTK--GBK1-0"),
        ("华文黑体", "STHeiti"),
        "Noto Sans SC Bold",
    ),
    Role.BODY: Choice(
        "正文",
        "仿宋",
        ("仿宋", "FangSong", "仿宋_GB2312", "FangSong_GB2312", "方正仿宋_GBK", "FZFangSong-Z02", "FZFSK--GBK1-0"),
        ("华文仿宋", "STFangsong"),
        "Noto Serif SC Regular",
    ),
    Role.FORM: Choice(
        "填写内容",
        "楷体",
        ("楷体", "KaiTi", "楷体_GB2312", "KaiTi_GB2312", "方正楷体_GBK", "FZKai-Z03", "FZKTK--GBK1-0"),
        ("华文楷体", "STKaiti", "霞鹜文楷", "LXGW WenKai"),
        "Noto Serif SC Regular",
    ),
}
# Asked, after what is shipped, for a character that a face does not have: rare characters in names above all.
LAST = (
    "SimSun",
    "SimSun-ExtB",
    "SimSun-ExtG",
    "PMingLiU-ExtB",
    "HanaMinA",
    "HanaMinB",
    "BabelStone Han",
    "Segoe UI Symbol",
    "DejaVu Sans",
)
