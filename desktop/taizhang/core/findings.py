"""A finding: what is wrong with a value, in words, with the repair that is proposed."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a finding keeps the row out (`ERROR`) or only asks to be looked at (`WARNING`)."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of the gate about one row.

    `field` is the key of the field beside which it is shown (None: the whole row), `value` the text that was found
    there, `proposal` the raw text that would mend it, `rule` the rule of the reference that asks for it.
    """

    field: str | None
    text: str
    severity: Severity = Severity.ERROR
    value: str = ""
    proposal: str | None = None
    rule: str = ""

    @property
    def is_error(self) -> bool:
        """Whether a row with this finding is refused."""
        return self.severity is Severity.ERROR


def error(field: str | None, text: str, *, value: str = "", proposal: str | None = None, rule: str = "") -> Finding:
    """A finding that refuses its row."""
    return Finding(field, text, Severity.ERROR, value, proposal, rule)


def warning(field: str | None, text: str, *, value: str = "", proposal: str | None = None, rule: str = "") -> Finding:
    """A finding that asks to be looked at and refuses nothing."""
    return Finding(field, text, Severity.WARNING, value, proposal, rule)
