"""Small TrueType files under any name, cut from a shipped one: what an office may have installed."""

import struct
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFace

from taizhang import places

_SOURCE = "NotoSerifSC-Regular.ttf"


def font_bytes(name: str, chars: str, *, version: bytes = b"\0\1\0\0") -> bytes:
    """A TrueType font with these characters whose family name is `name`."""
    face = TTFontFace(str(places.resources() / "fonts" / _SOURCE))
    codes = sorted(map(ord, chars))
    tables = _tables(face.makeSubset(codes))
    tables[b"name"] = _name_table(name)
    tables[b"cmap"] = _cmap_table(codes)
    return _sfnt(tables, version)


def write_font(path: Path, name: str, chars: str) -> Path:
    """`font_bytes` as a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(font_bytes(name, chars))
    return path


def write_collection(path: Path, *fonts: bytes) -> Path:
    """Several fonts in one .ttc file."""
    start = 12 + 4 * len(fonts)
    starts, bodies = [], b""
    for font in fonts:
        starts.append(start + len(bodies))
        bodies += _moved(font, start + len(bodies))
    path.write_bytes(b"ttcf" + struct.pack(f">LL{len(fonts)}L", 0x10000, len(fonts), *starts) + bodies)
    return path


def _tables(font: bytes) -> dict[bytes, bytes]:
    count = struct.unpack_from(">H", font, 4)[0]
    entries = [struct.unpack_from(">4sLLL", font, 12 + 16 * number) for number in range(count)]
    return {tag: font[offset : offset + length] for tag, _, offset, length in entries}


def _sfnt(tables: dict[bytes, bytes], version: bytes) -> bytes:
    directory, body = b"", b""
    start = 12 + 16 * len(tables)
    for tag, data in sorted(tables.items()):
        directory += struct.pack(">4sLLL", tag, 0, start + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return version + struct.pack(">4H", len(tables), 0, 0, 0) + directory + body


def _moved(font: bytes, by: int) -> bytes:
    """The font with its table offsets counted from the start of the collection."""
    moved = bytearray(font)
    for number in range(struct.unpack_from(">H", font, 4)[0]):
        place = 12 + 16 * number + 8
        struct.pack_into(">L", moved, place, struct.unpack_from(">L", font, place)[0] + by)
    return bytes(moved)


def _name_table(name: str) -> bytes:
    texts = [(1, name), (2, "Regular"), (4, name), (6, "Made-Regular")]
    records, storage = b"", b""
    for kind, text in texts:
        raw = text.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x804 if kind == 1 else 0x409, kind, len(raw), len(storage))
        storage += raw
    return struct.pack(">3H", 0, len(texts), 6 + len(records)) + records + storage


def _cmap_table(codes: list[int]) -> bytes:
    groups = b"".join(struct.pack(">3L", code, code, glyph) for glyph, code in enumerate(codes, 1))
    table = struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(codes)) + groups
    return struct.pack(">HHHHL", 0, 1, 3, 10, 12) + table
