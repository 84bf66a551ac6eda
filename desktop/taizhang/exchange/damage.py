"""ID numbers that a spreadsheet has spoilt by keeping them as numbers, recognised in what the office already knows."""

import re

from taizhang.core import idcard

_SURE = 14  # figures that survive even in a text such as 4.2282519900101E+17
_FEWEST = 6


def is_damaged(raw: object) -> bool:
    """Whether a cell holds what was once an ID number and cannot be one again."""
    try:
        idcard.normalise(raw)
    except idcard.Damaged:
        return True
    return False


def agrees_with_damaged(raw: object, known: object) -> bool:
    """Whether `known` may be the ID number of which the cell `raw` shows the beginning."""
    mantissa = re.split("[eE]", str(raw))[0]
    figures = re.sub(r"\D", "", mantissa)[:_SURE].rstrip("0")
    return isinstance(known, str) and len(figures) >= _FEWEST and known.startswith(figures)
