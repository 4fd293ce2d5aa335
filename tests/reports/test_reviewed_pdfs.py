"""The PDFs of a reviewed hand-in: accessible in every edition and language, nothing private in the wrong."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from questionnaires.values import Language
from reports.material import Edition, Material
from reports.maturity import build_report
from reports.render import report_html
from tests.reports.making import LANGUAGES, LARGEST, WORKSHOP, raw_answers
from tests.reports.pdfs import Pdf
from tests.reports.press import Press
from tests.reports.reviewing import NOTES, PRIVATE, REVIEW, SHARED, reviewed


def everything_in(pdf: Pdf) -> bytes:
    """Every word a reader or a program can get out of a PDF."""
    with pikepdf.open(io.BytesIO(pdf.data)) as opened:
        about = [str(opened.docinfo), opened.Root.Metadata.read_bytes().decode()]
    words = [*pdf.pages, *pdf.bookmarks, *pdf.alternatives, *about]
    return "\n".join(words).encode() + b"\n".join((*pdf.attachments.values(), pdf.decompressed()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edition", ["company", "advisor", "share"])
def test_a_reviewed_report_is_accessible(press: Press, edition: Edition, language: Language) -> None:
    material = reviewed(edition=edition, language=language)
    report = build_report(material)

    pdf = press.report(material)

    assert pdf.failures == []
    assert pdf.language == language
    assert pdf.tags.count("H1") == 1
    assert [s.title for s in report.sections if s.title not in pdf.bookmarks] == []
    assert [text for text in pdf.pages if len(text) < 100 and report.words["notes_title"] not in text] == []


@pytest.mark.parametrize("is_approved", [True, False], ids=["approved", "in_review"])
@pytest.mark.parametrize("edition", ["company", "share"])
def test_no_private_note_gets_into_the_file(press: Press, edition: Edition, is_approved: bool) -> None:
    found = everything_in(press.report(reviewed(edition=edition, is_approved=is_approved)))

    assert PRIVATE.encode() not in found
    assert (SHARED.encode() in found) is (edition == "company")


def test_a_private_note_is_printed_for_advisors_and_not_attached(press: Press) -> None:
    pdf = press.report(reviewed(edition="advisor"))

    assert pdf.text.count(PRIVATE) == sum(not note.is_shared for note in NOTES)
    assert [name for name, content in pdf.attachments.items() if PRIVATE.encode() in content] == []
    assert set(pdf.attachments) == {"answers.json", "result.json", "review.json"}


def beginnings_around_the_summary(press: Press, material: Material) -> list[int]:
    """The pages on which the summary and the part after it begin; what follows is not printed."""
    report = build_report(material)
    at = next(at for at, section in enumerate(report.sections) if section.id == "summary")
    begun = press.beginnings(report_html(replace(report, sections=report.sections[: at + 2])))
    return [begun[section.title] for section in report.sections[at : at + 2]]


def test_the_contents_and_the_key_stay_on_one_page(press: Press) -> None:
    summary, _ = beginnings_around_the_summary(press, reviewed(LARGEST, "nn", "advisor"))

    assert summary == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_stays_on_one_page(press: Press, language: Language) -> None:
    review = replace(REVIEW, by="Rådgiver Med Et Usedvanlig Langt Navn Ved Eksempel Fylkeskommune " * 3)

    summary, following = beginnings_around_the_summary(press, reviewed(LARGEST, language, review=review))

    assert following == summary + 1


def test_long_notes_and_a_long_plan_are_printed_whole(press: Press) -> None:
    long = " ".join(f"Ord{at}" for at in range(700))
    notes = tuple(replace(note, lines=(long,)) for note in NOTES)

    pdf = press.report(reviewed(raw_answers(WORKSHOP), edition="advisor", notes=notes))

    assert pdf.failures == []
    assert pdf.text.count("Ord699") == len(notes)


def test_each_state_of_what_stands_beside_is_a_file_of_its_own() -> None:
    states = [
        reviewed(edition="advisor"),
        reviewed(edition="advisor", is_approved=False),
        reviewed(edition="advisor", notes=NOTES[:1]),
        reviewed(edition="advisor", plan=()),
        reviewed(edition="advisor", reasons={}),
    ]

    assert len({build_report(state).identifier for state in states}) == len(states)


def test_a_private_note_changes_nothing_in_the_companys_file() -> None:
    shared = tuple(note for note in NOTES if note.is_shared)

    assert build_report(reviewed()) == build_report(reviewed(notes=shared))
