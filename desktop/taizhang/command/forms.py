"""`forms`: which paper forms there are, and the office's own texts of them."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from taizhang import last_office
from taizhang.command.columns import aligned
from taizhang.command.session import opened
from taizhang.command.teller import Teller
from taizhang.core.errors import Refused
from taizhang.exchange.saving import save_whole
from taizhang.press.forms.faults import Fault
from taizhang.press.forms.language import examine
from taizhang.press.forms.reading import text_of
from taizhang.press.forms.shelf import Entry, Shelf, forget_own, keep_own, shelf_of
from taizhang.registry import installed


def forms(args: Namespace, teller: Teller) -> None:
    """The list, or what is asked to be done to one form."""
    if args.check:
        _check(args.check, teller)
    elif args.take:
        _take(args, teller)
    elif args.put:
        _put(args, teller)
    elif args.standard:
        _standard(args, teller)
    else:
        _list(args, teller)


def _list(args: Namespace, teller: Teller) -> None:
    """All of the office; those that are shipped where no office is named."""
    if args.office or last_office.last():
        with opened(args) as store:
            shelf = shelf_of(store)
    else:
        shelf = Shelf({}, installed().ledgers)
    entries = shelf.entries()
    teller.answer(
        lambda: {"forms": [_plain(entry, shelf) for entry in entries]},
        lambda: aligned([("代号", "名称", "台账", "版式"), *(_row(entry) for entry in entries)]),
    )


def _check(file: Path, teller: Teller) -> None:
    form, faults = examine(file.stem, text_of(file), file.name, installed().ledgers)
    _say_faults(faults, teller, "没有改动")
    title = form.title if form else ""
    teller.answer(lambda: {"title": title, "faults": []}, lambda: [f"“{title}”没有问题：{file}"])


def _take(args: Namespace, teller: Teller) -> None:
    key, out = args.take[0], Path(args.take[1])
    with opened(args) as store:
        text = shelf_of(store).text(key)
    save_whole(out, lambda part: part.write_text(text, encoding="utf-8", newline="\n"), alike=False)
    teller.answer(lambda: {"key": key, "file": str(out)}, lambda: [f"已取出版式，可以用记事本修改：{out}"])


def _put(args: Namespace, teller: Teller) -> None:
    key, file = args.put[0], Path(args.put[1])
    with opened(args, writes=True) as store:
        faults = keep_own(store, key, text_of(file), file.name)
        _say_faults(faults, teller, "没有保存")
        title = shelf_of(store).form(key).title
    teller.answer(
        lambda: {"key": key, "title": title, "own": True, "faults": []},
        lambda: [f"已存为本单位的版式：{key}（{title}）；要回到原来的，用 taizhang forms --standard {key}。"],
    )


def _standard(args: Namespace, teller: Teller) -> None:
    key = args.standard
    with opened(args, writes=True) as store:
        changed = forget_own(store, key)
        shipped = shelf_of(store).has_standard(key)
    said = "本来就是标准版式" if not changed else "已恢复标准版式" if shipped else "已删去本单位自己做的表格"
    teller.answer(lambda: {"key": key, "changed": changed, "standard": shipped}, lambda: [f"{said}：{key}"])


def _say_faults(faults: Sequence[Fault], teller: Teller, nothing: str) -> None:
    """Every fault, and a refusal; nothing where there are none."""
    if not faults:
        return
    plain = [fault._asdict() for fault in faults]
    teller.answer(lambda: {"faults": plain}, lambda: map(str, faults))
    raise Refused(f"“{faults[0].file}”有 {len(faults)} 处问题，{nothing}；请按每一行说的改好再来。")


def _plain(entry: Entry, shelf: Shelf) -> dict[str, object]:
    return {
        "key": entry.key,
        "title": entry.title,
        "ledger": entry.ledger,
        "about": entry.about,
        "own": entry.own,
        "standard": shelf.has_standard(entry.key),
        "faults": [fault._asdict() for fault in entry.faults],
    }


def _row(entry: Entry) -> tuple[str, str, str, str]:
    broken = f"，有 {len(entry.faults)} 处问题" if entry.faults else ""
    return entry.key, entry.title, entry.ledger, f"{'本单位' if entry.own else '标准'}{broken}"
