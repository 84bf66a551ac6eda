"""What the renderer asks of a record: values as text, photos, the records of a list."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from taizhang.press.forms.model import Ref


class Filled(Protocol):
    """One record, ready to be set into a form."""

    @property
    def name(self) -> str:
        """What the record is called, for remarks."""

    def text(self, ref: Ref) -> str:
        """The value as it is to be printed; empty when there is none."""

    def raw(self, ref: Ref) -> str:
        """The value as its ledger shows it, by which options are chosen."""

    def photo(self, ref: Ref) -> bytes | None:
        """The picture, or None."""

    def rows(self, ref: Ref) -> Sequence["Filled"]:
        """The records that a field lists."""


class FormRemark(NamedTuple):
    """What stands against printing a form: `line` is that of the form, `record` is whom it concerns."""

    line: int
    record: str
    text: str
    stops: bool  # nothing is printed until it is mended
