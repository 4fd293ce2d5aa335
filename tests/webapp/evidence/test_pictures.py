"""Pictures are made anew: upright, of pixels alone, in their own format."""

from __future__ import annotations

import os
import zlib

import pytest
from PIL import Image

from tests.reports.pictures import (
    BLUE,
    RED,
    chunk,
    chunks_of,
    opened,
    png,
    red_and_blue,
    red_png,
    saved,
    turned_jpeg,
)
from webapp.evidence.judging import judge_limited
from webapp.evidence.pictures import MAX_SIDE, remade_picture
from webapp.evidence.problems import FileRefused

MOST = 20_000_000


def _is_like(found: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) < 12 for one, other in zip(found, wanted, strict=True))


def test_place_and_owner_are_gone_and_the_picture_is_upright() -> None:
    sent = turned_jpeg()
    remade = judge_limited(sent).remade
    assert remade is not None

    assert b"Kari Nordmann" in sent
    assert b"Kari Nordmann" not in remade
    assert b"Exif" not in remade
    picture = opened(remade)
    assert picture.format == "JPEG"
    assert picture.getexif() == {}
    assert picture.size == (20, 40)  # 40 by 20, turned a quarter to the right: red is above
    assert _is_like(picture.getpixel((10, 5)), RED)
    assert _is_like(picture.getpixel((10, 35)), BLUE)


def test_texts_profiles_and_what_hangs_after_the_end_are_gone() -> None:
    text = chunk(b"tEXt", b"Comment\x00<script>alert(1)</script>")
    profile = chunk(b"iCCP", b"x\x00\x00" + zlib.compress(bytes(128)))
    sent = red_png(text, profile) + b"<html><script>alert(2)</script>" + b"PK\x03\x04"

    remade = remade_picture(sent, "png", MOST)

    assert b"script" not in remade
    assert b"PK" not in remade
    assert chunks_of(remade) == [b"IHDR", b"IDAT", b"IEND"]
    assert opened(remade).getpixel((0, 0)) == RED


def test_a_script_in_a_jpeg_comment_is_gone() -> None:
    sent = saved(red_and_blue(), "JPEG", comment=b"*/=<script>alert(1)</script>/*")

    assert b"script" in sent
    assert b"script" not in remade_picture(sent, "jpeg", MOST)


def test_what_is_transparent_stays_so() -> None:
    glass = Image.new("RGBA", (2, 1), (0, 0, 255, 0))
    glass.putpixel((0, 0), (255, 0, 0, 128))

    picture = opened(remade_picture(saved(glass, "PNG"), "png", MOST))

    assert picture.mode == "RGBA"
    assert [picture.getpixel((x, 0)) for x in (0, 1)] == [(255, 0, 0, 128), (0, 0, 255, 0)]


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "LA", "RGB", "RGBA"])
def test_every_kind_of_png_can_be_remade(mode: str) -> None:
    picture = opened(remade_picture(saved(Image.new(mode, (3, 2)), "PNG"), "png", MOST))

    assert picture.size == (3, 2)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_can_be_remade(mode: str) -> None:
    picture = opened(remade_picture(saved(Image.new(mode, (3, 2)), "JPEG"), "jpeg", MOST))

    assert picture.size == (3, 2)
    assert picture.mode in ("L", "RGB")


def test_of_an_animation_the_first_picture_stays() -> None:
    second = Image.new("RGB", (4, 4), BLUE)
    moving = saved(Image.new("RGB", (4, 4), RED), "PNG", save_all=True, append_images=[second])

    picture = opened(remade_picture(moving, "png", MOST))

    assert picture.getpixel((0, 0)) == RED
    assert getattr(picture, "n_frames", 1) == 1


def test_a_large_picture_is_made_smaller_and_keeps_its_shape() -> None:
    large = png(8000, 1000, (b"\x00" + b"\xff\x00\x00" * 8000) * 1000)

    picture = opened(remade_picture(large, "png", MOST))

    assert picture.size == (MAX_SIDE, 512)  # 8000 : 1000 = 4096 : 512


def test_a_picture_that_does_not_fit_is_halved_until_it_does() -> None:
    noise = saved(Image.frombytes("RGB", (64, 64), os.urandom(64 * 64 * 3)), "PNG")

    remade = remade_picture(noise, "png", 4_000)  # 64 * 64 * 3 is over 12 000 bytes, 32 * 32 * 3 is 3 072

    assert opened(remade).size == (32, 32)


def test_the_pixels_that_are_allowed_pass_and_one_row_more_does_not() -> None:
    most, more = (saved(Image.new("L", (5000, rows)), "PNG") for rows in (10_000, 10_001))

    assert opened(remade_picture(most, "png", MOST)).size == (2048, 4096)
    with pytest.raises(FileRefused) as refused:
        remade_picture(more, "png", MOST)
    assert (refused.value.code, refused.value.parts) == ("pixels", {"limit": 50})


def test_a_text_that_unpacks_to_much_is_not_unpacked() -> None:
    bomb = red_png(chunk(b"zTXt", b"a\x00\x00" + zlib.compress(bytes(20_000_000))))

    with pytest.raises(FileRefused) as refused:
        remade_picture(bomb, "png", MOST)

    assert refused.value.code == "broken"


def test_one_format_does_not_pass_as_the_other() -> None:
    with pytest.raises(FileRefused) as refused:
        remade_picture(red_png(), "jpeg", MOST)

    assert refused.value.code == "broken"
