"""The forms of an office: ours, and its own in their place or beside them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from taizhang.core.access import Role
from taizhang.core.errors import Refused
from taizhang.press.forms.shelf import Shelf, forget_own, keep_own, shelf_of
from taizhang.registry import installed
from taizhang.store.memo import FORM
from taizhang.store.store import Store
from tests.offices import Office

VISIT = "名称 走访表\n台账 党员名册\n行 10 20 正文 12 | {姓名}"
OURS = "名称 标准走访表\n台账 党员名册\n行 10 20 正文 12 | {姓名}"
BROKEN = "名称 走访表\n台账 党员名册\n行 10 2o 正文 12 | {姓名\n框 1 2"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one form of ours."""
    (tmp_path / "visit.form").write_text(OURS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "office.tz")
    yield made
    made.store.close(with_backup=False)


def test_what_is_shipped_stands_there_unless_the_office_has_its_own(folder: Path) -> None:
    assert Shelf({}, folder=folder).form("visit").title == "标准走访表"
    shelf = Shelf({"visit": VISIT, "自制-慰问": VISIT}, folder=folder)
    assert shelf.keys() == ["visit", "自制-慰问"]
    assert (shelf.form("visit").title, shelf.standard("visit").title) == ("走访表", "标准走访表")
    assert (shelf.text("visit"), shelf.is_own("visit")) == (VISIT, True)
    assert [form.key for form in shelf.for_ledger("党员名册")] == ["visit", "自制-慰问"]
    assert shelf.for_ledger("党组织") == []


def test_a_broken_own_form_is_refused_by_file_and_line_and_never_replaced_in_silence(folder: Path) -> None:
    shelf = Shelf({"visit": BROKEN}, folder=folder)
    with pytest.raises(Refused) as refused:
        shelf.form("visit")
    said = str(refused.value)
    assert said.startswith("visit.form 第 3 行：“2o”不是数字")
    assert said.endswith("（共 3 处问题）；没有打印，请改正它，或“恢复标准版式”。")
    assert shelf.standard("visit").title == "标准走访表"
    assert [form.title for form in shelf.for_ledger("党员名册")] == ["标准走访表"]
    (entry,) = shelf.entries()
    assert (entry.title, entry.own, len(entry.faults)) == ("走访表", True, 3)


def test_a_field_that_there_is_not_breaks_a_form_too(folder: Path) -> None:
    own = {"visit": VISIT.replace("{姓名}", "{性名}")}
    assert Shelf(own, folder=folder).form("visit").title == "走访表"
    with pytest.raises(Refused, match=r"visit\.form 第 3 行：“党员名册”里没有“性名”这一栏"):
        Shelf(own, installed().ledgers, folder).form("visit")


def test_a_form_that_only_the_office_has_has_no_standard(folder: Path) -> None:
    shelf = Shelf({"自制-慰问": BROKEN}, folder=folder)
    assert not shelf.has_standard("自制-慰问")
    with pytest.raises(Refused, match="“自制-慰问”是本单位自己做的表格，没有标准版式"):
        shelf.standard("自制-慰问")
    with pytest.raises(Refused, match=r"没有打印，请改正它。$"):
        shelf.form("自制-慰问")
    assert [form.key for form in shelf.for_ledger("党员名册")] == ["visit"]
    assert [entry.key for entry in shelf.entries() if entry.faults] == ["自制-慰问"]


def test_another_file_in_the_place_of_a_form_spoils_no_other(folder: Path) -> None:
    (folder / "card.form").write_bytes(b"PK\x03\x04" + bytes(9))
    shelf = Shelf({}, folder=folder)
    assert [(entry.key, bool(entry.faults)) for entry in shelf.entries()] == [("card", True), ("visit", False)]
    assert [form.key for form in shelf.for_ledger("党员名册")] == ["visit"]
    with pytest.raises(Refused, match=r"“card\.form”是Word、Excel 文档"):
        shelf.form("card")


def test_a_key_that_nobody_has_is_refused_with_those_there_are(folder: Path) -> None:
    for ask in (Shelf({}, folder=folder).form, Shelf({}, folder=folder).text, Shelf({}, folder=folder).standard):
        with pytest.raises(Refused, match=r"没有“\.\./visit”这份表格，没有执行；现有：visit。"):
            ask("../visit")


def test_an_office_keeps_its_own_text_and_goes_back(office: Office) -> None:
    text = shelf_of(office.store).text("member_card").replace("党员登记卡", "党员卡片")
    assert keep_own(office.store, "member_card", text) == ()
    assert shelf_of(office.store).form("member_card").title == "党员卡片"
    assert forget_own(office.store, "member_card")
    assert shelf_of(office.store).form("member_card").title == "党员登记卡"
    assert not forget_own(office.store, "member_card")


def test_a_text_with_faults_is_not_kept(office: Office) -> None:
    faults = keep_own(office.store, "visit", BROKEN, "走访.form")
    assert [str(fault).partition("：")[0] for fault in faults] == [
        "走访.form 第 3 行",
        "走访.form 第 3 行",
        "走访.form 第 4 行",
    ]
    assert "visit" not in shelf_of(office.store).keys()  # noqa: SIM118 - a shelf is no mapping


@pytest.mark.parametrize("key", ["", "../x", "a b", "x" * 41, "a/b", "a\n"])
def test_a_key_that_cannot_be_a_name_of_a_file_is_refused(office: Office, key: str) -> None:
    with pytest.raises(Refused, match="不能做表格的代号，没有改动"):
        keep_own(office.store, key, VISIT)


def test_readers_and_who_only_looks_on_change_no_form(office: Office) -> None:
    access = office.store.access
    office.store.act_as(replace(access, role=Role.READER))
    for change in (lambda: keep_own(office.store, "visit", VISIT), lambda: forget_own(office.store, "member_card")):
        with pytest.raises(Refused, match="这一步只有记录员或管理员可以做"):
            change()
    office.store.act_as(access)
    assert office.store.recall_all(FORM) == {}
    office.store.close(with_backup=False)
    looking = Store.open(office.path, installed(), read_only=True)
    with pytest.raises(Refused, match="只读"):
        keep_own(looking, "visit", VISIT)
    looking.close(with_backup=False)


def test_an_own_form_outlives_the_program(office: Office) -> None:
    keep_own(office.store, "自制-慰问", VISIT)
    office.store.close(with_backup=False)
    again = Store.open(office.path, installed())
    assert shelf_of(again).form("自制-慰问").title == "走访表"
    again.close(with_backup=False)


def test_who_is_erased_is_struck_from_an_own_form_which_stays(office: Office) -> None:
    """R-PRIV-03: nothing tells of the person; and the standard form does not come back behind the office's back."""
    branch = office.add("organisations", name="第一支部", kind="党支部", parent=office.store.root)
    gone = office.add("members", name="欧阳海棠", branch=branch)
    keep_own(office.store, "自制-慰问", f"{VISIT}\n行 10 30 正文 12 | 联系人：欧阳海棠")
    office.store.erase(gone, "本人申请")
    assert shelf_of(office.store).text("自制-慰问") == f"{VISIT}\n行 10 30 正文 12 | 联系人：（已抹除）"
    assert shelf_of(office.store).form("自制-慰问").title == "走访表"
