"""The sample office: invented people, a year of work, and the messy rosters to try the import with."""

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from taizhang.core.check import check
from taizhang.core.errors import Refused
from taizhang.core.progress import Progress, silent
from taizhang.places import resources
from taizhang.store.opening import Ledgers
from taizhang.store.query import Filter, Query
from taizhang.store.store import Store
from taizhang.store.work import Work


class _Clock:
    """Tells the minute at which each operation of the sample was done."""

    def __init__(self, at: str) -> None:
        self.now = datetime.fromisoformat(at)

    def __call__(self) -> datetime:
        return self.now


def make(directory: Path, registry: Ledgers, progress: Progress = silent) -> Path:
    """Write the sample office and its rosters into `directory`, which is made; returns the office file.

    An office file that is there already is refused and left alone, and so is a roster. Raises `Refused` also when there
    can be no such folder; an office that was not finished is taken away again.
    """
    source = resources() / "sample"
    about: dict[str, Any] = msgspec.json.decode((source / "office.json").read_bytes())
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise Refused(f"不能建立文件夹“{directory.name}”，没有生成示例单位；请换一个位置。") from cause
    clock = _Clock(about["operations"][0]["at"])
    path = directory / str(about["file"])
    store = Store.create(path, registry, name=about["name"], kind=about["kind"], who="王敏", clock=clock)
    try:
        for number, operation in enumerate(about["operations"]):
            progress(number, len(about["operations"]), "正在准备示例单位")
            clock.now = datetime.fromisoformat(operation["at"])
            store.who = operation["who"]
            _do(store, operation["title"], operation["steps"])
    except BaseException:
        store.close(with_backup=False)
        path.unlink()
        raise
    store.close(with_backup=False)
    for roster in sorted(source.glob("*.xls*")):
        if not (directory / roster.name).exists():
            shutil.copyfile(roster, directory / roster.name)
    return path


def _do(store: Store, title: str, steps: list[dict[str, Any]]) -> None:
    """One operation; every step passes the gate before the first is written."""
    adding = [step for step in steps if step["do"] == "add"]
    drafts = [check(store.ledgers[step["ledger"]], step["row"], store.context()) for step in adding]
    changes = []
    for step in steps:
        if step["do"] != "add":
            rid = _find(store, step["ledger"], step["of"])
            before = store.row(rid).values
            draft = check(store.ledgers[step["ledger"]], step.get("row", {}), store.context(), before, rid)
            changes.append((rid, draft, step))

    def work(at_work: Work) -> None:
        at_work.add_many(drafts)
        for rid, draft, step in changes:
            if step["do"] == "void":
                at_work.void(rid, step["reason"])
            else:
                at_work.change(rid, draft, since=step.get("since"))

    store.do(title, work)


def _find(store: Store, ledger: str, of: Mapping[str, str]) -> int:
    """The one record that holds these values."""
    where = tuple(Filter(key, "is", value) for key, value in of.items())
    found = store.rids(Query(ledger, where=where, show="all"))
    if len(found) != 1:
        raise Refused("示例单位的数据不完整，没有生成；请重新安装程序。")
    return found[0]
