"""Names by sound and by stroke."""

import pytest
from hypothesis import given, strategies as st

from taizhang.core.hanzi import pinyin_forms, pinyin_key, stroke_key

NAMES = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张伟", "zhangwei"), ("张伟", "zw"), ("吕布", "lvbu"), ("单雄", "shanxiong"), ("单雄", "danxiong"),
        ("单雄", "sx"),
        ("重阳", "chongyang"), ("曾国", "zengguo"), ("欧阳修", "ouyangxiu"), ("欧阳修", "oyx"), ("尉迟恭", "yuchigong"),
        ("王行", "wangxing"), ("王行", "wanghang"), ("阿依古丽·买买提", "ayglmmt"), ("Li Lei", "lilei"), ("㛃", "jie"),
    ],
)  # fmt: skip
def test_wish_37_a_name_is_found_by_pinyin_and_initials_in_every_plausible_reading(name: str, typed: str) -> None:
    assert typed in pinyin_forms(name)


def test_a_surnames_own_reading_leads() -> None:
    assert pinyin_forms("单雄")[0] == "shanxiong"
    assert pinyin_forms("仇和")[0].startswith("qiu")
    assert pinyin_forms("万俟羽")[0] == "moqiyu"


@given(NAMES)
def test_forms_are_few_plain_letters(name: str) -> None:
    forms = pinyin_forms(name)
    assert len(forms) <= 16
    assert len(set(forms)) == len(forms)
    assert all(form.isascii() and form.isalpha() and form.islower() for form in forms)


@given(st.text())
def test_any_text_has_forms_and_keys(text: str) -> None:
    assert all(pinyin_forms(text))
    assert isinstance(pinyin_key(text), str)
    assert stroke_key(text).isalnum()


def test_a_sign_or_an_unknown_character_has_no_sound() -> None:
    assert pinyin_forms("") == pinyin_forms("·") == pinyin_forms("\ue000") == ()


def test_by_pinyin_syllables_come_before_letters_and_one_character_stays_together() -> None:
    names = ["章三", "张伟", "展昭", "张三", "章伟", "曾一", "安一"]
    assert sorted(names, key=pinyin_key) == ["安一", "曾一", "展昭", "张三", "张伟", "章三", "章伟"]


def test_wish_39_by_strokes_of_the_surname_then_one_character_names_then_the_given_name() -> None:
    names = ["魏一", "王三丰", "王毅", "王一", "丁一", "欧阳一", "李大", "王一一", "马一"]
    ordered = ["丁一", "马一", "王一", "王毅", "王一一", "王三丰", "李大", "欧阳一", "魏一"]
    assert sorted(names, key=stroke_key) == ordered


def test_a_character_without_a_stroke_count_sorts_last() -> None:
    assert stroke_key("\ue000一") > stroke_key("龘一")
