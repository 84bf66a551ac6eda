"""Looks up what a form names: its ledger, the fields, where the links lead."""

from collections.abc import Mapping

from taizhang.core.ledger import Ledger
from taizhang.press.forms.faults import Fault
from taizhang.press.forms.model import Form


def check_names(form: Form, ledgers: Mapping[str, Ledger]) -> list[Fault]:
    """What the form names and these ledgers do not have, each with the nearest that they do."""
    del form, ledgers
    return []
