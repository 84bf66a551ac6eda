"""Questions that overtake each other: the newest is answered, those between are not even asked."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from taizhang.desk.latest import Latest
from taizhang.desk.office import Office
from taizhang.store.store import Store
from tests.desk.slowly import Slow
from tests.offices import Office as Filed


def test_only_the_newest_of_the_questions_that_wait_is_asked(blank_office: tuple[Filed, Office], qtbot: QtBot) -> None:
    filed, office = blank_office
    del qtbot
    worker = Slow()
    desk = Office(lambda: filed.store, office.facts, worker)
    holder, asked, told = QObject(), list[str](), list[str]()
    latest = Latest(desk, holder)

    def ask(text: str) -> None:
        def answer(_store: Store) -> str:
            asked.append(text)
            return text

        latest.ask(answer, told.append)

    for text in ("张", "张伟", "张伟明"):
        ask(text)
    worker.step()
    worker.step()
    assert worker.waiting == []
    assert asked == ["张", "张伟明"]
    assert told == ["张伟明"]
