"""The user's settings survive being saved, damaged and left alone."""

from pathlib import Path

from taizhang.desk.settings import Appearance, PrintChoice, Settings, load, save


def test_what_is_saved_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    settings = Settings(who="王敏", font_size=18, appearance=Appearance.DARK)
    settings.prints["members@HP"] = PrintChoice(paper="A3", columns=("name", "sex"), blanks=("签字",))
    save(settings, file)
    assert load(file) == settings
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


def test_a_file_that_is_missing_or_damaged_gives_the_first_settings(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    assert load(file) == Settings()
    file.write_text('{"who": 3', encoding="utf-8")
    assert load(file) == Settings()
    file.write_text('{"who": "王敏", "font_size": 99}', encoding="utf-8")
    assert load(file).who == "王敏"
    assert load(file).font_size == Settings().font_size


def test_recent_files_come_newest_first_once_each_and_at_most_eight(tmp_path: Path) -> None:
    settings = Settings()
    for number in [*range(10), 5]:
        settings.opened(tmp_path / f"{number}.tz")
    names = [Path(path).stem for path in settings.recent]
    assert names == ["5", "9", "8", "7", "6", "4", "3", "2"]
    settings.forget(tmp_path / "9.tz")
    assert "9" not in [Path(path).stem for path in settings.recent]
