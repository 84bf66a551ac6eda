"""The board of transfers: where each stands today, what is late, what is done this year (R-TR-02, R-TR-03)."""

from datetime import date

from taizhang.core.board import Board, Lane
from taizhang.core.context import Values
from taizhang.ledgers.transfers.deadlines import expiry, receipt_due
from taizhang.ledgers.transfers.states import ACCEPTED, APPLIED, AWAITED, DONE, REVIEWED, UNDERWAY, VERIFIED

SOON_DAYS = 7


def _days_left(values: Values, today: date) -> int | None:
    ends = expiry(values)
    return (ends - today).days if ends else None


def _expired(values: Values, today: date) -> bool:
    left = _days_left(values, today)
    return left is not None and left < 0


def _expiring(values: Values, today: date) -> bool:
    left = _days_left(values, today)
    return left is not None and 0 <= left <= SOON_DAYS


def _in_time(values: Values, today: date) -> bool:
    left = _days_left(values, today)
    return left is None or left > SOON_DAYS


def _to_do(values: Values, today: date) -> bool:
    return values.get("state") in {APPLIED, REVIEWED, AWAITED, VERIFIED} and _in_time(values, today)


def _under_way(values: Values, today: date) -> bool:
    return values.get("state") == UNDERWAY and _in_time(values, today)


def _receipt_late(values: Values, today: date) -> bool:
    due = receipt_due(values)
    return due is not None and today > due


def _accepted(values: Values, today: date) -> bool:
    return values.get("state") == ACCEPTED and not _receipt_late(values, today)


def _done(values: Values, today: date) -> bool:
    day = values.get("receipt_on") or values.get("received_on") or values.get("issued_on")
    return values.get("state") == DONE and str(day or today)[:4] == str(today.year)


BOARD = Board(
    (
        Lane("to_do", "待办理", _to_do, "等审核、开具、查验或接收。"),
        Lane("under_way", "在途", _under_way, "已开出，还没有接收，仍由原支部管理。"),
        Lane("expiring", "快到期", _expiring, f"{SOON_DAYS} 天以内到期，请提醒本人尽快去办。", "warning"),
        Lane("expired", "超期", _expired, "过了到期日还没有接收：催办、补开或撤回。", "alarm", chase=True),
        Lane("accepted", "等回执", _accepted, "已接收，等收到或寄出回执。"),
        Lane("receipt_late", "回执超期", _receipt_late, "接收满一个月没有回执，请催要或寄出。", "alarm", chase=True),
        Lane("done", "本年办结", _done, "今年办完的。"),
    ),
    ("number", "direction", "to_branch", "countdown"),
)
