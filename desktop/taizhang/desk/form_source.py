"""What the editor of a form begins with: its text, the standard one, the draft that was left; and its file."""

from dataclasses import dataclass
from pathlib import Path

from taizhang.core.errors import Refused
from taizhang.exchange.saving import save_whole
from taizhang.press.forms.shelf import forget_own, keep_own, shelf_of
from taizhang.store.store import Store


@dataclass(frozen=True, slots=True)
class FormSource:
    """The text that counts, ours (None: only this office has the form), what was typed last time and not kept."""

    key: str
    title: str
    text: str
    standard: str | None
    own: bool
    draft: str | None = None


def draft_key(form: str) -> str:
    """The memo with what was typed into the editor of a form and not kept."""
    return f"form draft:{form}"


def open_source(store: Store, key: str) -> FormSource:
    """Read the text of a form; `Refused` when there is none of that key."""
    shelf = shelf_of(store)
    text, draft = shelf.text(key), store.recall(draft_key(key))
    title = next(entry.title for entry in shelf.entries() if entry.key == key)
    standard = shelf.standard(key).text if shelf.has_standard(key) else None
    kept = draft if isinstance(draft, str) and draft != text else None
    return FormSource(key, title, text, standard, shelf.is_own(key), kept)


def take(store: Store, key: str, text: str | None) -> FormSource:
    """Let a text count as the office's own from now on; None, or the standard text, lets the standard one count.

    `Refused` for those who may not change it.
    """
    shelf = shelf_of(store)
    if text is None or (shelf.has_standard(key) and text == shelf.standard(key).text):
        forget_own(store, key)
    elif faults := keep_own(store, key, text):
        raise Refused(f"{str(faults[0]).rstrip('。')}；没有保存，请改好再存。")
    store.keep(draft_key(key), None)
    return open_source(store, key)


def save_text(path: Path, text: str) -> None:
    """Write a form file; `Refused` when the place cannot be written."""
    save_whole(path, lambda part: part.write_text(text, encoding="utf-8", newline="\n"), alike=False)
