"""`remind`: what is due on a day, for people and for scripts; and lists narrowed to one reminder."""

from pathlib import Path

import pytest

from tests.command.conftest import FIRST, Shell


def a_month_before(shell: Shell) -> str:
    """张伟 becomes probationary; twenty days before the probation ends."""
    shell("set", "members", shell.id_of("张伟"), "joined_on=2025-12-11", "category=预备党员")
    return "2026-11-21"


def test_scripts_get_every_item_with_the_identifiers_of_its_records(shell: Shell) -> None:
    day = a_month_before(shell)
    found = shell.json("--today", day, "remind")
    assert (found["today"], found["total"]) == (day, len(found["items"]))
    (item,) = [one for one in found["items"] if one["id"] == "E2-probation"]
    assert item == {
        "id": "E2-probation",
        "level": "amber",
        "title": "预备期满",
        "ledger": "members",
        "records": [shell.id_of("张伟")],
        "name": "张伟",
        "due": "2026-12-11",
        "days": 20,
        "text": "张伟的预备期2026年12月11日届满，还有 20 天，请提醒本人提出转正申请。",
        "source": "R-DEV-01",
    }
    (phone,) = [one for one in found["items"] if one["id"] == "E10-phone"]
    assert sorted(phone["records"]) == sorted(shell.id_of(name) for name in ("李芳", "单雄"))
    assert (phone["due"], phone["days"], phone["level"]) == (None, None, "info")


def test_people_read_it_by_urgency(shell: Shell) -> None:
    out = shell("--today", a_month_before(shell), "remind").out.splitlines()
    heads = [line for line in out if not line.startswith(" ")]
    assert [head.partition("（")[0] for head in heads[:-1]] == ["要办", "留意"]
    assert "    预备期满：张伟的预备期2026年12月11日届满，还有 20 天，请提醒本人提出转正申请。" in out
    assert heads[-1] == f"2026年11月21日，共 {len(out) - len(heads)} 项"


def test_the_day_that_is_given_decides(shell: Shell) -> None:
    a_month_before(shell)
    levels = {
        day: [one["level"] for one in shell.json("--today", day, "remind")["items"] if one["id"] == "E2-probation"]
        for day in ("2026-11-10", "2026-11-11", "2026-12-11")
    }
    assert levels == {"2026-11-10": [], "2026-11-11": ["amber"], "2026-12-11": ["red"]}


def test_an_office_without_anything_due_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    empty = Shell(capsys, tmp_path / "新.tz")
    Shell(capsys)("new", tmp_path / "新.tz", "--name", "中共和平社区委员会", "--kind", "社区党委")
    assert empty("--today", "2026-11-21", "remind").out == "2026年11月21日没有到期的事项。\n"
    assert empty.json("--today", "2026-11-21", "remind") == {"today": "2026-11-21", "total": 0, "items": []}


def test_a_list_is_narrowed_to_a_reminder_by_its_title_or_its_id(shell: Shell) -> None:
    shell("set", "members", shell.id_of("单雄"), "mobile=是", "mobile_to=广东省深圳市")
    for name in ("空挂党员", "E7-hanging"):
        rows = shell.json("list", "members", "--where", f"remind={name}", "branch=第二支部")["rows"]
        assert [row["name"] for row in rows] == ["单雄"]
    assert shell.json("list", "members", "--where", "remind=空挂党员", f"branch={FIRST}")["total"] == 0


def test_a_reminder_that_the_ledger_does_not_have_is_wrong_usage(shell: Shell) -> None:
    said = shell("list", "members", "--where", "remind=口袋")
    assert said.code == 2
    assert said.err.startswith("党员名册没有“口袋”这一条提醒，没有执行；现有：预备期满、")
