"""A font of one sign: U+FFFD, which stands for every character that none of our fonts has.

None of them has U+FFFD itself, and a character without a shape must not be in a PDF (PDF/UA-1, 7.21.8).
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from reports.formatting import REPLACEMENT

_SPACES = " \u00a0\u202f"
"""Spaces take the font of the sign before them."""

_UNITS = 1000
_DIAMOND = ((500, 810), (960, 350), (500, -110), (40, 350))
_HOOK = (
    *((360, 470), (445, 470), (500, 525), (545, 480), (545, 455), (455, 370), (455, 265)),
    *((545, 265), (545, 335), (635, 430), (635, 515), (560, 600), (435, 600)),
)
_DOT = ((455, 130), (545, 130), (545, 220), (455, 220))


@cache
def replacement_font() -> bytes:
    """The font as a TrueType file: a black lozenge with a question mark cut out. Always the same bytes."""
    builder = FontBuilder(_UNITS, isTTF=True)
    sign, nothing = _drawn(), TTGlyphPen(None).glyph()
    builder.setupGlyphOrder([".notdef", "replacement", "space"])
    builder.setupCharacterMap({ord(REPLACEMENT): "replacement", **{ord(s): "space" for s in _SPACES}})
    builder.setupGlyf({".notdef": sign, "replacement": sign, "space": nothing})
    builder.setupHorizontalMetrics({".notdef": (1000, 40), "replacement": (1000, 40), "space": (200, 0)})
    builder.setupHorizontalHeader(ascent=810, descent=-190)
    builder.setupNameTable({"familyName": "Replacement", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=810, sTypoDescender=-190, usWinAscent=810, usWinDescent=190)
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def _drawn() -> Any:
    pen = TTGlyphPen(None)
    for outline in (_DIAMOND, _HOOK, _DOT):
        pen.moveTo(outline[0])
        for point in outline[1:]:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()
