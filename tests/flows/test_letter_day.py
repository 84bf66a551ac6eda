"""A letter's way in the real window: a member goes, the letter is printed and kept, and its receipt closes the stub."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from taizhang import sample
from taizhang.desk.act_wizard import ActWizard
from taizhang.desk.application import Program
from taizhang.desk.form_preview import FormPreview
from taizhang.desk.ledger_page import LedgerPage
from taizhang.desk.main_window import MainWindow
from taizhang.registry import installed
from taizhang.store.query import Query
from taizhang.store.store import Store
from tests.flows.player import Scene, play, press, shown

pytestmark = pytest.mark.xvfb
NAME = "熊保凯"
TO = ("中共松涛街道工作委员会", "中共松涛街道松林社区第二支部委员会")


def window() -> MainWindow:
    found = shown(MainWindow)
    assert found is not None
    return found


def page(name: str) -> LedgerPage:
    return window().lists[name]


def wizard() -> ActWizard:
    found = shown(ActWizard)
    assert found is not None
    return found


def at(step: str) -> bool:
    """Whether the window of an act waits at that step."""
    open_one = shown(ActWizard)
    return open_one is not None and bool(open_one.isEnabled()) and step in _title(open_one)


def _title(one: ActWizard) -> str:
    current = one.pages.currentWidget()
    return "核对" if current is one.review else "完成" if current is one.outcome else f"第{one.pages.currentIndex()}步"


def fill(**typed: str) -> Callable[[], None]:
    """Type into the inputs of the step, and go on."""

    def act() -> None:
        for key, text in typed.items():
            made = wizard().fields[key]
            made.entry.put(text, text)
            made.entry.changed.emit()
        press(wizard(), "下一步")

    return act


def test_a_member_goes_and_the_receipt_comes_back(program: Program, tmp_path: Path) -> None:
    file = sample.make(tmp_path / "sample", installed())
    today = datetime.now().date()  # noqa: DTZ005 - the program itself looks at the wall clock here
    paper, number = tmp_path / "介绍信.pdf", f"〔{today.year}〕"
    program.begin(file)
    play(
        [
            Scene("the office", lambda: shown(MainWindow), lambda: window().open_page("members")),
            Scene("the roster", lambda: _listed("members"), lambda: page("members").bar.search.setText(NAME)),
            Scene("the member", lambda: _offered("转出党员"), lambda: press(page("members"), "转出党员")),
            Scene("who", lambda: at("第0步") and _suggested("name"), fill()),
            Scene("whereto", lambda: at("第1步"), fill(to_committee=TO[0], to_branch=TO[1])),
            Scene("the letter", lambda: at("第2步"), fill(dues_paid_to=f"{today:%Y-%m}")),
            Scene("the look before", lambda: at("核对") and _can(wizard().next), lambda: press(wizard(), "转出党员")),
            Scene("it is done", lambda: at("完成"), lambda: press(wizard(), "打印")),
            Scene("the paper", _can_save, lambda: _save(paper)),
            Scene("kept", paper.exists, lambda: window().open_page("transfers")),
            Scene("the register", lambda: _listed("transfers"), lambda: page("transfers").bar.search.setText(NAME)),
            Scene("the letter there", lambda: _offered("登记接收"), lambda: press(page("transfers"), "撤销")),
            Scene("the refusal", lambda: "不能撤销" in window().status.said.text(), lambda: window().close()),
            Scene("the end", lambda: shown(MainWindow) is None, lambda: None),
        ],
        seconds=60,
    )
    store = Store.open(file, installed())
    try:
        (letter,) = store.page(Query("transfers", search=NAME))[1]
        assert str(letter.values["number"]).startswith(number)
        (kept,) = store.papers.of(letter.rid)
        assert store.papers.pdf(kept) == paper.read_bytes()
        assert store.check() == []
    finally:
        store.close(with_backup=False)


def _listed(name: str) -> bool:
    return name in window().lists and len(page(name).model.rids) > 0 and page(name).isVisible()


def _suggested(key: str) -> bool:
    return bool(wizard().fields[key].entry.shown())


def _can(one: QPushButton) -> bool:
    return one.isEnabled()


def _offered(text: str) -> bool:
    """Whether the card of the record in sight offers this."""
    side = window().page.findChildren(QPushButton)
    return any(one.text().startswith(text) and one.isVisible() and one.isEnabled() for one in side)


def _can_save() -> bool:
    open_one = shown(FormPreview)
    return open_one is not None and open_one.save_button.isEnabled()


def _save(path: Path) -> None:
    open_one = shown(FormPreview)
    assert open_one is not None
    open_one.save_to(path)
    open_one.reject()
