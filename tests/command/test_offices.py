"""`new` and `demo`: an office is made, and never written over; a day of work in the real program."""

from pathlib import Path

from tests.command.conftest import OFFICE, Shell, started


def test_a_new_office_holds_itself(bare: Shell, tmp_path: Path) -> None:
    path = tmp_path / "新.tz"
    made = bare.json("new", path, "--name", "中共新村委员会", "--kind", "党委")
    assert made == {"office": str(path), "name": "中共新村委员会"}
    (row,) = bare.json("list", "organisations")["rows"]
    assert (row["name"], row["kind"]) == ("中共新村委员会", "党委")


def test_a_file_that_is_there_is_not_overwritten(shell: Shell, bare: Shell) -> None:
    assert shell.office
    before = shell.office.read_bytes()
    assert bare("new", shell.office, "--name", "甲", "--kind", "党委").code == 1
    assert shell.office.read_bytes() == before


def test_an_unknown_kind_leaves_no_file(bare: Shell, tmp_path: Path) -> None:
    assert bare("new", tmp_path / "新.tz", "--name", "甲", "--kind", "公司").code == 1
    assert not list(tmp_path.glob("新.tz*"))


def test_the_sample_office_is_made_and_is_sound(bare: Shell, tmp_path: Path) -> None:
    made = bare.json("demo", tmp_path / "示例")
    assert len(made["rosters"]) == 3
    office = ("--office", made["office"])
    assert 100 <= bare.json(*office, "list", "members")["total"] <= 140
    assert bare.json(*office, "list", "organisations")["total"] == 9
    assert bare.json(*office, "check") == {"ok": True, "problems": []}
    assert bare("demo", tmp_path / "示例").code == 1


def test_a_day_of_work_in_the_real_program(tmp_path: Path) -> None:
    office = ("--office", tmp_path / "新.tz")
    jobs: list[tuple[object, ...]] = [
        ("new", tmp_path / "新.tz", "--name", OFFICE, "--kind", "社区党委"),
        (*office, "template", "members", tmp_path / "空表.xlsx"),
        (*office, "set", "members", "name=张伟", "joined_on=2004-07", f"branch={OFFICE}"),
        (*office, "export", "members", tmp_path / "名册.xlsx"),
        (*office, "import", "members", tmp_path / "名册.xlsx"),
        (*office, "print", "members", tmp_path / "名册.pdf"),
        (*office, "check"),
    ]
    for job in jobs:
        done = started(*job)
        assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "名册.pdf").read_bytes().startswith(b"%PDF")
