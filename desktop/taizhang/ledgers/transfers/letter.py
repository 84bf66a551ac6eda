"""A link to a letter of ours: people name it by its number, or by whom it was for."""

from dataclasses import dataclass

from taizhang.core.context import Context
from taizhang.core.field import Reading, as_text
from taizhang.core.kinds_linked import Link
from taizhang.ledgers.transfers.states import OUT, UNDERWAY, VOIDED


@dataclass(frozen=True)
class Letter(Link):
    """A letter that another one replaces; of several for one person, the one that can have been replaced."""

    def read(self, raw: object, context: Context) -> Reading:
        """The letter of that number or name; a form hands the record number itself (an int)."""
        text = "" if isinstance(raw, int) else as_text(raw)
        if text:
            rids = context.holders(self.ledger, "number", text) or context.find(self.ledger, text)
            letters = {rid: context.values(self.ledger, rid) or {} for rid in rids}
            for state in (VOIDED, UNDERWAY):
                fit = [rid for rid, it in letters.items() if (it.get("direction"), it.get("state")) == (OUT, state)]
                if len(fit) == 1:
                    return Reading(fit[0])
        return super().read(raw, context)
