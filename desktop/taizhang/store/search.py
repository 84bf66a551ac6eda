"""Finding people as they are asked for: by any part of the name, by pinyin, by the last digits of a number.

Two-character names are the rule here, which a trigram index cannot find, so each record has one line of search text and
the lines of a ledger are kept in memory: looking through 100,000 of them takes a few milliseconds.
"""

from taizhang.core.context import Values
from taizhang.core.hanzi import pinyin_forms
from taizhang.core.ledger import Ledger
from taizhang.core.text import clean, clean_name

EDGE = "\x1f"  # between the parts of a line, so that a beginning and an end can be asked for
HALF = "\x1e"  # between the parts in Latin letters and figures, and those with Chinese characters


def line_of(ledger: Ledger, values: Values) -> str:
    """The search text of a record: its name and readings, its numbers, and the other fields that the ledger names."""
    name = ledger.name_of(values)
    parts = [name, name.replace("·", ""), *pinyin_forms(name)]
    for key in (ledger.short_field, *ledger.search_fields, *ledger.numbered):
        value = values.get(key) if key else None
        if isinstance(value, str):
            parts += value.split("、") if key in ledger.numbered else [value]
    latin, other = [""], [""]
    for part in dict.fromkeys(parts):
        if part:
            (latin if part.isascii() else other).append(part)
    return f"{EDGE.join(latin)}{EDGE}{HALF}{EDGE.join(other)}{EDGE}".lower()


def clean_words(text: str) -> list[str]:
    """The words of what was typed, in the form in which lines hold them."""
    return [word for word in (clean_name(part).lower() for part in clean(text).split()) if word]
