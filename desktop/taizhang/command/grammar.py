"""The words of the command line: how a command is added, what goes with every command, and the values it takes."""

import re
import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, _ArgumentGroup, _SubParsersAction
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from taizhang.command.usage import WrongUsage

_NUMBERS = re.compile(r"-[\d.]+(,-?[\d.]+)?$")  # what begins with - and is no option
_FARTHEST = 50  # mm; farther is a slip of the finger


class Parser(ArgumentParser):
    """Says in Chinese that something is wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._negative_number_matcher = _NUMBERS

    def error(self, message: str) -> NoReturn:
        """Show how it is written, and raise `WrongUsage`."""
        self.print_usage(sys.stderr)
        raise WrongUsage(f"命令写法不对（{message}），没有执行；用 taizhang --help 查看写法。")


Commands: TypeAlias = "_SubParsersAction[Parser]"


def add_globals(parser: ArgumentParser, **defaults: object) -> None:
    """What goes with every command, before it or after it; without defaults, what stood before counts."""
    group = parser.add_argument_group("通用选项")
    group.add_argument("-h", "--help", action="help", help="显示这份说明")
    group.add_argument("--office", type=Path, metavar="FILE", help="台账文件（默认：最近打开的）", default=SUPPRESS)
    group.add_argument("--password-file", type=Path, metavar="F", help="第一行是密码的文件", default=SUPPRESS)
    group.add_argument("--json", action="store_true", help="只输出一个 JSON 对象", default=SUPPRESS)
    group.add_argument("--today", type=day, metavar="YYYY-MM-DD", help="“今天”是哪一天", default=SUPPRESS)
    group.add_argument("--user", metavar="NAME", help="经办人，记入修改历史", default=SUPPRESS)
    parser.set_defaults(**defaults)


def command(commands: Commands, name: str, run: tuple[str, str], text: str) -> _ArgumentGroup:
    """One more command, carried out by the function `run[1]` of the module `run[0]`; where its arguments go."""
    parser = commands.add_parser(name, help=text, description=text, add_help=False, allow_abbrev=False)
    parser.set_defaults(run=run)
    group = parser.add_argument_group("参数")
    add_globals(parser)
    return group


def day(text: str) -> date:
    """A whole day, as ISO has it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}”不是日期，请写成 2026-11-21") from None


def pair(text: str) -> tuple[str, str]:
    """The key and the value of KEY=VALUE."""
    key, sign, value = text.partition("=")
    if not sign:
        raise ArgumentTypeError(f"“{text}”应写成 KEY=VALUE")
    return key.strip(), value


def keys(text: str) -> tuple[str, ...]:
    """The keys of a,b,c."""
    return tuple(filter(None, map(str.strip, text.split(","))))


def count(text: str) -> int:
    """How many."""
    if not text.isdecimal():
        raise ArgumentTypeError(f"“{text}”应是条数")
    return int(text)


def offset(text: str) -> tuple[float, float]:
    """How far to the right and down, in mm, of DX,DY; tenths count."""
    try:
        across, down = (round(float(one), 1) for one in text.split(","))
    except ValueError:
        raise ArgumentTypeError(f"“{text}”不是两个毫米数，请写成 1.5,-0.3") from None
    if not (abs(across) <= _FARTHEST and abs(down) <= _FARTHEST):  # nor what is no number at all
        raise ArgumentTypeError(f"“{text}”移得太远，最多 {_FARTHEST} 毫米")
    return across, down
