"""The forms that are shipped: each is sound, names what there is, keeps on its paper, and prints full and empty."""

import io
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from taizhang.core.privacy import Profile
from taizhang.press.fonts import Typefaces
from taizhang.press.forms.model import Form, Grid, Line, Paragraph, Picture, Ref, Roll
from taizhang.press.forms.names import check_names
from taizhang.press.forms.values import filled_values, unfit
from taizhang.press.page import MM
from tests.press.forms.letters import AT, PEOPLE, SHIPPED, Letters, put_on_paper
from tests.press.reading import read_pdf

EDGE = 4.0  # mm at the border of a sheet on which office printers print nothing
CUT_AT_THE_FOOT = 0.6  # mm: where several share a sheet, the cut below the last is the edge of the paper itself
KEYS = SHIPPED.keys()
LONGEST = "中共滨海市高新技术产业开发区荷塘街道锦绣花园社区第二网格（望江机械制造有限公司家属院）临时支部委员会"
SIXTEEN = (
    *("姓名", "性别", "民族", "公民身份号码", "出生日期", "学历", "人员类别", "所在党支部", "加入党组织日期"),
    *("转为正式党员日期", "工作岗位", "联系电话", "家庭住址", "党籍状态", "是否为失联党员"),
    "是否为流动党员（由流出地党组织负责采集）",
)


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Letters]:
    made = Letters(tmp_path_factory.mktemp("forms") / "office.tz")
    yield made
    made.store.close(with_backup=False)


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_the_forms_of_this_part_are_there() -> None:
    assert set(KEYS) >= {
        "introduction_letter",
        "introduction_letter_unit",
        "membership_certificate",
        "transfer_receipt",
        "transfer_register_out",
        "transfer_register_in",
        "chase_list",
        "member_sheet",
        "member_card",
        "check_slip",
    }


@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_form_names_only_what_there_is_and_says_what_it_is_for(key: str, letters: Letters) -> None:
    form = SHIPPED.form(key)
    assert check_names(form, letters.store.ledgers) == []
    assert form.about


@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_form_is_printed_in_full_from_real_records_and_nothing_is_cut(
    key: str, letters: Letters, faces: Typefaces
) -> None:
    form = SHIPPED.form(key)
    assert unfit(letters.store, form, letters.records[key]) == []
    records = letters.filled(form)
    pdf, done = put_on_paper(form, records, faces)
    assert done.remarks == ()
    text = text_of(pdf)
    assert [record.name for record in records if record.name not in text] == []


@pytest.mark.parametrize("key", [key for key in KEYS if SHIPPED.form(key).ledger == "组织关系转接"])
def test_organisations_of_fifty_characters_are_named_in_full(key: str, letters: Letters, faces: Typefaces) -> None:
    form, ledger = SHIPPED.form(key), letters.store.ledgers["transfers"]
    values = dict.fromkeys(("from_committee", "from_branch", "to_committee", "to_branch"), LONGEST)
    record = filled_values(letters.store, form, ledger, values, profile=Profile.FULL, at=AT, who="")
    pdf, done = put_on_paper(form, [record], faces)
    assert [remark for remark in done.remarks if "太长" in remark.text] == []
    assert LONGEST in text_of(pdf)


@pytest.mark.parametrize("key", KEYS)
def test_everything_stands_where_a_printer_prints(key: str, letters: Letters, faces: Typefaces) -> None:
    form = SHIPPED.form(key)
    pdf, _done = put_on_paper(form, letters.filled(form), faces)
    for page in read_pdf(pdf):
        right, top = page.width - EDGE * MM, page.height - EDGE * MM
        for word in page.words:
            assert word.x >= EDGE * MM, word
            assert word.x + word.width <= right, word
            assert EDGE * MM <= word.y <= top - word.size, word
        for line in page.lines:
            assert min(line[0], line[2]) >= EDGE * MM
            assert max(line[0], line[2]) <= right
            assert min(line[1], line[3]) >= EDGE * MM or (form.parts > 1 and line[1] <= CUT_AT_THE_FOOT * MM)


def words_of(form: Form) -> Iterator[str]:
    """What is printed whoever fills it."""
    for item in form.items():
        cells = item.cells if isinstance(item, Grid) else [item] if isinstance(item, Line | Paragraph) else []
        for cell in cells:
            yield from ("".join(piece.split()) for piece in cell.pieces if isinstance(piece, str))
        yield from (column.heading for column in item.columns) if isinstance(item, Roll) else ()


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_form_is_printed_to_be_filled_in_by_hand(key: str, letters: Letters, faces: Typefaces) -> None:
    form = SHIPPED.form(key)
    pdf, done = put_on_paper(form, [letters.empty(form)], faces)
    text = text_of(pdf)
    assert done.pages == len(form.pages)
    assert [word for word in words_of(form) if word not in text] == []


