"""Pictures made anew from their pixels: nothing else the file held stays, such as place, owner or a script.

Run in a process with limits (:mod:`webapp.evidence.judging`). Pillow is imported when a picture is read.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, Literal

from reports.images import eight_bits, whole_images_only
from webapp.evidence.problems import FileRefused

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS: Final = 50_000_000
"""What the largest cameras of telephones give, 8160 by 6120 pixels."""
MAX_SIDE: Final = 4096
"""Pixels of the longest side that is kept: small print on a photographed page can still be read."""
QUALITY: Final = 90

_FORMATS: Final = {"png": "PNG", "jpeg": "JPEG"}
_HOW: Final[dict[str, dict[str, Any]]] = {
    "png": {"compress_level": 6},
    "jpeg": {"quality": QUALITY, "optimize": True},
}


def remade_picture(data: bytes, kind: Literal["png", "jpeg"], most_bytes: int) -> bytes:
    """The same picture in the same format, upright, of pixels alone; made smaller until it fits.

    Raises FileRefused: too many pixels, broken, or too much memory.
    """
    from PIL import Image  # noqa: PLC0415  # slow to import, and needed only where there is a picture

    try:
        with whole_images_only(), warnings.catch_warnings():
            warnings.simplefilter("error")
            return _written(_pixels(data, kind), kind, most_bytes)
    except FileRefused:
        raise
    except MemoryError as error:
        raise FileRefused("limits") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefused("pixels", limit=MAX_PIXELS // 1_000_000) from error
    except Exception as error:  # the decoders raise whatever a damaged file leads them to
        raise FileRefused("broken") from error


def _pixels(data: bytes, kind: str) -> Image.Image:
    """The first picture of a file, upright, in a mode its format can hold, without anything beside it."""
    from PIL import Image, ImageOps  # noqa: PLC0415  # as above

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with Image.open(BytesIO(data), formats=[_FORMATS[kind]]) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise FileRefused("pixels", limit=MAX_PIXELS // 1_000_000)
        image = eight_bits(opened)
        image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(image)
    if upright.mode == "CMYK":
        upright = upright.convert("RGB")
    return Image.frombytes(upright.mode, upright.size, upright.tobytes())


def _written(image: Image.Image, kind: str, most_bytes: int) -> bytes:
    while True:
        written = BytesIO()
        image.save(written, _FORMATS[kind], **_HOW[kind])
        if written.tell() <= most_bytes:
            return written.getvalue()
        image = image.reduce(2)
