"""Forms written for tests: a head that is right, and what is asked of the rest."""

from taizhang.press.forms.faults import Fault
from taizhang.press.forms.language import read_form
from taizhang.press.forms.model import Form, Item

HEAD = "名称 慰问登记表\n台账 党员名册\n"
ROOM = "行 10 20 正文 12 | 照样\n"


def form(text: str, head: str = HEAD) -> Form:
    """The form of a text that is right."""
    read = read_form("visit", head + text, "visit.form")
    assert read.form is not None, list(map(str, read.faults))
    return read.form


def item(text: str) -> Item:
    """The only item of a form."""
    (found,) = form(text).items()
    return found


def faults(text: str, head: str = HEAD) -> list[str]:
    """What is said of a text that is wrong."""
    return list(map(str, told(text, head)))


def told(text: str, head: str = HEAD) -> tuple[Fault, ...]:
    """The faults of a text that is wrong."""
    read = read_form("visit", head + text, "visit.form")
    assert read.form is None
    return read.faults
