"""The help pages by task, as they lie in `resources/help/`, and the search through them."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from taizhang import places

_MARKS = re.compile(r"[*`#|\\]+|\]\([^)]*\)|\[|-{3,}")

_BEFORE = 6  # characters before the word in an excerpt


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: its key (`import` of 20-import.md), its title, its Markdown and the same as plain text."""

    key: str
    title: str
    markdown: str
    plain: str

    def excerpt(self, words: list[str]) -> str:
        """A piece of the first line that has one of `words`, to show below a result of the search."""
        for line in self.plain.splitlines()[1:]:
            places_in = [at for word in words if (at := line.lower().find(word)) >= 0]
            if places_in:
                start = max(0, min(places_in) - _BEFORE)
                return f"{'…' if start else ''}{line[start:].strip(' -')}"
        return ""


@cache
def pages() -> dict[str, HelpPage]:
    """Every page by its key, in the order of the file names."""
    folder = places.resources() / "help"
    found = [_read(path) for path in sorted(folder.glob("*.md"))]
    return {page.key: page for page in found}


def _read(path: Path) -> HelpPage:
    markdown = path.read_text(encoding="utf-8")
    plain = _MARKS.sub("", markdown)
    title = plain.splitlines()[0].strip()
    return HelpPage(path.stem.partition("-")[2], title, markdown, plain)


def search(text: str) -> list[HelpPage]:
    """The pages that hold every word of `text`, those with a word in their title first; all pages for a blank text."""
    words = text.lower().split()
    hits = [page for page in pages().values() if all(word in page.plain.lower() for word in words)]
    return sorted(hits, key=lambda page: not any(word in page.title.lower() for word in words)) if words else hits
