"""Files inside the office file: kept once, photos without place and camera, traps refused."""

import hashlib
import io
import struct
import zlib

import pytest
from PIL import Image

from taizhang.core.errors import Refused
from tests.offices import Office


def _photo(size: tuple[int, int] = (300, 400), kind: str = "JPEG", *, mode: str = "RGB", orientation: int = 1) -> bytes:
    """A picture, red above and blue below, with the place and the camera that took it."""
    picture = Image.new(mode, size, 200 if mode == "L" else "blue")
    if mode != "L":
        picture.paste("red", (0, 0, size[0], size[1] // 2))
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[2] = (28.0, 12.0, 30.0)
    out = io.BytesIO()
    picture.save(out, kind, exif=exif, comment=b"SecretComment") if kind == "JPEG" else picture.save(
        out, kind, exif=exif
    )
    return out.getvalue()


def _attach(office: Office, data: bytes, *, photo: bool = True) -> str:
    made: list[str] = []
    office.store.do("放入", lambda work: made.append(work.attach(data, photo=photo)))
    return made[0]


def _stored(office: Office) -> int:
    return int(office.store._database.connection.exec_driver_sql("SELECT count(*) FROM attachment").scalar_one())


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGBA"), ("WEBP", "RGB"), ("TIFF", "RGB")]
)
def test_a_photo_is_taken_in_without_place_and_camera(office: Office, kind: str, mode: str) -> None:
    stored = office.store.attachment(_attach(office, _photo(kind=kind, mode=mode)))
    assert b"Secret" not in stored
    with Image.open(io.BytesIO(stored)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (300, 400))
        assert not picture.getexif()
        assert "exif" not in picture.info
        assert "comment" not in picture.info


def test_a_photo_is_upright_and_of_a_size_that_prints(office: Office) -> None:
    """Orientation 6: the camera was turned; the red half belongs to the right."""
    stored = office.store.attachment(_attach(office, _photo((4000, 2000), orientation=6)))
    with Image.open(io.BytesIO(stored)) as picture:
        assert picture.size == (600, 1200)
        left, right = picture.getpixel((30, 600)), picture.getpixel((570, 600))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert (left[2] > 200, right[0] > 200) == (True, True)


def test_what_is_transparent_is_white_on_paper(office: Office) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(office.store.attachment(_attach(office, out.getvalue())))) as picture:
        assert picture.getpixel((25, 25)) == (255, 255, 255)


def test_the_same_file_is_kept_once(office: Office) -> None:
    data = b"%PDF-1.7 " + b"x" * 1000
    assert {_attach(office, data, photo=False) for _ in range(3)} == {hashlib.sha256(data).hexdigest()}
    assert _stored(office) == 1
    assert office.store.attachment(hashlib.sha256(data).hexdigest()) == data
    photo = _photo()
    assert _attach(office, photo) == _attach(office, photo)
    assert _stored(office) == 2


def _bomb() -> bytes:
    """A PNG of a few kilobytes that says it has 50,000 × 50,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不是能识别的照片"),
        ("亲爱的同志们".encode() * 100, "不是能识别的照片"),
        (b"%PDF-1.7 ...", "不是能识别的照片"),
        (_photo()[:2000], "不是能识别的照片"),
        (b"GIF89a" + b"\xff" * 50, "不是能识别的照片"),
        (_bomb(), "尺寸过大"),
        (_photo((9000, 7000), mode="L"), "尺寸过大"),
    ],
    ids=["empty", "text", "pdf", "cut-off", "broken-gif", "bomb", "huge"],
)
def test_what_is_no_photo_or_a_trap_is_refused(office: Office, data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        _attach(office, data)
    assert _stored(office) == 0


@pytest.mark.parametrize("photo", [True, False])
def test_a_file_too_large_is_refused(office: Office, photo: bool) -> None:
    with pytest.raises(Refused, match="超过 20 MB"):
        _attach(office, b"\0" * 20_000_001, photo=photo)


def test_an_attachment_that_is_not_there_is_refused_in_words(office: Office) -> None:
    for sha in ("", "0" * 64, "no hash"):
        with pytest.raises(Refused, match="附件不在台账文件中"):
            office.store.attachment(sha)


def test_a_photo_belongs_to_a_person_and_survives_undo(office: Office) -> None:
    sha = _attach(office, _photo())
    rid = office.add("people", name="卢梅", photo=(sha,))
    office.store.undo()
    office.store.redo()
    assert office.store.row(rid).values["photo"] == (sha,)
    assert office.store.attachment(sha)
    assert office.store.check() == []
