"""What a page wants of the window: to import, export or print what its list shows."""

from dataclasses import dataclass

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
