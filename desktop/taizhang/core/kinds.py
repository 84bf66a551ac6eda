"""The plain kinds of field: text, names, days, numbers, money, flags, telephone and ID numbers."""

import re
from dataclasses import dataclass
from typing import ClassVar, Literal

from taizhang.core import idcard, money, phone
from taizhang.core.context import Context, Value
from taizhang.core.day import BadDay, parse_day, show
from taizhang.core.field import BLANK, Field, Names, Reading, as_text
from taizhang.core.findings import Finding, Severity, error, warning
from taizhang.core.text import clean_name, is_blank


@dataclass(frozen=True)
class Text(Field):
    """A line of text of at most `longest` characters.

    `recalls`: the columns (ledger, field) whose texts are offered while one types, as the like was written there.
    """

    longest: int = 200
    recalls: tuple[tuple[str, str], ...] = ()
    kind: ClassVar[str] = "text"

    def read(self, raw: object, context: Context) -> Reading:
        """The clean text; a longer one is refused, never cut."""
        del context
        text = as_text(raw)
        if not text or is_blank(text):
            return BLANK
        if len(text) > self.longest:
            return Reading(text, (error(self.key, f"{self.label}最多 {self.longest} 个字，现有 {len(text)} 个。"),))
        return Reading(text)


@dataclass(frozen=True)
class LongText(Text):
    """Text of many lines, kept as typed but for the characters that only a machine sees."""

    longest: int = 20_000
    kind: ClassVar[str] = "long_text"

    def read(self, raw: object, context: Context) -> Reading:
        """Each line clean, the lines kept apart."""
        if not isinstance(raw, str) or "\n" not in raw:
            return super().read(raw, context)
        text = "\n".join(as_text(line) for line in raw.splitlines()).strip("\n")
        if len(text) > self.longest:
            return Reading(text, (error(self.key, f"{self.label}最多 {self.longest} 个字，现有 {len(text)} 个。"),))
        return Reading(text or None)


@dataclass(frozen=True)
class PersonName(Text):
    """A person's name as on the ID card: no spaces within, minority names with “·” (form item 1)."""

    longest: int = 40
    kind: ClassVar[str] = "name"

    def read(self, raw: object, context: Context) -> Reading:
        """The clean name; figures and signs that no name has are refused."""
        value, findings = super().read(raw, context)
        if value is None or findings:
            return Reading(value, findings)
        name = clean_name(str(value))
        if name.isalpha():  # nearly every name
            return Reading(name)
        if not any(char.isalpha() for char in name) or any(char.isdigit() for char in name):
            return Reading(name, (error(self.key, f"{self.label}应填姓名，请核对。", value=name),))
        return Reading(name)


@dataclass(frozen=True)
class Day(Field):
    """A day that may lack the day or the month; kept as ISO text: 2004-07-01, 2004-07 or 2004."""

    future: bool = True
    kind: ClassVar[str] = "day"
    repeats: ClassVar[bool] = True
    align: ClassVar[Literal["left", "center", "right"]] = "center"

    def read(self, raw: object, context: Context) -> Reading:
        """The day in any shape people type; an impossible one is refused, never corrected."""
        if raw is None or (isinstance(raw, str) and is_blank(raw)):
            return BLANK
        try:
            day = parse_day(raw)
        except BadDay as bad:
            return Reading(None, (error(self.key, f"{self.label}：{bad}", value=as_text(raw)),))
        if not self.future and day > context.today.isoformat():
            return Reading(day, (error(self.key, f"{self.label}晚于今天，请核对。", value=day),))
        return Reading(day)

    def show(self, value: Value, names: Names) -> str:
        """2004.07.01, as Party tables write it."""
        del names
        return show(value, "dotfull") if isinstance(value, str) else ""


