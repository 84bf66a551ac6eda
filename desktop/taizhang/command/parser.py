"""What can be written on the command line. Says of each command which function carries it out, and loads none."""

from pathlib import Path

from taizhang.command.grammar import Commands, Parser, add_globals, command, count, day, keys, offset, pair
from taizhang.command.parser_forms import add_forms
from taizhang.command.parser_offices import add_copies, add_keys, add_offices

_PROFILES = ("full", "internal", "posting", "wall")
_SHOWS = ("present", "gone", "void", "all")


def build() -> Parser:
    """The whole command line."""
    parser = Parser(
        prog="taizhang",
        description="台账：社区党组织的台账。不写命令就打开窗口。",
        add_help=False,
        allow_abbrev=False,
    )
    parser.set_defaults(run=None)
    add_globals(parser, office=None, password_file=None, json=False, today=None, user="")
    asked = parser.add_mutually_exclusive_group()
    for name, run, text in (
        ("--version", ("installed", "version"), "版本"),
        ("--self-check", ("self_check", "self_check"), "检查程序是否完整"),
    ):
        asked.add_argument(name, dest="run", action="store_const", const=run, help=text)
    commands = parser.add_subparsers(title="命令", metavar="命令", parser_class=Parser)
    add_offices(commands)
    _sheets(commands)
    _reading(commands)
    _writing(commands)
    add_forms(commands)
    add_copies(commands)
    add_keys(commands)
    return parser


def _sheets(commands: Commands) -> None:
    template = command(commands, "template", ("sheets", "template"), "空白表格")
    template.add_argument("ledger", metavar="LEDGER")
    template.add_argument("out", type=Path, metavar="OUT.xlsx")
    take = command(commands, "import", ("sheets", "import_"), "从 Excel 导入")
    take.add_argument("ledger", metavar="LEDGER")
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--sheet", metavar="NAME", help="只读这一张工作表")
    take.add_argument("--map", type=Path, metavar="FILE.json", help="表头对应的栏目")
    take.add_argument("--dry-run", action="store_true", help="只看结果，不保存")
    take.add_argument("--marked", type=Path, metavar="OUT.xlsx", help="把问题标在原表的副本上")
    give = command(commands, "export", ("sheets", "export"), "导出 Excel")
    give.add_argument("ledger", metavar="LEDGER")
    give.add_argument("out", type=Path, metavar="OUT.xlsx")
    give.add_argument("--columns", type=keys, default=(), metavar="a,b,c")
    give.add_argument("--privacy", choices=_PROFILES, default="full")


def _reading(commands: Commands) -> None:
    rows = command(commands, "list", ("reading", "list_rows"), "列出记录")
    rows.add_argument("ledger", metavar="LEDGER")
    rows.add_argument("--search", default="", metavar="TEXT", help="姓名、拼音、首字母或号码尾数")
    rows.add_argument("--where", type=pair, nargs="+", action="extend", default=[], metavar="KEY=VALUE")
    rows.add_argument("--as-of", type=day, metavar="DATE", help="那一天的名册")
    rows.add_argument("--show", choices=_SHOWS, default="present", help="在册、已减少、已作废、全部")
    rows.add_argument("--limit", type=count, metavar="N")
    for name, function, text in (("show", "show", "一条记录的全部内容"), ("history", "history", "一条记录的修改历史")):
        one = command(commands, name, ("reading", function), text)
        one.add_argument("ledger", metavar="LEDGER")
        one.add_argument("id", metavar="ID")
    command(commands, "remind", ("reminding", "remind"), "到期和该办的事")
    _printing(commands)


def _printing(commands: Commands) -> None:
    paper = command(commands, "print", ("paper", "print_"), "打印成 PDF")
    paper.add_argument("what", metavar="WHAT", help="台账，或表格（介绍信、登记表……）")
    paper.add_argument("out", type=Path, metavar="OUT.pdf")
    paper.add_argument("--paper", metavar="A4|A3|宽x高", help="台账的纸张，毫米（默认 A4）")
    paper.add_argument("--landscape", action="store_true", help="台账横向打印")
    paper.add_argument("--id", nargs="+", action="extend", default=[], metavar="ID", help="只打印这几条")
    paper.add_argument("--where", type=pair, nargs="+", action="extend", default=[], metavar="KEY=VALUE")
    paper.add_argument("--as-of", type=day, metavar="DATE")
    paper.add_argument("--privacy", choices=_PROFILES, help="默认：台账 internal，表格 full")
    stock = paper.add_mutually_exclusive_group()
    stock.add_argument("--plain", action="store_true", help="表格印在白纸上（默认）")
    stock.add_argument("--overprint", action="store_true", help="套打：只把内容印到预印好的空白单上")
    paper.add_argument("--offset", type=offset, metavar="DX,DY", help="套打时右移、下移多少毫米，可以是负数")
    kept = command(commands, "papers", ("letters", "papers"), "打印过并存底的文书")
    kept.add_argument("ledger", nargs="?", metavar="LEDGER")
    kept.add_argument("id", nargs="?", metavar="ID", help="只看这条记录的")
    kept.add_argument("--save", nargs=2, metavar=("N", "OUT.pdf"), help="把第 N 号文书原样另存")


def _writing(commands: Commands) -> None:
    change = command(commands, "set", ("writing", "set_"), "新增一条，或修改 ID 那一条")
    change.add_argument("ledger", metavar="LEDGER")
    change.add_argument("items", nargs="+", metavar="[ID] KEY=VALUE")
    void = command(commands, "void", ("writing", "void"), "作废一条记录")
    void.add_argument("ledger", metavar="LEDGER")
    void.add_argument("id", metavar="ID")
    void.add_argument("--reason", required=True, metavar="TEXT", help="作废原因")
    erase = command(commands, "erase", ("writing", "erase"), "依法抹除一条记录的内容，抹掉就找不回来")
    erase.add_argument("ledger", metavar="LEDGER")
    erase.add_argument("id", metavar="ID")
    erase.add_argument("--reason", required=True, metavar="TEXT", help="抹除的依据")
    erase.add_argument("--backups", action="store_true", help="旁边的旧备份也删掉，换成一份新的")
    command(commands, "undo", ("writing", "undo"), "撤销最近一次操作")
    command(commands, "redo", ("writing", "redo"), "恢复刚撤销的操作")
