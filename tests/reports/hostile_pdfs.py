"""Small PDFs for tests: with these attachments, with these pages, or broken in one way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

ANSWERS = b'{"a": 1}'
RESULT = b'{"b": 2}'
BOTH = {"answers.json": ANSWERS, "result.json": RESULT}


def small_pdf(
    attached: Mapping[str, bytes] = BOTH, pages: Iterable[bytes] = (b"1 0 0 rg 0 0 9 9 re f",), **save: Any
) -> bytes:
    """A PDF with these attachments and one page for each content."""
    pdf = Pdf.new()
    for content in pages:
        page = pdf.add_blank_page(page_size=(100, 100))
        page.obj.Contents = pdf.make_stream(content)
    attach(pdf, [entry(pdf, name, content) for name, content in attached.items()])
    return saved(pdf, **save)


def entry(pdf: Pdf, name: str, content: bytes, **others: Any) -> tuple[str, Any]:
    """One attachment as the tree of attachments holds it; ``others``: entries that replace the usual ones."""
    stream = pdf.make_stream(content)
    usual = {"Type": Name.Filespec, "F": String(name), "UF": String(name), "EF": Dictionary(F=stream)}
    return name, pdf.make_indirect(Dictionary({f"/{key}": v for key, v in (usual | others).items()}))


def attach(pdf: Pdf, entries: Iterable[tuple[str, Any]]) -> None:
    """Make these the attachments of a PDF."""
    flat = [part for name, file in entries for part in (String(name), file)]
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(flat)))


def saved(pdf: Pdf, **save: Any) -> bytes:
    """The bytes of a PDF."""
    written = BytesIO()
    pdf.save(written, **{"static_id": True, **save})
    return written.getvalue()


def edited(data: bytes, edit: Callable[[Pdf], None], **save: Any) -> bytes:
    """A PDF after some change to it."""
    with pikepdf.open(BytesIO(data)) as pdf:
        edit(pdf)
        return saved(pdf, **save)


def reattached(data: bytes, **changes: bytes | None) -> bytes:
    """A PDF with some attachments (``answers``, ``result`` …) replaced or added, or with None removed."""

    def edit(pdf: Pdf) -> None:
        names = list(pdf.Root.Names.EmbeddedFiles.Names)
        found = {
            str(name): bytes(file.EF.F.read_bytes())
            for name, file in zip(names[::2], names[1::2], strict=True)
        }
        new = found | {f"{name}.json": content for name, content in changes.items()}
        kept = {name: content for name, content in new.items() if content is not None}
        attach(pdf, [entry(pdf, name, content) for name, content in kept.items()])

    return edited(data, edit)
