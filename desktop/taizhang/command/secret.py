"""Secrets: they come in files, never on the command line; a recovery code is said once, when it is made."""

import codecs
import re
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from taizhang.command.teller import Teller
from taizhang.core.access import Access, weakness
from taizhang.core.errors import Refused
from taizhang.store import keyring
from taizhang.store.keyring import Keyring

_FIRST = "管理员"  # who sets the first password, when no name is given
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # what the Notepad of Windows calls Unicode


def secret_in(path: Path, what: str = "密码") -> str:
    """The first line of a file, without its end; `what` it is, for the refusal of a file that holds none."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-16" if content.startswith(_WIDE) else "utf-8-sig")
    except OSError as cause:
        raise Refused(f"读不了写有{what}的文件“{path.name}”，没有执行；请检查文件是否还在、能否读取。") from cause
    except UnicodeDecodeError:
        # Without the cause: its message would hold what the file holds.
        raise Refused(f"写有{what}的文件“{path.name}”不是 UTF-8 文本，没有执行；请用记事本另存为 UTF-8。") from None
    found = re.split("[\r\n]", text, maxsplit=1)[0]
    if not found:
        raise Refused(f"文件“{path.name}”的第一行是空的，没有执行；请把{what}写在第一行。")
    return found


def new_password_in(path: Path, teller: Teller) -> str:
    """A password that is to be set; one that is easily guessed is warned of and set all the same."""
    found = secret_in(path, "新密码")
    if said := weakness(found):
        teller.warn(f"请注意：{said}")
    return found


def first_ring(args: Namespace, path: Path, teller: Teller) -> tuple[Keyring, Access, str]:
    """The keys of an office that gets its first password: the ring, its administrator's access, the recovery code."""
    return keyring.create(args.user or _FIRST, new_password_in(path, teller))


def code_lines(code: str) -> Iterator[str]:
    """A new recovery code, and what is to be done with it."""
    yield f"恢复码：{code}"
    yield "请现在抄下恢复码，装信封封存在保险柜里：忘记密码时只有它能打开，程序不会再显示第二次。"
