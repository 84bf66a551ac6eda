"""移交清单: what is handed over from one to the other, for both to sign; it names people, but no number of anybody."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from taizhang.core.access import ROLE_LABELS
from taizhang.core.day import show
from taizhang.core.privacy import mask_id
from taizhang.press.document import open_canvas
from taizhang.press.fonts import Typefaces
from taizhang.press.ink import Ink
from taizhang.press.page import Paper
from taizhang.press.roles import Role
from taizhang.press.strips import Column, Strips
from taizhang.store.inventory import KIND_LABELS, Inventory, Item, LedgerCount
from taizhang.store.keys import User
from taizhang.store.logbook import HAPPENING_LABELS

TITLE = "移交清单"
_PAPER = Paper.of("A4")
_MOST_ITEMS = 60  # on paper; the program lists all
_LONG_NUMBER = re.compile(r"(?<!\d)\d{15}(?:\d{2}[\dXx])?(?!\d)")  # an ID number, of 15 or 18 characters
_FACTS = (
    Column("", 1, role=Role.HEADING),
    Column("", 3, "left"),
    Column("", 1, role=Role.HEADING),
    Column("", 3, "left"),
)
_OFFICE = (_FACTS[0], Column("", 7, "left"))
_LEDGERS = (
    Column("台账", 7.5, "left"),
    Column("在册", 4.5),
    Column("已减少", 3.6),
    Column("已作废", 3.6),
    Column("没有填全", 4.2),
    Column("有待核对", 4.2),
    Column("近一年改动", 5),
    Column("最后改动", 10.5, "left"),
)
_ITEMS = (
    Column("序号", 2.4),
    Column("台账", 6.5, "left"),
    Column("类别", 4.6),
    Column("内容", 18, "left"),
    Column("涉及", 12, "left"),
)
_USERS = (Column("姓名", 3), Column("交接前", 3), Column("交接后", 3))
_UNLOCKED = "本单位的台账没有设密码，能用这台电脑的人都能打开。请接交人在“设置 › 密码与使用者”里设置密码。"
_REKEYED = (
    "台账文件已换新密钥：原密钥编号 {}，新密钥编号 {}。原来的密码和恢复码打不开交接后的文件；"
    "交接前拷走的旧文件仍能用原来的密码打开，请收回或当面销毁。"
)
_BY_HAND = (
    ("□ 纸质档案（卷、盒）：", "存放处："),
    ("□ U 盘、移动硬盘（个）：", "编号："),
    ("□ 恢复码信封封条编号：", "存放处："),
    ("□ 钥匙、印章：", "□ 电脑、打印机："),
    ("□ 其他：",),
)
_SIGNED = "以上内容已当面清点、核对，自签字之日起由接交人负责。"


@dataclass(frozen=True, slots=True)
class Handover:
    """Who hands over to whom, before whom and when; who may come in afterwards; the marks of the keys, old and new.

    `keys` is None where the office has no password.
    """

    giver: str
    taker: str
    witness: str
    day: date
    at: datetime
    users: tuple[User, ...] = ()
    keys: tuple[str, str] | None = None

    @property
    def title(self) -> str:
        """Under which the sheet is kept."""
        return f"{TITLE}：{self.giver} → {self.taker}"


def handover_sheet_pdf(counted: Inventory, handover: Handover, faces: Typefaces) -> bytes:
    """The sheet as PDF; the same arguments give the same bytes."""
    out = BytesIO()
    canvas = open_canvas(out, _PAPER, title=handover.title, author=counted.name, at=handover.at)
    strips = Strips(_PAPER, faces, Ink(canvas, faces))
    strips.title(f"台账{TITLE}")
    strips.space(4)
    _head(strips, counted, handover)
    _ledgers(strips, counted)
    _items(strips, counted)
    _keys(strips, counted, handover)
    _backups(strips, counted)
    strips.heading("五、请当面点交，由双方手工填写")
    strips.blanks(_BY_HAND, stays=True)  # nobody signs a page on which nothing else stands
    strips.space(6, stays=True)
    strips.text(_SIGNED, stays=True)
    strips.blanks([(f"{who}（签字）：", "日期：") for who in ("移交人", "接交人", "监交人")], height=32)
    strips.draw(f"{counted.name}    生成时间：{handover.at:%Y-%m-%d %H:%M}")
    canvas.save()
    return out.getvalue()


def _head(strips: Strips, counted: Inventory, handover: Handover) -> None:
    strips.table(_OFFICE, [("单位", counted.name)], headed=False)
    day = show(handover.day.isoformat(), "cn")
    rows = [("移交人", handover.giver, "接交人", handover.taker), ("监交人", handover.witness, "交接日期", day)]
    strips.table(_FACTS, rows, headed=False)


def _ledgers(strips: Strips, counted: Inventory) -> None:
    strips.heading("一、台账")
    strips.table(_LEDGERS, [_ledger_row(one) for one in counted.ledgers])
    strips.space(5)
    for text in told(counted):
        strips.text(text)


def told(counted: Inventory) -> Iterator[str]:
    """What there is to be said of the file as a whole, besides its backups."""
    attached = counted.attached
    held = f"附件 {attached.files} 个，{_bytes(attached.size)}；存档文书 {counted.papers} 份"
    done = f"操作共 {counted.steps} 次，近一年 {counted.steps_since} 次"
    yield f"台账文件“{counted.file}”，{_bytes(counted.size)}；{held}；{done}。"
    left = [f"{HAPPENING_LABELS[kind]} {count} 次" for kind, count in counted.left.items() if count]
    yield f"近一年内容离开台账、密码变动的记录：{'，'.join(left) or '没有'}。"


def backed_up(counted: Inventory) -> str:
    """When it was backed up last, and whereto."""
    if not counted.backup:
        return "还没有自动备份。"
    when = f"最近一次自动备份：{counted.backup:%Y-%m-%d %H:%M}；共 {counted.backups} 份"
    return f"{when}，在台账文件旁边的文件夹“{counted.folder.name}”里。"


def _ledger_row(one: LedgerCount) -> tuple[str, ...]:
    last = f"{one.last.at:%Y-%m-%d} {one.last.who}" if one.last else "没有改动"
    numbers = (one.gone, one.void, one.incomplete, one.flawed, one.steps)
    return (one.title, f"{one.present} {one.unit}", *map(str, numbers), last)


def _items(strips: Strips, counted: Inventory) -> None:
    strips.heading("二、未办事项")
    if not counted.items:
        strips.text("没有未办事项。")
        return
    titles = {one.key: one for one in counted.ledgers}
    shown = counted.items[:_MOST_ITEMS]
    rows = [_item_row(number, item, titles[item.ledger]) for number, item in enumerate(shown, 1)]
    strips.table(_ITEMS, rows)
    if rest := len(counted.items) - len(shown):
        strips.space(5)
        strips.text(f"另有 {rest} 项没有列出，在程序里看“交接 › 未办事项”。")


def _item_row(number: int, item: Item, ledger: LedgerCount) -> tuple[str, ...]:
    text = _LONG_NUMBER.sub(lambda found: mask_id(found[0]), item.text)
    return str(number), ledger.title, KIND_LABELS[item.kind], text, whom(item, ledger.unit)


def whom(item: Item, unit: str) -> str:
    """Which records an item is about: the first by name, all by number."""
    named = "、".join(item.names)
    if named and len(item.names) >= item.count:
        return named
    return f"{named} 等 {item.count} {unit}" if named else f"{item.count} {unit}"


def _keys(strips: Strips, counted: Inventory, handover: Handover) -> None:
    strips.heading("三、使用者和密码")
    if handover.keys is None:
        strips.text(_UNLOCKED)
        return
    strips.table(_USERS, list(_user_rows(counted.users, handover.users)))
    strips.space(5)
    strips.text(_REKEYED.format(*handover.keys))


def _user_rows(before: Sequence[User], after: Sequence[User]) -> Iterator[tuple[str, str, str]]:
    """Everybody who could come in or can now: name, role before, role after."""
    was = {user.name: ROLE_LABELS[user.role] for user in before}
    now = {user.name: ROLE_LABELS[user.role] for user in after}
    for name in dict.fromkeys([*was, *now]):
        yield name, was.get(name, "—"), now.get(name, "已移除")


def _backups(strips: Strips, counted: Inventory) -> None:
    strips.heading("四、备份")
    strips.text(backed_up(counted))
    strips.text("交接后请把新的台账文件另存一份到 U 盘，并重新核对能否打开。")


def _bytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{-(-size // 1000)} KB"
