"""What hangs on something that was just given comes along, though it held something else before."""

from collections.abc import Mapping, Set as AbstractSet

from taizhang.core.check import check
from taizhang.core.context import Context, Value, Values
from taizhang.core.kinds import Text, Whole
from taizhang.core.ledger import Ledger
from tests.core.offices import Spelled


def _end(values: Values, given: AbstractSet[str], context: Context) -> Mapping[str, Value]:
    del context
    start, length = values.get("start"), values.get("length")
    if not given & {"start", "length"} or not isinstance(start, int) or not isinstance(length, int):
        return {}
    return {"end": start + length}


LEDGER = Ledger(
    "spans",
    "区间",
    (Text("name", "名称", required=True), Whole("start", "开始"), Whole("length", "长度"), Whole("end", "结束")),
    group="",
    order=1,
    icon="",
    purpose="",
    follows=(_end,),
)
BEFORE: Values = {"name": "甲", "start": 1, "length": 30, "end": 31}


def _after(raw: Mapping[str, object], before: Values | None = None) -> Mapping[str, Value]:
    return check(LEDGER, raw, Spelled(), before, 1 if before else None).values


def test_it_is_set_on_a_new_record() -> None:
    assert _after({"name": "甲", "start": 1, "length": 30})["end"] == 31


def test_it_replaces_what_stood_there() -> None:
    assert _after({"length": 90}, BEFORE) == {"length": 90, "end": 91}


def test_what_is_typed_into_it_stays() -> None:
    assert _after({"length": 90, "end": 50}, BEFORE) == {"length": 90, "end": 50}


def test_what_is_cleared_is_no_typing() -> None:
    assert _after({"length": 90, "end": ""}, BEFORE) == {"length": 90, "end": 91}


def test_nothing_comes_along_with_something_else() -> None:
    assert _after({"name": "乙"}, BEFORE) == {"name": "乙"}
