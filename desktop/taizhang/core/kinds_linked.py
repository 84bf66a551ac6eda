"""The kinds of field that point elsewhere: to a code table, to other records, to attachments."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field as dataclass_field
from typing import ClassVar, Literal

from taizhang.core.codes import CodeTable, code_table
from taizhang.core.context import Context, Value
from taizhang.core.field import BLANK, Field, Names, Reading, as_text
from taizhang.core.findings import error, warning
from taizhang.core.text import is_blank


@dataclass(frozen=True)
class Choice(Field):
    """One line of a code table, kept as its code. `open`: a text not in it is kept as typed, with a warning."""

    table: str = ""
    open: bool = False
    kind: ClassVar[str] = "choice"
    repeats: ClassVar[bool] = True

    @property
    def codes(self) -> CodeTable:
        """The table the choice is taken from."""
        return code_table(self.table)

    def read(self, raw: object, context: Context) -> Reading:
        """The code for a code, label or alias; the nearest label is proposed for anything else."""
        del context
        text = as_text(raw)
        if not text:
            return BLANK
        code = self.codes.find(text)
        if code is not None:
            return Reading(code)
        if is_blank(text):
            return BLANK
        near = difflib.get_close_matches(text, self.codes.labels(), n=1, cutoff=0.55)
        proposal = near[0] if near else None
        if self.open:
            said = f"{self.label}“{text}”不在代码表内，已按原文保留。"
            return Reading(text, (warning(self.key, said, value=text, proposal=proposal),))
        said = f"{self.label}“{text}”不在代码表内，请改选。"
        return Reading(None, (error(self.key, said, value=text, proposal=proposal),))

    def show(self, value: Value, names: Names) -> str:
        """The label."""
        del names
        return self.codes.label(value) if isinstance(value, str) else ""


@dataclass(frozen=True)
class Link(Field):
    """Another record, kept as its number. `grow`: an import may create what a sheet names, with these raw values."""

    ledger: str = ""
    grow: Mapping[str, str] = dataclass_field(default_factory=dict)
    kind: ClassVar[str] = "link"
    storage: ClassVar[Literal["text", "integer"]] = "integer"
    repeats: ClassVar[bool] = True

    def read(self, raw: object, context: Context) -> Reading:
        """The record of that full or short name; a form hands the record number itself (an int)."""
        if isinstance(raw, int) and not isinstance(raw, bool):
            if _exists(context, self.ledger, raw):
                return Reading(raw)
            return Reading(None, (error(self.key, f"{self.label}选定的记录不存在，请重新选择。", value=str(raw)),))
        text = as_text(raw)
        if not text or is_blank(text):
            return BLANK
        found = context.find(self.ledger, text)
        if len(found) == 1:
            return Reading(found[0])
        said = (
            f"有 {len(found)} 个“{text}”，请选定是哪一个。"
            if found
            else f"{self.label}“{text}”尚未登记，请先登记或改选。"
        )
        return Reading(None, (error(self.key, said, value=text),))

    def show(self, value: Value, names: Names) -> str:
        """The full name of the record."""
        return names(self.ledger, value) if isinstance(value, int) else ""


_LARGEST = 2**63  # record numbers are 64 bits


def _exists(context: Context, ledger: str, rid: int) -> bool:
    """Whether there is such a record, stored or about to be."""
    if not -_LARGEST <= rid < _LARGEST:
        return False
    return bool(context.name(ledger, rid)) or context.values(ledger, rid) is not None


_SEPARATORS = re.compile(r"[、，,；;\n]+")


@dataclass(frozen=True)
class Links(Field):
    """Several records, kept as their record numbers in the order given."""

    ledger: str = ""
    kind: ClassVar[str] = "links"
    packed: ClassVar[bool] = True

    def read(self, raw: object, context: Context) -> Reading:
        """Names separated by 、 or a form's list of record numbers."""
        text = as_text(raw)
        parts = raw if isinstance(raw, (tuple, list)) else [] if is_blank(text) else _SEPARATORS.split(text)
        one = Link(self.key, self.label, ledger=self.ledger)
        readings = [one.read(part, context) for part in parts]
        rids = tuple(dict.fromkeys(reading.value for reading in readings if isinstance(reading.value, int)))
        return Reading(rids or None, tuple(finding for reading in readings for finding in reading.findings))

    def show(self, value: Value, names: Names) -> str:
        """The names, separated by 、."""
        return "、".join(names(self.ledger, int(rid)) for rid in value) if isinstance(value, tuple) else ""


_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Attachment(Field):
    """Files inside the office file, by SHA-256. `photo`: a single picture, shown as such; sheets never carry it."""

    photo: bool = False
    kind: ClassVar[str] = "attachment"
    packed: ClassVar[bool] = True

    def read(self, raw: object, context: Context) -> Reading:
        """A hash or several; bytes are taken in by the store before, which gives the hash."""
        del context
        hashes = raw if isinstance(raw, (tuple, list)) else [] if is_blank(raw) else as_text(raw).split()
        if not hashes:
            return BLANK
        if not all(isinstance(sha, str) and _SHA256.fullmatch(sha) for sha in hashes):
            return Reading(None, (error(self.key, f"{self.label}请用“选择文件”放入。"),))
        if self.photo and len(hashes) > 1:
            return Reading(None, (error(self.key, f"{self.label}只能放一张。"),))
        return Reading(tuple(str(sha) for sha in hashes))

    def show(self, value: Value, names: Names) -> str:
        """The hashes, so that what is written can be read again."""
        del names
        return " ".join(str(sha) for sha in value) if isinstance(value, tuple) else ""
