"""A new user's first day: an office is made, the messy roster comes in, somebody is found, the roster is printed."""

from pathlib import Path

import pytest

from taizhang.desk.application import Program
from taizhang.desk.import_wizard import COLUMNS, RESULT, REVIEW, ImportWizard
from taizhang.desk.ledger_page import LedgerPage
from taizhang.desk.main_window import MainWindow
from taizhang.desk.preview import PreviewDialog
from taizhang.places import resources
from taizhang.registry import installed
from taizhang.store.query import Query
from taizhang.store.shelf import list_backups
from taizhang.store.store import Store
from tests.flows.player import Scene, play, press, shown

pytestmark = pytest.mark.xvfb


class User:
    """What a user sees of the program, and does with it."""

    def window(self) -> MainWindow:
        found = shown(MainWindow)
        assert found is not None
        return found

    def members(self) -> LedgerPage:
        return self.window().lists["members"]

    def wizard(self) -> ImportWizard:
        found = shown(ImportWizard)
        assert found is not None
        return found

    def preview(self) -> PreviewDialog:
        found = shown(PreviewDialog)
        assert found is not None
        return found

    def search_no_more(self) -> None:
        self.members().bar.search.clear()

    def close(self) -> None:
        self.window().close()

    def at(self, step: int) -> bool:
        open_one = shown(ImportWizard)
        return open_one is not None and open_one.pages.currentIndex() == step and open_one.next.isEnabled()

    def can_print(self) -> bool:
        open_one = shown(PreviewDialog)
        return open_one is not None and open_one.save_button.isEnabled()

    def save_paper(self, path: Path) -> None:
        open_one = self.preview()
        open_one.save_to(path)
        open_one.reject()


def test_from_the_welcome_page_to_the_printed_roster(program: Program, tmp_path: Path) -> None:
    roster = next((resources() / "sample").glob("1 *.xlsx"))
    file, paper = tmp_path / "和平社区.tz", tmp_path / "名册.pdf"
    user = User()
    program.begin(None)
    play(
        [
            Scene("the welcome page", lambda: program.welcome, lambda: _make_office(program, file)),
            Scene("the office", lambda: shown(MainWindow), lambda: user.window().open_page("members")),
            Scene("the page", lambda: "members" in user.window().lists, lambda: press(user.members(), "导入")),
            Scene("the wizard", lambda: shown(ImportWizard), lambda: user.wizard().choose(roster)),
            Scene("the columns", lambda: user.at(COLUMNS), lambda: press(user.wizard(), "下一步")),
            Scene("the review", lambda: user.at(REVIEW), lambda: press(user.wizard(), "导入")),
            Scene("the result", lambda: user.at(RESULT), lambda: press(user.wizard(), "完成")),
            Scene(
                "the people",
                lambda: not shown(ImportWizard) and len(user.members().model.rids) > 10,
                lambda: user.members().bar.search.setText("没有这个人"),
            ),
            Scene("nobody", lambda: not user.members().model.rids, user.search_no_more),
            Scene("all", lambda: len(user.members().model.rids) > 10, lambda: press(user.members(), "打印")),
            Scene("the preview", user.can_print, lambda: user.save_paper(paper)),
            Scene("the paper", lambda: paper.exists() and not shown(PreviewDialog), user.close),
            Scene("the end", lambda: shown(MainWindow) is None, lambda: None),
        ]
    )
    _look_at(file, paper)


def _make_office(program: Program, file: Path) -> None:
    page = program.welcome
    assert page is not None
    page.name.setText("中共和平社区委员会")
    page.place.setText(str(file))
    press(page, "新建")


def _look_at(file: Path, paper: Path) -> None:
    assert paper.read_bytes().startswith(b"%PDF")
    assert len(list_backups(file)) == 1
    store = Store.open(file, installed())
    try:
        assert store.check() == []
        assert (store.undo_title() or "").startswith("导入")
        assert store.count(Query("members")) > 10
        assert store.count(Query("organisations")) > 1
    finally:
        store.close(with_backup=False)


def test_the_office_can_be_left_in_the_middle_of_an_import(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "和平社区.tz"
    Store.create(file, installed(), name="中共和平社区委员会", kind="社区党委").close(with_backup=False)
    roster = next((resources() / "sample").glob("1 *.xlsx"))
    user = User()
    program.begin(file)
    play(
        [
            Scene("the office", lambda: shown(MainWindow), lambda: user.window().open_page("members")),
            Scene("the page", lambda: "members" in user.window().lists, lambda: press(user.members(), "导入")),
            Scene("the wizard", lambda: shown(ImportWizard), lambda: user.wizard().choose(roster)),
            Scene("the columns", lambda: user.at(COLUMNS), lambda: press(user.wizard(), "取消")),
            Scene("the page again", lambda: not shown(ImportWizard), user.close),
            Scene("the end", lambda: shown(MainWindow) is None, lambda: None),
        ]
    )
    store = Store.open(file, installed())
    assert store.count(Query("members", show="all")) == 0
    store.close(with_backup=False)
