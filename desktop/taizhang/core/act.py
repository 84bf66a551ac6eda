"""An act: something that is done to a record of a ledger in one step, such as issuing a letter or accepting it."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field

from taizhang.core.context import Context, Values


@dataclass(frozen=True, slots=True)
class Page:
    """One step of an act: what it asks for, by the keys of the ledger's own fields, under a title."""

    title: str
    fields: tuple[str, ...]
    help: str = ""


def always(_values: Values) -> bool:
    """For acts that can be done with any record."""
    return True


def nothing(_values: Values, _context: Context) -> Mapping[str, object]:
    """For acts that begin with nothing filled in."""
    return {}


@dataclass(frozen=True)
class Act:
    """One act. What it comes to is an added or changed record that passes the gate, and what that has for effects.

    `starts`: it begins a new record; otherwise it is done to one for which `when` holds. `pages` is what is asked,
    step by step, each field once, under another label where `labels` has one; `sets` gives raw values to begin with,
    by field, before anything is typed: shown in the pages where they ask for that field, else taken as they are.
    `form` is the key of the paper that comes of it. `link`: the field by which it can begin at another record (at a
    member's card), `about` says there for which of them. `main`: the one that the page offers first.
    """

    key: str
    label: str
    _: KW_ONLY
    icon: str
    help: str
    pages: tuple[Page, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    starts: bool = False
    when: Callable[[Values], bool] = always
    sets: Callable[[Values, Context], Mapping[str, object]] = nothing
    form: str = ""
    link: str = ""
    about: Callable[[Values], bool] = always
    main: bool = False
