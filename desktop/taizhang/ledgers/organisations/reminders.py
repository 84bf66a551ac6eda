"""What an organisation lacks to be what it is (table 12, E10)."""

from taizhang.core.context import Context, Values
from taizhang.core.reminder import Level, Notice, Reminder
from taizhang.ledgers.organisations.rules import size


def _few(values: Values, context: Context) -> bool:
    """A branch with members, fewer than three of them full ones."""
    return any(finding.proposal for finding in size(values, context))


_FEW = Reminder(
    "E10-few",
    "正式党员不足 3 人",
    (Notice(Level.AMBER, "{names}正式党员不足 3 人，应建联合党支部。"),),
    source="R-ORG-01",
    when=_few,
    together=True,
    field="kind",
)

REMINDERS = (_FEW,)
