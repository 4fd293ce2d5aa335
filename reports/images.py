"""Untrusted images made into plain ones: small, opaque PNG without anything but the pixels.

`reencode` does it; `reencode_limited` lets a child process of this module do it, since a hostile
file can use up time and memory or break the decoder. Pillow is imported when an image is read.
"""

from __future__ import annotations

import contextlib
import math
import os
import signal
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

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
_PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")


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
        with warnings.catch_warnings():
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


def reencode_limited(data: bytes, seconds: int = 10, memory_mb: int = 400) -> Logo:
    """As `reencode`, in a process of its own that may use so much time and address space.

    seconds: of wall clock and of processor time; memory_mb: the interpreter included, in MB of
    1024 * 1024 bytes. Raises ImageRefused, image_limits where the process was ended for them.
    """
    options = ("-P", "-B", "-s", "-X", "utf8", "-m", "reports.images")
    child = subprocess.Popen(  # noqa: S603  # our own module, no shell, nothing of the image
        [sys.executable, *options, str(seconds), str(memory_mb)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=_environment(),
    )
    with child, _ended_after(child, seconds):
        said = _converse(child, data)
    if child.returncode == 0:
        return _read_logo(said)
    if child.returncode == _EXIT_REFUSED:
        raise ImageRefused(_read_code(said))
    raise ImageRefused("image_limits" if -child.returncode in _FOR_LIMITS else "image_broken")


def main() -> int:
    """Read an image from standard input and write its plain PNG, or the code of what is wrong with it.

    Takes the seconds and MB it may use as arguments, and limits itself before it reads anything.
    """
    seconds, memory_mb = map(int, sys.argv[1:3])
    _limit_process(seconds, memory_mb)
    try:
        said = reencode(sys.stdin.buffer.read()).png
        status = 0
    except ImageRefused as refused:
        said = refused.code.encode()
        status = _EXIT_REFUSED
    sys.stdout.buffer.write(said)
    return status


def _limit_process(seconds: int, memory_mb: int) -> None:
    """Hard limits, so that a decoder that was taken over cannot lift them; no file can be written."""
    import resource  # noqa: PLC0415  # Unix only, and only of use in the child

    limits = {
        resource.RLIMIT_AS: memory_mb << 20,
        resource.RLIMIT_CPU: math.ceil(seconds),
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))


def _environment() -> dict[str, str]:
    """What the child is told of the world: where code and libraries are."""
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    places = [str(Path(__file__).parents[1]), *(place for place in sys.path if os.path.isabs(place))]
    return {**passed_on, "LANG": "C.UTF-8", "PYTHONPATH": os.pathsep.join(dict.fromkeys(places))}


@contextlib.contextmanager
def _ended_after(child: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    """Kill the child when the time is up."""
    timer = threading.Timer(seconds, child.kill)
    timer.start()
    try:
        yield
        child.wait()
    finally:
        timer.cancel()
        child.kill()


def _converse(child: subprocess.Popen[bytes], data: bytes) -> bytes:
    """What the child says to the data. It hears all before it says anything, so neither blocks the other."""
    assert child.stdin is not None
    assert child.stdout is not None
    with contextlib.suppress(BrokenPipeError):
        child.stdin.write(data)
    with contextlib.suppress(BrokenPipeError):
        child.stdin.close()
    said = child.stdout.read(_MAX_PNG_BYTES + 1)
    if len(said) > _MAX_PNG_BYTES:
        child.kill()
    return said


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
        image = _eight_bits(opened)
        image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(image)
    flat = _on_white(upright)
    bare = Image.frombytes("RGB", flat.size, flat.tobytes())  # nothing the file said is left on it
    written = BytesIO()
    bare.save(written, "PNG", compress_level=9)
    return Logo(written.getvalue(), bare.width, bare.height)


def _eight_bits(image: Image.Image) -> Image.Image:
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
