"""What can be written on the command line about an office file as a whole: its making, its copies, its keys."""

from pathlib import Path

from taizhang.command.grammar import Commands, command, count
from taizhang.core.access import ROLE_LABELS


def add_offices(commands: Commands) -> None:
    """Making offices, and what the program knows without one."""
    new = command(commands, "new", ("offices", "new"), "新建台账文件；写了 --password-file 就设上密码，并给出恢复码")
    new.add_argument("file", type=Path, metavar="FILE")
    new.add_argument("--name", required=True, metavar="全称", help="单位全称")
    new.add_argument("--kind", required=True, metavar="类别", help="单位类别，如 社区党委")
    demo = command(commands, "demo", ("offices", "demo"), "做一个示例单位（人都是编造的）")
    demo.add_argument("directory", type=Path, metavar="DIR")
    command(commands, "ledgers", ("installed", "ledgers"), "有哪些台账，各有哪些栏目")


def add_copies(commands: Commands) -> None:
    """Checking, backing up, bringing back."""
    command(commands, "check", ("copies", "check"), "检查整个台账文件")
    backup = command(commands, "backup", ("copies", "backup"), "备份台账文件")
    backup.add_argument("out", type=Path, metavar="OUT")
    restore = command(commands, "restore", ("restore", "restore"), "从备份恢复成新文件")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--to", type=Path, required=True, metavar="NEW.tz")
    restore.add_argument("--dry-run", action="store_true", help="只看恢复后会找回什么、失去什么，不恢复")
    rescue = command(commands, "rescue", ("rescue", "rescue"), "从损坏的台账文件里尽量抢救出内容，写成新文件")
    rescue.add_argument("file", type=Path, metavar="FILE")
    rescue.add_argument("--to", type=Path, required=True, metavar="NEW.tz")


def add_keys(commands: Commands) -> None:
    """Passwords, users, what left the office, handing it over."""
    password = command(commands, "password", ("keys", "password"), "设置、更换或取消密码")
    wanted = password.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--new-password-file", type=Path, metavar="F", help="设上密码，或换掉自己的密码")
    wanted.add_argument("--remove", action="store_true", help="取消密码，谁都可以打开")
    recover = command(commands, "recover", ("keys", "recover"), "忘记密码：用恢复码打开，设新密码，换新恢复码")
    recover.add_argument("--code-file", type=Path, required=True, metavar="F", help="第一行是恢复码的文件")
    recover.add_argument("--new-password-file", type=Path, required=True, metavar="F2", help="第一行是新密码的文件")
    users = command(commands, "users", ("users", "users"), "列出使用者；或添加、更换权限、移除一位")
    which = users.add_mutually_exclusive_group()
    which.add_argument("--add", metavar="NAME", help="添加，要写 --role 和 --new-password-file")
    which.add_argument("--change", metavar="NAME", help="换权限，要写 --role")
    which.add_argument("--remove", metavar="NAME", help="移除")
    users.add_argument("--role", choices=tuple(ROLE_LABELS.values()), help="权限")
    users.add_argument("--new-password-file", type=Path, metavar="F", help="第一行是新使用者密码的文件")
    command(commands, "rekey", ("keys", "rekey"), "更换文件密钥和恢复码；其他使用者要重新添加")
    log = command(commands, "log", ("users", "log"), "记下来的导出、打印、备份和密码变动")
    log.add_argument("--limit", type=count, metavar="N")
    handover = command(commands, "handover", ("handover", "handover"), "交接：打印交接清单，可以同时换密码")
    handover.add_argument("out", type=Path, metavar="OUT.pdf")
    handover.add_argument("--from", dest="from_", required=True, metavar="NAME", help="移交人")
    handover.add_argument("--to", required=True, metavar="NAME", help="接交人")
    handover.add_argument("--witness", default="", metavar="NAME", help="监交人")
    handover.add_argument("--new-password-file", type=Path, metavar="F", help="第一行是接交人新密码的文件")
