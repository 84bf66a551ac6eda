"""Work off the window's thread: in order, delivered where the window lives, and never to what is gone."""

import gc
import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from taizhang.core.errors import Cancelled, Refused
from taizhang.desk.worker import Inline, Reporter, Threads, Worker
from tests.desk.waiting import until


class _Caught(list[Exception]):
    """Errors that nobody else has shown."""


@pytest.fixture
def caught() -> _Caught:
    return _Caught()


@pytest.fixture
def threads(qapp: object, caught: _Caught) -> Iterator[Threads]:
    del qapp
    worker = Threads(caught.append)
    yield worker
    worker.close()


def test_the_file_is_touched_from_one_thread_only_and_in_the_order_asked(threads: Threads, qtbot: QtBot) -> None:
    seen: list[tuple[int, int]] = []
    for number in range(20):
        threads.run(lambda number=number: (number, threading.get_ident()), seen.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert [number for number, _thread in seen] == list(range(20))
    assert len({thread for _number, thread in seen}) == 1
    assert seen[0][1] != threading.get_ident()


def test_the_answer_is_delivered_in_the_thread_of_the_window(threads: Threads, qtbot: QtBot) -> None:
    where: list[int] = []
    threads.pool(lambda: None, lambda _none: where.append(threading.get_ident()))
    qtbot.waitUntil(lambda: bool(where))
    assert where == [threading.get_ident()]


def test_an_error_goes_to_whoever_asked_and_else_to_the_one_place_for_all(
    threads: Threads, caught: _Caught, qtbot: QtBot
) -> None:
    mine: list[Exception] = []

    def refuse() -> None:
        raise Refused("没有改动。")

    threads.run(refuse, lambda _none: None, mine.append)
    threads.run(refuse, lambda _none: None)
    qtbot.waitUntil(lambda: bool(mine) and bool(caught))
    assert str(mine[0]) == str(caught[0]) == "没有改动。"


@pytest.mark.parametrize("kind", ["threads", "inline"])
def test_what_is_gone_is_told_nothing(kind: str, threads: Threads, qtbot: QtBot, caught: _Caught) -> None:
    worker: Worker = threads if kind == "threads" else Inline(caught.append)
    gone, told, last = QObject(), list[object](), list[object]()
    shiboken6.delete(gone)
    worker.run(lambda: 1, told.append, owner=gone)
    worker.run(lambda: 2, last.append)
    qtbot.waitUntil(lambda: last == [2])
    assert told == []


def test_long_work_reports_and_can_be_stopped(threads: Threads, qtbot: QtBot) -> None:
    reporter, errors, moves = Reporter(), list[Exception](), list[tuple[int, int, str]]()
    reporter.moved.connect(lambda done, total, what: moves.append((done, total, what)))
    going = threading.Event()

    def work() -> None:
        for step in range(1_000_000):
            reporter(step, 1_000_000, "正在读取")
            going.wait(0.001)

    threads.pool(work, lambda _none: None, errors.append)
    qtbot.waitUntil(lambda: bool(moves))
    reporter.cancel()
    going.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], Cancelled)
    assert moves[0][1:] == (1_000_000, "正在读取")


def test_circular_garbage_goes_in_the_windows_thread_only(threads: Threads) -> None:
    """A widget in it would be deleted by a thread that is not its own, or be seen half deleted."""
    gone_in: set[int] = set()

    class Circle:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            gone_in.add(threading.get_ident())

    def make() -> int:
        return len([Circle() for _ in range(20_000)])

    made: list[int] = []
    threads.run(make, made.append)
    until(lambda: bool(made), "the work")
    assert gone_in == set()
    until(lambda: bool(gone_in), "the collection")
    assert gone_in == {threading.get_ident()}
    threads.close()
    assert gc.isenabled()
