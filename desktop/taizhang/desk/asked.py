"""What a page wants of the window: to import, export or print what its list shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from taizhang.core.act import Act
from taizhang.core.ledger import Ledger
from taizhang.store.query import Query


@dataclass(frozen=True)
class Asked:
    """`action` is "import", "export" or "print"; `condition` the question in words; `chosen` the records selected."""

    action: str
    ledger: Ledger
    query: Query
    condition: str
    columns: tuple[str, ...]
    chosen: tuple[int, ...]


@dataclass(frozen=True)
class ActAsked:
    """An act to be done: to the record `rid`, or beginning a new one with `preset` (raw values by field)."""

    action: ClassVar[str] = "act"
    ledger: Ledger
    act: Act
    rid: int | None = None
    preset: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class FormAsked:
    """A paper form to be shown and printed for these records; without a key, one is chosen among those that fit."""

    action: ClassVar[str] = "form"
    ledger: Ledger
    rids: tuple[int, ...]
    form: str = ""


@dataclass(frozen=True)
class FormsAsked:
    """The list of all paper forms, to change one."""

    action: ClassVar[str] = "forms"
