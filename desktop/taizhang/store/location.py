"""What is risky about where an office file lies: shared folders, and folders that a cloud service moves about."""

import sys
from pathlib import Path

# Parts of folder names by which the services call their folders, without spaces and in lower case -> the service.
_CLOUDS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "坚果云": "坚果云",
    "nutstore": "坚果云",
    "百度网盘": "百度网盘",
    "百度云": "百度网盘",
    "baidusync": "百度网盘",
    "baidunetdisk": "百度网盘",
    "wps云盘": "WPS 云盘",
    "wpsdrive": "WPS 云盘",
    "wpscloud": "WPS 云盘",
    "wps云文档": "WPS 云盘",
    "icloud": "iCloud",
    "googledrive": "Google Drive",
    "微云": "腾讯微云",
    "weiyun": "腾讯微云",
    "阿里云盘": "阿里云盘",
    "天翼云盘": "天翼云盘",
    "115网盘": "115 网盘",
}
_NETWORK_MOUNTS = frozenset({"cifs", "smb3", "smbfs", "nfs", "nfs4", "afpfs", "davfs", "fuse.sshfs"})
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW


def risk(path: Path | str) -> str | None:
    """One sentence on why an office file should not lie at `path`; None when nothing speaks against it."""
    text = str(path)
    cloud = _cloud(text)
    if cloud:
        said = "后台同步可能损坏正在使用的文件，个人信息也会离开这台电脑。请改放到本机硬盘。"
        return f"这个位置在 {cloud} 的同步文件夹里：{said}"
    if is_network(text):
        return "这个位置是网络上的共享文件夹：断网或两人同时打开时可能损坏文件。请改放到本机硬盘。"
    return None


def is_network(path: Path | str) -> bool:
    """Whether a file at `path` lies on another machine."""
    return str(path).startswith(("\\\\", "//")) or _on_network_drive(Path(path).absolute())


def _cloud(text: str) -> str:
    """The service whose folder is in the path, or an empty text."""
    folders = text.replace("\\", "/").split("/")[:-1]
    for folder in folders:
        name = folder.replace(" ", "").casefold()
        for part, service in _CLOUDS.items():
            if part in name:
                return service
    return ""


def _on_network_drive(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only

        kind: int = ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\")
        return bool(path.drive) and kind == _REMOTE_DRIVE
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return mount_kind(path, mounts) in _NETWORK_MOUNTS


def mount_kind(path: Path, mounts: str) -> str:
    """The kind of file system that holds `path`, by a table of mounts as in /proc/mounts; the deepest mount counts."""
    kind, depth = "", -1
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        folder = Path(fields[1].replace("\\040", " "))
        if path.is_relative_to(folder) and len(folder.parts) >= depth:
            kind, depth = fields[2], len(folder.parts)
    return kind
