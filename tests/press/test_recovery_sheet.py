"""The sheet with the recovery code: one page, the code large and in order, and how to keep it."""

import io
from datetime import datetime

import pikepdf
import pytest

from taizhang.core.recovery_code import read, written
from taizhang.press.fonts import Typefaces
from taizhang.press.page import MM
from taizhang.press.recovery_sheet import recovery_sheet_pdf
from tests.press.reading import read_pdf

SECRET = bytes(range(200, 216))
CODE = written(SECRET)
AT = datetime(2026, 11, 21, 9, 30)  # noqa: DTZ001 - the office's own clock


def _sheet(faces: Typefaces, office: str = "中共杏花社区委员会") -> bytes:
    return recovery_sheet_pdf(office, CODE, AT, faces)


def test_the_code_stands_large_in_eight_groups_that_read_back(faces: Typefaces) -> None:
    (page,) = read_pdf(_sheet(faces))
    groups = [word for word in page.words if word.text.isdigit()]
    assert read("".join(word.text for word in groups)) == SECRET
    assert min(word.size for word in groups) > 2 * max(word.size for word in page.words if len(word.text) > 15)
    numbered = [word.text for word in page.words if word.text.startswith("第 ")]
    assert numbered == [f"第 {number} 组" for number in range(1, 9)]


def test_the_sheet_says_whose_it_is_how_it_is_used_and_who_keeps_it(faces: Typefaces) -> None:
    (page,) = read_pdf(_sheet(faces))
    text = page.text.replace("\n", "")
    assert "中共杏花社区委员会" in text
    assert "2026年11月21日 09:30" in text
    for wanted in ("忘记密码…", "更换恢复码", "书记", "封存人", "封存日期", "启封日期", "事由"):
        assert wanted in text
    assert "不要拍照，不要用聊天软件传" in text


@pytest.mark.parametrize("office", ["幸福社区", "中共" + "杏花岭" * 20 + "社区委员会", "𬭩㛃䶮社区", "A" * 60])
def test_everything_stays_on_one_page_whatever_the_office_is_called(faces: Typefaces, office: str) -> None:
    (page,) = read_pdf(_sheet(faces, office))
    assert min(word.x for word in page.words) >= 20 * MM
    assert max(word.x + word.width for word in page.words) <= page.width - 20 * MM
    assert max(word.y + word.size for word in page.words) <= page.height - 15 * MM
    assert min(y for _, y, _, _ in page.lines) > 15 * MM
    assert min(box[3] for box in page.boxes) > 15 * MM


def test_the_same_code_gives_the_same_bytes_and_no_code_in_the_title(faces: Typefaces) -> None:
    pdf = _sheet(faces)
    assert pdf == _sheet(faces)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        told = " ".join(str(value) for value in document.docinfo.values())
    assert "恢复码" in told
    assert CODE[:6] not in told
