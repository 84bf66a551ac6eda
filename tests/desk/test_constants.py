"""The program survives more signals than PySide has references to give away."""

from PySide6.QtCore import QObject, Signal

import taizhang.desk  # noqa: F401 - it is its import that keeps the constants alive


class _Sender(QObject):
    sent = Signal(bool)


def test_ten_thousand_signals_do_not_end_the_program() -> None:
    sender, heard = _Sender(), list[bool]()
    sender.sent.connect(heard.append)
    for _ in range(10_000):
        sender.sent.emit(True)
    assert heard == [True] * 10_000
