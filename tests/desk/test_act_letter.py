"""Acts on letters: the paper is seen before anything is numbered, and offered once it is done."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from taizhang.desk.act_wizard import ActWizard
from taizhang.desk.asked import FormAsked
from taizhang.press.forms.shelf import keep_own, shelf_of
from tests.desk.acting import Desk, type_into
from tests.desk.errands import member
from tests.desk.slowly import Slow
from tests.offices import NOON


@pytest.fixture
def transfers(office: Desk) -> Desk:
    """An office whose members may be given letters."""
    raw = {"sex": "女", "ethnic_group": "汉族", "category": "正式党员", "branch": "第一党支部", "phone": "19900001234"}
    office[0].add(
        "members", name="安静宜", born_on="1980.01.01", joined_on="2005.07.01", confirmed_on="2006.07.01", **raw
    )
    return office


def test_nobody_is_advised_about_a_blank_before_anything_is_typed(transfers: Desk, qtbot: QtBot) -> None:
    _filed, desk = transfers
    ledger = desk.ledgers["transfers"]
    out = next(one for one in ledger.acts if one.main)
    wizard = ActWizard(desk, ledger, out, None, lambda: NOON)
    qtbot.addWidget(wizard)
    wizard.show()
    assert not [made for made in wizard.asking[0].fields.values() if made.findings]
    type_into(wizard, "name", "冯五")
    assert ["没有选名册中的党员" in one.text for one in wizard.fields["member"].findings] == [True]


def letter(transfers: Desk, qtbot: QtBot) -> ActWizard:
    """A letter for 安静宜, up to the last look."""
    filed, desk = transfers
    ledger = desk.ledgers["transfers"]
    out = next(one for one in ledger.acts if one.main)
    preset = {"member": member(filed, "安静宜")}
    wizard = ActWizard(desk, ledger, out, None, lambda: NOON, None, preset)
    qtbot.addWidget(wizard)
    wizard.show()
    type_into(wizard, "to_committee", "中共云溪市松涛街道工作委员会")
    type_into(wizard, "to_branch", "中共云溪市松涛街道柳岸社区第二支部委员会")
    type_into(wizard, "dues_paid_to", "2026.11")
    for _page in wizard.asking:
        wizard.forward()
    assert wizard.pages.currentWidget() is wizard.review, wizard.warning.text.text()
    return wizard


def test_the_very_letter_is_seen_before_anything_is_numbered(transfers: Desk, qtbot: QtBot) -> None:
    wizard = letter(transfers, qtbot)
    assert wizard.review.pane.document.pageCount() == 1
    found = wizard.review.pane.document.getAllText(0).text()
    assert "安静宜" in found
    assert "中国共产党党员组织关系介绍信" in found.replace("\n", "")
    filed = transfers[0]
    assert not [rid for rid in filed.rids("transfers") if filed.store.row(rid).values["name"] == "安静宜"]


def test_a_letter_that_could_not_be_printed_is_not_numbered_without_a_second_word(
    transfers: Desk, qtbot: QtBot
) -> None:
    filed, _desk = transfers
    wizard = letter(transfers, qtbot)
    before = len(filed.rids("transfers"))
    assert "公民身份号码" in wizard.review.no_paper.text()
    wizard.forward()
    assert len(filed.rids("transfers")) == before
    assert "再按一次" in wizard.warning.text.text()
    wizard.forward()
    assert len(filed.rids("transfers")) == before + 1


def test_nothing_is_done_and_nobody_goes_back_while_the_paper_is_drawn(transfers: Desk, qtbot: QtBot) -> None:
    filed, office = transfers
    before = len(filed.rids("transfers"))
    office.worker = slow = Slow(holds_file=False, holds_pool=True)
    wizard = letter(transfers, qtbot)
    wizard.forward()
    wizard.back.click()
    assert wizard.pages.currentWidget() is wizard.review
    assert len(filed.rids("transfers")) == before, "a letter that cannot be printed is not numbered unseen"
    slow.step()
    wizard.forward()
    assert "再按一次" in wizard.warning.text.text()


def test_the_letter_that_was_seen_before_is_not_shown_for_another(transfers: Desk, qtbot: QtBot) -> None:
    wizard = letter(transfers, qtbot)
    assert wizard.review.pane.document.pageCount() == 1
    wizard.back.click()
    transfers[1].worker = Slow(holds_file=False, holds_pool=True)
    wizard.forward()
    assert wizard.pages.currentWidget() is wizard.review
    assert wizard.review.pane.document.pageCount() <= 0


def test_photos_on_a_letter_are_read_on_the_thread_of_the_file(transfers: Desk, qtbot: QtBot) -> None:
    filed, office = transfers
    own = f"{shelf_of(filed.store).text('introduction_letter')}\n图 10 10 20x25 | {{名册中的党员.照片}} 照片\n"
    assert not keep_own(filed.store, "introduction_letter", own)
    office.worker = slow = Slow(holds_file=False, holds_pool=True)
    wizard = letter(transfers, qtbot)
    assert slow.waiting == [], "the pool may not touch the file"
    assert wizard.review.pane.document.pageCount() == 1


def test_printing_what_an_act_made_is_offered_with_its_result(transfers: Desk, qtbot: QtBot) -> None:
    wizard = letter(transfers, qtbot)
    wizard.forward()
    wizard.forward()
    asked: list[tuple[str, object]] = []
    wizard.door.connect(lambda name, what: asked.append((name, what)))
    prints = next(one for one in wizard.outcome.findChildren(QPushButton) if one.text().startswith("打印"))
    assert "介绍信" in prints.text()
    with qtbot.waitSignal(wizard.records) as shown:
        prints.click()
    ((name, what),) = asked
    assert isinstance(what, FormAsked)
    assert (name, what.form, list(what.rids)) == ("form", "introduction_letter", shown.args[0])
    assert not wizard.isVisible()
