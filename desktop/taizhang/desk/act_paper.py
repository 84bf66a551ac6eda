"""The paper of an act, read from what is about to be stored, to be looked at before it is."""

from datetime import datetime

from taizhang.core.context import Values
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Profile
from taizhang.desk.paper_job import Sheaf
from taizhang.press.forms.shelf import shelf_of
from taizhang.press.forms.values import filled_values
from taizhang.store.store import Store


def paper_of_act(store: Store, ledger: Ledger, key: str, values: Values, at: datetime) -> Sheaf:
    """Read what the paper needs, on the file's thread; `Refused` when the office's own form is broken."""
    form = shelf_of(store).form(key)
    record = filled_values(store, form, ledger, values, profile=Profile.FULL, at=at, who=store.who)
    return Sheaf(form, [record], at, store.name)
