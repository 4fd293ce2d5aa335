"""Untrusted PDF files taken apart: what is attached to them, and what they say of themselves.

`take_apart` does it; `take_apart_limited` lets a child process of this module do it, since a hostile
file can use up time and memory or break the parser. Damaged files are refused, not mended: two
programs that mend a file may see two different files in it.
"""

from __future__ import annotations

import signal
import sys
import unicodedata
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from assessment.jsontext import MAX_BYTES
from reports.attachments import NAMES
from reports.childprocess import Allowance, limit_process, run_limited
from reports.errors import PdfCode, PdfRefused

if TYPE_CHECKING:
    import pikepdf

MAX_PDF_BYTES: Final = 30_000_000
MAX_ATTACHED_BYTES: Final = MAX_BYTES
MAX_ATTACHMENTS: Final = 100
MAX_PAGES: Final = 2000
ALLOWANCE: Final = Allowance(seconds=30, memory_mb=600, said_bytes=13_000_000)

_MAX_TEXT = 1000
_MAX_OTHERS = 10
_SIGNATURE = b"%PDF-"
_EXIT_REFUSED = 3
_FOR_LIMITS = (signal.SIGKILL, signal.SIGXCPU, signal.SIGABRT)  # our clock or the system's; no memory left
_ACTIVE = ("/OpenAction", "/AA", "/AcroForm", "/OCProperties")
_ACTIVE_NAMES = ("/JavaScript",)


