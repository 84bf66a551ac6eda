"""Nothing that is written into a form file makes the program fall over, or puts anything beside the paper."""

from hypothesis import example, given, settings, strategies as st

from taizhang import places
from taizhang.press.forms.language import MOST_CHARACTERS, examine
from taizhang.press.forms.wording.bounds import outside
from taizhang.registry import installed

SHIPPED = [path.read_text(encoding="utf-8") for path in sorted(places.forms().glob("*.form"))]
KEYWORDS = "名称 台账 纸张 每页 适用 套打 续页 线 框 行 竖 段 图 表 名单 完 列 行高 到 至少 取自 居中 右 首行 粗细 虚线"
SIGNS = "| ｜ { } [ ] < > \\ ^ : ： / = * . # x3 20x30 20 0 -5 99999999999 1e9 nan １２ ² ٣ ①"
VALUES = "正文 标题 小四 {姓名} [姓名 [姓名30] <性别:男/女> {照片} 党员名册 是 A4 横向"
SPACES = ["\n", "\r\n", "\t", "　", " ", "\x00", "\ud800", "\u2028"]
WORDS = [*KEYWORDS.split(), *SIGNS.split(), *VALUES.split(), *SPACES]
RANDOM = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=60).map(" ".join)
CUTS = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 40), st.sampled_from([*WORDS, ""])), max_size=6)


def _read(text: str) -> None:
    """What is read has every item on its paper; what is not has said why."""
    read = examine("x", text, "x.form", installed().ledgers)
    if read.form is None:
        assert read.faults
        assert all(fault.file == "x.form" and fault.text and str(fault) for fault in read.faults)
        return
    assert not read.faults
    assert read.form.title
    for item in read.form.items():
        assert outside(item, read.form.paper.width, read.form.paper.height / read.form.parts) is None


@given(RANDOM)
@example("x" * (MOST_CHARACTERS + 1))
@example("表 1 1 正文 12\n列 1 x9999 1 x9999\n行高 9 x9999\n" + "|" * 5000)
@settings(deadline=None)
def test_any_text_is_a_form_or_has_faults(text: str) -> None:
    _read(text)
    _read(f"名称 x\n台账 党员名册\n{text}")
    _read(f"名称 x\n台账 党员名册\n表 1 1 正文 12\n列 20 x2\n行高 10 x2\n{text}\n完")


@given(st.sampled_from(SHIPPED), CUTS)
@settings(deadline=None)
def test_any_slip_in_a_good_form_is_read_or_said(text: str, cuts: list[tuple[int, int, str]]) -> None:
    for at, length, word in cuts:
        start = at % (len(text) + 1)
        text = text[:start] + word + text[start + length :]
    _read(text)


@given(st.sampled_from(SHIPPED), st.data())
@settings(deadline=None)
def test_lines_may_be_lost_doubled_and_moved(text: str, data: st.DataObject) -> None:
    lines = text.splitlines()
    picked = data.draw(st.lists(st.sampled_from(lines), max_size=len(lines)))
    _read("\n".join(picked))
