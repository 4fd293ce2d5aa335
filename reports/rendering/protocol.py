"""The messages between a pool and its workers: a length, a header in JSON, then raw bytes.

A message is four bytes of length (big-endian), a header of that many bytes, and the parts whose
lengths the header lists under ``sizes``. Nothing in a message can name code: what the worker says is
checked value by value, since a document may have made it say anything.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast, get_args

from reports.errors import RenderCode
from reports.rendering.job import Attached, PdfJob

MAX_HEADER_BYTES = 1_000_000
MAX_PDF_BYTES = 64_000_000
MAX_DETAIL_SIGNS = 300

EXIT_MEMORY = 77
"""Exit status of a worker that had no memory left even to say so."""

ReadExactly: TypeAlias = Callable[[int], bytes]
"""Gives exactly so many bytes; raises EOFError if the other side has ended before."""

_LENGTH = struct.Struct(">I")


class BrokenMessage(Exception):
    """The other side said something that is not a message of ours."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says: once when it is ready to work, then once for each job.

    ``code``: None when all is well; ``detail``: one line of printable signs; ``is_last``: the worker ends
    after this; ``pdf``: empty unless a job went well.
    """

    code: RenderCode | None = None
    detail: str = ""
    is_last: bool = False
    pdf: bytes = b""


def one_line(text: str) -> str:
    """The text without control signs and breaks, at most ``MAX_DETAIL_SIGNS`` long."""
    return "".join(sign if sign.isprintable() else " " for sign in text[:MAX_DETAIL_SIGNS])


def pack_job(job: PdfJob) -> bytes:
    """The message for one job. Raises UnicodeEncodeError for a page that is not valid Unicode."""
    attached = [[part.name, part.description] for part in job.attached]
    parts = [job.html.encode("utf-8"), *(part.content for part in job.attached)]
    return _pack({"identifier": job.identifier, "attached": attached}, parts)


def read_job(read: ReadExactly) -> PdfJob:
    """The next job. Raises EOFError when there is none; trusts its own parent otherwise."""
    header, parts = _read(read, limit_bytes=None)
    attached = tuple(
        Attached(name, description, content)
        for (name, description), content in zip(header["attached"], parts[1:], strict=True)
    )
    return PdfJob(parts[0].decode("utf-8"), header["identifier"], attached)


def pack_answer(answer: Answer) -> bytes:
    """The message for one answer."""
    header = {"code": answer.code, "detail": one_line(answer.detail), "is_last": answer.is_last}
    return _pack(header, [answer.pdf])


def read_answer(read: ReadExactly) -> Answer:
    """The next answer, every value checked. Raises BrokenMessage, EOFError and what ``read`` raises."""
    header, parts = _read(read, limit_bytes=MAX_PDF_BYTES)
    code, detail, is_last = (header.get(name) for name in ("code", "detail", "is_last"))
    if code is not None and code not in get_args(RenderCode):
        raise BrokenMessage("unknown code")
    if not isinstance(detail, str) or not isinstance(is_last, bool) or len(parts) != 1:
        raise BrokenMessage("unknown answer")
    return Answer(cast("RenderCode | None", code), one_line(detail), is_last, parts[0])


def _pack(header: dict[str, Any], parts: Sequence[bytes]) -> bytes:
    text = json.dumps({**header, "sizes": [len(part) for part in parts]}).encode("ascii")
    return b"".join([_LENGTH.pack(len(text)), text, *parts])


def _read(read: ReadExactly, limit_bytes: int | None) -> tuple[dict[str, Any], list[bytes]]:
    (length,) = _LENGTH.unpack(read(_LENGTH.size))
    if length > MAX_HEADER_BYTES:
        raise BrokenMessage("header too long")
    try:
        header = json.loads(read(length))
    except (ValueError, RecursionError):
        raise BrokenMessage("header is not JSON") from None
    sizes = header.get("sizes") if isinstance(header, dict) else None
    if not isinstance(sizes, list) or not all(type(size) is int and size >= 0 for size in sizes):
        raise BrokenMessage("header without sizes")
    if limit_bytes is not None and sum(sizes) > limit_bytes:
        raise BrokenMessage("message too long")
    return header, [read(size) for size in sizes]
