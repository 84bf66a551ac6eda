"""The look: readable in light and dark, all of it from one table."""

import re
from dataclasses import asdict

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from taizhang.desk import theme
from taizhang.desk.fonts import chinese_family
from taizhang.desk.icons import glyph, icon
from taizhang.desk.theme import DARK, LIGHT, Look, Tokens
from taizhang.places import resources
from taizhang.registry import installed

GROUNDS = {
    "text": ("ground", "panel", "navigation", "neutral", "selection", "soft", "warning_soft", "ok_soft"),
    "muted": ("ground", "panel", "navigation", "neutral", "selection"),
    "accent": ("panel", "ground", "navigation", "soft", "selection"),
    "on_accent": ("accent",),
    "warning": ("warning_soft", "panel", "ground", "selection"),
    "ok": ("ok_soft", "panel", "ground"),
}


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_has_a_contrast_of_four_and_a_half_on_every_ground_it_stands_on(tokens: Tokens) -> None:
    pairs = {
        (ink, ground): _contrast(getattr(tokens, ink), getattr(tokens, ground))
        for ink in GROUNDS
        for ground in GROUNDS[ink]
    }
    assert {pair: round(value, 2) for pair, value in pairs.items() if value < 4.5} == {}


def test_no_colour_stands_outside_the_token_table() -> None:
    sheet = (resources() / "style" / "desk.qss").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b|rgba?\(", sheet) == []


def test_the_sheet_names_only_tokens_that_exist() -> None:
    sheet = (resources() / "style" / "desk.qss").read_text(encoding="utf-8")
    named = set(re.findall(r"(?<!\$)\$([a-z_]+)", sheet))
    assert named <= set(asdict(LIGHT)) | {"small", "size", "large", "title", "figure", "row", "folder", "mode"}


def test_the_look_can_change_while_the_program_runs(qapp: QApplication) -> None:
    theme.apply(qapp, Look(dark=True, size=18))
    assert qapp.font().pixelSize() == 18
    assert qapp.palette().window().color().name().upper() == DARK.ground
    assert theme.colour("accent").name().upper() == DARK.accent


def test_an_icon_takes_the_colour_of_the_look_that_is_on_when_it_is_drawn(qapp: QApplication) -> None:
    made = icon("house")
    before = made.pixmap(QSize(32, 32)).toImage()
    theme.apply(qapp, Look(dark=True))
    after = made.pixmap(QSize(32, 32), QIcon.Mode.Normal, QIcon.State.Off).toImage()
    assert before != after


def test_every_ledger_has_an_icon_that_exists() -> None:
    assert all(glyph(ledger.icon) for ledger in installed().ledgers.values())


def test_the_typeface_is_a_chinese_one() -> None:
    assert chinese_family()
