"""Files inside the office file, named by their SHA-256; photos are re-encoded when they are taken in."""

import hashlib
import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import Connection, insert, select

from taizhang.core.errors import Refused
from taizhang.store.schema import Schema

_PHOTO_SIDE = 1200  # pixels; enough for a two-inch print at 300 dpi, and a wall photo of 10 cm
_LARGEST = 20_000_000  # bytes of one file
_LARGEST_PIXELS = 60_000_000  # more than any camera on a desk gives; beyond it a file is a trap
_KINDS = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG", "image/png"), (b"%PDF", "application/pdf"))
_TRAP = "照片尺寸过大，没有放入；请先缩小后再试。"


def take_in(connection: Connection, schema: Schema, data: bytes, *, photo: bool) -> str:
    """Keep the bytes once; returns their SHA-256 in hex. `Refused` when they are too many or no picture."""
    if len(data) > _LARGEST:
        raise Refused(f"文件超过 {_LARGEST // 1_000_000} MB，没有放入；请先缩小后再试。")
    return put_in(connection, schema, _reencoded(data) if photo else data)


def put_in(connection: Connection, schema: Schema, data: bytes) -> str:
    """Keep bytes of our own making, however many, as they are and once; their SHA-256 in hex."""
    sha = hashlib.sha256(data).hexdigest()
    table = schema.attachment
    if connection.execute(select(table.c.sha256).where(table.c.sha256 == sha)).first() is None:
        mime = next((mime for start, mime in _KINDS if data.startswith(start)), "application/octet-stream")
        connection.execute(insert(table).values(sha256=sha, mime=mime, data=data))
    return sha


def bytes_of(connection: Connection, schema: Schema, sha256: str) -> bytes:
    """What was taken in under that hash; `Refused` when the file does not hold it."""
    table = schema.attachment
    data = connection.execute(select(table.c.data).where(table.c.sha256 == sha256)).scalar()
    if data is None:
        raise Refused("附件不在台账文件中，没有打开；它可能还没有收到。")
    return bytes(data)


def _reencoded(data: bytes) -> bytes:
    """The picture upright, at most `_PHOTO_SIDE` wide and high, as JPEG without the place, the camera and remarks."""
    try:
        with warnings.catch_warnings(), io.BytesIO(data) as file:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file) as picture:
                upright = _upright(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise Refused(_TRAP) from problem
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as problem:
        raise Refused("这个文件不是能识别的照片，没有放入；请选 JPG 或 PNG 照片。") from problem
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=88)
    return out.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    """The picture alone, small and upright; what is transparent becomes white."""
    if picture.width * picture.height > _LARGEST_PIXELS:
        raise Refused(_TRAP)
    picture.draft("RGB", (2 * _PHOTO_SIDE, 2 * _PHOTO_SIDE))  # a large JPEG need not be unpacked whole
    turned = ImageOps.exif_transpose(picture)
    turned.thumbnail((_PHOTO_SIDE, _PHOTO_SIDE))
    if not turned.has_transparency_data:
        plain = turned.convert("RGB")
        plain.info.clear()  # remarks and profiles would be written again
        return plain
    layer = turned.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer)
    return paper
