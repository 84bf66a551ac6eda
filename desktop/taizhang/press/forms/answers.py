"""What one record answers to the places of a form, and what is to be said about it before anything is printed."""

from collections.abc import Mapping, Sequence

from taizhang.press.fonts import GETA, Typefaces
from taizhang.press.forms.filling import Filled, FormRemark
from taizhang.press.forms.model import Ref
from taizhang.press.forms.styles import styled
from taizhang.press.text import clean


class Remarks:
    """Collects remarks, each once, in the order in which they were met."""

    def __init__(self, faces: Typefaces) -> None:
        self._faces = faces
        self._said: dict[FormRemark, None] = {}
        self._heard: set[str] = set()
        self._lacking: set[str] = set()

    def say(self, line: int, record: str, text: str, *, stops: bool = True) -> None:
        """Remember this; `stops`: nothing may be printed until it is mended."""
        self._said[FormRemark(line, record, text, stops)] = None

    def read(self, line: int, record: str, what: str, text: str) -> None:
        """Say which characters of `text` no typeface can print; `what` is the field, or empty for the form's words."""
        chars = set(text)
        if new := chars - self._heard:
            self._heard |= new
            self._lacking.update(self._faces.missing("".join(sorted(new))))
        if self._lacking and (lacking := "".join(char for char in dict.fromkeys(text) if char in self._lacking)):
            where = f"“{what}”里" if what else "表上"
            self.say(
                line, record, f"{where}的“{lacking}”没有字体能印出，将以“{GETA}”代替，请装入含此字的字体。", stops=False
            )

    def all(self) -> tuple[FormRemark, ...]:
        """What was said."""
        return tuple(self._said)


class Answers:
    """One record on one sheet. `numbers` are what only the printing knows: 序号, 总数, 页码, 页数.

    `sheet` counts the sheets over which a list goes on, from 0; `rows` are the records of the list without source.
    """

    def __init__(
        self,
        record: Filled | None,
        remarks: Remarks,
        numbers: Mapping[str, str],
        *,
        sheet: int = 0,
        rows: Sequence[Filled] = (),
    ) -> None:
        self.record, self.remarks, self.numbers = record, remarks, numbers
        self.sheet, self._rows = sheet, rows
        self.name = record.name if record else ""

    def text(self, ref: Ref, line: int) -> str:
        """The value to print; says so when it is required and not there."""
        known = self.numbers.get(ref.name)
        text = styled(ref.style, known) or known if known else clean(self.record.text(ref)) if self.record else ""
        if text:
            self.remarks.read(line, self.name, ref.name, text)
        elif ref.required and self.record:
            self.remarks.say(line, self.name, f"“{ref.name}”还没有填，补上以后才能打印。")
        return text

    def raw(self, ref: Ref) -> str:
        """The value by which options are chosen."""
        return self.record.raw(ref).strip() if self.record else ""

    def photo(self, ref: Ref) -> bytes | None:
        """The picture, or None."""
        return self.record.photo(ref) if self.record else None

    def rows(self, source: Ref | None) -> Sequence[Filled]:
        """The records of a list."""
        if source is None:
            return self._rows
        return self.record.rows(source) if self.record else ()

    def too_long(self, ref: Ref, line: int, text: str) -> None:
        """Say that a value does not go into its place; in quotation marks, within which a window hides names (F9)."""
        begin = text.replace("\n", " ")
        shown = begin if len(begin) <= _SHOWN else f"{begin[:_SHOWN]}…"
        self.remarks.say(line, self.name, f"“{ref.name}”太长，缩到最小的字也放不下，请改短“{shown}”。")

    def under(self, record: Filled, number: int, total: int) -> "Answers":
        """A row of a list on this sheet, counted from 1."""
        return Answers(record, self.remarks, {**self.numbers, "序号": str(number), "总数": str(total)})


_SHOWN = 20  # characters of a long value
