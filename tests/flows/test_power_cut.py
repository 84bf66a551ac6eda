"""A power cut in the middle of a form: what was typed is offered again, the file is sound."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from taizhang.registry import installed
from taizhang.store.memo import draft_key
from taizhang.store.store import Store

pytestmark = pytest.mark.xvfb


def test_what_was_typed_survives_a_killed_program(tmp_path: Path) -> None:
    file = tmp_path / "和平社区.tz"
    Store.create(file, installed(), name="中共和平社区委员会", kind="社区党委").close(with_backup=False)
    env = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.flows.typing_program", str(file)], env=env, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        said = program.stdout.readline().strip()
        program.kill()
    assert said == "typed"
    store = Store.open(file, installed())
    try:
        assert store.check() == []
        draft = store.recall(draft_key("members", None))
        assert draft["name"][0] == "Zhang Wei"
    finally:
        store.close(with_backup=False)
