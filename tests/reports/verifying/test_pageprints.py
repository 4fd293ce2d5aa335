"""Pages have equal digests when they draw the same, and only then."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

from reports.verifying.pageprints import page_prints
from tests.reports.hostile_pdfs import edited, saved, small_pdf


def _two_pages() -> bytes:
    """Two pages that share their resources; the first draws with /F1 and /x1, the second with /F2."""
    pdf = Pdf.new()
    fonts = {
        name: pdf.make_indirect(
            Dictionary(
                Type=Name.Font, FontDescriptor=Dictionary(FontFile2=pdf.make_stream(name.encode() * 50))
            )
        )
        for name in ("/F1", "/F2")
    }
    form = pdf.make_stream(b"0 0 5 5 re f")
    form.update({"/Subtype": Name.Form, "/BBox": Array([0, 0, 9, 9])})
    resources = pdf.make_indirect(Dictionary(Font=Dictionary(fonts), XObject=Dictionary({"/x1": form})))
    for content in (b"BT /F1 12 Tf (Hei) Tj ET /x1 Do", b"BT /F2 12 Tf (Ja) Tj ET"):
        page = pdf.add_blank_page(page_size=(100, 100))
        page.obj.Resources = resources
        page.obj.Contents = pdf.make_stream(content)
    return saved(pdf)


PLAIN = _two_pages()


def _prints(data: bytes) -> tuple[str, ...]:
    with pikepdf.open(BytesIO(data)) as pdf:
        return page_prints(pdf)


def _content(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F1 12 Tf (Hoi) Tj ET /x1 Do")


def _font(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.Font.F1.FontDescriptor.FontFile2.write(b"other shapes")


def _form(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.x1.write(b"0 0 6 6 re f")


def _annotation(pdf: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Contents=String("4"), P=pdf.pages[0].obj)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def _size(pdf: Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([0, 0, 50, 50])


CHANGES = {"content": _content, "font": _font, "form": _form, "annotation": _annotation, "size": _size}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_to_one_page_changes_its_digest_alone(change: Callable[[Pdf], None]) -> None:
    before = _prints(PLAIN)

    after = _prints(edited(PLAIN, change))

    assert after[0] != before[0]
    assert after[1] == before[1]


def test_packing_a_file_otherwise_changes_no_digest() -> None:
    packed = edited(
        PLAIN, lambda _: None, object_stream_mode=ObjectStreamMode.generate, recompress_flate=True
    )

    assert packed != PLAIN
    assert _prints(packed) == _prints(PLAIN)


def test_swapped_pages_have_swapped_digests() -> None:
    def swap(pdf: Pdf) -> None:
        pdf.pages.reverse()

    assert _prints(edited(PLAIN, swap)) == _prints(PLAIN)[::-1]


def test_objects_in_a_circle_end() -> None:
    def edit(pdf: Pdf) -> None:
        one = pdf.make_indirect(Dictionary())
        one.Next = pdf.make_indirect(Dictionary(Next=one))
        pdf.pages[0].obj.Group = one

    found = _prints(edited(PLAIN, edit))

    assert len(found) == 2


def test_objects_shared_a_thousand_times_over_are_read_once() -> None:
    def edit(pdf: Pdf) -> None:
        inner = pdf.make_indirect(Dictionary(Last=True))
        for _ in range(30):
            inner = pdf.make_indirect(Array([inner] * 1000))
        pdf.pages[0].obj.Group = inner

    found = _prints(edited(small_pdf(), edit))

    assert len(found) == 1
