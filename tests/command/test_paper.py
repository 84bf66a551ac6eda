"""`print`: the right people, on the right paper, for the right eyes."""

from pathlib import Path

import pytest

from tests.command.conftest import ID_NUMBER, Shell
from tests.press.reading import Page, read_pdf


def printed(shell: Shell, out: Path, *arguments: str) -> Page:
    """The first page of the printed roster."""
    told = shell.json("print", "members", out, *arguments)
    pages = read_pdf(out.read_bytes())
    assert told["pages"] == len(pages)
    return pages[0]


def millimetres(page: Page) -> tuple[int, int]:
    return round(page.width / 72 * 25.4), round(page.height / 72 * 25.4)


@pytest.mark.parametrize(
    ("arguments", "size"),
    [
        ([], (210, 297)),
        (["--landscape"], (297, 210)),
        (["--paper", "A3", "--landscape"], (420, 297)),
        (["--paper", "500x300"], (500, 300)),
    ],
)
def test_the_paper_is_the_one_asked_for(
    shell: Shell, tmp_path: Path, arguments: list[str], size: tuple[int, int]
) -> None:
    page = printed(shell, tmp_path / "名册.pdf", *arguments)
    assert millimetres(page) == size
    assert all(name in page.text for name in ("张伟", "李芳", "单雄"))


def test_a_paper_that_nobody_has_is_refused_and_an_old_print_stays(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "名册.pdf"
    out.write_bytes(b"old")
    assert shell("print", "members", out, "--paper", "B17").code == 1
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.glob("*.part*")] == []


def test_only_the_named_records_are_printed(shell: Shell, tmp_path: Path) -> None:
    page = printed(shell, tmp_path / "名册.pdf", "--id", shell.id_of("李芳"), shell.id_of("单雄"))
    assert "张伟" not in page.text
    assert "人数：2" in page.text


def test_the_wall_shows_no_number_and_only_surnames(shell: Shell, tmp_path: Path) -> None:
    page = printed(shell, tmp_path / "名册.pdf", "--privacy", "wall")
    assert "李*" in page.text
    assert not any(word in page.text for word in ("李芳", ID_NUMBER, "19900000001"))


def test_the_print_as_of_a_day_says_the_day_and_who_was_there(shell: Shell, tmp_path: Path) -> None:
    page = printed(shell, tmp_path / "名册.pdf", "--as-of", "2000-01-01", "--landscape")
    assert "2000年1月1日" in page.text
    assert "单雄" in page.text
    assert "张伟" not in page.text
