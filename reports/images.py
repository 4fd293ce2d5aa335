"""Untrusted images made into plain ones: small, opaque PNG without anything but the pixels.

`reencode` does it; `reencode_limited` lets a child process of this module do it, since a hostile
file can use up time and memory or break the decoder. Pillow is imported when an image is read.
"""

from __future__ import annotations

import signal
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final, get_args

from reports.childprocess import Allowance, limit_process, run_limited
from reports.errors import ImageCode, ImageRefused

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS: Final = 25_000_000
MAX_SIDE: Final = 1200
"""Pixels of the longest side: at 300 an inch some 10 cm, more than a logo is printed at."""

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_JPEG_SIGNATURE = b"\xff\xd8\xff"
_MAX_PNG_BYTES = 5_000_000  # MAX_SIDE squared in three colours does not reach it, even stored as it is
_EXIT_REFUSED = 3
_FOR_LIMITS = (signal.SIGKILL, signal.SIGXCPU, signal.SIGABRT)  # our clock or the system's; no memory left


@dataclass(frozen=True, slots=True)
class Logo:
    """An image that can be printed as it is. ``png``: RGB, 8 bits; width and height: 1..1200 pixels."""

    png: bytes
    width: int
    height: int


def reencode(data: bytes) -> Logo:
    """A PNG or JPEG image as a plain PNG: upright, on white, at most MAX_SIDE, without metadata.

    The format is known by content. Of an animation the first picture counts; colour profiles are
    not applied. The same bytes give the same bytes. Raises ImageRefused.
    """
    if not data.startswith((_PNG_SIGNATURE, _JPEG_SIGNATURE)):
        raise ImageRefused("image_format")
    from PIL import Image  # noqa: PLC0415  # slow to import, and needed only where there is a logo

    try:
        with whole_images_only(), warnings.catch_warnings():
            warnings.simplefilter("error")
            return _reencode(data)
    except ImageRefused:
        raise
    except MemoryError as error:
        raise ImageRefused("image_limits") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageRefused("image_pixels") from error
    except Exception as error:  # the decoders raise whatever a damaged file leads them to
        raise ImageRefused("image_broken") from error


@contextmanager
def whole_images_only() -> Iterator[None]:
    """Let the decoders refuse what is cut off, also where the PDF renderer has told them not to."""
    from PIL import ImageFile  # noqa: PLC0415  # as above

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def reencode_limited(data: bytes, seconds: int = 10, memory_mb: int = 400) -> Logo:
    """As `reencode`, in a process of its own that may use so much time and address space.

    seconds: of wall clock and of processor time; memory_mb: the interpreter included, in MB of
    1024 * 1024 bytes. Raises ImageRefused, image_limits where the process was ended for them.
    """
    status, said = run_limited("reports.images", data, Allowance(seconds, memory_mb, _MAX_PNG_BYTES))
    if status == 0:
        return _read_logo(said)
    if status == _EXIT_REFUSED:
        raise ImageRefused(_read_code(said))
    raise ImageRefused("image_limits" if -status in _FOR_LIMITS else "image_broken")


def main() -> int:
    """Read an image from standard input and write its plain PNG, or the code of what is wrong with it.

    Takes the seconds and MB it may use as arguments, and limits itself before it reads anything.
    """
    seconds, memory_mb = map(int, sys.argv[1:3])
    limit_process(seconds, memory_mb)
    try:
        said = reencode(sys.stdin.buffer.read()).png
        status = 0
    except ImageRefused as refused:
        said = refused.code.encode()
        status = _EXIT_REFUSED
    sys.stdout.buffer.write(said)
    return status


def _read_logo(png: bytes) -> Logo:
    """The child's image, by its header; refused where that is not what was asked for."""
    width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
    if not png.startswith(_PNG_SIGNATURE) or not 0 < min(width, height) <= max(width, height) <= MAX_SIDE:
        raise ImageRefused("image_broken")
    return Logo(png, width, height)


def _read_code(said: bytes) -> ImageCode:
    codes: tuple[ImageCode, ...] = get_args(ImageCode)
    return next((code for code in codes if code.encode() == said), "image_broken")


def _reencode(data: bytes) -> Logo:
    from PIL import Image, ImageOps  # noqa: PLC0415  # as above

    with Image.open(BytesIO(data), formats=["PNG", "JPEG"]) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise ImageRefused("image_pixels")
        image = eight_bits(opened)
        image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(image)
    flat = _on_white(upright)
    bare = Image.frombytes("RGB", flat.size, flat.tobytes())  # nothing the file said is left on it
    written = BytesIO()
    bare.save(written, "PNG", compress_level=9)
    return Logo(written.getvalue(), bare.width, bare.height)


def eight_bits(image: Image.Image) -> Image.Image:
    """The image in a mode that can be made smaller smoothly: with or without alpha, in L, RGB or CMYK.

    Images that are such already are not copied, nor decoded yet: a JPEG decodes to a smaller one.
    """
    if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK") and "transparency" not in image.info:
        return image
    if image.mode.startswith("I"):  # 16 bits of grey; a colour named transparent counts as any other
        return image.point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("RGBA")


def _on_white(image: Image.Image) -> Image.Image:
    """The image in RGB, on white where it is transparent."""
    if image.mode not in ("LA", "RGBA"):
        return image.convert("RGB")
    from PIL import Image  # noqa: PLC0415  # as above

    white = Image.new("RGB", image.size, "white")
    white.paste(image.convert("RGB"), mask=image.getchannel("A"))
    return white


if __name__ == "__main__":
    sys.exit(main())
