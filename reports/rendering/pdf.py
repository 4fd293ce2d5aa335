"""From a finished page to a PDF/UA-1 file: the only module that knows the renderer.

The renderer reads what this module gives it and nothing else: our own fonts and styles, and pictures
that stand in the page itself. Run it in a worker process (:mod:`reports.rendering.workers`).
"""

from __future__ import annotations

import base64
import binascii
import gc
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports.errors import ForbiddenAddress, RenderFailed
from reports.formatting import REPLACEMENT
from reports.rendering.job import Attached, PdfJob
from reports.rendering.replacement import replacement_font

FOLDER = Path(__file__).parents[1]
FONTS = FOLDER / "vendor" / "fonts"
STYLES = FOLDER / "styles"
OWN = "kretslop:"
"""The scheme of our own files: ``kretslop:fonts/SourceSans3-Regular.ttf``."""

VARIANT = "pdf/ua-1"
_PICTURE = "data:image/png;base64,"
_PNG = b"\x89PNG\r\n\x1a\n"
_NO_TIME = datetime(2000, 1, 1)  # a file in a PDF must have a time; this one says nothing
_MARKS = ("Mn", "Me")
LONGEST, PIECE = 30, 20
"""Signs of a word that is left whole; signs between two places to break in one that is longer."""

_BREAK = "\u200b"
_TAG_OR_WORD = re.compile(rf"<[^>]*>|[^ \t\n<]{{{LONGEST + 1},}}")
_SIGN = re.compile(
    "(?:&[^;]*;|[\U0001f1e6-\U0001f1ff]{2}|.)"
    "(?:\u200d.|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u0670\u06d6-\u06ed\ufe0f\u20e3\U0001f3fb-\U0001f3ff])*",
    re.DOTALL,
)
"""One sign with what belongs to it: an entity, a flag, a letter with marks, an emoji of several."""

_UNDRAWN = (0x0890, 0x0891)  # the Arabic font has them, yet alone they come out as an empty box
_NAMELESS = re.compile(rb"(<[0-9a-f]+>) <>")
_WORD_JOINER = rb"\1 <2060>"


