"""What can be written on the command line. Says of each command which function carries it out, and loads none."""

import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, _ArgumentGroup, _SubParsersAction
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeAlias

from taizhang.command.usage import WrongUsage

_PROFILES = ("full", "internal", "posting", "wall")
_SHOWS = ("present", "gone", "void", "all")


class _Parser(ArgumentParser):
    """Says in Chinese that something is wrong."""

    def error(self, message: str) -> NoReturn:
        """Show how it is written, and raise `WrongUsage`."""
        self.print_usage(sys.stderr)
        raise WrongUsage(f"命令写法不对（{message}），没有执行；用 taizhang --help 查看写法。")


_Commands: TypeAlias = "_SubParsersAction[_Parser]"


def build() -> ArgumentParser:
    """The whole command line."""
    parser = _Parser(
        prog="taizhang",
        description="台账：社区党组织的台账。不写命令就打开窗口。",
        add_help=False,
        allow_abbrev=False,
    )
    parser.set_defaults(run=None)
    _globals(parser, office=None, password_file=None, json=False, today=None, user="")
    asked = parser.add_mutually_exclusive_group()
    for name, run, text in (
        ("--version", ("installed", "version"), "版本"),
        ("--self-check", ("self_check", "self_check"), "检查程序是否完整"),
    ):
        asked.add_argument(name, dest="run", action="store_const", const=run, help=text)
    commands = parser.add_subparsers(title="命令", metavar="命令", parser_class=_Parser)
    _offices(commands)
    _sheets(commands)
    _reading(commands)
    _writing(commands)
    _copies(commands)
    return parser


def _globals(parser: ArgumentParser, **defaults: object) -> None:
    """What goes with every command, before it or after it; without defaults, what stood before counts."""
    group = parser.add_argument_group("通用选项")
    group.add_argument("-h", "--help", action="help", help="显示这份说明")
    group.add_argument("--office", type=Path, metavar="FILE", help="台账文件（默认：最近打开的）", default=SUPPRESS)
    group.add_argument("--password-file", type=Path, metavar="F", help="第一行是密码的文件", default=SUPPRESS)
    group.add_argument("--json", action="store_true", help="只输出一个 JSON 对象", default=SUPPRESS)
    group.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="“今天”是哪一天", default=SUPPRESS)
    group.add_argument("--user", metavar="NAME", help="经办人，记入修改历史", default=SUPPRESS)
    parser.set_defaults(**defaults)


def _command(commands: _Commands, name: str, run: tuple[str, str], text: str) -> _ArgumentGroup:
    parser = commands.add_parser(name, help=text, description=text, add_help=False, allow_abbrev=False)
    parser.set_defaults(run=run)
    group = parser.add_argument_group("参数")
    _globals(parser)
    return group


def _offices(commands: _Commands) -> None:
    new = _command(commands, "new", ("offices", "new"), "新建台账文件")
    new.add_argument("file", type=Path, metavar="FILE")
    new.add_argument("--name", required=True, metavar="全称", help="单位全称")
    new.add_argument("--kind", required=True, metavar="类别", help="单位类别，如 社区党委")
    demo = _command(commands, "demo", ("offices", "demo"), "做一个示例单位（人都是编造的）")
    demo.add_argument("directory", type=Path, metavar="DIR")
    _command(commands, "ledgers", ("installed", "ledgers"), "有哪些台账，各有哪些栏目")


def _sheets(commands: _Commands) -> None:
    template = _command(commands, "template", ("sheets", "template"), "空白表格")
    template.add_argument("ledger", metavar="LEDGER")
    template.add_argument("out", type=Path, metavar="OUT.xlsx")
    take = _command(commands, "import", ("sheets", "import_"), "从 Excel 导入")
    take.add_argument("ledger", metavar="LEDGER")
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--sheet", metavar="NAME", help="只读这一张工作表")
    take.add_argument("--map", type=Path, metavar="FILE.json", help="表头对应的栏目")
    take.add_argument("--dry-run", action="store_true", help="只看结果，不保存")
    take.add_argument("--marked", type=Path, metavar="OUT.xlsx", help="把问题标在原表的副本上")
    give = _command(commands, "export", ("sheets", "export"), "导出 Excel")
    give.add_argument("ledger", metavar="LEDGER")
    give.add_argument("out", type=Path, metavar="OUT.xlsx")
    give.add_argument("--columns", type=_keys, default=(), metavar="a,b,c")
    give.add_argument("--privacy", choices=_PROFILES, default="full")


def _reading(commands: _Commands) -> None:
    rows = _command(commands, "list", ("reading", "list_rows"), "列出记录")
    rows.add_argument("ledger", metavar="LEDGER")
    rows.add_argument("--search", default="", metavar="TEXT", help="姓名、拼音、首字母或号码尾数")
    rows.add_argument("--where", type=pair, nargs="+", action="extend", default=[], metavar="KEY=VALUE")
    rows.add_argument("--as-of", type=_day, metavar="DATE", help="那一天的名册")
    rows.add_argument("--show", choices=_SHOWS, default="present", help="在册、已减少、已作废、全部")
    rows.add_argument("--limit", type=_count, metavar="N")
    for name, function, text in (("show", "show", "一条记录的全部内容"), ("history", "history", "一条记录的修改历史")):
        one = _command(commands, name, ("reading", function), text)
        one.add_argument("ledger", metavar="LEDGER")
        one.add_argument("id", metavar="ID")
    paper = _command(commands, "print", ("paper", "print_"), "打印成 PDF")
    paper.add_argument("what", metavar="WHAT")
    paper.add_argument("out", type=Path, metavar="OUT.pdf")
    paper.add_argument("--paper", default="A4", metavar="A4|A3|宽x高", help="毫米")
    paper.add_argument("--landscape", action="store_true", help="横向")
    paper.add_argument("--id", nargs="+", action="extend", default=[], metavar="ID", help="只打印这几条")
    paper.add_argument("--as-of", type=_day, metavar="DATE")
    paper.add_argument("--privacy", choices=_PROFILES, default="internal")


def _writing(commands: _Commands) -> None:
    change = _command(commands, "set", ("writing", "set_"), "新增一条，或修改 ID 那一条")
    change.add_argument("ledger", metavar="LEDGER")
    change.add_argument("items", nargs="+", metavar="[ID] KEY=VALUE")
    void = _command(commands, "void", ("writing", "void"), "作废一条记录")
    void.add_argument("ledger", metavar="LEDGER")
    void.add_argument("id", metavar="ID")
    void.add_argument("--reason", required=True, metavar="TEXT", help="作废原因")
    _command(commands, "undo", ("writing", "undo"), "撤销最近一次操作")
    _command(commands, "redo", ("writing", "redo"), "恢复刚撤销的操作")


def _copies(commands: _Commands) -> None:
    _command(commands, "check", ("offices", "check"), "检查整个台账文件")
    backup = _command(commands, "backup", ("offices", "backup"), "备份台账文件")
    backup.add_argument("out", type=Path, metavar="OUT")
    restore = _command(commands, "restore", ("offices", "restore"), "从备份恢复成新文件")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--to", type=Path, required=True, metavar="NEW.tz")


def _day(text: str) -> date:
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


def _keys(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, text.split(","))))


def _count(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"“{text}”应是条数")
    return int(text)
