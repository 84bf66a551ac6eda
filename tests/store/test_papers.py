"""A printed letter is never lost: kept byte for byte, and nothing that it rests on can be taken back under it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from taizhang.core.access import Access, Role
from taizhang.core.errors import Refused
from taizhang.store import keyring
from taizhang.store.backup import restore
from taizhang.store.difference import compare
from taizhang.store.papers import Leaf, Paper
from taizhang.store.salvage import salvage
from taizhang.store.store import Store
from tests.offices import NOON, Office
from tests.store.locked import LockedOffice
from tests.store.trial import PEOPLE, PLACES, POSTS, trial

LETTER = b"%PDF-1.7 a letter\n%%EOF"


def letter(office: Office, rid: int, pdf: bytes = LETTER) -> int:
    """Print a letter of somebody."""
    name = office.store.name_of("people", rid)
    return office.store.papers.keep("letter", f"介绍信：{name}", pdf, who="王敏", at=NOON, rid=rid)


def test_a_paper_knows_its_record_and_the_last_operation_before_it(office: Office) -> None:
    rid, other = (office.add("people", name=name) for name in ("卢梅", "孟堃"))
    number = letter(office, rid)
    (paper,) = office.store.papers.of(rid, "letter")
    last = office.store.operations()[0].op
    assert paper == Paper(number, "letter", "介绍信：卢梅", NOON, "王敏", paper.sha256, rid, last)
    assert office.store.papers.pdf(paper) == LETTER
    assert office.store.papers.of(rid, "list") == office.store.papers.of(other) == []
    assert office.store.check() == []


def test_the_first_printing_of_each_record_is_the_one_that_counts(office: Office) -> None:
    rid, other = (office.add("people", name=name) for name in ("卢梅", "孟堃"))
    numbers = [letter(office, rid, LETTER + bytes([at])) for at in range(3)]
    first = office.store.papers.first([rid, other], "letter")
    assert {rid: paper.number for rid, paper in first.items()} == {rid: numbers[0]}
    assert [paper.number for paper in office.store.papers.of(rid)] == numbers[::-1]


def batch(office: Office, names: Sequence[str]) -> list[int]:
    """Print letters of new people together, a page each."""
    rids = [office.add("people", name=name) for name in names]
    leaves = [
        Leaf(f"介绍信：{name}", rid, range(at, at + 1)) for at, (name, rid) in enumerate(zip(names, rids, strict=True))
    ]
    office.store.papers.keep_all("letter", leaves, LETTER, who="王敏", at=NOON)
    return rids


def test_what_is_printed_together_is_kept_once_and_each_record_has_its_pages(office: Office) -> None:
    rids = batch(office, ("卢梅", "孟堃", "单雄"))
    first = office.store.papers.first(rids, "letter")
    assert [(first[rid].rid, first[rid].pages) for rid in rids] == [
        (rid, range(at, at + 1)) for at, rid in enumerate(rids)
    ]
    assert {office.store.papers.pdf(paper) for paper in first.values()} == {LETTER}
    assert office.store.holdings.attached() == (1, len(LETTER))
    assert len({paper.number for paper in office.store.papers.kept()}) == 3
    assert office.store.check() == []


def test_a_document_of_any_size_is_kept(office: Office) -> None:
    """A file that somebody attaches has its limits; what was printed has to be kept."""
    photos = LETTER + bytes(21_000_000)
    rid = office.add("people", name="卢梅")
    letter(office, rid, photos)
    assert office.store.papers.pdf(office.store.papers.of(rid)[0]) == photos


def test_who_is_erased_leaves_the_letters_of_the_others(office: Office) -> None:
    """R-PRIV-03: the name goes from the title; the document stays as long as a paper is in it."""
    gone, *others = batch(office, ("卢梅", "孟堃", "单雄"))
    office.store.erase(gone, "本人申请")
    assert [paper.title for paper in office.store.papers.of(gone)] == ["介绍信"]
    assert [office.store.papers.pdf(office.store.papers.of(rid)[0]) for rid in others] == [LETTER] * 2
    assert office.store.check() == []


def test_a_list_that_is_handed_over_rests_on_no_record(office: Office) -> None:
    rid = office.add("people", name="卢梅")
    office.store.papers.keep("handover", "移交清单", LETTER, who="王敏", at=NOON)
    assert office.store.papers.kept()[0].rid is None
    office.store.undo()
    assert office.store.row(rid).void == "撤销：新增"


def test_an_operation_that_a_letter_rests_on_is_not_undone(office: Office) -> None:
    rid = office.add("people", name="卢梅", phone="19900001111")
    changed = office.store.operations()[0].op + 1
    office.change(rid, phone="19900002222")
    letter(office, rid)
    office.change(rid, phone="19900003333")
    office.store.undo()
    assert office.store.row(rid).values["phone"] == "19900002222", "what was done after the printing goes as ever"
    before = office.store.operations()
    said = "不能撤销“修改”，因为在那之后打印过“介绍信：卢梅”，没有改动；要更正，请在那条记录上办理作废或补开。"
    for op in (None, changed):
        with pytest.raises(Refused) as refused:
            office.store.undo(op)
        assert str(refused.value) == said
    assert office.store.operations() == before
    assert office.store.row(rid).values["phone"] == "19900002222"
    assert office.store.check() == []


def test_what_was_done_to_others_before_the_printing_is_undone_as_ever(office: Office) -> None:
    rid, other = (office.add("people", name=name) for name in ("卢梅", "孟堃"))
    letter(office, rid)
    office.store.undo()
    assert office.store.row(other).void == "撤销：新增"
    with pytest.raises(Refused, match="不能撤销“新增”"):
        office.store.undo()


def test_an_import_of_many_is_not_undone_once_a_letter_of_one_is_printed(office: Office) -> None:
    drafts = [office.check("people", {"name": name}) for name in ("卢梅", "孟堃", "单雄")]
    office.store.do("导入", lambda work: work.add_many(drafts))
    letter(office, office.rids("people")[1])
    with pytest.raises(Refused, match="不能撤销“导入”"):
        office.store.undo()


def test_what_was_undone_before_the_printing_is_not_brought_back_under_the_letter(office: Office) -> None:
    rid = office.add("people", name="卢梅", phone="19900001111")
    office.change(rid, phone="19900002222")
    office.store.undo()
    letter(office, rid)
    with pytest.raises(Refused, match="不能恢复“修改”，因为在那之后打印过“介绍信：卢梅”，没有改动"):
        office.store.redo()
    assert office.store.row(rid).values["phone"] == "19900001111"


def test_what_was_undone_after_the_printing_is_brought_back_as_ever(office: Office) -> None:
    rid = office.add("people", name="卢梅", phone="19900001111")
    letter(office, rid)
    office.change(rid, phone="19900002222")
    office.store.undo()
    office.store.redo()
    assert office.store.row(rid).values["phone"] == "19900002222"


def test_a_record_with_a_printed_letter_is_not_voided(office: Office) -> None:
    rid = office.add("people", name="卢梅")
    letter(office, rid)
    with pytest.raises(Refused) as refused:
        office.store.do("作废", lambda work: work.void(rid, "重复"))
    said = "打印过“介绍信：卢梅”，这条记录没有作废，没有改动；要更正，请在这条记录上办理作废或补开。"
    assert str(refused.value) == said
    assert office.store.row(rid).void is None


def test_a_reader_neither_keeps_a_letter_nor_gets_one(locked: LockedOffice) -> None:
    rid = locked.add("people", name="卢梅")
    letter(locked, rid)
    (paper,) = locked.store.papers.of(rid)
    locked.store.act_as(Access("来访者", Role.READER))
    with pytest.raises(Refused, match="只读的使用者不能打开"):
        locked.store.papers.pdf(paper)
    with pytest.raises(Refused, match="只读的使用者不能打开"):
        locked.store.attachment(paper.sha256)
    with pytest.raises(Refused, match="只有记录员或管理员可以做"):
        letter(locked, rid)
    assert len(locked.store.papers.kept()) == 1
    locked.store.act_as(Access("记录员", Role.RECORDER))
    assert locked.store.papers.pdf(paper) == LETTER


def test_the_last_operation_on_a_record_tells_whether_it_has_changed(office: Office) -> None:
    rid, other = (office.add("people", name=name) for name in ("卢梅", "孟堃"))
    before = office.store.papers.rest_on([rid])
    office.change(other, phone="19900001111")
    assert office.store.papers.rest_on([rid]) == before
    office.change(rid, phone="19900001111")
    assert office.store.papers.rest_on([rid]) > before
    assert office.store.papers.rest_on([]) == 0


def test_an_older_file_learns_of_records_and_keeps_its_papers(office: Office) -> None:
    rid = office.add("people", name="卢梅")
    letter(office, rid)
    with office.store._database.transaction() as connection:
        connection.exec_driver_sql("DROP INDEX ix_paper_rid")
        for column in ("rid", "op", "first", "pages"):
            connection.exec_driver_sql(f"ALTER TABLE paper DROP COLUMN {column}")
    office.store.close(with_backup=False)
    office.store = Store.open(office.path, office.registry, who="记录员", clock=lambda: NOON)
    (paper,) = office.store.papers.kept()
    assert (paper.rid, paper.op, paper.pages) == (None, None, None)
    assert office.store.papers.pdf(paper) == LETTER
    letter(office, rid)
    assert len(office.store.papers.of(rid)) == 1
    assert "ix_paper_rid" in office.store._database.indexes()
    assert office.store.check() == []


def test_a_paper_without_its_bytes_or_its_record_is_found_by_the_check(office: Office) -> None:
    rid = office.add("people", name="卢梅")
    letter(office, rid)
    with office.store._database.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM attachment")
        connection.exec_driver_sql("UPDATE paper SET rid = 99, first = 1")
    assert office.store.check() == [
        "有 1 份存底的文书，内容不在文件中。",
        "有 1 份存底的文书，打印它的记录不在文件中。",
        "有 1 份存底的文书，不知道是哪几页。",
    ]


@pytest.mark.parametrize("word", [False, True], ids=["plain", "locked"])
def test_a_letter_comes_through_a_rescue_and_a_restored_backup(tmp_path: Path, word: bool) -> None:
    ring, access, _code = keyring.create("王敏", "很长的密码 一二三")
    office = Office(tmp_path / "trial.tz", trial(), (ring, access) if word else None)
    rid = office.add("people", name="卢梅")
    number = letter(office, rid)
    (paper,) = office.store.papers.kept()
    together = batch(office, ("孟堃", "单雄"))
    pages = [office.store.papers.of(one) for one in together]
    backup = tmp_path / "U 盘.tz"
    office.store.backup(backup)
    office.store.close(with_backup=False)
    entered = access if word else None
    salvage(office.path, tmp_path / "saved.tz", trial(), entered, NOON)

    def sound(copy: Path) -> None:
        Store.open(copy, trial(), access=entered).close(with_backup=False)

    restore(backup, tmp_path / "again.tz", sound, entered)
    for name in ("saved.tz", "again.tz"):
        store = Store.open(tmp_path / name, trial(), who="王敏", clock=lambda: NOON, access=entered)
        assert store.papers.of(rid) == [paper], name
        assert [store.papers.of(one) for one in together] == pages, name
        assert (store.papers.pdf(paper), paper.number) == (LETTER, number)
        with pytest.raises(Refused, match=r"介绍信：卢梅"):
            store.do("作废", lambda work: work.void(rid, "重复"))
        assert store.check() == []
        store.close(with_backup=False)


def test_a_rescued_letter_whose_record_is_lost_stays_without_it(office: Office) -> None:
    rid = office.add("people", name="卢梅")
    letter(office, rid)
    with office.store._database.transaction() as connection:
        for table in (*(f"ledger_{ledger.key}" for ledger in (PLACES, PEOPLE, POSTS)), "journal", "rec"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE rid = {rid}")  # noqa: S608 - our own tables
    office.store.close(with_backup=False)
    saved = office.path.with_name("saved.tz")
    salvage(office.path, saved, trial(), None, NOON)
    office.store = Store.open(saved, trial(), clock=lambda: NOON)
    (paper,) = office.store.papers.kept()
    assert (paper.rid, office.store.papers.pdf(paper)) == (None, LETTER)


def test_letters_that_a_backup_does_not_have_are_counted_before_it_is_restored(office: Office, tmp_path: Path) -> None:
    rid = office.add("people", name="卢梅")
    letter(office, rid)
    office.store.backup(tmp_path / "backup.tz")
    then = Store.open(tmp_path / "backup.tz", trial(), read_only=True)
    assert compare(office.store, then).nothing
    letter(office, rid, LETTER + b"again")
    found = compare(office.store, then)
    assert (found.papers, found.nothing, found.ledgers, found.since) == (1, False, (), 0)
    batch(office, ("孟堃", "单雄"))
    assert compare(office.store, then).papers == 3, "also those that were printed together"
    then.close(with_backup=False)
