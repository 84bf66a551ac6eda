"""Asks the rules anew about records that are stored: an office changes around them, and days go by."""

from collections.abc import Sequence

from taizhang.store.query import Query
from taizhang.store.rows import Remark
from taizhang.store.store import Store


def review(store: Store, ledger_key: str, rids: Sequence[int] | None = None) -> list[Remark]:
    """What the rules of a ledger say today of its present records, in order; those without remark left out.

    Meant for ledgers that are `volatile`: few records, rules that look at the day or at other ledgers; of others ask
    only for certain `rids`.
    """
    return store.remarks(ledger_key, store.rids(Query(ledger_key)) if rids is None else rids)
