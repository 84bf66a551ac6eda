"""The recovery code that opens a locked office when the password is forgotten: eight groups of six digits.

Digits alone can be typed on any keyboard and read out over the telephone. Each group is a multiple of eleven, so that
a slip of the pen is found in its own group.
"""

import re
import unicodedata

from taizhang.core.errors import Refused

SIZE = 16  # bytes
GROUPS, DIGITS = 8, 6
_FACTOR = 11


def written(secret: bytes) -> str:
    """The code as it is printed; `secret` has `SIZE` bytes."""
    if len(secret) != SIZE:
        raise ValueError(len(secret))
    numbers = (int.from_bytes(secret[at : at + 2]) for at in range(0, SIZE, 2))
    return "-".join(f"{number * _FACTOR:0{DIGITS}}" for number in numbers)


def read(text: str) -> bytes:
    """The secret behind a code as somebody typed it; `Refused` says which group was copied wrongly."""
    digits = re.sub(r"[\s\-‐-―−]", "", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(f"[0-9]{{{GROUPS * DIGITS}}}", digits):
        raise Refused(f"恢复码应是 {GROUPS} 组、每组 {DIGITS} 个数字，没有打开；请照着封存的那张纸逐组输入。")
    groups = [digits[at : at + DIGITS] for at in range(0, GROUPS * DIGITS, DIGITS)]
    for number, group in enumerate(groups, 1):
        if not is_group(group):
            raise Refused(f"恢复码的第 {number} 组抄错了，没有打开；请对照封存的那张纸核对这一组。")
    return b"".join((int(group) // _FACTOR).to_bytes(2) for group in groups)


def is_group(digits: str) -> bool:
    """Whether these six digits can be a group of a code."""
    number, rest = divmod(int(digits), _FACTOR)
    return not rest and number <= 0xFFFF