class OwnFiles(URLFetcher):  # type: ignore[misc]  # the renderer has no types
    """Serves our own fonts and styles and the pictures in the page; refuses everything else.

    ``has_refused``: whether it had to, also where the renderer went on without a word.
    """

    def __init__(self) -> None:
        super().__init__()
        self.has_refused = False

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The bytes of an address. Raises FatalURLFetchingError, which ends the rendering."""
        del headers
        if url.startswith(_PICTURE) and (png := _picture(url)) is not None:
            return URLFetcherResponse(url, png, {"Content-Type": "image/png"})
        if url == f"{OWN}replacement.ttf":
            return URLFetcherResponse(url, replacement_font(), {"Content-Type": "font/ttf"})
        name = url.removeprefix(f"{OWN}fonts/")
        if name != url and name in _font_files():
            return URLFetcherResponse(url, (FONTS / name).read_bytes(), {"Content-Type": "font/ttf"})
        self.has_refused = True
        raise FatalURLFetchingError(ForbiddenAddress(url[:80]))


def _picture(url: str) -> bytes | None:
    """The PNG of a data address; None when it holds anything else, which the renderer would try to read."""
    try:
        png = base64.b64decode(url.removeprefix(_PICTURE), validate=True)
    except binascii.Error:
        return None
    return png if png.startswith(_PNG) else None


@cache
def _font_files() -> frozenset[str]:
    return frozenset(path.name for path in FONTS.glob("*.ttf"))


class Renderer:
    """Makes PDFs. Fonts and styles are read once, when it is made; use it from one thread."""

    def __init__(self) -> None:
        self._fetcher = OwnFiles()
        self._fonts = FontConfiguration()
        text = (STYLES / "report.css").read_text(encoding="utf-8")
        self._style = CSS(string=text, url_fetcher=self._fetcher, font_config=self._fonts)
        self._missing = missing_pattern()

    def render(self, job: PdfJob) -> bytes:
        """The PDF of a job: the same job gives the same bytes. Raises RenderFailed."""
        self._fetcher.has_refused = False
        with _collector_off(), suppress(FatalURLFetchingError):
            pdf = self._render(job)
            if not self._fetcher.has_refused:
                return pdf
        raise RenderFailed("render_refused", "the page asked for something outside our own files")

    def lay_out(self, html: str) -> Document:
        """The page set on sheets of paper, before it is drawn."""
        text = breakable(printable(html, self._missing))
        page = HTML(string=text, base_url=OWN, url_fetcher=self._fetcher)
        return page.render(stylesheets=[self._style], font_config=self._fonts)

    def _render(self, job: PdfJob) -> bytes:
        document = self.lay_out(job.html)
        document.metadata.keywords.append(f"pango {pango.pango_version()}")  # it breaks the lines
        pdf: bytes = document.write_pdf(
            finisher=_name_glyphs,
            pdf_variant=VARIANT,
            pdf_identifier=job.identifier.encode("ascii")[:32],
            attachments=[self._attachment(attached) for attached in job.attached],
        )
        return pdf

    def _attachment(self, attached: Attached) -> Attachment:
        return Attachment(
            string=attached.content,
            name=attached.name,
            description=attached.description,
            url_fetcher=self._fetcher,
            base_url=OWN,
            created=_NO_TIME,
            modified=_NO_TIME,
            relationship="Data",
        )


def _name_glyphs(_document: object, pdf: Any) -> None:
    """Give a text to every glyph that has none: PDF/UA-1, 7.21.7.

    Where one letter is drawn as several glyphs, as a dotted Arabic one, the renderer gives the letter to
    one of them and nothing to the others. A word joiner is neither seen nor heard.
    """
    for found in pdf.objects:
        if b"begincmap" in getattr(found, "stream", ()):
            found.stream = [_NAMELESS.sub(_WORD_JOINER, line) for line in found.stream]


@contextmanager
def _collector_off() -> Iterator[None]:
    """A layout makes many objects and few cycles: collecting waits; the worker does it between two jobs."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def printable(html: str, missing: re.Pattern[str]) -> str:
    """The page with every character that none of our fonts has replaced by U+FFFD.

    A character without a shape would be drawn as an empty box, which PDF/UA-1 forbids.
    """
    return missing.sub(REPLACEMENT, html)


def breakable(html: str) -> str:
    """The page with places to break in every word of more than ``LONGEST`` signs, seen nowhere.

    The renderer measures a word that has none again and again: a thousand lines of it would take minutes.
    """
    head, start, body = html.partition("<body")
    return f"{head}{_TAG_OR_WORD.sub(_broken, start + body)}"


def _broken(found: re.Match[str]) -> str:
    if found[0].startswith("<"):
        return found[0]
    signs = _SIGN.findall(found[0])
    return _BREAK.join("".join(signs[at : at + PIECE]) for at in range(0, len(signs), PIECE))


@cache
def missing_pattern() -> re.Pattern[str]:
    """Matches what cannot be printed: characters no font has, and marks that only some fonts have.

    A combining mark takes the font of the letter before it, so it must be in the main one.
    """
    main = _characters("SourceSans3-Regular.ttf") & _characters("SourceSans3-Bold.ttf")
    every = frozenset().union(main, *(_characters(name) for name in _font_files()))
    scripts = _characters("NotoSansArabic-Regular.ttf") | _characters("NotoSansHebrew-Regular.ttf")
    kept = sorted(
        code
        for code in every
        if code >= ord(" ")
        and code not in _UNDRAWN
        and (code in main or code in scripts or unicodedata.category(chr(code)) not in _MARKS)
    )
    return re.compile(f"[^\t\n{''.join(_ranges(kept))}]")


def _characters(font: str) -> frozenset[int]:
    with TTFont(FONTS / font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def _ranges(codes: list[int]) -> Iterator[str]:
    """Runs of code points as parts of a character class."""
    start = previous = codes[0]
    for code in [*codes[1:], -1]:
        if code != previous + 1:
            yield f"{re.escape(chr(start))}-{re.escape(chr(previous))}"
            start = code
        previous = code
