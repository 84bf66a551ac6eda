"""The log of an office in words: on the screen, in a workbook and on the command line the same."""

from taizhang.core.privacy import PROFILE_LABELS
from taizhang.store.logbook import HAPPENING_LABELS, Noted

TITLE = "留痕记录"
HEADS = ("时间", "经办", "事项", "内容", "范围", "数量")


def in_words(line: Noted) -> tuple[str, ...]:
    """One line of the log, for each of `HEADS`."""
    seen = PROFILE_LABELS[line.profile] if line.profile else ""
    count = "" if line.records is None else str(line.records)
    return f"{line.at:%Y-%m-%d %H:%M}", line.who, HAPPENING_LABELS[line.kind], line.what, seen, count
