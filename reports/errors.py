"""The errors of this package."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:  # a worker that only renders need not know of definitions
    from questionnaires.errors import Problem

RenderCode: TypeAlias = Literal["render_time", "render_memory", "render_crashed", "render_refused"]
"""Why no PDF came: over its time, over its memory, the worker ended, or the renderer said no."""

ImageCode: TypeAlias = Literal["image_format", "image_pixels", "image_broken", "image_limits"]
"""Why an image is refused: neither PNG nor JPEG, too many pixels, damaged, or too much time or memory."""

PdfCode: TypeAlias = Literal[
    "pdf_format",
    "pdf_broken",
    "pdf_encrypted",
    "pdf_limits",
    "pdf_many",
    "pdf_twice",
    "pdf_names",
    "pdf_attached_size",
]
"""Why a PDF is refused: no PDF, damaged, locked, too much time or memory, too many attachments,
one of ours there twice, one under several names, one too large."""


class ReportError(Exception):
    """The family of errors raised by this package."""


class RenderFailed(ReportError):
    """One document could not be made into a PDF; others are not affected.

    ``detail`` is for the log and for the person at the terminal, in English, and holds no answers.
    """

    def __init__(self, code: RenderCode, detail: str) -> None:
        self.code: RenderCode = code
        self.detail = detail
        super().__init__(f"{code}: {detail}")


class ForbiddenAddress(ReportError):
    """A document asked for something that is not one of our own fonts or styles."""


class ImageRefused(ReportError):
    """An image cannot be used; ``code`` is a key of ``questionnaires.messages`` too."""

    def __init__(self, code: ImageCode) -> None:
        self.code: ImageCode = code
        super().__init__(code)


class BrandingFileError(ReportError):
    """A branding file cannot be used; ``problems`` holds every mistake found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PdfRefused(ReportError):
    """A PDF that somebody sent cannot be taken apart; ``code`` is a key of the words of ``report verify``."""

    def __init__(self, code: PdfCode) -> None:
        self.code: PdfCode = code
        super().__init__(code)
