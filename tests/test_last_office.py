"""The office opened last is one for window and command line, and a damaged list stops nobody."""

from pathlib import Path

import pytest

from taizhang import last_office, places


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's own folder of this test alone."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setattr(places, "user_data", lambda: folder)
    return folder


def test_files_come_newest_first_once_each_and_at_most_eight(tmp_path: Path) -> None:
    for number in [*range(10), 5]:
        last_office.opened(tmp_path / f"{number}.tz")
    assert [Path(path).stem for path in last_office.recent()] == ["5", "9", "8", "7", "6", "4", "3", "2"]
    assert last_office.last() == tmp_path / "5.tz"
    last_office.forget(tmp_path / "5.tz")
    assert last_office.last() == tmp_path / "9.tz"


def test_a_path_is_kept_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    last_office.opened(Path("甲.tz"))
    assert last_office.recent() == [str(tmp_path / "甲.tz")]


def test_a_list_that_is_missing_or_damaged_is_an_empty_one(home: Path) -> None:
    assert last_office.last() is None
    (home / "recent.json").write_text('["a', encoding="utf-8")
    assert last_office.recent() == []
    last_office.opened(home / "甲.tz")
    assert last_office.last() == home / "甲.tz"


def test_a_folder_that_cannot_be_written_stops_no_work(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "user_data", lambda: home / "gone")
    last_office.opened(home / "甲.tz")
    assert last_office.recent() == []
