"""Amounts of money: kept as whole fen, typed and shown in yuan."""

import re
from decimal import Decimal

from taizhang.core.text import clean

_AMOUNT = re.compile(
    "([+-]?)(?:RMB|CNY|人民币|[¥￥])?([+-]?)"
    r"([0-9]+|[0-9]{1,3}(?:[,，][0-9]{3})+)(\.[0-9]+)?"
    "(万)?[元圆]?[整正]?",
)
_LARGEST = 10**15  # fen; far above any ledger, far below what SQLite's integers hold
_FIGURES = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")


class BadMoney(ValueError):  # noqa: N818 - it reads as what is wrong: `raise BadMoney(…)`
    """What was written is no amount; `str()` is a sentence for the user."""


def parse_fen(raw: object) -> int:
    """The amount in fen (1/100 yuan) of "1,234.50元", ￥１２, 1.5万, or a number of yuan.

    A computed cell such as 30.000000000004 counts as what it shows; typed fractions of a fen are refused.

    Raises:
        BadMoney: no amount, or a fraction of a fen.
    """
    if isinstance(raw, str):
        return _from_text(raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) * 100 < _LARGEST:
        fen = round(raw * 100)
        if abs(raw * 100 - fen) < 1e-4:
            return fen
    raise BadMoney("应填金额，单位元，最多两位小数，如 12.50。")


def show_fen(fen: int) -> str:
    """Yuan with two decimals and a comma before each three figures: 123450 is 1,234.50."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02}"


def capital(n: int) -> str:
    """A whole number of at most four figures in capitals (domain 13 vector 12): 30 is 叁拾, 15 is 壹拾伍, 0 is 零."""
    if not 0 <= n <= 9999:
        raise ValueError(n)
    text = ""
    for figure, unit in zip(reversed(str(n)), _UNITS, strict=False):
        if figure != "0":
            text = _FIGURES[int(figure)] + unit + text
        elif text and not text.startswith("零"):
            text = "零" + text
    return text or "零"


def _from_text(raw: str) -> int:
    match = _AMOUNT.fullmatch(clean(raw).replace(" ", "").upper())
    if match and not (match[1] and match[2]):
        amount = Decimal(re.sub("[,，]", "", match[3]) + (match[4] or "")) * (1_000_000 if match[5] else 100)
        if amount == int(amount) and amount < _LARGEST:
            return -int(amount) if "-" in (match[1], match[2]) else int(amount)
    raise BadMoney("应填金额，单位元，最多两位小数，如 12.50。")
