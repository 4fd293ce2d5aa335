"""Files that people sent, as an answer: kept by no cache, and never shown as a page of ours."""

from __future__ import annotations

from io import BytesIO
from typing import Protocol

from flask import Response, send_file


class SentFile(Protocol):
    """A file as a use case hands it out. ``name``: safe to save under."""

    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def content(self) -> bytes: ...


def file_answer(file: SentFile, *, is_to_save: bool = True) -> Response:
    """The file: to save, or to be looked at where it was made anew here and its page has a policy for it."""
    answer = send_file(
        BytesIO(file.content),
        mimetype=file.media_type,
        as_attachment=is_to_save,
        download_name=file.name,
        conditional=False,
        etag=False,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
