"""What leaves the office is written down, and nobody lets out more than they may see (R-PRIV-02)."""

from pathlib import Path

import pytest

from taizhang import places
from taizhang.core.access import ROLE_LABELS, Access, Role
from taizhang.core.errors import Refused
from taizhang.core.privacy import Profile
from taizhang.exchange.write import export_rows
from taizhang.store import keyring, owed
from taizhang.store.logbook import Happening, Noted
from taizhang.store.store import Store
from tests.offices import NOON, Office
from tests.store.trial import card, trial

WIDER = [Profile.FULL]
WITHIN = [Profile.INTERNAL, Profile.POSTING, Profile.WALL]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user's folder of this test alone."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setattr(places, "user_data", lambda: folder)


def waiting() -> list[Path]:
    """The lines that lie in the user's folder."""
    return list(places.user_data().iterdir())


def reading(office: Office) -> Store:
    """The same file in a second program, which may only read it."""
    return Store.open(office.path, office.registry, who="来访者", clock=lambda: NOON, read_only=True)


def written(office: Office) -> list[Noted]:
    """The log once the file has been closed and opened again for writing."""
    office.store.close(with_backup=False)
    office.store = Store.open(office.path, office.registry, who="记录员", clock=lambda: NOON)
    return office.store.log.lines()


def test_who_lets_what_out_when_for_whom_and_how_much_is_written_down(office: Office) -> None:
    office.store.release(Happening.PRINT, "人员", Profile.WALL, 12)
    assert office.store.log.lines() == [Noted(NOON, "记录员", Happening.PRINT, "人员", Profile.WALL, 12)]


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("role", [Role.ADMIN, Role.RECORDER])
def test_who_may_change_records_may_let_out_everything(office: Office, role: Role, profile: Profile) -> None:
    office.store.act_as(Access("甲", role))
    office.store.release(Happening.EXPORT, "人员", profile, 1)
    assert office.store.log.lines()[0].profile is profile


@pytest.mark.parametrize("profile", WITHIN)
def test_a_reader_may_let_out_what_a_reader_may_see(office: Office, profile: Profile) -> None:
    office.store.act_as(Access("乙", Role.READER))
    office.store.release(Happening.EXPORT, "人员", profile, 1)
    assert office.store.log.lines()[0].who == "乙"


@pytest.mark.parametrize("profile", WIDER)
def test_a_reader_may_not_let_out_more_and_is_told_what_to_do(office: Office, profile: Profile) -> None:
    office.store.act_as(Access("乙", Role.READER))
    with pytest.raises(Refused, match=f"“{ROLE_LABELS[Role.READER]}”.*没有执行；请改选“内部名单”"):
        office.store.release(Happening.EXPORT, "人员", profile, 1)
    assert office.store.log.lines() == []


def test_an_export_is_written_down_by_itself_with_neither_name_nor_file(office: Office, tmp_path: Path) -> None:
    rid = office.add("people", name="安静宜", id_number=card(2))
    people = office.store.ledgers["people"]
    export_rows(office.store, people, [rid], tmp_path / "安静宜的表.xlsx", profile=Profile.INTERNAL)
    (line,) = office.store.log.lines()
    assert line == Noted(NOON, "记录员", Happening.EXPORT, "人员", Profile.INTERNAL, 1)


def test_a_refused_export_leaves_no_file_and_one_that_fails_no_line(office: Office, tmp_path: Path) -> None:
    rid = office.add("people", name="安静宜")
    people = office.store.ledgers["people"]
    with pytest.raises(Refused, match="写不进"):
        export_rows(office.store, people, [rid], tmp_path / "没有" / "名册.xlsx")
    office.store.act_as(Access("乙", Role.READER))
    with pytest.raises(Refused, match="只读"):
        export_rows(office.store, people, [rid], tmp_path / "名册.xlsx")
    assert list(tmp_path.glob("*.xlsx*")) == []
    assert office.store.log.lines() == []


def test_a_file_opened_for_reading_gets_its_line_when_it_is_next_written(office: Office) -> None:
    office.store.release(Happening.PRINT, "地点", Profile.WALL, 1)
    second = reading(office)
    second.release(Happening.EXPORT, "人员", Profile.INTERNAL, 3)
    late = Noted(NOON, "来访者", Happening.EXPORT, "人员", Profile.INTERNAL, 3)
    assert second.log.lines()[0] == late, "seen at once, where it was made"
    second.close()
    assert len(waiting()) == 1
    assert written(office)[0] == late
    assert len(office.store.log.lines()) == 2
    assert waiting() == []


def test_a_line_is_taken_in_once_even_if_the_power_failed_before_it_was_let_go(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = reading(office)
    second.release(Happening.EXPORT, "人员", Profile.INTERNAL, 3)
    second.close()
    with monkeypatch.context() as patch:
        patch.setattr("taizhang.store.logbook.settle", lambda _office, _lines: None)
        assert len(written(office)) == 1
    assert len(waiting()) == 1
    assert len(written(office)) == 1
    assert waiting() == []


def test_lines_of_another_office_and_what_is_no_line_stay_where_they_are(office: Office, tmp_path: Path) -> None:
    other = Office(tmp_path / "other.tz", trial())
    second = reading(other)
    second.release(Happening.EXPORT, "人员", Profile.INTERNAL, 3)
    second.close()
    owner = office.store._facts.owner.hex()
    (places.user_data() / f"log-{owner}-half.json").write_bytes(b'{"at": ')
    assert written(office) == []
    assert len(waiting()) == 2
    assert len(written(other)) == 1
    other.store.close(with_backup=False)


def test_where_no_line_can_be_left_nothing_leaves(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    second = reading(office)

    def full(_office: str, _line: str) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(owed, "_file", full)
    with pytest.raises(Refused, match="没有执行"):
        second.release(Happening.EXPORT, "人员", Profile.INTERNAL, 3)
    second.close()


def test_where_there_are_passwords_the_log_tells_whose_it_was_whatever_name_is_given(tmp_path: Path) -> None:
    ring, access, _code = keyring.create("王敏", "很长的密码 一二三")
    registry = trial()
    store = Store.create(tmp_path / "a.tz", registry, name="街道", kind="党工委", ring=(ring, access))
    store.close(with_backup=False)
    store = Store.open(tmp_path / "a.tz", registry, who="别人", access=access, clock=lambda: NOON)
    store.release(Happening.PRINT, "人员", Profile.WALL, 1)
    assert store.log.lines()[0].who == "王敏"
    assert store.who == "别人", "in the journal"
    store.close(with_backup=False)
