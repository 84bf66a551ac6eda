"""A thousand invented people in a workbook, and what any readable trace of one of them would hold."""

from collections.abc import Iterator
from datetime import date
from itertools import islice, product
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

from taizhang.core import idcard
from taizhang.core.hanzi import pinyin_forms

PEOPLE = 1000
_SURNAMES = ("漆雕", "亓官", "闾丘", "濮阳", "公冶", "东郭")
_GENERATION = "鋆"
_LAST = tuple(map(chr, range(0x9EFD, 0x9FA6)))  # 黽 … 龥: rare characters, none of them twice
_COUNTY, _PHONE, _ROAD = "110199", "1990000", "靐龘巷"  # nobody has this county, this number or this address
_BORN = (date(1970, 1, 1), date(1971, 1, 1))
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
_LONG = 6  # letters of pinyin below which chance alone finds them


class Planted(NamedTuple):
    """Somebody who must not be found."""

    name: str
    id_number: str
    phone: str
    address: str


def people() -> list[Planted]:
    """All of them, the same at every run."""
    names = islice(product(_SURNAMES, _LAST), PEOPLE)
    return [_person(number, surname + _GENERATION + last) for number, (surname, last) in enumerate(names)]


def _person(number: int, name: str) -> Planted:
    card = idcard.make(_COUNTY, _BORN[number % 2], number // 2 + 1)
    return Planted(name, card, f"{_PHONE}{number:04}", f"{_ROAD}{number}号")


def marks() -> dict[bytes, str]:
    """What every name, reading and number begins with, in every writing: where none of these is, none of them is."""
    families = [surname + _GENERATION for surname in _SURNAMES]
    readings = {form for family in families for form in pinyin_forms(family) if len(form) >= _LONG}
    births = [f"{_COUNTY}{born:%Y%m%d}" for born in _BORN]
    return {written: text for text in (*families, *readings, *births, _PHONE, _ROAD) for written in writings(text)}


def writings(text: str) -> Iterator[bytes]:
    """A text as programs keep it."""
    yield from (text.encode(encoding) for encoding in _ENCODINGS)
    yield text.encode("ascii", "backslashreplace")  # as JSON has it


def write_workbook(path: Path) -> Path:
    """The people as an office has them on a sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("党员名册")
    sheet.append(["姓名", "公民身份号码", "联系电话", "家庭住址", "人员类别"])
    for person in people():
        sheet.append([*person, "正式党员"])
    book.save(path)
    return path
