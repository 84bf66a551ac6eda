"""The typefaces of this computer by role: the office's own, or open ones that are shipped, and never an empty box."""

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFError

from taizhang import places
from taizhang.core.errors import Refused
from taizhang.press.face import Face
from taizhang.press.font_files import find_fonts, font_folders, plain
from taizhang.press.roles import CHOICES, LAST, SHIPPED, Choice, Role
from taizhang.press.text import clean

# What ReportLab raises for a font file that is cut short or damaged.
_UNREADABLE = (TTFError, OSError, struct.error, ValueError, LookupError, AttributeError)
GETA = "〓"  # the printer's mark for a type that the case does not hold

Run = tuple[Face, str]


class Typefaces:
    """The typefaces of one computer; files are looked for once and loaded when first needed.

    `installed` are the folders of the system's own typefaces, `shipped` the folder of ours.
    """

    def __init__(self, installed: Sequence[Path] | None = None, shipped: Path | None = None) -> None:
        names = [name for choice in CHOICES.values() for name in (*choice.own, *choice.near)]
        own = find_fonts(font_folders() if installed is None else installed, (*names, *LAST))
        self._files = find_fonts([shipped or places.resources() / "fonts"], SHIPPED)
        if not self._files:
            raise Refused("程序自带的字体不见了，无法打印。请重新安装本程序，数据不受影响。")
        self._files |= own
        self._loaded: dict[str, Face | None] = {}
        self._roles: dict[Role, tuple[Face, str]] = {}
        self._home: dict[tuple[Role, str], Face | None] = {}

    def face(self, role: Role) -> Face:
        """The typeface in which `role` is set."""
        return self._role(role)[0]

    def em(self, role: Role, text: str) -> float:
        """The width of a text in parts of its size."""
        try:  # asked a million times for a long list
            return sum(map(self._roles[role][0].__getitem__, text))
        except KeyError:  # a typeface not chosen yet, or a character that it lacks
            return sum(face[char] for face, run in self.runs(role, text) for char in run)

    def runs(self, role: Role, text: str) -> list[Run]:
        """The text in pieces, each with the typeface that has it; what no typeface has becomes 〓."""
        runs: list[Run] = []
        for char in text:
            face = self._home_of(role, char)
            if face is None:
                face, char = self._home_of(role, GETA), GETA  # noqa: PLW2901 - the character is replaced
            if face is None:
                continue
            if runs and runs[-1][0] is face:
                runs[-1] = face, runs[-1][1] + char
            else:
                runs.append((face, char))
        return runs

    def missing(self, text: str) -> str:
        """The characters of `text` that no typeface here can print, each once."""
        return "".join(
            char for char in dict.fromkeys(clean(text)) if self._home_of(Role.BODY, char) is None and char != "\n"
        )

    def substitutions(self, roles: Iterable[Role] = tuple(Role)) -> list[str]:
        """One sentence for each role whose typeface is not on this computer."""
        return [said for role in roles if (said := self._role(role)[1])]

    def _role(self, role: Role) -> tuple[Face, str]:
        if role not in self._roles:
            self._roles[role] = self._choose(CHOICES[role])
        return self._roles[role]

    def _choose(self, choice: Choice) -> tuple[Face, str]:
        """The first typeface for this use that can be loaded, and what is to be said about it."""
        for name in (*choice.own, *choice.near, choice.shipped, *SHIPPED):
            face = self._load(name)
            if face is not None:
                said = f"本机没有“{choice.asked}”字体，{choice.use}已改用“{face.label}”。"
                return face, "" if name in choice.own else said
        raise Refused("程序自带的字体读不出来，无法打印。请重新安装本程序，数据不受影响。")

    def _load(self, name: str) -> Face | None:
        """The typeface of this name; None when it is not here or is damaged."""
        if name not in self._loaded:
            file = self._files.get(plain(name))
            try:
                self._loaded[name] = Face(SHIPPED.get(name, name), file) if file else None
            except _UNREADABLE:
                self._loaded[name] = None
        return self._loaded[name]

    def _home_of(self, role: Role, char: str) -> Face | None:
        """The typeface that has this character, the role's own first."""
        key = role, char
        if key not in self._home:
            self._home[key] = self._search(role, char)
        return self._home[key]

    def _search(self, role: Role, char: str) -> Face | None:
        if self.face(role).has(char):
            return self.face(role)
        for name in (CHOICES[role].shipped, *SHIPPED, *LAST):
            face = self._load(name)
            if face is not None and face.has(char):
                return face
        return None
