"""Help: every page can be read, found and left by its links."""

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from taizhang.desk.about import AboutDialog
from taizhang.desk.help import HelpWindow
from taizhang.desk.help_pages import pages, search

TOPICS = [
    "开始使用",
    "导入党员名册",
    "核对与更正",
    "查找与筛选",
    "到期提醒",
    "打印名册",
    "套打与校准",
    "改版式",
    "撤销与历史",
    "党员减少与恢复",
    "转接组织关系",
    "支部之间调整",
    "交接",
    "密码与使用者",
    "备份与恢复",
    "隐私与遮盖",
    "班子与换届",
    "党组织",
    "常见问题",
    "快捷键",
]


@pytest.fixture
def window(qtbot: QtBot) -> HelpWindow:
    made = HelpWindow()
    qtbot.addWidget(made)
    return made


def test_there_is_a_page_for_each_task_in_the_order_of_the_work() -> None:
    assert [page.title for page in pages().values()] == TOPICS


def test_every_page_is_read_as_markdown_without_leftovers(window: HelpWindow) -> None:
    for page in pages().values():
        window.open_page(page.key)
        text = window.page.toPlainText()
        assert text.startswith(page.title)
        assert not re.search(r"(?<!\*)\*\*(?!\*)|`|\]\(|^#", text, re.MULTILINE), page.title


def test_every_link_leads_to_a_page() -> None:
    for page in pages().values():
        links = re.findall(r"\]\((.*?)\)", page.markdown)
        assert all(link.removeprefix("help:") in pages() for link in links), page.title


def test_a_search_finds_pages_by_all_words_and_titles_come_first() -> None:
    assert search("打印")[0].title == "打印名册"
    assert "隐私与遮盖" in [page.title for page in search("f9")]
    assert search("支部 调整")[0].title == "支部之间调整"
    assert search("没有这样的词") == []
    assert len(search("")) == len(TOPICS)


def test_the_window_opens_the_page_that_is_asked_for(window: HelpWindow) -> None:
    window.open_page("privacy")
    assert window.current == "privacy"
    assert window.page.toPlainText().startswith("隐私与遮盖")
    assert window.list.currentItem().text() == "隐私与遮盖"


def test_a_context_without_a_page_opens_the_first(window: HelpWindow) -> None:
    window.open_page("no-such-page")
    assert window.current == "start"


def test_a_link_opens_its_page(window: HelpWindow) -> None:
    window.open_page()
    window.page.anchorClicked.emit(QUrl("help:import"))
    assert window.current == "import"


def test_typing_in_the_search_shows_the_first_hit_and_the_word_in_it(window: HelpWindow) -> None:
    window.open_page()
    QTest.keyClicks(window.search_line, "F9")
    assert window.list.count() == len(search("f9"))
    assert window.page.textCursor().selectedText() == "F9"
    window.search_line.setText("没有这样的词")
    assert window.empty.isVisible()
    assert window.page.toPlainText(), "the page that was read stays"


def test_escape_closes_the_window(qtbot: QtBot, window: HelpWindow) -> None:
    window.open_page()
    with qtbot.waitExposed(window):
        window.show()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_about_tells_the_version_and_each_licence(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    text = dialog.parts.toPlainText()
    assert "LGPL-3.0" in text
    assert "SIL Open Font License" in text
    assert "Copyright (c) 2008-2025, ZETETIC LLC" in text
    assert "SUCH DAMAGE" in text
