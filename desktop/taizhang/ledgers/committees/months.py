"""The months in which somebody takes the turn as secretary (轮职书记)."""

import re
from dataclasses import dataclass

from taizhang.core.context import Context
from taizhang.core.field import BLANK, Reading, as_text
from taizhang.core.findings import error
from taizhang.core.kinds import Text
from taizhang.core.text import is_blank

_APART = re.compile(r"[、，,；;/\s]+")
_RANGE = re.compile(r"(\d{1,2})(?:[-—–~～至到](\d{1,2}))?")


@dataclass(frozen=True)
class Months(Text):
    """Months of the year, kept as `1、5、9`."""

    def read(self, raw: object, context: Context) -> Reading:
        """Numbers or ranges (`1-3月`), in any order; what is no month is refused."""
        del context
        text = as_text(raw)
        if not text or is_blank(text):
            return BLANK
        months: set[int] = set()
        for part in _APART.split(text.replace("月份", "").replace("月", "")):
            match = _RANGE.fullmatch(part)
            first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
            if not 1 <= first <= last <= 12:
                return Reading(None, (error(self.key, f"{self.label}应写 1 至 12 的月份，如 1、5、9。", value=text),))
            months.update(range(first, last + 1))
        return Reading("、".join(map(str, sorted(months))))
