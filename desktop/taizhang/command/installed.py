"""`--version` and `ledgers`: what this program is."""

from argparse import Namespace
from collections.abc import Iterator

from taizhang import __version__
from taizhang.command.columns import aligned
from taizhang.command.teller import Teller
from taizhang.core.ledger import Ledger
from taizhang.registry import installed


def version(_args: Namespace, teller: Teller) -> None:
    """The version."""
    teller.answer(lambda: {"version": __version__}, lambda: [f"台账 {__version__}"])


def ledgers(_args: Namespace, teller: Teller) -> None:
    """The ledgers and their fields."""
    found = list(installed().ledgers.values())
    teller.answer(
        lambda: {"ledgers": [_plain(ledger) for ledger in found]},
        lambda: [line for ledger in found for line in _described(ledger)],
    )


def _plain(ledger: Ledger) -> dict[str, object]:
    fields = [
        {
            "key": field.key,
            "label": field.label,
            "kind": field.kind,
            "required": field.required,
            "privacy": field.privacy.value,
        }
        for field in ledger.fields
    ]
    derived = [{"key": column.key, "label": column.label, "privacy": column.privacy.value} for column in ledger.derived]
    return {"key": ledger.key, "title": ledger.title, "fields": fields, "derived": derived}


def _described(ledger: Ledger) -> Iterator[str]:
    yield f"{ledger.key}  {ledger.title}"
    rows = [("栏目", "名称", "种类", "必填", "隐私")]
    rows += [
        (f"  {field.key}", field.label, field.kind, "必填" if field.required else "", field.privacy.value)
        for field in ledger.fields
    ]
    yield from aligned([(f"  {rows[0][0]}", *rows[0][1:]), *rows[1:]])
    yield ""
