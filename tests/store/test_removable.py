"""Sticks are found, and a backup onto one of them takes one step and says that it may be pulled out."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from taizhang.core.errors import Refused, StoreTrouble
from taizhang.store import keyring
from taizhang.store.opening import enter
from taizhang.store.removable import FOLDER, back_up_to_stick, drives, mounted, name_of, sticks
from taizhang.store.shelf import folder_of, list_backups
from taizhang.store.store import Store
from tests.offices import NOON, Office
from tests.store.trial import trial

_MOUNTS = """\
/dev/sda2 / ext4 rw,relatime 0 0
/dev/sda1 /boot/efi vfat rw 0 0
/dev/sdb1 /media/wang/我的\\040U盘 vfat rw,nosuid 0 0
/dev/sdc1 /run/media/wang/KINGSTON exfat rw 0 0
/dev/sdd1 /media/wang/大盘 ext4 rw 0 0
/dev/sde1 /mnt/资料 ext4 rw 0 0
//nas/office /mnt/共享 cifs rw 0 0
broken line
"""


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A folder that stands for the root of a stick."""
    folder = tmp_path / "KINGSTON"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_sticks_are_known_by_where_they_are_mounted_and_by_what_they_are() -> None:
    found = mounted(_MOUNTS, lambda device: device in {"/dev/sdd1", "/dev/sda2"})
    assert found == [Path("/media/wang/我的 U盘"), Path("/run/media/wang/KINGSTON"), Path("/media/wang/大盘")]


def test_the_removable_drives_of_windows_are_those_that_it_calls_so() -> None:
    kinds = {"A:\\": 2, "C:\\": 3, "D:\\": 5, "E:\\": 2, "F:\\": 4}
    present = sum(1 << ord(root[0]) - ord("A") for root in kinds)
    assert [str(root) for root in drives(present, kinds.__getitem__)] == ["E:\\"]


def test_this_computer_can_be_asked() -> None:
    assert all(stick.is_absolute() for stick in sticks())


def test_one_step_puts_a_proven_backup_onto_the_stick_and_says_so(office: Office, stick: Path) -> None:
    rid = office.add("people", name="卢梅")
    made = back_up_to_stick(office.store, stick, NOON)
    assert made.file == stick / FOLDER / "trial 2026-11-21 120000.tz"
    assert made.said == "已备份到 U 盘 KINGSTON，已核对，可以拔出。"
    copy = Store.open(made.file, trial(), read_only=True)
    assert copy.row(rid) == office.store.row(rid)
    copy.close()
    again = back_up_to_stick(office.store, stick, NOON)
    assert [file.name for file in sorted((stick / FOLDER).iterdir())] == [made.file.name, again.file.name]


def test_what_lies_on_a_stick_is_never_thinned(office: Office, stick: Path) -> None:
    for day in range(1, 29):
        (stick / FOLDER).mkdir(exist_ok=True)
        (stick / FOLDER / f"trial 2020-01-{day:02d} 120000.tz").write_bytes(b"old")
    office.add("people", name="卢梅")
    back_up_to_stick(office.store, stick, NOON)
    office.store.close()
    assert len(list((stick / FOLDER).iterdir())) == 29
    assert len(list_backups(office.path)) == 1, "the stick does not stand for the backup beside the file"


def test_a_plain_office_on_a_stick_can_be_read_by_who_finds_it_and_a_locked_one_cannot(
    office: Office, stick: Path, tmp_path: Path
) -> None:
    assert "谁捡到这个 U 盘" in back_up_to_stick(office.store, stick, NOON).warning
    ring, access, _code = keyring.create("王敏", "一二三四五六")
    store = Store.create(tmp_path / "locked.tz", trial(), name="街道", kind="党工委", ring=(ring, access))
    made = back_up_to_stick(store, stick, NOON)
    store.close(with_backup=False)
    assert made.warning == ""
    copy = Store.open(made.file, trial(), access=enter(made.file, "一二三四五六"), read_only=True)
    assert copy.name == "街道"
    copy.close()


def test_an_office_that_lies_on_the_stick_itself_is_warned(stick: Path) -> None:
    office = Office(stick / "trial.tz", trial())
    assert "自己也在这个 U 盘上" in back_up_to_stick(office.store, stick, NOON).warning
    office.store.close(with_backup=False)


def test_without_a_stick_or_room_on_it_nothing_is_done_and_the_sentence_says_what_to_do(
    office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refused, match="没有找到这个 U 盘，没有备份；请插好 U 盘"):
        back_up_to_stick(office.store, stick / "pulled", NOON)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=500_000))
    with pytest.raises(Refused, match=r"空间不够（需要 2 MB，只剩 1 MB），没有备份"):
        back_up_to_stick(office.store, stick, NOON)
    assert list(stick.iterdir()) == []


def test_a_stick_that_cannot_be_written_says_so_and_the_office_is_well(office: Office, stick: Path) -> None:
    (stick / FOLDER).write_bytes(b"a file in the way")
    with pytest.raises(StoreTrouble, match="没有备份到 U 盘 KINGSTON：备份没有做成，台账文件本身完好"):
        back_up_to_stick(office.store, stick, NOON)
    assert office.store.check() == []
    assert not folder_of(office.path).exists()


@pytest.mark.parametrize(("stick", "name"), [("/media/wang/我的 U盘", "我的 U盘"), ("/", "/")])
def test_a_stick_is_called_by_its_label(stick: str, name: str) -> None:
    assert name_of(Path(stick)) == name
