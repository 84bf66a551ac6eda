"""Form files in whatever way an editor saves them, and files that are something else."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from taizhang.core.errors import Refused
from taizhang.press.forms.language import read_form
from taizhang.press.forms.reading import decoded, text_of

TEXT = "名称 证明〔2026〕䶮\n台账 党员名册\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_notepad_and_wps_may_save_it_as_they_like(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "证明.form"
    file.write_bytes(TEXT.encode(encoding))
    assert text_of(file) == TEXT


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04\x14\x00", "“证明.form”是Word、Excel 文档或压缩包，不是表格版式，没有改动；"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "“证明.form”是旧格式的 Word、Excel 或 WPS 文档"),
        (b"%PDF-1.7", "“证明.form”是PDF 文件"),
        (b"\x89PNG\r\n\x1a\n", "“证明.form”是图片"),
        (b"\xff\xd8\xff\xe0", "“证明.form”是图片"),
        (b"SQLite format 3\x00", "“证明.form”是台账文件"),
        (b"a\x00b\x00", "“证明.form”里不是文字，不是表格版式，没有改动；请用记事本"),
        (b"\xff\xff\xff", "“证明.form”的文字编码认不出来，没有改动；请用记事本"),
    ],
)
def test_anything_else_is_refused_in_one_sentence_that_names_the_file(data: bytes, said: str) -> None:
    with pytest.raises(Refused) as refused:
        decoded(data, "证明.form")
    assert str(refused.value).startswith(said)


@given(st.binary(max_size=200), st.sampled_from([b"", "名称 x\n".encode(), "名称 x\n".encode("gb18030"), b"\xff\xfe"]))
def test_any_bytes_are_text_or_refused(data: bytes, before: bytes) -> None:
    with suppress(Refused):
        text = decoded(before + data, "x.form")
        assert "\x00" not in text or before.startswith(b"\xff")
        assert read_form("x", text, "x.form").faults


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "证明.form"
    file.write_bytes(b"# " * 400_000)
    with pytest.raises(Refused, match=r"“证明\.form”有 781 KB，太大，不像表格版式，没有改动"):
        text_of(file)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.form", tmp_path, Path("a\0b")):
        with pytest.raises(Refused, match="打不开"):
            text_of(path)
