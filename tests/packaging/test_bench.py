"""The measurements work, on an office small enough for a test; what they find is not judged here."""

from pathlib import Path

import bench
import bench_data
import bench_forms
import bench_import
import bench_lock
import pytest

_FEW = 40


def test_both_are_measured_in_turn_and_the_ratio_is_theirs() -> None:
    asked: list[str] = []

    def seconds(who: str, of: float) -> float:
        asked.append(who)
        return of

    found = bench.paired(lambda: seconds("ours", 3.0), lambda: seconds("floor", 2.0), 2)
    assert found == {"seconds": 3.0, "floor": 2.0, "ratio": 1.5}
    assert asked == ["ours", "floor"] * 3


@pytest.mark.parametrize("password", ["", bench_lock.PASSWORD])
def test_an_office_is_opened_and_read_with_and_without_a_password(tmp_path: Path, password: str) -> None:
    office = bench_data.filled_office(tmp_path / "a.tz", _FEW, password)
    assert bench_lock.opening(office, password) > 0
    for what in bench_lock.READS:
        assert bench_lock.reading(what, office, password, again=True) > 0
    assert [file.name for file in tmp_path.iterdir()] == ["a.tz"]


@pytest.mark.parametrize("password", ["", bench_lock.PASSWORD])
def test_an_import_is_measured_with_and_without_a_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setattr(bench_data, "ROSTER", _FEW)
    book = bench_data.workbook(tmp_path / "a.xlsx", _FEW)
    assert bench_import.imported(book, tmp_path, password) > 0
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]


def test_letters_are_measured_against_the_same_strings_and_lines_straight_on_a_canvas() -> None:
    assert bench_forms.letters(_FEW) > 0
    assert bench_forms.floor(_FEW) > 0
    printed, pages = bench_forms._strokes(_FEW)
    assert min(map(len, printed.values())) > 100  # the printed words too
    assert min(map(len, pages)) > 20
