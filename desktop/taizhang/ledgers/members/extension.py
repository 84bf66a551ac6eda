"""How long a probation was extended."""

import re
from dataclasses import dataclass

from taizhang.core.context import Context
from taizhang.core.field import Reading, as_text
from taizhang.core.kinds import Whole

_WORDS = {"半年": "6", "一年": "12", "1年": "12", "六个月": "6"}
_MONTHS = re.compile(r"(\d{1,2})个?月")


@dataclass(frozen=True)
class Extension(Whole):
    """A number of months, also as people write it: 半年, 6个月, 一年 (R-DEV-01: at least 6, at most 12)."""

    def read(self, raw: object, context: Context) -> Reading:
        """The months."""
        text = as_text(raw)
        match = _MONTHS.fullmatch(text)
        return super().read(match[1] if match else _WORDS.get(text, text), context)