class IdCard(Field):
    """A citizen's ID number of 18 characters (domain 2.6, GB 11643-1999)."""

    kind: ClassVar[str] = "id_card"
    numbered: ClassVar[bool] = True

    def read(self, raw: object, context: Context) -> Reading:
        """The number in its normal form; a cell that a spreadsheet has damaged says so."""
        if raw is None or (isinstance(raw, str) and is_blank(raw)):
            return BLANK
        try:
            number = idcard.normalise(raw)
        except idcard.Damaged as damaged:
            return Reading(None, (error(self.key, str(damaged), value=str(raw)),))
        problems = idcard.problems(number, context.today)
        return Reading(number, tuple(self._finding(problem, number) for problem in problems))

    def _finding(self, problem: idcard.Problem, number: str) -> Finding:
        proposal = idcard.upgrade_15(number) if problem.code == "fifteen" else None
        return Finding(self.key, problem.text, Severity(problem.severity), number, proposal)


class Phone(Field):
    """One or several telephone numbers."""

    kind: ClassVar[str] = "phone"
    numbered: ClassVar[bool] = True

    def read(self, raw: object, context: Context) -> Reading:
        """The numbers without spaces and dashes; an unlikely one is asked about, not refused."""
        del context
        if raw is None or (isinstance(raw, str) and is_blank(raw)):
            return BLANK
        number, problem = phone.parse_phone(raw)
        if is_blank(number):
            return BLANK
        return Reading(number, (warning(self.key, problem, value=as_text(raw)),) if problem else ())


class Money(Field):
    """An amount in fen (1/100 yuan); typed and shown in yuan."""

    kind: ClassVar[str] = "money"
    storage: ClassVar[Literal["text", "integer"]] = "integer"
    align: ClassVar[Literal["left", "center", "right"]] = "right"

    def read(self, raw: object, context: Context) -> Reading:
        """The amount; what is no amount is refused."""
        del context
        if raw is None or (isinstance(raw, str) and is_blank(raw)):
            return BLANK
        try:
            return Reading(money.parse_fen(raw))
        except ValueError:
            return Reading(None, (error(self.key, f"{self.label}应填金额（元），请核对。", value=as_text(raw)),))

    def show(self, value: Value, names: Names) -> str:
        """Yuan with two decimals."""
        del names
        return money.show_fen(value) if isinstance(value, int) else ""


# People write the unit behind the number: 3年, 6个月, 12人.
_WHOLE = re.compile(r"([+-]?\d{1,18}) ?(?:年|个月|月|人|次|天|个|户|元|%)?", re.ASCII)


@dataclass(frozen=True)
class Whole(Field):
    """A whole number between `least` and `most`."""

    least: int = 0
    most: int = 1_000_000
    kind: ClassVar[str] = "whole"
    storage: ClassVar[Literal["text", "integer"]] = "integer"
    align: ClassVar[Literal["left", "center", "right"]] = "right"

    def read(self, raw: object, context: Context) -> Reading:
        """The number; what is no whole number, or out of bounds, is refused."""
        del context
        text = as_text(raw)
        if not text or is_blank(text):
            return BLANK
        plain = _WHOLE.fullmatch(text)
        if plain is None:
            return Reading(None, (error(self.key, f"{self.label}应填整数，请核对。", value=text),))
        number = int(plain[1])
        if not self.least <= number <= self.most:
            return Reading(None, (error(self.key, f"{self.label}应在 {self.least} 到 {self.most} 之间。", value=text),))
        return Reading(number)


_YES = frozenset({"是", "有", "√", "✓", "✔", "对", "1", "y", "yes", "true"})
_NO = frozenset({"否", "无", "没有", "×", "✗", "不是", "0", "n", "no", "false"})


class Flag(Field):
    """Yes or no, or not yet known (blank)."""

    kind: ClassVar[str] = "flag"
    storage: ClassVar[Literal["text", "integer"]] = "integer"
    repeats: ClassVar[bool] = True
    align: ClassVar[Literal["left", "center", "right"]] = "center"

    def read(self, raw: object, context: Context) -> Reading:
        """是/否 in the ways people mark it."""
        del context
        if isinstance(raw, bool):
            return Reading(raw)
        text = as_text(raw).lower()
        if text in _NO:
            return Reading(False)
        if not text or is_blank(text):
            return BLANK
        if text in _YES:
            return Reading(True)
        return Reading(None, (error(self.key, f"{self.label}应填“是”或“否”。", value=text),))

    def show(self, value: Value, names: Names) -> str:
        """是 or 否."""
        del names
        return "" if value is None else "是" if value else "否"
