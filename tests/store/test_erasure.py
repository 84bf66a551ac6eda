"""What is erased is gone: from every list and history, from the bytes of the file and of all that lies beside it."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from PIL import Image

from taizhang.core import idcard
from taizhang.core.access import Access, Role
from taizhang.core.errors import Refused
from taizhang.core.hanzi import pinyin_forms
from taizhang.core.privacy import Profile
from taizhang.exchange.apply import apply_plan
from taizhang.exchange.plan import ImportOptions
from taizhang.exchange.planner import plan_import
from taizhang.exchange.workbook import read_workbook
from taizhang.store import keyring
from taizhang.store.database import Database
from taizhang.store.logbook import Happening
from taizhang.store.memo import draft_key
from taizhang.store.query import Query
from taizhang.store.shelf import folder_of, list_backups
from taizhang.store.store import Store
from taizhang.store.traces import VOIDED
from tests.offices import NOON, Office

NAME, BEFORE = "漆雕鋆龢", "亓官黼黻"  # the record was first typed under the second name
NUMBER = idcard.make("110199", date(1985, 6, 17), 12)
PHONE, OLD_PHONE, HOME = "19987651234", "19943217788", "靐龘巷7号3栋2单元501室"
REASON = "本人申请，支部大会同意"
ERASED = "（已抹除）"


class Life:
    """Everything that an office does with somebody, from the first line typed to the last backup."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office = office
        self.rid = self._added()
        self.photo = self._with_photo()
        self._imported(folder / "sheets")
        self._changed_and_taken_back()
        self.post = office.add("committees", organisation=self.store.name, member=self.rid, post="书记", method="任命")
        self._remembered()
        self.store.safeguard()

    @property
    def store(self) -> Store:
        """The office as it is open now."""
        return self.office.store

    def _added(self) -> int:
        raw = {"name": BEFORE, "id_number": NUMBER, "phone": OLD_PHONE, "address": HOME, "category": "正式党员"}
        draft = self.office.check("members", raw)
        made: list[int] = []
        self.store.do(f"新增党员：{BEFORE}", lambda work: made.append(work.add(draft)))
        self.office.change(made[0], note=f"原名{BEFORE}，电话{OLD_PHONE}")
        return made[0]

    def _with_photo(self) -> bytes:
        kept: list[str] = []
        self.store.do(f"照片：{BEFORE}", lambda work: kept.append(work.attach(_picture(), photo=True)))
        self.office.change(self.rid, None, photo=[kept[0]])
        return self.store.attachment(kept[0])

    def _imported(self, folder: Path) -> None:
        folder.mkdir()
        book = Workbook()
        assert book.active is not None
        for line in (["姓名", "公民身份号码", "联系电话"], [NAME, NUMBER, PHONE]):
            book.active.append(line)
        book.save(folder / f"{NAME}.xlsx")
        ledger = self.store.ledgers["members"]
        plan = plan_import(read_workbook(folder / f"{NAME}.xlsx"), ledger, self.store, ImportOptions())
        apply_plan(self.store, plan)
        assert self.store.row(self.rid).values["name"] == NAME

    def _changed_and_taken_back(self) -> None:
        draft = self.office.check("members", {"employer": f"{NAME}工作室"}, self.rid)
        self.store.do(f"修改党员：{NAME}", lambda work: work.change(self.rid, draft))
        self.store.undo()
        self.store.redo()
        self.store.do(f"作废{NAME}", lambda work: work.void(self.rid, f"与{NAME}（{NUMBER}）重复"))
        self.store.undo()

    def _remembered(self) -> None:
        self.store.keep(draft_key("members", self.rid), {"nation": ["x", "x"]})
        self.store.keep(draft_key("members", None), {"name": [NAME, NAME]})
        self.store.keep("filters:members", {"他": {"where": [["phone", "is", PHONE]]}})
        self.store.keep("first page", ["修改党员", NAME])
        self.store.keep("columns:members", {"keys": ["name"]})
        self.store.papers.keep("letter", f"介绍信：{NAME}", b"%PDF-1.7 a letter", who="记录员", at=NOON)

    def marks(self) -> Iterator[bytes]:
        """Whatever would tell of the person, in every writing that programs know."""
        words = [NAME, BEFORE, NUMBER, PHONE, OLD_PHONE, HOME, "501室", *pinyin_forms(NAME), *pinyin_forms(BEFORE)]
        for word in (word for word in words if len(word) > 3):
            yield from (word.encode(code) for code in ("utf-8", "utf-16-le", "gb18030"))
        yield from (self.photo[at : at + 64] for at in range(0, len(self.photo) - 64, 999))

    def found_in(self, *files: Path) -> list[tuple[str, bytes]]:
        """Where something can be read in raw bytes."""
        return [(file.name, mark) for file in files for mark in self.marks() if mark in file.read_bytes()]

    def found_in_tables(self) -> list[str]:
        """Where something can be read in the open office, table by table."""
        connection = self.store._database.connection
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        told = []
        for name in names:
            cells = [cell for line in connection.exec_driver_sql(f"SELECT * FROM {name}").all() for cell in line]  # noqa: S608
            kept = [cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells]
            told += [name for cell in kept for mark in self.marks() if mark in cell]
        return told


