"""Where things lie on this computer: what is shipped, and the user's own folder."""

from functools import cache
from pathlib import Path

import appdirs


@cache
def resources() -> Path:
    """The folder of shipped data: code tables, fonts, help, style, sample office."""
    return _shipped("resources")


@cache
def forms() -> Path:
    """The folder of the paper forms as they are shipped."""
    return _shipped("forms")


def user_data() -> Path:
    """The user's own folder, made when first asked for: settings, drafts, logs."""
    path = Path(appdirs.user_data_dir("Taizhang", appauthor=False))
    path.mkdir(parents=True, exist_ok=True)
    return path


def _shipped(name: str) -> Path:
    """Look upwards from the package: beside `desktop/` in a checkout, beside the package once installed."""
    for above in Path(__file__).resolve().parents:
        if (above / name).is_dir():
            return above / name
    raise FileNotFoundError(name)
