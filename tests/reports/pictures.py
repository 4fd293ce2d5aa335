"""Pictures to try: ordinary ones by Pillow, hostile ones chunk by chunk."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG file, with its checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, rows: bytes, *extra: bytes, bits: int = 8, colour: int = 2) -> bytes:
    """A PNG file of raw rows, each behind its filter byte; extra: chunks before the pixels."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    parts = [chunk(b"IHDR", header), *extra, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    return SIGNATURE + b"".join(parts)


def red_png(*extra: bytes) -> bytes:
    """One red pixel."""
    return png(1, 1, b"\x00\xff\x00\x00", *extra)


def chunks_of(data: bytes) -> list[bytes]:
    """The kinds of the chunks of a PNG file."""
    kinds, at = [], len(SIGNATURE)
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kinds.append(data[at + 4 : at + 8])
        at += size + 12
    return kinds


def saved(image: Image.Image, kind: str, **how: Any) -> bytes:
    """A picture as a file."""
    file = BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def red_and_blue() -> Image.Image:
    """40 pixels wide, 20 high, red on the left and blue on the right."""
    image = Image.new("RGB", (40, 20), RED)
    image.paste(BLUE, (20, 0, 40, 20))
    return image


def turned_jpeg() -> bytes:
    """The red and blue one as a camera held upright writes it: on its side, with place and owner."""
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn a quarter to the right to see it upright
    exif[0x013B] = "Kari Nordmann"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (60.0, 47.0, 40.0)
    return saved(red_and_blue(), "JPEG", quality=95, exif=exif)


def opened(data: bytes) -> Image.Image:
    """The picture in a file."""
    image = Image.open(BytesIO(data))
    image.load()
    return image