def _picture() -> bytes:
    noise = Image.effect_noise((200, 260), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG")
    return out.getvalue()


def beside(path: Path) -> list[Path]:
    """The office file and every file around it."""
    return [file for file in path.parent.glob("*") if file.is_file()]


@pytest.fixture
def life(real: Office, tmp_path: Path) -> Life:
    return Life(real, tmp_path)


def test_the_life_leaves_traces_that_would_be_found(life: Life, real: Office) -> None:
    real.store.close()
    for file in (real.path, list_backups(real.path)[0][1]):
        found = {mark for _name, mark in life.found_in(file)}
        for word in (NAME, BEFORE, NUMBER, PHONE, OLD_PHONE, HOME, "qidiao"):
            assert any(word.encode() in mark for mark in found), word
        assert life.photo[:64] in found


def test_no_byte_is_left_in_the_file_or_beside_it(life: Life, real: Office) -> None:
    real.store.erase(life.rid, REASON, backups=True)
    assert life.found_in(*beside(real.path)) == [], "while it is open"
    assert life.found_in_tables() == []
    assert real.store.check() == []
    real.store.close()
    assert life.found_in(*beside(real.path), *folder_of(real.path).iterdir()) == []
    assert len(list_backups(real.path)) == 1


def test_what_was_done_elsewhere_in_the_office_stays(life: Life, real: Office) -> None:
    other = real.add("members", name="安静宜", phone="19900001111", category="正式党员")
    history = real.store.history(other)
    real.store.erase(life.rid, REASON)
    assert real.store.history(other) == history
    assert real.store.recall("columns:members") == {"keys": ["name"]}
    assert real.store.rids(Query("members")) == [other]


def test_the_stub_keeps_who_it_was_by_number_and_says_why(life: Life, real: Office) -> None:
    before = real.store.row(life.rid)
    changes = real.store.erase(life.rid, f" {REASON} ")
    stub = real.store.row(life.rid)
    assert (stub.rid, stub.id, stub.ledger, stub.void) == (before.rid, before.id, "members", f"已依法抹除：{REASON}")
    held = {key: value for key, value in stub.values.items() if value is not None}
    assert held == {"name": ERASED}
    assert changes.title == "依法抹除党员名册记录"
    assert changes.touched == {"members": {life.rid}, "committees": {life.post}}
    assert life.rid not in real.store.rids(Query("members", show="all"))
    assert life.rid in real.store.rids(Query("members", show="void"))


def test_where_the_person_is_pointed_at_the_stub_is_named(life: Life, real: Office) -> None:
    real.store.erase(life.rid, REASON)
    assert real.store.name_of("members", life.rid) == ERASED
    post = real.store.row(life.post)
    assert (post.values["member"], post.values["name"], post.void) == (life.rid, ERASED, None)
    assert real.store.rids(Query("committees", search=NAME, show="all")) == []
    assert NAME not in repr(real.store.history(life.post))
    assert real.store.check() == []


def test_the_history_is_one_line_that_says_only_that(life: Life, real: Office) -> None:
    real.store.erase(life.rid, REASON)
    (line,) = real.store.history(life.rid)
    assert (line.title, line.who, line.at, line.action) == ("依法抹除党员名册记录", "记录员", NOON, "void")
    assert line.fields == {"name": (None, ERASED)}


def test_operations_and_papers_lose_the_name_and_keep_the_rest(life: Life, real: Office) -> None:
    real.store.do("修改党员：安静宜", lambda work: work.attach(b"x"))
    real.store.erase(life.rid, REASON)
    titles = [step.title for step in real.store.operations()]
    assert {"新增党员", "修改党员", "照片", "撤销：修改党员", "恢复：修改党员", f"作废{ERASED}"} <= set(titles)
    assert "修改党员：安静宜" in titles
    assert [paper.title for paper in real.store.papers.kept()] == ["介绍信"]


def test_it_is_written_down_without_a_name(life: Life, real: Office) -> None:
    real.store.erase(life.rid, REASON)
    line = real.store.log.lines()[0]
    assert (line.kind, line.what, line.profile, line.records) == (Happening.ERASE, "党员名册", None, 1)


def test_undo_neither_takes_it_back_nor_brings_back_what_was_before(life: Life, real: Office) -> None:
    latest = real.store.operations()[0].op
    real.store.erase(life.rid, REASON)
    with pytest.raises(Refused, match="没有可以撤销的操作"):
        real.store.undo(latest + 1)
    told: list[str] = []
    while real.store.undo_title():
        told += real.store.undo().kept
    assert "有 1 条记录已依法抹除，没有恢复。" in told
    while real.store.redo_title():
        told += real.store.redo().kept
    assert life.found_in_tables() == []
    assert real.store.row(life.rid).void == f"已依法抹除：{REASON}"
    assert real.store.check() == []


def test_an_operation_that_touched_others_too_is_taken_back_for_them(real: Office) -> None:
    drafts = [real.check("members", {"name": name, "category": "正式党员"}) for name in (NAME, "安静宜", "包大同")]
    real.store.do("导入党员名册", lambda work: work.add_many(drafts))
    first, *others = real.rids("members")
    erased = next(rid for rid in (first, *others) if real.store.name_of("members", rid) == NAME)
    real.store.erase(erased, REASON)
    changes = real.store.undo()
    assert changes.kept == ("有 1 条记录已依法抹除，没有恢复。",)
    assert real.store.rids(Query("members", show="all")) == []
    real.store.redo()
    assert len(real.store.rids(Query("members", show="all"))) == 2


def test_what_is_said_of_the_person_in_the_records_of_others_is_counted_and_left(life: Life, real: Office) -> None:
    other = real.add("members", name="安静宜", sponsors=f"{NAME}、包大同", category="正式党员")
    changes = real.store.erase(life.rid, REASON)
    assert changes.kept == ("另有 1 条记录里写着这个姓名或号码（也可能是同名的人），没有改动，请查找后逐条核对",)
    assert real.store.row(other).values["sponsors"] == f"{NAME}、包大同"


def test_a_photo_that_somebody_else_has_too_stays(real: Office) -> None:
    kept: list[str] = []
    real.store.do("照片", lambda work: kept.append(work.attach(_picture(), photo=True)))
    mine, theirs = (real.add("members", name=name, photo=kept) for name in ("安静宜", "包大同"))
    real.store.erase(mine, REASON)
    assert real.store.attachment(kept[0])
    real.store.erase(theirs, REASON)
    with pytest.raises(Refused, match="附件不在"):
        real.store.attachment(kept[0])
    assert real.store.check() == []


def test_a_name_that_begins_another_is_not_cut_out_of_it(real: Office) -> None:
    rid, other = (real.add("members", name=name, category="正式党员") for name in ("安静", "安静宜"))
    post = real.add(
        "committees", organisation=real.store.name, member=rid, post="书记", note="安静宜接任", method="任命"
    )
    real.store.erase(rid, REASON)
    assert real.store.row(other).values["name"] == "安静宜"
    assert real.store.row(post).values["note"] == "安静宜接任"


@pytest.mark.parametrize("role", [Role.RECORDER, Role.READER])
def test_only_an_administrator_may(life: Life, real: Office, role: Role) -> None:
    real.store.act_as(Access("甲", role))
    with pytest.raises(Refused, match="只有管理员可以做"):
        real.store.erase(life.rid, REASON)
    real.store.act_as(Access("王敏", Role.ADMIN))
    assert real.store.row(life.rid).values["name"] == NAME
    assert [line.kind for line in real.store.log.lines()] == []


def test_a_reason_is_needed_and_nothing_is_erased_twice(life: Life, real: Office) -> None:
    with pytest.raises(Refused, match="依据"):
        real.store.erase(life.rid, "  ")
    with pytest.raises(Refused, match="本单位自己的记录"):
        real.store.erase(real.store.root, REASON)
    real.store.erase(life.rid, REASON)
    steps = len(real.store.operations())
    with pytest.raises(Refused, match="已经抹除过"):
        real.store.erase(life.rid, REASON)
    assert len(real.store.operations()) == steps


def test_the_reason_stays_and_so_must_not_tell_of_the_person(life: Life, real: Office) -> None:
    for reason in (f"{NAME}本人申请", f"本人申请（{NUMBER}）"):
        with pytest.raises(Refused, match="依据里写着这个人的姓名、号码或住址，没有抹除"):
            real.store.erase(life.rid, reason)
    assert real.store.row(life.rid).values["name"] == NAME


def test_what_is_only_voided_cannot_pass_for_erased(real: Office) -> None:
    rid = real.add("members", name=NAME, id_number=NUMBER)
    with pytest.raises(Refused, match="作废原因不能以“已依法抹除：”开头，记录没有改动"):
        real.store.do("作废", lambda work: work.void(rid, f" {VOIDED}本人申请"))
    assert real.store.row(rid).values["name"] == NAME


def test_a_voided_record_can_be_erased(real: Office) -> None:
    rid = real.add("members", name=NAME, id_number=NUMBER)
    real.store.do("作废", lambda work: work.void(rid, f"{NAME}登记错了"))
    real.store.erase(rid, REASON)
    assert NAME not in repr(real.store.page(Query("members", show="void")))


def test_a_record_of_another_office_is_left_to_it(real: Office) -> None:
    rid = real.add("members", name=NAME)
    with real.store._database.transaction() as connection:
        connection.exec_driver_sql("UPDATE rec SET owner = zeroblob(16) WHERE rid = ?", (rid,))
    with pytest.raises(Refused, match="另一个单位登记"):
        real.store.erase(rid, REASON)


def test_an_erasure_that_fails_half_way_erases_nothing(
    life: Life, real: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_anything: object) -> int:
        raise OSError(28, "No space left on device")

    before = real.store.row(life.rid), real.store.history(life.rid), real.store.operations()
    monkeypatch.setattr("taizhang.store.erasure.mentioned", fails)
    with pytest.raises(OSError, match="No space"):
        real.store.erase(life.rid, REASON)
    assert (real.store.row(life.rid), real.store.history(life.rid), real.store.operations()) == before
    assert real.store.log.lines() == []
    assert real.store.check() == []


def test_bytes_that_another_program_keeps_alive_go_when_the_file_is_opened_next(life: Life, real: Office) -> None:
    reader = Store.open(real.path, real.registry, clock=lambda: NOON, read_only=True)
    reader._database.connection.exec_driver_sql("BEGIN")
    assert reader.row(life.rid).values["name"] == NAME
    changes = real.store.erase(life.rid, REASON)
    assert "残留的字节等下次打开时清除" in changes.kept[-1]
    reader._database.connection.exec_driver_sql("ROLLBACK")
    reader.close()
    real.store.close(with_backup=False)
    real.store = Store.open(real.path, real.registry, clock=lambda: NOON)
    assert life.found_in(*beside(real.path)) == []
    real.store.release(Happening.PRINT, "党员名册", Profile.WALL, 0)
    assert real.store.check() == []


def test_old_backups_stay_when_nobody_asked_and_when_there_is_no_fresh_one(
    life: Life, real: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = folder_of(real.path) / "升级前 2026-01-01 080000.tz"
    real.store.backup(upgrade)
    mine = folder_of(real.path) / "我自己放的.tz"
    mine.write_bytes(b"not ours")
    before = set(folder_of(real.path).iterdir())
    real.store.erase(life.rid, REASON)
    assert set(folder_of(real.path).iterdir()) == before
    second = real.add("members", name="安静宜")
    with monkeypatch.context() as patch:
        patch.setattr(Database, "copy_to", _no_room)
        changes = real.store.erase(second, REASON, backups=True)
    assert changes.kept[-1].startswith("旧备份都还在：备份没有做成")
    assert set(folder_of(real.path).iterdir()) == before
    third = real.add("members", name="包大同")
    real.store.erase(third, REASON, backups=True)
    left = set(folder_of(real.path).iterdir())
    assert left & before == {mine}
    assert len(left) == 2


def _no_room(_database: Database, _target: Path) -> None:
    raise OSError(28, "No space left on device")


def test_an_office_with_a_password_forgets_as_well(tmp_path: Path) -> None:
    ring, access, _code = keyring.create("王敏", "很长的密码 一二三")
    office = Office(tmp_path / "plain.tz")
    office.store.close(with_backup=False)
    office.path = tmp_path / "locked.tz"
    office.store = Store.create(
        office.path,
        office.registry,
        name="中共青石街道工作委员会",
        kind="党工委",
        ring=(ring, access),
        clock=lambda: NOON + timedelta(days=1),
    )
    life = Life(office, tmp_path)
    office.store.erase(life.rid, REASON, backups=True)
    assert life.found_in_tables() == []
    assert office.store.check() == []
    office.store.close()
    office.store = Store.open(office.path, office.registry, access=access, clock=lambda: NOON)
    assert life.found_in_tables() == []
    assert office.store.name_of("members", life.rid) == ERASED
    office.store.close(with_backup=False)
