"""When a term of office comes to its end (table 12, E1)."""

from taizhang.core.context import Context, Value, Values
from taizhang.core.reminder import Level, Notice, Reminder


def _end(values: Values, context: Context) -> Value:
    """The end of the term, or of the extension that was granted."""
    del context
    return values.get("extended_until") or values.get("term_ends_on")


_TERM = Reminder(
    "E1-term",
    "换届",
    (
        Notice(Level.INFO, "{name}任期{due}届满，不到一年，请列入换届计划。", months=-12),
        Notice(Level.AMBER, "{name}任期{due}届满，不到 6 个月，上级应发函提醒，请开始准备换届。", months=-6),
        Notice(Level.AMBER, "{name}任期{due}届满，不到 3 个月，请拟定换届方案和时间。", months=-3),
        Notice(Level.AMBER, "{name}任期{due}届满，还有 {left} 天，请报送换届请示。", months=-1),
        Notice(Level.AMBER, "{name}任期今天届满，请组织换届，延期的要有上级批复。"),
        Notice(Level.RED, "{name}任期{due}已满，超期 {over} 天，请组织换届或补录延期批复。", days=1),
    ),
    source="R-ELEC-01",
    among=({"term_ends_on": ...}, {"extended_until": ...}),
    due=_end,
    by="organisation",
    field="term_ends_on",
)

REMINDERS = (_TERM,)
