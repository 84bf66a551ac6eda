"""The gate: every finding at once, from whichever door a row comes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import pytest

from taizhang.core.check import Draft, Gate, check
from taizhang.core.context import RID, Context, Value, Values
from taizhang.core.field import Reading
from taizhang.core.findings import Finding, Severity, error, warning
from taizhang.core.kinds import Day, Text, Whole
from taizhang.core.kinds_linked import Link
from taizhang.core.ledger import Ledger
from tests.core.offices import TODAY, Spelled


@dataclass(frozen=True)
class Counted(Text):
    """A text whose readings are counted, and remembered by the gate."""

    repeats: ClassVar[bool] = True
    readings: ClassVar[list[object]] = []

    def read(self, raw: object, context: Context) -> Reading:
        """As `Text`."""
        self.readings.append(raw)
        return super().read(raw, context)


def _older_than_its_shop(values: Values, context: Context) -> Iterator[Finding]:
    shop = values.get("shop")
    opened = (context.values("shops", shop) or {}).get("opened") if isinstance(shop, int) else None
    if isinstance(opened, str) and str(values.get("sold_on") or "9999") < opened:
        yield error("sold_on", "早于开店日期。", rule="TEST-1")
    if values.get("colour") == "灰":
        yield warning(None, "灰色不好卖。")
    if values.get(RID) == 7:
        yield warning(None, "这是第七号。")


def _price(values: Values, context: Context) -> Mapping[str, Value]:
    del context
    return {"price": 5 if values.get("colour") == "红" else None, "code": "自动"}


LEDGER = Ledger(
    "things",
    "物品",
    (
        Text("name", "名称", required=True),
        Text("code", "编号", unique=True),
        Text("colour", "颜色", required=True, longest=3),
        Whole("price", "价格", most=100),
        Day("sold_on", "售出日期", future=False),
        Link("shop", "商店", ledger="shops"),
        Counted("shelf", "货架"),
    ),
    group="",
    order=1,
    icon="",
    purpose="",
    rules=(_older_than_its_shop,),
    fills=(_price,),
)
OFFICE = Spelled(
    {
        "shops": {1: {"name": "东店", "short_name": "东", "opened": "2020-01-01"}, 2: {"name": "西店"}},
        "things": {
            7: {"name": "茶杯", "code": "A1", "colour": "红"},
            8: {"name": "茶壶", "code": "A2", "colour": "蓝"},
        },
    }
)


def _check(raw: Mapping[str, object], before: Values | None = None, rid: int | None = None) -> Draft:
    return check(LEDGER, raw, OFFICE, before, rid)


def _said(draft: Draft) -> list[tuple[str | None, str]]:
    return [(finding.field, finding.severity) for finding in draft.findings]


def test_a_good_row_becomes_a_draft_of_what_it_names() -> None:
    draft = _check({"name": " 茶 盘", "colour": "蓝", "price": "12", "shop": "东", "sold_on": "2024年7月"})
    assert draft.ok
    assert draft.findings == ()
    assert draft.values == {
        "name": "茶 盘",
        "colour": "蓝",
        "price": 12,
        "shop": 1,
        "sold_on": "2024-07",
        "code": "自动",
    }


def test_every_finding_is_told_not_only_the_first() -> None:
    draft = _check({"colour": "赤橙黄绿", "price": "很贵", "sold_on": "2024-02-30", "shop": "南店"})
    assert _said(draft) == [
        ("colour", "error"),
        ("price", "error"),
        ("sold_on", "error"),
        ("shop", "error"),
        ("name", "error"),
    ]
    assert not draft.ok
    assert draft.errors() == list(draft.findings)


def test_what_is_required_is_asked_for_once_and_not_when_it_is_wrong_already() -> None:
    assert _said(_check({})) == [("name", "error"), ("colour", "error")]
    assert [finding.text for finding in _check({"colour": "红"}).findings] == ["请填写名称。"]
    assert _said(_check({"name": "杯", "colour": "赤橙黄绿"})) == [("colour", "error")]


def test_rules_look_across_fields_links_and_at_the_record_itself() -> None:
    row = {"name": "杯", "colour": "灰", "shop": "东店", "sold_on": "2019-05"}
    draft = _check(row)
    assert _said(draft) == [("sold_on", "error"), (None, "warning")]
    assert draft.findings[0].rule == "TEST-1"
    assert not draft.ok
    assert _check({**row, "sold_on": "2021"}).ok
    assert [finding.text for finding in _check({}, OFFICE.records["things"][7], 7).findings] == ["这是第七号。"]


def test_a_change_is_seen_with_what_the_record_held() -> None:
    before: Values = {"name": "杯", "colour": "灰", "shop": 1, "price": 3, "code": "A3"}
    draft = _check({"sold_on": "2019"}, before, 9)
    assert draft.values == {"sold_on": "2019"}
    assert ("sold_on", "error") in _said(draft)
    assert _said(_check({"name": ""}, before, 9))[0] == ("name", "error")
    assert _check({"colour": "红"}, before, 9).ok


def test_a_fill_adds_what_is_blank_and_nothing_else() -> None:
    assert _check({"name": "杯", "colour": "红"}).values["price"] == 5
    assert _check({"name": "杯", "colour": "红", "price": "9"}).values["price"] == 9
    assert "price" not in _check({"name": "杯", "colour": "蓝"}).values
    assert "price" not in _check({"name": "杯"}, {"price": 4, "colour": "红"}).values


def test_a_number_that_another_record_holds_is_refused_and_ones_own_is_not() -> None:
    row = {"name": "杯", "colour": "蓝"}
    (finding,) = _check({**row, "code": "A1"}).findings
    assert (finding.field, finding.value, finding.severity) == ("code", "A1", Severity.ERROR)
    assert "已登记的另一条相同" in finding.text
    assert _check({**row, "code": "A1"}, OFFICE.records["things"][7], 7).ok
    assert not _check({**row, "code": "A2"}, OFFICE.records["things"][7], 7).ok
    assert _check({**row, "code": ""}).ok


def test_an_unknown_key_is_our_own_mistake() -> None:
    with pytest.raises(KeyError):
        _check({"shoe_size": 44})


def test_the_gate_remembers_what_repeats_and_tells_alike_looking_values_apart() -> None:
    gate = Gate(LEDGER, OFFICE)
    Counted.readings.clear()
    for _ in range(3):
        for raw in ("甲", 1, 1.0, True, "1"):
            gate.check({"shelf": raw})
    assert len(Counted.readings) == 5
    gate.check({"shelf": ["甲"]})
    assert Counted.readings[-1] == ["甲"]


def test_today_comes_from_the_office() -> None:
    tomorrow = TODAY.replace(day=22).isoformat()
    assert _said(_check({"name": "杯", "colour": "蓝", "sold_on": tomorrow})) == [("sold_on", "error")]
    later = Spelled(today=TODAY.replace(day=22))
    assert check(LEDGER, {"name": "杯", "colour": "蓝", "sold_on": tomorrow}, later).ok
