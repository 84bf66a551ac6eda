"""The steps of which the sample office is made: each operation is one undo step in the file."""

from dataclasses import dataclass

from sample_people import Raw


@dataclass
class Year:
    """Collects the operations; each is one undo step in the office file."""

    operations: list[dict[str, object]]
    letters: int = 0  # numbered so far in 2026

    def do(self, at: str, title: str, *steps: dict[str, object], who: str = "王敏") -> None:
        """One operation at a minute of the local clock."""
        self.operations.append({"at": at, "who": who, "title": title, "steps": list(steps)})


def add(ledger: str, row: Raw) -> dict[str, object]:
    """A step that adds a record."""
    return {"do": "add", "ledger": ledger, "row": dict(row)}


def change(ledger: str, of: dict[str, object], row: Raw, since: str | None = None) -> dict[str, object]:
    """A step that changes the one record which holds what `of` says."""
    step: dict[str, object] = {"do": "change", "ledger": ledger, "of": of, "row": row}
    return step | ({"since": since} if since else {})
