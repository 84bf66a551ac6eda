"""Before printing: which characters no typeface here can print, and whom that concerns."""

from collections import defaultdict

from taizhang.core.findings import Finding, warning
from taizhang.press.fonts import GETA, Typefaces
from taizhang.press.sheet import Sheet

_MOST_NAMED = 10  # people; the rest are counted


def check_glyphs(sheet: Sheet, faces: Typefaces) -> list[Finding]:
    """One warning for each character that would be missing from the print, with the rows in which it stands.

    `value` of the finding is the character. It is printed as 〓, never as an empty box.
    """
    heard: set[str] = set()
    lacking: set[str] = set()
    rows: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(sheet.rows):
        text = "".join(row)
        new = set(text) - heard
        heard |= new
        lacking.update(faces.missing("".join(new)))
        for char in sorted(lacking.intersection(text)):
            rows[char].append(number)
    return [warning(None, _said(char, numbers, sheet), value=char) for char, numbers in rows.items()]


def _said(char: str, numbers: list[int], sheet: Sheet) -> str:
    """The sentence of a finding."""
    names = [sheet.rows[number][sheet.name_column] for number in numbers[:_MOST_NAMED]]
    more = f"等 {len(numbers)} 行" if len(numbers) > _MOST_NAMED else ""
    code = f"U+{ord(char):04X}"
    people = "、".join(names)
    return f"没有字体能印出“{char}”（{code}），打印时以“{GETA}”代替，请装入含此字的字体。涉及：{people}{more}。"
