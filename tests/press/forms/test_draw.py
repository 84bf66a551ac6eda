"""Forms on paper: what is printed where, and what is said about it."""

import io

from taizhang.press.fonts import Typefaces
from taizhang.press.forms.draw import draw_form, look_over
from taizhang.press.forms.model import Blank, Line, Options, Place, Type
from taizhang.press.page import MM
from taizhang.press.roles import Role
from tests.press.forms.forged import AT, Forged, form, ref
from tests.press.reading import read_pdf

SEX = Options(ref("性别"), (("男", "男"), ("女", "女")))
NAMED = Line(7, Place(30, 60), Type(Role.BODY, 14), (Blank(ref("姓名", required=True), 40), "同志（", SEX, "）"))


def test_a_value_stands_in_the_middle_of_its_blank_above_the_line(faces: Typefaces) -> None:
    out = io.BytesIO()
    done = draw_form(form(NAMED), [Forged({"姓名": "王伟", "性别": "女"})], faces, out, at=AT, author="单位")
    (page,) = read_pdf(out.getvalue())
    assert (done.pages, done.remarks) == (1, ())
    (name,) = (word for word in page.words if word.text == "王伟")
    assert abs(name.x + name.width / 2 - 50 * MM) < 0.01
    assert abs(page.height - name.y - 60 * MM) < 0.01
    below = [line for line in page.lines if line[0] < name.x and line[2] > name.x + name.width]
    assert [line[1] < name.y for line in below] == [True]


def test_a_required_blank_without_value_is_said_before_printing(faces: Typefaces) -> None:
    (remark,) = look_over(form(NAMED), [Forged({"性别": "女"})], faces)
    assert (remark.line, remark.stops) == (7, True)
    assert remark.text == "“姓名”还没有填，补上以后才能打印。"
