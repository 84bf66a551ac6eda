"""What can be written on the command line about the texts of paper forms."""

from pathlib import Path

from taizhang.command.grammar import Commands, command


def add_forms(commands: Commands) -> None:
    """The forms there are, and the office's own texts of them."""
    forms = command(commands, "forms", ("forms", "forms"), "列出纸质表格的版式；或取出、检查、存入、恢复一份")
    which = forms.add_mutually_exclusive_group()
    which.add_argument("--take", nargs=2, metavar=("KEY", "OUT.form"), help="取出版式的文字，用记事本修改")
    which.add_argument("--check", type=Path, metavar="FILE.form", help="只检查，说出每一行的问题")
    which.add_argument("--put", nargs=2, metavar=("KEY", "FILE.form"), help="检查后存为本单位的版式")
    which.add_argument("--standard", metavar="KEY", help="恢复标准版式")
