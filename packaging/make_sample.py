"""Writes resources/sample anew: the sample office and its messy rosters. Seeded: the same people each time."""

import json
import sys
from pathlib import Path
from random import Random

import sample_office
import sample_rosters

SEED = 20260701
TARGET = Path(__file__).resolve().parent.parent / "resources" / "sample"


def main(target: Path = TARGET) -> int:
    """Write every file; 0."""
    target.mkdir(parents=True, exist_ok=True)
    office, members, crowd = sample_office.make_office(Random(SEED))  # noqa: S311 - the same people each time, no secrets
    _write(target / "office.json", office)
    _write(target / "expected.json", sample_rosters.make_rosters(target, members, crowd))
    return 0


def _write(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