class PdfContent(BaseModel):
    """What a PDF holds, as far as we look.

    ``attached``: bytes of our own attachments by name; ``others``: names of the first foreign ones.
    ``pages``: a digest each (:mod:`reports.verifying.pageprints`). ``active``: entries for scripts,
    forms and layers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64")

    attached: dict[str, bytes]
    others: tuple[str, ...]
    language: str
    keywords: str
    producer: str
    pages: tuple[str, ...]
    active: tuple[str, ...]


def take_apart_limited(data: bytes, allowance: Allowance = ALLOWANCE) -> PdfContent:
    """As `take_apart`, in a process with limits; raises PdfRefused with pdf_limits where these ended it."""
    status, said = run_limited("reports.verifying.pdfreading", data, allowance)
    if status == _EXIT_REFUSED:
        raise PdfRefused(_read_code(said))
    if status != 0:
        raise PdfRefused("pdf_limits" if -status in _FOR_LIMITS else "pdf_broken")
    try:
        return PdfContent.model_validate_json(said)
    except ValidationError as error:
        raise PdfRefused("pdf_broken") from error


def take_apart(data: bytes) -> PdfContent:
    """The attachments and facts of a PDF. Raises PdfRefused."""
    import pikepdf  # noqa: PLC0415  # its parser runs in the child only

    if not data.startswith(_SIGNATURE):
        raise PdfRefused("pdf_format")
    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            return _content(pdf)
    except PdfRefused:
        raise
    except pikepdf.PasswordError as error:
        raise PdfRefused("pdf_encrypted") from error
    except MemoryError as error:
        raise PdfRefused("pdf_limits") from error
    except Exception as error:  # the parser raises whatever a damaged file leads it to
        raise PdfRefused("pdf_broken") from error


def main() -> int:
    """Read a PDF from standard input and write its content, or the code of what is wrong with it.

    Takes the seconds and MB it may use as arguments, and limits itself before it reads anything.
    """
    seconds, memory_mb = map(int, sys.argv[1:3])
    limit_process(seconds, memory_mb)
    try:
        said = take_apart(sys.stdin.buffer.read()).model_dump_json().encode()
        status = 0
    except PdfRefused as refused:
        said = refused.code.encode()
        status = _EXIT_REFUSED
    sys.stdout.buffer.write(said)
    return status


def _read_code(said: bytes) -> PdfCode:
    codes: tuple[PdfCode, ...] = get_args(PdfCode)
    return next((code for code in codes if code.encode() == said), "pdf_broken")


def _content(pdf: pikepdf.Pdf) -> PdfContent:
    from reports.verifying.pageprints import page_prints  # noqa: PLC0415  # as above

    if len(pdf.pages) > MAX_PAGES:
        raise PdfRefused("pdf_limits")
    attached, others = _attached(pdf)
    about: Any = pdf.trailer.get("/Info", {})
    return PdfContent(
        attached=attached,
        others=tuple(others[:_MAX_OTHERS]),
        language=_text(pdf.Root.get("/Lang", "")),
        keywords=_text(about.get("/Keywords", "")),
        producer=_text(about.get("/Producer", "")),
        pages=page_prints(pdf),
        active=_active(pdf),
    )


def _text(value: object) -> str:
    return str(value)[:_MAX_TEXT].encode("utf-8", "replace").decode()


def _active(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """What a report never has, and what can change what a reader shows."""
    names: Any = pdf.Root.get("/Names", {})
    found = [key for key in _ACTIVE if key in pdf.Root] + [key for key in _ACTIVE_NAMES if key in names]
    return tuple(key.removeprefix("/") for key in found)


def _attached(pdf: pikepdf.Pdf) -> tuple[dict[str, bytes], list[str]]:
    """Our attachments by name, and the names of others. Raises PdfRefused where a name is in doubt."""
    found: dict[str, bytes] = {}
    others: list[str] = []
    for labels, file in _files(pdf):
        own = {name for name in map(_own_name, labels) if name is not None}
        if not own:
            others.append(labels[0])
            continue
        if len(own) > 1 or any(label not in own for label in labels):
            raise PdfRefused("pdf_names")
        name = own.pop()
        if name in found:
            raise PdfRefused("pdf_twice")
        found[name] = _bytes(_stream(file))
    return found, others


def _files(pdf: pikepdf.Pdf) -> Iterator[tuple[list[str], Any]]:
    """Every file of the tree of attachments: all names it goes by, and what describes it."""
    names: Any = pdf.Root.get("/Names", {})
    tree = names.get("/EmbeddedFiles")
    waiting = [] if tree is None else [tree]
    seen: set[tuple[int, int]] = set()
    files = nodes = 0
    while waiting:
        node = waiting.pop(0)
        nodes += 1
        if node.objgen in seen:
            raise PdfRefused("pdf_broken")
        seen |= {node.objgen} - {(0, 0)}
        entries = list(node.get("/Names", ()))
        waiting += list(node.get("/Kids", ()))
        files += len(entries) // 2
        if max(files, nodes + len(waiting)) > MAX_ATTACHMENTS:
            raise PdfRefused("pdf_many")
        for name, file in zip(entries[::2], entries[1::2], strict=True):
            yield [_text(name), *(_text(file[key]) for key in ("/UF", "/F") if key in file)], file


def _own_name(label: str) -> str | None:
    """Which of our attachments a name means or could be taken for."""
    plain = unicodedata.normalize("NFKC", label).replace("\\", "/").rpartition("/")[2]
    plain = "".join(c for c in plain if unicodedata.category(c)[0] not in "CZ").casefold()
    return plain if plain in NAMES else None


def _stream(file: Any) -> Any:
    """The one stream of a file. Raises PdfRefused where readers could choose between two."""
    streams = list(file["/EF"].items())
    if len({stream.objgen for _, stream in streams}) != 1:
        raise PdfRefused("pdf_names")
    return streams[0][1]


def _bytes(stream: Any) -> bytes:
    """The decoded bytes, unpacked no further than an attachment may be large."""
    coding = stream.get("/Filter")
    if coding is None:
        content = bytes(stream.read_raw_bytes())
    elif coding == "/FlateDecode" and "/DecodeParms" not in stream:
        packed, unpacking = stream.read_raw_bytes(), zlib.decompressobj()
        content = unpacking.decompress(packed, MAX_ATTACHED_BYTES + 1)
        if packed and not unpacking.eof and len(content) <= MAX_ATTACHED_BYTES:
            raise PdfRefused("pdf_broken")
    else:
        content = bytes(stream.read_bytes())
    if len(content) > MAX_ATTACHED_BYTES:
        raise PdfRefused("pdf_attached_size")
    return content


if __name__ == "__main__":
    sys.exit(main())
