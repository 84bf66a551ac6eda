"""The numbers that the house keeps: sizes of files and functions, clean text, a lock that agrees with the project."""

import ast
import re
import statistics
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted(path for folder in ("desktop", "tests", "packaging") for path in (ROOT / folder).rglob("*.py"))
TEXT = {".csv", ".css", ".form", ".html", ".json", ".md", ".py", ".qss", ".svg", ".toml", ".txt", ".yaml", ".yml", ""}
SHIPPED = ("desktop", "tests", "packaging", "resources", "forms", ".ci")


def _sizes() -> dict[Path, int]:
    return {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}


def _functions() -> Iterator[tuple[str, int]]:
    """Where each function stands and how many lines it has."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                place = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                yield place, (node.end_lineno or node.lineno) - node.lineno + 1


def _committed_text() -> Iterator[tuple[Path, str]]:
    """Every text file of the project, without caches and what is built."""
    files = [path for folder in SHIPPED for path in (ROOT / folder).rglob("*")]
    for path in [*files, *ROOT.glob("*.*")]:
        built = any(part == "__pycache__" or part.endswith(".egg-info") for part in path.parts)
        if path.is_file() and path.suffix in TEXT and not built:
            yield path.relative_to(ROOT), path.read_text(encoding="utf-8")


def test_half_of_the_files_fit_in_120_lines_and_none_passes_400() -> None:
    sizes = _sizes()
    assert statistics.median(sizes.values()) <= 120
    assert {path: lines for path, lines in sizes.items() if lines > 400} == {}


def test_nine_functions_in_ten_fit_in_25_lines_and_none_passes_60() -> None:
    functions = dict(_functions())
    long = sorted(place for place, lines in functions.items() if lines > 25)
    assert len(long) <= len(functions) // 10, long
    assert {place: lines for place, lines in functions.items() if lines > 60} == {}


def test_no_file_is_a_drawer_for_everything() -> None:
    assert [path for path in CODE if path.stem in {"utils", "util", "common", "misc", "helpers"}] == []


def test_no_text_names_a_place_on_one_machine() -> None:
    places = re.compile("|".join(["/" + "work/", r"\.\./" + "shared", "/" + "root/"]))  # split, or this line is one
    assert [(path, places.findall(text)) for path, text in _committed_text() if places.search(text)] == []


def test_the_lock_names_no_host_and_pins_every_package_with_its_hashes() -> None:
    lock = (ROOT / "packaging" / "lock.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", lock.strip())
    assert "://" not in lock
    assert [entry for entry in entries if not re.match(r"[a-z0-9-]+==\S+ \\\n    --hash=sha256:", entry)] == []


def test_the_lock_agrees_with_pyproject() -> None:
    lock = (ROOT / "packaging" / "lock.txt").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for wanted in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        name, _, floor = wanted.partition(">=")
        assert _version(pinned[name.lower().replace("_", "-")]) >= _version(floor or "0"), wanted


def _version(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))
