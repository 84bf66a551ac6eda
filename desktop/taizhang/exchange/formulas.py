"""Texts that a spreadsheet would run as formulas, made harmless on the way out and restored on the way in."""

import re

_RISKY = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guard(text: str) -> str:
    """`text` with an apostrophe in front where a program would take it for a formula; `unguard` gives it back."""
    return f"'{text}" if _RISKY.match(text) else text


def unguard(text: str) -> str:
    """The text that `guard` was given."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text
