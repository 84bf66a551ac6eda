"""The whole-file check finds what was altered behind the program's back, and nothing in a sound file."""

import pytest

from taizhang.core.kinds_linked import Attachment
from taizhang.store.store import Store
from tests.offices import Office
from tests.store.trial import card


def _behind(office: Office, *statements: str) -> None:
    for statement in statements:
        office.store._database.connection.exec_driver_sql(statement)


@pytest.fixture
def filled(office: Office) -> Office:
    """A little of everything."""
    place = office.add("places", name="一号楼")
    made: list[str] = []
    office.store.do("放入", lambda work: made.append(work.attach(b"%PDF-1.7")))
    rid = office.add("people", name="卢梅", place=place, photo=(made[0],), id_number=card(1), retired="是", dues="1")
    other = office.add("people", name="孟堃", friends=(rid,))
    office.change(rid, since="2020-01-01", place=office.store.root)
    office.store.do("作废", lambda work: work.void(other, "重复登记"))
    office.store.undo()
    office.change(rid, left_on="2024-01-01")
    return office


def test_a_sound_file_has_nothing_to_say(filled: Office, real: Office) -> None:
    assert filled.store.check() == []
    real.fill()
    assert real.store.check() == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE ledger_people SET name = '卢薇' WHERE rid = 3", "人员：有 1 条记录与修改历史不一致"),
        ("UPDATE ledger_people SET dues = dues + 1", "人员：有 1 条记录与修改历史不一致"),
        ("UPDATE ledger_people SET _void = '悄悄作废' WHERE rid = 4", "人员：有 1 条记录与修改历史不一致"),
        ("UPDATE ledger_people SET _past = NULL", "人员：有 1 条记录与修改历史不一致"),
        ("UPDATE journal SET new = replace(new, '卢梅', '卢薇')", "人员：有 1 条记录与修改历史不一致"),
        ("DELETE FROM journal WHERE rid = 4", "人员：有 1 条记录与修改历史不一致"),
        ("UPDATE ledger_people SET place = 99 WHERE rid = 3", "人员：有 1 处“所在地点”指向不存在的记录"),
        ("UPDATE ledger_people SET friends = '[99,3]' WHERE rid = 4", "人员：有 1 处“介绍人”指向不存在的记录"),
        ("UPDATE ledger_people SET place = 4 WHERE rid = 3", "人员：有 1 处“所在地点”指向不存在的记录"),
        ("UPDATE attachment SET data = x'00'", "有一个附件的内容与登记的指纹不符"),
        ("DELETE FROM attachment", "人员：有 1 个“照片”的附件不在文件中"),
        ("UPDATE found_people SET text = 'x' WHERE rid = 3", "人员：有 1 条记录的查找索引已过时"),
        ("DELETE FROM found_people", "人员：有 2 条记录的查找索引已过时"),
        ("DELETE FROM rec WHERE rid = 4", "人员：有 1 条记录与登记册对不上"),
        ("DELETE FROM ledger_people WHERE rid = 4", "人员：有 1 条记录与登记册对不上"),
        ("UPDATE ledger_people SET _complete = 7 WHERE rid = 3", "人员：有 1 条记录的完整度或排序已过时"),
        ("UPDATE ledger_people SET _strokes = 'x'", "人员：有 2 条记录的完整度或排序已过时"),
    ],
)
def test_what_was_altered_behind_the_journal_is_found(filled: Office, statement: str, said: str) -> None:
    _behind(filled, statement)
    assert any(said in problem for problem in filled.store.check())


def test_every_attachment_field_is_looked_at(filled: Office) -> None:
    assert any(isinstance(field, Attachment) for field in filled.registry.ledgers["people"].fields)


def test_a_torn_file_is_said_to_be_restored_or_salvaged(filled: Office) -> None:
    for number in range(200):
        filled.add("people", name="卢梅", note=f"第{number}条" * 50)
    filled.store.close(with_backup=False)
    torn = bytearray(filled.path.read_bytes())
    middle = len(torn) // 8192 * 4096
    torn[middle : middle + 64] = b"\xff" * 64
    filled.path.write_bytes(torn)
    filled.store = Store.open(filled.path, filled.registry, read_only=True)
    (said,) = filled.store.check()
    assert "请从备份恢复；没有合适的备份，就用“抢救”" in said
