"""Logos of the demo's partners: a few shapes, so that nobody's mark is used."""

from __future__ import annotations

import io

SIZE = (480, 160)
"""Pixels: three times as wide as high, as many logos are."""


def ring(colour: str) -> bytes:
    """Two rings beside a bar, as PNG."""
    return _drawn(colour, ((10, 10, 150, 150), (90, 10, 230, 150)), ((270, 60, 470, 100),))


def steps(colour: str) -> bytes:
    """Four steps upwards, as PNG."""
    bars = tuple((20 + 110 * at, 110 - 30 * at, 110 + 110 * at, 150) for at in range(4))
    return _drawn(colour, (), bars)


Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""


def _drawn(colour: str, rings: tuple[Box, ...], bars: tuple[Box, ...]) -> bytes:
    from PIL import Image, ImageDraw  # noqa: PLC0415  # slow to import, and needed only for the demo

    picture = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(picture)
    for box in rings:
        pen.ellipse(box, outline=colour, width=22)
    for box in bars:
        pen.rectangle(box, fill=colour)
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()
