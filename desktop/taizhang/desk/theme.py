"""How the window looks: one table of colours, one style sheet, light and dark, three sizes of type."""

from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from taizhang.desk.fonts import chinese_family
from taizhang.places import resources

SIZES = (14, 16, 18)


@dataclass(frozen=True)
class Tokens:
    """Every colour of the window by what it is for; each text on its ground has a contrast of at least 4.5 : 1."""

    ground: str
    panel: str
    navigation: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    soft: str
    selection: str
    warning: str
    warning_soft: str
    ok: str
    ok_soft: str
    neutral: str
    strong_line: str


LIGHT = Tokens(
    ground="#F6F5F2",
    panel="#FFFFFF",
    navigation="#FBFAF8",
    line="#E4E1DB",
    text="#1F1D1A",
    muted="#6B665F",
    accent="#B3261E",
    on_accent="#FFFFFF",
    soft="#FBEDEB",
    selection="#F9E4E1",
    warning="#8A5C00",
    warning_soft="#FFF6DD",
    ok="#1A7240",
    ok_soft="#E7F6EE",
    neutral="#EFEDE8",
    strong_line="#C9C4BB",
)
DARK = Tokens(
    ground="#1B1A19",
    panel="#242322",
    navigation="#1F1E1D",
    line="#3A3835",
    text="#EFECE6",
    muted="#A8A298",
    accent="#EC7B72",
    on_accent="#1B1A19",
    soft="#3A2523",
    selection="#3D2725",
    warning="#E3B341",
    warning_soft="#3A3015",
    ok="#57C48A",
    ok_soft="#17332A",
    neutral="#302E2C",
    strong_line="#57534E",
)


@dataclass(frozen=True)
class Look:
    """What the user chose: dark or light, and the size of the type in pixels (one of `SIZES`)."""

    dark: bool = False
    size: int = SIZES[0]

    @property
    def tokens(self) -> Tokens:
        """The colours of this look."""
        return DARK if self.dark else LIGHT


def apply(app: QApplication, look: Look) -> None:
    """Dress the whole program; may be called again at any time, every window follows."""
    app.setProperty("look", look)
    app.setStyle(QStyleFactory.create("Fusion"))
    font = QFont(chinese_family())
    font.setPixelSize(look.size)
    app.setFont(font)
    app.setPalette(_palette(look.tokens))
    app.setStyleSheet(_sheet(look))


def look() -> Look:
    """The look that is on now; the light one before `apply` was called."""
    app = QApplication.instance()
    found = app.property("look") if app else None
    return found if isinstance(found, Look) else Look()


def colour(token: str) -> QColor:
    """The colour of a token in the look that is on now; an unknown token is our bug (`AttributeError`)."""
    return QColor(getattr(look().tokens, token))


def _sheet(look: Look) -> str:
    size = look.size
    sizes = {
        "small": size - 2,
        "size": size,
        "large": size + 2,
        "title": size + 4,
        "figure": size + 12,
        "row": size + 22,
    }
    folder = resources() / "style"
    pixels = {key: f"{value}px" for key, value in sizes.items()}
    template = Template((folder / "desk.qss").read_text(encoding="utf-8"))
    mode = "dark" if look.dark else "light"
    return template.substitute(asdict(look.tokens), **pixels, folder=folder.as_posix(), mode=mode)


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.ground,
        role.Base: tokens.panel,
        role.AlternateBase: tokens.navigation,
        role.Button: tokens.panel,
        role.ToolTipBase: tokens.panel,
        role.WindowText: tokens.text,
        role.Text: tokens.text,
        role.ButtonText: tokens.text,
        role.ToolTipText: tokens.text,
        role.HighlightedText: tokens.text,
        role.BrightText: tokens.on_accent,
        role.PlaceholderText: tokens.muted,
        role.Highlight: tokens.selection,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Light: tokens.panel,
        role.Midlight: tokens.neutral,
        role.Mid: tokens.line,
        role.Dark: tokens.strong_line,
        role.Shadow: tokens.line,
    }
    palette = QPalette()
    for which, value in colours.items():
        palette.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.muted))
    return palette
