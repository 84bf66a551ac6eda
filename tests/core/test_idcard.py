"""ID numbers as domain 2.6 and GB 11643-1999 have them."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from taizhang.core import idcard
from taizhang.core.idcard import Damaged

TODAY = date(2026, 6, 30)
STANDARD = ["11010519491231002X", "440524188001010014"]
SYNTHETIC = [
    "110101195001010017",
    "110101198506300021",
    "110101200112311131",
    "120101195001010019",
    "310101200112311139",
]
NUMBERS = st.builds(idcard.make, st.just("110199"), st.dates(date(1930, 1, 1), date(2007, 12, 31)), st.integers(1, 995))


def codes(number: str) -> list[str]:
    """The codes of all problems."""
    return [problem.code for problem in idcard.problems(number, TODAY)]


@pytest.mark.parametrize("number", STANDARD + SYNTHETIC)
def test_13_1_valid_numbers_pass_their_check(number: str) -> None:
    assert idcard.check_digit(number[:17]) == number[17]
    assert codes(number) == (["age"] if number[6:10] == "1880" else [])


@pytest.mark.parametrize("number", STANDARD + SYNTHETIC)
def test_13_1_any_flipped_digit_is_found(number: str) -> None:
    for place in range(17):
        for figure in set("0123456789") - {number[place]}:
            assert idcard.check_digit(number[:place] + figure + number[place + 1 : 17]) != number[17]


def test_13_1_fifteen_becomes_eighteen() -> None:
    assert idcard.upgrade_15("110105491231002") == "11010519491231002X"
    assert codes("110105491231002") == ["fifteen"]


@pytest.mark.parametrize("sequence", ["996", "997", "998", "999"])
def test_2_6_the_centenarians_of_the_old_numbers_are_asked_about(sequence: str) -> None:
    number = "110105491231" + sequence
    assert codes(number) == ["centenarian"]
    with pytest.raises(ValueError, match="百岁"):
        idcard.upgrade_15(number)


def test_2_6_the_17th_figure_tells_the_sex() -> None:
    assert idcard.sex("110101198506300021") == "2"
    assert idcard.sex("110101200112311131") == "1"


def test_2_6_birth_date() -> None:
    assert idcard.birth("11010519491231002X") == "1949-12-31"
    with pytest.raises(ValueError, match="month"):
        idcard.birth("110105194913310020")


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("11010519491231002x", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
        (" 110105 19491231 002X\u3000", "11010519491231002X"),
        ("'11010519491231002×", "11010519491231002X"),
        ("\ufeff110101195001010017", "110101195001010017"),
        (110105491231002, "110105491231002"),
        (110105491231002.0, "110105491231002"),
    ],
)
def test_2_6_one_normal_form(raw: object, number: str) -> None:
    assert idcard.normalise(raw) == number


@pytest.mark.parametrize(
    "raw",
    [
        110101195001010017,
        1.1010119500101e17,
        "4.2282519900101E+17",
        "1.10101E+17",
        None,
        True,
        date(1950, 1, 1),
        float("nan"),
    ],
)
def test_wish_11_a_number_cell_is_damaged_and_says_so(raw: object) -> None:
    with pytest.raises(Damaged, match="文本"):
        idcard.normalise(raw)


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("1101011950010100", ["length"]),
        ("", ["length"]),
        ("11010119500101001A", ["characters"]),
        ("X10101195001010017", ["characters"]),
        ("110101195001010018", ["check"]),
        ("110101195001010000", ["damaged"]),
        ("990101195001010012", ["area"]),
        ("110101195002300013", ["birth"]),
        ("110101203001010011", ["future"]),
        (idcard.make("110199", date(2008, 7, 1), 1), ["age"]),
        (idcard.make("110199", date(2008, 6, 30), 1), []),
        (idcard.make("830000", date(1980, 1, 1), 1), []),
    ],
)
def test_2_6_each_rule_finds_its_problem(number: str, found: list[str]) -> None:
    if found in (["area"], ["birth"], ["future"]):
        number = number[:17] + idcard.check_digit(number[:17])
    assert codes(number) == found


def test_2_6_several_problems_are_told_at_once() -> None:
    assert codes("990101195013310013") == ["area", "check", "birth"]


def test_2_6_unknown_county_codes_are_not_refused() -> None:
    assert codes(idcard.make("429900", date(1980, 1, 1), 7)) == []


@given(NUMBERS)
def test_made_numbers_are_valid_and_tell_their_parts(number: str) -> None:
    assert codes(number) == []
    assert idcard.normalise(number.lower()) == number
    assert idcard.make(number[:6], date.fromisoformat(idcard.birth(number)), int(number[14:17])) == number


@given(
    st.text() | st.text(st.sampled_from("0123456789xX ×１Ｘ.E+"), max_size=22) | st.floats() | st.integers() | st.none()
)
def test_any_cell_is_read_or_said_to_be_damaged(raw: object) -> None:
    try:
        number = idcard.normalise(raw)
    except Damaged:
        return
    assert idcard.normalise(number) == number
    for problem in idcard.problems(number, TODAY):
        assert problem.text.endswith("。")
        assert problem.severity in {"error", "warning"}
