"""Names by sound and by stroke: what a search matches and what a list is sorted by."""

import csv
import json
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import islice, product
from pathlib import Path

from taizhang.places import resources

_MOST_READINGS = 8  # combinations kept for one name
_UNKNOWN = 0x800000  # added to the code point of a character without a stroke count: it sorts last
_NAMES = 65_536  # names remembered by each function below


@lru_cache(maxsize=_NAMES)
def pinyin_forms(name: str) -> tuple[str, ...]:
    """Full pinyin without tones, then initials, of every plausible reading: 单雄 is shanxiong, danxiong, …, sx, dx, ….

    The surname's own reading leads; ü is v; Latin letters and figures stay, in lower case; at most 8 readings.
    """
    choices = [readings for readings in _readings(name) if readings]
    if not choices:
        return ()
    whole = list(islice(product(*choices), _MOST_READINGS))
    forms = ["".join(syllables) for syllables in whole]
    forms += ["".join([syllable[0] for syllable in syllables]) for syllables in whole]
    return tuple(dict.fromkeys(forms))


@lru_cache(maxsize=_NAMES)
def pinyin_key(name: str) -> str:
    """A sort key: syllable by syllable of the first reading, one character's people together within a syllable."""
    pairs = zip(name, _readings(name), strict=True)
    return " ".join([f"{readings[0]} {char}" if readings else char for char, readings in pairs])


@lru_cache(maxsize=_NAMES)
def stroke_key(name: str) -> str:
    """A sort key for 姓氏笔画: the surname by strokes, then names of one character, then the given name by strokes.

    Equal counts follow the order of the strokes (resources/strokes.txt); unknown characters come last.
    """
    length = len(_surname(name))
    surname = "".join([_stroke_rank(char) for char in name[:length]])
    return f"{surname:0<12}{len(name) - length:02x}" + "".join([_stroke_rank(char) for char in name[length:]])


def _readings(name: str) -> list[tuple[str, ...]]:
    """The readings of each character; a listed surname's own come first, a double surname has no others."""
    readings = [_pinyin(char) for char in name]
    surname = _surname(name)
    if own := _surnames().get(surname):
        readings[: len(surname)] = own
    return readings


def _surname(name: str) -> str:
    """The first character, or two where a double surname leaves a given name."""
    return name[:2] if len(name) > 2 and name[:2] in _surnames() else name[:1]


@cache
def _pinyin(char: str) -> tuple[str, ...]:
    """The syllables of one character without tones, the most usual first; nothing for a sign or an unknown one."""
    if char.isascii():
        return (char.lower(),) if char.isalnum() else ()
    toned = _pinyin_table().get(str(ord(char)), "")
    return tuple(dict.fromkeys(filter(None, map(_toneless, toned.split(",")))))


def _toneless(syllable: str) -> str:
    plain = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join([char for char in plain if char.isascii() and char.isalpha()])


@cache
def _pinyin_table() -> dict[str, str]:
    """Readings by code point from pypinyin. Its JSON is read as it lies: importing the package costs 0.2 s at start."""
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pypinyin")
    table: dict[str, str] = json.loads(Path(spec.origin).with_name("pinyin_dict.json").read_bytes())
    return table


@cache
def _surnames() -> dict[str, list[tuple[str, ...]]]:
    """The readings of each character of surnames that a dictionary would misread, and of double surnames.

    resources/surnames.csv: `surname,readings`, readings apart by "|", the syllables of a double surname by a space.
    """
    with (resources() / "surnames.csv").open(encoding="utf-8", newline="") as file:
        lines = [(row["surname"], row["readings"].split("|")) for row in csv.DictReader(file)]
    found = {surname: [*zip(*map(str.split, readings), strict=True)] for surname, readings in lines}
    for surname, readings in found.items():
        if len(surname) == 1:
            readings[0] = tuple(dict.fromkeys(readings[0] + _pinyin(surname)))
    return found


@cache
def _stroke_rank(char: str) -> str:
    return f"{_stroke_ranks().get(char, _UNKNOWN + ord(char)):06x}"


@cache
def _stroke_ranks() -> dict[str, int]:
    """Every character's place in the order of strokes."""
    text = (resources() / "strokes.txt").read_text(encoding="utf-8")
    ordered = "".join([line.partition("\t")[2] for line in text.splitlines()])
    return {char: rank for rank, char in enumerate(ordered)}
