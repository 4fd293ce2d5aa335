"""Pages are compared with those this program makes; what differs is named, with any honest reason."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.reports.hostile_pdfs import edited, reattached
from tests.webapp.services.reportshop import Workshop, remarked


def _swap_page(pdf: Pdf, other: bytes) -> None:
    with pikepdf.open(BytesIO(other)) as source:
        pdf.pages[1] = source.pages[1]


def test_a_page_from_another_report_is_named(workshop: Workshop) -> None:
    altered = edited(workshop.reports["company"], lambda pdf: _swap_page(pdf, workshop.reports["advisor"]))

    checked = workshop.check(altered, with_pages=True)

    assert (checked.pages.status, checked.pages.differing) == ("differ", (2,))
    assert checked.differences == ()
    assert not checked.is_verified


def test_a_removed_page_is_found(workshop: Workshop) -> None:
    altered = edited(workshop.reports["company"], lambda pdf: pdf.pages.__delitem__(-1))

    checked = workshop.check(altered, with_pages=True)

    assert checked.pages.differing == (checked.pages.count + 1,)


def test_a_removed_earlier_answer_file_shows_in_the_pages(workshop: Workshop) -> None:
    checked = workshop.check(reattached(workshop.reports["advisor"], previous=None), with_pages=True)

    assert checked.differences == ()
    assert checked.pages.status == "differ"


def test_a_note_laid_over_a_page_is_found(workshop: Workshop) -> None:
    def edit(pdf: Pdf) -> None:
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.FreeText, Rect=Array([0, 0, 50, 50]), Contents=String("4")
        )
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    checked = workshop.check(edited(workshop.reports["company"], edit), with_pages=True)

    assert checked.pages.differing == (1,)


def test_a_script_is_found_though_every_page_is_the_same(workshop: Workshop) -> None:
    def edit(pdf: Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))

    checked = workshop.check(edited(workshop.reports["company"], edit), with_pages=True)

    assert (checked.pages.status, checked.pages.active) == ("differ", ("OpenAction",))
    assert not checked.is_verified


UNSURE = {
    "another program": ("kretslop 0", "kretslop 99", "other_program"),
    "another look": ("branding none", "branding 123456789abc", "other_branding"),
    "no edition": ("edition ", "utgave ", "not_compared"),
}


@pytest.mark.parametrize(("old", "new", "status"), UNSURE.values(), ids=UNSURE)
def test_pages_that_may_differ_for_honest_reasons_are_not_called_altered(
    workshop: Workshop, old: str, new: str, status: str
) -> None:
    other = edited(workshop.reports["company"], lambda pdf: _swap_page(pdf, workshop.reports["advisor"]))

    checked = workshop.check(remarked(other, old, new), with_pages=True)

    assert checked.pages.status == status
    assert checked.is_verified


def test_pages_are_not_compared_where_they_cannot_be_made(workshop: Workshop) -> None:
    checked = workshop.check(workshop.reports["company"])

    assert (checked.pages.status, checked.pages.reason) == ("not_compared", "render")
