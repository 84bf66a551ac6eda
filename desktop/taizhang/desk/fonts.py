"""The typeface of the window: the system's own Chinese one where it is good, else the one we ship."""

from functools import cache

from PySide6.QtGui import QFontDatabase

from taizhang.places import resources

# Screen typefaces that read well at 14 px and have both weights; the order is the order of preference.
GOOD = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "HarmonyOS Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
)
_SHIPPED = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")


def chinese_family() -> str:
    """The family to set the program in; ours is loaded when the system has none of `GOOD`."""
    there = set(QFontDatabase.families())
    for family in GOOD:
        if family in there:
            return family
    return _shipped()


@cache
def _shipped() -> str:
    ids = [QFontDatabase.addApplicationFont(str(resources() / "fonts" / name)) for name in _SHIPPED]
    families = [family for number in ids for family in QFontDatabase.applicationFontFamilies(number)]
    if not families:
        raise FileNotFoundError(_SHIPPED[0])
    return families[0]
