"""A place where an office file comes to harm is recognised by its name or by the drive it is on."""

from pathlib import Path

import pytest

from taizhang.store.location import mount_kind, risk


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (r"C:\Users\wang\OneDrive - 某街道\文档\台账\单位.tz", "OneDrive"),
        (r"D:\坚果云\我的坚果云\单位.tz", "坚果云"),
        ("/home/wang/Nutstore Files/单位.tz", "坚果云"),
        (r"D:\BaiduSyncdisk\单位.tz", "百度网盘"),
        (r"C:\Users\wang\WPS Cloud Files\123\单位.tz", "WPS 云盘"),
        (r"C:\Users\wang\WPSDrive\单位.tz", "WPS 云盘"),
        ("/home/wang/Dropbox/单位.tz", "Dropbox"),
    ],
)
def test_the_folder_of_a_cloud_service_is_named(path: str, service: str) -> None:
    said = risk(path)
    assert said is not None
    assert service in said


@pytest.mark.parametrize("path", [r"\\server\share\单位.tz", "//server/share/单位.tz"])
def test_a_shared_folder_is_recognised(path: str) -> None:
    said = risk(path)
    assert said is not None
    assert "共享文件夹" in said


def test_an_ordinary_folder_is_no_risk(tmp_path: Path) -> None:
    assert risk(tmp_path / "单位.tz") is None
    assert risk(r"C:\Users\wang\Documents\台账\单位.tz") is None
    assert risk(tmp_path / "OneDrive 使用说明.tz") is None, "a file's own name is not a folder"


def test_the_deepest_mount_tells_the_kind_of_drive() -> None:
    mounts = "/dev/sda1 / ext4 rw 0 0\n//nas/office /mnt/共享\\040盘 cifs rw 0 0\n"
    assert mount_kind(Path("/mnt/共享 盘/单位.tz"), mounts) == "cifs"
    assert mount_kind(Path("/mnt/别处/单位.tz"), mounts) == "ext4"
