"""Code tables: the official lists a choice is taken from, read from data files."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from taizhang.core.text import clean, heading_key
from taizhang.places import resources


@dataclass(frozen=True, slots=True)
class Code:
    """One line of a code table; `group` is the line of the statistics it is counted in, where there is one."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    group: str = ""


class CodeTable:
    """An official list, in its official order."""

    def __init__(self, key: str, codes: list[Code]) -> None:
        self.key = key
        self.codes = tuple(codes)
        self._by_code = {code.code: code for code in codes}
        self._by_text: dict[str, str] = {}
        for code in codes:
            for text in (code.code, code.label, code.code + code.label, *code.aliases):
                self._by_text.setdefault(heading_key(text) or text, code.code)
        self.rank = {code.code: index for index, code in enumerate(codes)}

    def find(self, text: str) -> str | None:
        """The code for a code, a label or an alias as people type it; None when the table has no such line."""
        return self._by_text.get(text) or self._by_text.get(heading_key(clean(text)))

    def label(self, code: str) -> str:
        """What a user reads for `code`; the code itself when the table does not know it."""
        found = self._by_code.get(code)
        return found.label if found else code

    def short(self, code: str) -> str:
        """The alias with which the label begins (汉 of 汉族); the label where there is none."""
        found = self._by_code.get(code)
        short = (alias for alias in found.aliases if found.label.startswith(alias)) if found else iter(())
        return next(short, self.label(code))

    def group(self, code: str) -> str:
        """The line of the statistics that counts `code`, or an empty text."""
        found = self._by_code.get(code)
        return found.group if found else ""

    def members(self, group: str) -> tuple[str, ...]:
        """The codes that are counted in `group`, in the official order."""
        return tuple(code.code for code in self.codes if code.group == group)

    def labels(self) -> list[str]:
        """Every label, in the official order."""
        return [code.label for code in self.codes]

    def __contains__(self, code: object) -> bool:
        return code in self._by_code


def has_table(key: str) -> bool:
    """Whether there is a table of that key; it is not read."""
    return _file(key).is_file()


def _file(key: str) -> Path:
    return resources() / "codes" / f"{key}.csv"


@cache
def code_table(key: str) -> CodeTable:
    """The table `resources/codes/<key>.csv`; a missing file is our bug and raises `FileNotFoundError`."""
    with _file(key).open(encoding="utf-8", newline="") as file:
        rows = [
            Code(
                code=row["code"],
                label=row["label"],
                aliases=tuple(alias for alias in (row.get("aliases") or "").split("|") if alias),
                group=row.get("group") or "",
            )
            for row in csv.DictReader(file)
        ]
    return CodeTable(key, rows)
