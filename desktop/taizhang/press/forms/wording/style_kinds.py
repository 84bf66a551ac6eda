"""The styles that a form may name (样式), and for which kinds of field each is meant."""

from collections.abc import Mapping

from taizhang.press.forms.styles import BARE, DAYS

PICTURE = "图"  # the value is a photo, whatever its field is called
STYLES: Mapping[str, frozenset[str]] = {
    **{name: frozenset({"day"}) for name in DAYS},
    "大写": frozenset({"day", "whole"}),
    "简称": frozenset({"link", "choice"}),
    BARE: frozenset({"text"}),
    "码": frozenset({"choice"}),
    PICTURE: frozenset({"attachment"}),
}
