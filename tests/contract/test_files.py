"""A ledger is one folder, and everything in the folder is used."""

import ast
from pathlib import Path

import pytest

from taizhang import ledgers
from taizhang.registry import installed

FOLDER = Path(ledgers.__file__).parent
OFFERED = {"samples"}  # what the program itself asks a folder for: `Registry.part`


@pytest.mark.parametrize("key", list(installed().ledgers))
def test_every_file_is_reached_from_the_declaration(key: str) -> None:
    files = {path.stem for path in (FOLDER / key).glob("*.py")}
    reached, waiting = {"__init__"}, ["__init__"]
    while waiting:
        for name in _imports(FOLDER / key / f"{waiting.pop()}.py", key) - reached:
            reached.add(name)
            waiting.append(name)
    assert files - reached - OFFERED == set()


@pytest.mark.parametrize("key", list(installed().ledgers))
def test_a_ledger_knows_the_core_and_itself_only(key: str) -> None:
    for path in (FOLDER / key).glob("*.py"):
        for name in _modules(path):
            outside = not name.startswith("taizhang")
            assert outside or name.startswith(("taizhang.core", f"taizhang.ledgers.{key}")), (path.name, name)


def test_no_folder_is_left_out() -> None:
    folders = {path.parent.name for path in FOLDER.glob("*/__init__.py")}
    assert folders == set(installed().ledgers)


def _modules(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def _imports(path: Path, key: str) -> set[str]:
    prefix = f"taizhang.ledgers.{key}."
    return {name.removeprefix(prefix) for name in _modules(path) if name.startswith(prefix)}
