"""For how many days a letter holds: also as it stands in the letter, in capital numerals (domain 3.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from taizhang.core.context import Context
from taizhang.core.field import Reading, as_text
from taizhang.core.kinds import Whole
from taizhang.core.money import capital

_LONGEST = 366
_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰", "一二三四五六七八九十百")


@dataclass(frozen=True)
class Term(Whole):
    """A number of days: 30, 叁拾, 三十天."""

    def read(self, raw: object, context: Context) -> Reading:
        """The days."""
        text = as_text(raw)
        words = text.removesuffix("天").removesuffix("日").strip().translate(_PLAIN)
        return super().read(_spelled().get(words, text), context)


@cache
def _spelled() -> Mapping[str, str]:
    """Numbers by what they are called; ten is 十 as well as 一十."""
    names = {capital(days).translate(_PLAIN): str(days) for days in range(1, _LONGEST + 1)}
    return {**names, **{name[1:]: days for name, days in names.items() if name.startswith("一十")}}