def test_a_letter_that_lacks_what_must_be_in_it_is_stopped(letters: Letters, faces: Typefaces) -> None:
    form = SHIPPED.form("introduction_letter")
    _pdf, done = put_on_paper(form, [letters.empty(form)], faces)
    stopping = {remark.text for remark in done.remarks if remark.stops}
    for label in ("介绍信编号", "姓名", "抬头党组织", "去往党支部", "公民身份号码", "党费交至", "有效期", "开具日期"):
        assert any(f"“{label}”" in text for text in stopping), label


def test_a_form_of_one_kind_of_letter_refuses_the_others(letters: Letters) -> None:
    form = SHIPPED.form("introduction_letter")
    (remark,) = unfit(letters.store, form, letters.records["membership_certificate"])
    assert "这一条是“党员证明信”" in remark.text
    (remark,) = unfit(letters.store, form, letters.records["transfer_receipt"])
    assert "转接方向为“转出”" in remark.text


def test_the_register_shows_what_is_void_and_which_numbers_are_missing(tmp_path: Path, faces: Typefaces) -> None:
    """Domain 3.4: gaps must be explained, what is void is kept; wishes 14."""
    letters = Letters(tmp_path / "office.tz")
    form = SHIPPED.form("transfer_register_out")
    jumped = letters.issue("何平", "〔2026〕009")
    letters.office.change(letters.records["introduction_letter"][1], state="作废", state_reason="写错")
    listed = [*letters.records["transfer_register_out"], jumped]
    pdf, _done = put_on_paper(form, letters.filled(form, listed), faces)
    text = text_of(pdf)
    assert "〔2026〕009" in text
    assert text.count("前缺") == 1
    assert "前缺〔2026〕005至〔2026〕008" in text
    assert text.count("作废") == 1
    letters.store.close(with_backup=False)


def test_only_what_is_overdue_is_chased_r_tr_02_03(letters: Letters) -> None:
    form, open_letters = SHIPPED.form("chase_list"), letters.records["introduction_letter"]
    assert [remark.record for remark in unfit(letters.store, form, open_letters)] == list(PEOPLE[:3])
    said = [record.text(Ref(("待催办",))) for record in letters.filled(form)]
    assert said == ["介绍信过期", "回执未到"]


def test_only_what_counts_is_kept_and_only_the_letter_has_printed_stock() -> None:
    kept = {key for key in KEYS if SHIPPED.form(key).kept}
    assert kept == {"introduction_letter", "introduction_letter_unit", "membership_certificate", "transfer_receipt"}
    assert [key for key in KEYS if SHIPPED.form(key).stock] == ["introduction_letter"]


def test_the_collection_form_has_its_16_items_four_signatures_and_note_line(letters: Letters, faces: Typefaces) -> None:
    form = SHIPPED.form("member_sheet")
    pdf, _done = put_on_paper(form, [letters.empty(form)], faces)
    text = text_of(pdf)
    at = [text.index(f"{number}.{item}") for number, item in enumerate(SIXTEEN, 1)]
    assert (len(at), at) == (16, sorted(at))
    for signature in ("党员（签字）", "信息采集员（签字）", "党支部书记（签字）", "基层党委（盖章）"):
        assert signature in text
    assert "由党员本人确认，党支部（党总支、党委）初核，基层党委复核。" in text


def test_the_unit_letter_has_the_stamped_list_of_names_behind_it(letters: Letters, faces: Typefaces) -> None:
    form = SHIPPED.form("introduction_letter_unit")
    pdf, done = put_on_paper(form, letters.filled(form), faces)
    letter, names = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert done.pages == 2
    written = "".join(letter.extract_text().split())
    assert written.count("党员共名（名单附后），") == 2
    assert written.count("贰") == 3 + 2  # how many they are, and twice in the year of the dues
    listed = "".join(names.extract_text().split())
    assert listed.index("李敏") < listed.index("周静")
    assert "共2名" in listed
    assert "（盖章）" in listed


def test_a_card_carries_the_photo_in_one_inch_or_the_place_for_it(letters: Letters, faces: Typefaces) -> None:
    form = SHIPPED.form("member_card")
    (item,) = (item for item in form.items() if isinstance(item, Picture))
    assert (item.place.width, item.place.height) == (25, 35)
    with_photo, without = letters.people[:2]
    letters.give_photo(with_photo)
    first, second = read_pdf(put_on_paper(form, letters.filled(form, [with_photo, without]), faces)[0])
    ((x, y, wide, tall),) = first.pictures
    assert (round(wide / MM), round(tall / MM)) == (25, 35)
    assert (round(x / MM, 1), round((first.height - y - tall) / MM, 1)) == (item.place.x, item.place.y)
    assert "贴一寸照片" not in first.text
    assert second.pictures == []
    assert "贴一寸照片" in second.text
