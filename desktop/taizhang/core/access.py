"""Who may do what in an office: the three roles, and what comes with having entered."""

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from taizhang.core.errors import Refused
from taizhang.core.privacy import Profile

_LONG_ENOUGH = 8  # characters of a password


class Role(StrEnum):
    """What somebody may do; each may also do what the next one may."""

    ADMIN = "admin"
    RECORDER = "recorder"
    READER = "reader"


ROLE_LABELS = {Role.ADMIN: "管理员", Role.RECORDER: "记录员", Role.READER: "只读"}
ROLE_HELP = {
    Role.ADMIN: "可以改记录，也管使用者、密码、恢复、抹除和交接",
    Role.RECORDER: "可以改记录、导入、导出和打印",
    Role.READER: "只能看，号码遮住中间几位",
}


@dataclass(frozen=True)
class Access:
    """Somebody who has entered an office. `key` opens the file, `ring_key` its ring of keys; neither is ever shown."""

    who: str
    role: Role
    key: bytes | None = field(default=None, repr=False)
    ring_key: bytes = field(default=b"", repr=False)


def widest(role: Role) -> Profile:
    """The most that these eyes may see, on the screen and on anything that leaves the office (R-PRIV)."""
    return Profile.INTERNAL if role is Role.READER else Profile.FULL


def must(role: Role, *, be: Role) -> None:
    """Refuse what this role may not do."""
    order = list(Role)
    if order.index(role) > order.index(be):
        who = ROLE_LABELS[be] if be is Role.ADMIN else f"{ROLE_LABELS[be]}或{ROLE_LABELS[Role.ADMIN]}"
        raise Refused(f"这一步只有{who}可以做，没有改动；您现在是“{ROLE_LABELS[role]}”，请让{who}来做。")


def weakness(password: str) -> str | None:
    """What speaks against a new password, in a sentence that is said but refuses nothing; None when nothing does."""
    text = unicodedata.normalize("NFKC", password)
    if len(text) < _LONG_ENOUGH:
        return f"密码只有 {len(text)} 位，容易被试出来；请改用 {_LONG_ENOUGH} 位以上，例如几个不相干的词。"
    if len({ord(after) - ord(before) for before, after in pairwise(text)}) == 1:  # 11111111, 12345678, hgfedcba
        return "密码是重复或连续的一串，容易被试出来；请换一个，例如几个不相干的词。"
    return None
