"""A ledger answers for its declaration: what is wanted, what is missing, what a record is called."""

from hypothesis import given, strategies as st

from taizhang.core.context import Values
from taizhang.core.derived import Computed
from taizhang.core.field import nobody
from taizhang.core.kinds import IdCard, Phone, Text
from taizhang.core.ledger import Ledger


def _married(values: Values) -> bool:
    return values.get("state") == "已婚"


LEDGER = Ledger(
    "people",
    "人员",
    (
        Text("name", "姓名", wanted=True),
        IdCard("number", "证件", wanted=True),
        Phone("phone", "电话"),
        Text("state", "婚姻", wanted=True),
        Text("spouse", "配偶", wanted=_married),
    ),
    group="",
    order=1,
    icon="",
    purpose="",
    derived=(Computed("length", "字数", compute=lambda values, _day: len(str(values.get("name")))),),
)


def test_completeness_counts_what_is_wanted_of_such_a_record() -> None:
    assert LEDGER.completeness({}) == 0
    assert LEDGER.completeness({"name": "卢梅"}) == 33
    assert LEDGER.completeness({"name": "卢梅", "number": "1", "state": "未婚"}) == 100
    assert LEDGER.completeness({"name": "卢梅", "number": "1", "state": "已婚"}) == 75
    assert LEDGER.completeness({"name": "卢梅", "number": "1", "state": "已婚", "spouse": "孟堃"}) == 100
    nothing = Ledger("x", "无", (Text("name", "名"),), group="", order=1, icon="", purpose="")
    assert nothing.completeness({}) == 100


_VALUES = st.fixed_dictionaries(
    {}, optional={key: st.sampled_from([None, "已婚", "甲"]) for key in ("name", "number", "phone", "state", "spouse")}
)


@given(_VALUES)
def test_a_record_is_complete_just_when_nothing_is_missing(values: Values) -> None:
    """Yes and no and 0 count as filled: only None is blank."""
    assert (LEDGER.completeness(values) == 100) == (LEDGER.missing(values) == [])


def test_columns_are_fields_and_derived_alike() -> None:
    assert LEDGER.column("name") is LEDGER.fields[0]
    assert LEDGER.column("length") is LEDGER.derived[0]
    assert LEDGER.numbered == ("number", "phone")


def test_a_record_without_a_title_has_an_empty_name() -> None:
    assert LEDGER.name_of({"name": "卢梅"}) == "卢梅"
    assert LEDGER.name_of({}) == LEDGER.name_of({"name": None}) == LEDGER.name_of({"name": 7}) == ""


def test_a_name_that_nobody_knows_is_empty() -> None:
    assert nobody("people", 1) == ""
