"""Untrusted images come out small, upright, opaque and without anything but pixels, or are refused."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from reports.errors import ImageRefused
from reports.images import MAX_SIDE, Logo, reencode, reencode_limited
from tests.reports.pictures import (
    BLUE,
    RED,
    WHITE,
    chunk,
    chunks_of,
    opened,
    png,
    red_and_blue,
    red_png,
    saved,
    turned_jpeg,
)

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
JPEG = saved(red_and_blue(), "JPEG")
PROFILE = chunk(b"iCCP", b"x\x00\x00" + zlib.compress(b"\x00" * 400_000))
LARGE_PALETTE = png(
    5000,
    4999,
    b"\x00" * (626 * 4999),
    chunk(b"PLTE", bytes(6)),
    chunk(b"tRNS", b"\x00"),
    bits=1,
    colour=3,
)

REFUSED = {
    "nothing": (b"", "image_format"),
    "a GIF": (saved(red_and_blue(), "GIF"), "image_format"),
    "an SVG": (SVG, "image_format"),
    "a WebP": (saved(red_and_blue(), "WEBP"), "image_format"),
    "a header of 50 000 by 50 000 pixels": (png(50_000, 50_000, b"\x00" * 9), "image_pixels"),
    "a header one row above the limit": (png(5000, 5001, b"\x00" * 9), "image_pixels"),
    "a PNG cut off in its pixels": (saved(red_and_blue(), "PNG")[:60], "image_broken"),
    "a PNG of the signature alone": (b"\x89PNG\r\n\x1a\n", "image_broken"),
    "a JPEG cut off": (JPEG[: len(JPEG) // 2], "image_broken"),
    "a JPEG of the signature alone": (b"\xff\xd8\xff", "image_broken"),
    "a PNG without width": (png(0, 1, b"\x00"), "image_broken"),
    "a wrong checksum": (red_png().replace(b"IDAT", b"IDAT\x00", 1), "image_broken"),
    "a text that unpacks to 20 MB": (
        red_png(chunk(b"zTXt", b"a\x00\x00" + zlib.compress(bytes(20_000_000)))),
        "image_broken",
    ),
    "a profile that unpacks to 20 MB": (
        red_png(chunk(b"iCCP", b"a\x00\x00" + zlib.compress(bytes(20_000_000)))),
        "image_broken",
    ),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_a_sound_image_is_refused_with_the_reason(data: bytes, code: str) -> None:
    with pytest.raises(ImageRefused) as refused:
        reencode(data)

    assert refused.value.code == code


def _animated() -> bytes:
    return saved(
        Image.new("RGB", (4, 4), RED), "PNG", save_all=True, append_images=[Image.new("RGB", (4, 4), BLUE)]
    )


def _palette() -> bytes:
    image = Image.new("P", (2, 1), 0)
    image.putpalette([*RED, *BLUE])
    image.putpixel((1, 0), 1)
    return saved(image, "PNG", transparency=1)


KEPT: dict[str, tuple[bytes, tuple[int, int], tuple[int, int, int]]] = {
    "one pixel": (red_png(), (1, 1), RED),
    "4 MB of text": (red_png(*[chunk(b"tEXt", b"a\x00" + b"x" * 1_000_000)] * 4), (1, 1), RED),
    "a colour profile": (red_png(PROFILE), (1, 1), RED),
    "an EXIF chunk": (saved(red_and_blue(), "PNG", exif=opened(turned_jpeg()).getexif()), (20, 40), RED),
    "an animation": (_animated(), (4, 4), RED),
    "a palette": (_palette(), (2, 1), RED),
    "transparent": (saved(Image.new("RGBA", (3, 2), (0, 0, 0, 0)), "PNG"), (3, 2), WHITE),
    "half transparent": (saved(Image.new("RGBA", (3, 2), (255, 0, 0, 51)), "PNG"), (3, 2), (255, 204, 204)),
    "grey and transparent": (saved(Image.new("LA", (3, 2), (0, 0)), "PNG"), (3, 2), WHITE),
    "one colour transparent": (
        saved(Image.new("RGB", (3, 2), RED), "PNG", transparency=RED),
        (3, 2),
        WHITE,
    ),
    "black and white": (saved(Image.new("1", (3, 2), 1), "PNG"), (3, 2), WHITE),
    "16 bits of grey": (png(1, 1, b"\x00\x80\x00", bits=16, colour=0), (1, 1), (128, 128, 128)),
    "16 bits of colour": (
        png(1, 1, b"\x00" + struct.pack(">HHH", 0xFFFF, 0, 0), bits=16),
        (1, 1),
        RED,
    ),
    "a long one": (saved(Image.new("RGB", (2400, 600), RED), "PNG"), (1200, 300), RED),
    "a thin one": (saved(Image.new("RGB", (1, 3000), RED), "PNG"), (1, 1200), RED),
}


@pytest.mark.parametrize(("data", "size", "corner"), KEPT.values(), ids=KEPT)
def test_a_sound_image_becomes_a_plain_png(
    data: bytes, size: tuple[int, int], corner: tuple[int, int, int]
) -> None:
    logo = reencode(data)

    image = opened(logo.png)
    assert (logo.width, logo.height) == image.size == size
    assert (image.mode, image.getpixel((0, 0))) == ("RGB", corner)
    assert set(chunks_of(logo.png)) == {b"IHDR", b"IDAT", b"IEND"}


def test_transparency_of_a_palette_becomes_white() -> None:
    assert opened(reencode(_palette()).png).getpixel((1, 0)) == WHITE


def test_a_photograph_is_turned_upright_and_says_no_more_where_it_was_taken() -> None:
    data = turned_jpeg()
    assert b"Kari" in data

    logo = reencode(data)

    image = opened(logo.png)
    assert image.size == (20, 40)
    top, bottom = image.getpixel((10, 5)), image.getpixel((10, 35))
    assert _is_near(top, RED)
    assert _is_near(bottom, BLUE)
    assert b"Kari" not in logo.png
    assert image.getexif() == {}
    assert image.info == {}


def _is_near(colour: Any, wanted: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(colour, wanted, strict=True))


def test_the_four_colours_of_print_become_those_of_the_screen() -> None:
    # cyan 0, magenta and yellow full, no black: red
    data = saved(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG", quality=95)

    image = opened(reencode(data).png)

    assert _is_near(image.getpixel((4, 4)), RED)


def test_a_large_photograph_is_made_smaller() -> None:
    data = saved(Image.new("RGB", (3000, 2000), BLUE), "JPEG")

    logo = reencode(data)

    assert (logo.width, logo.height) == (MAX_SIDE, 800)


def test_the_same_bytes_give_the_same_bytes() -> None:
    assert reencode(turned_jpeg()) == reencode(turned_jpeg())


def test_the_child_gives_what_the_function_gives() -> None:
    assert reencode_limited(turned_jpeg()) == reencode(turned_jpeg())


@pytest.mark.parametrize("name", ["an SVG", "a header of 50 000 by 50 000 pixels", "a JPEG cut off"])
def test_the_child_refuses_for_the_same_reason(name: str) -> None:
    data, code = REFUSED[name]

    with pytest.raises(ImageRefused) as refused:
        reencode_limited(data)

    assert refused.value.code == code


def test_what_needs_more_memory_than_allowed_is_refused() -> None:
    # 25 million pixels: 25 MB as a palette, 100 MB and more once its transparency is worked out
    with pytest.raises(ImageRefused) as refused:
        reencode_limited(LARGE_PALETTE, memory_mb=150)

    assert refused.value.code == "image_limits"


def test_what_needs_more_time_than_allowed_is_refused() -> None:
    with pytest.raises(ImageRefused) as refused:
        reencode_limited(LARGE_PALETTE, seconds=0)

    assert refused.value.code == "image_limits"


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("print('x' * 9)", "image_broken"),
        ("import sys; sys.stdout.write('x' * 6_000_000)", "image_limits"),
        ("import sys; sys.stdout.write('image_odd'); sys.exit(3)", "image_broken"),
        ("import sys; sys.exit(1)", "image_broken"),
        ("import os; os.abort()", "image_limits"),
        ("import os; os.kill(os.getpid(), 11)", "image_broken"),
    ],
    ids=["no image", "too much", "an unknown code", "a failure", "no memory", "a crash"],
)
def test_a_child_that_misbehaves_gives_no_image(
    monkeypatch: pytest.MonkeyPatch, program: str, code: str
) -> None:
    start = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda _command, **how: start([sys.executable, "-c", program], **how)
    )

    with pytest.raises(ImageRefused) as refused:
        reencode_limited(JPEG)

    assert refused.value.code == code


def test_the_child_is_told_nothing_of_the_surroundings_and_can_write_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KRETSLOP_SECRET", "x")
    program = (
        "import os, sys; from reports.childprocess import limit_process; limit_process(9, 400)\n"
        "assert 'KRETSLOP_SECRET' not in os.environ\n"
        f"try: open({str(tmp_path / 'a')!r}, 'wb', 0).write(b'x')\n"
        "except OSError: sys.stdout.write('image_pixels'); sys.exit(3)"
    )
    start = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda _command, **how: start([sys.executable, "-c", program], **how)
    )

    with pytest.raises(ImageRefused) as refused:
        reencode_limited(JPEG)

    assert refused.value.code == "image_pixels"


def test_pillow_is_not_loaded_before_an_image_is_read() -> None:
    program = "import sys; import reports.branding; print('PIL' in sys.modules)"

    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert run.stdout == "False\n"


def test_a_logo_says_its_size() -> None:
    assert reencode(red_png()) == Logo(reencode(red_png()).png, 1, 1)


def test_a_cut_off_image_is_refused_also_beside_the_renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)  # as the renderer sets it on import

    with pytest.raises(ImageRefused):
        reencode(JPEG[: len(JPEG) // 2])
