"""Checking the report of a reviewed hand-in: what follows from what is attached, and what is said else."""

from __future__ import annotations

import pytest

from reports.material import Edition, Material
from reports.maturity import build_report
from reports.rendering.job import PdfJob
from reports.verifying.verdict import describe_verdict, verdict_json
from reports.verifying.verification import Approved
from tests.reports.making import LANGUAGES
from tests.reports.reviewing import PRIVATE, reviewed
from tests.webapp.services.reportshop import Workshop, changed, remarked
from webapp.services.reports import Prepared, pdf_job

BARE = {"notes": (), "asked_again": (), "reasons": {}, "plan": ()}
"""A review of which all is attached."""


def job_of(material: Material) -> PdfJob:
    return pdf_job(Prepared(material, build_report(material), "r"))


def made(workshop: Workshop, material: Material) -> bytes:
    return workshop.bench.pool.render(job_of(material))


@pytest.mark.parametrize("edition", ["company", "advisor"])
@pytest.mark.parametrize("is_approved", [True, False], ids=["approved", "in_review"])
def test_a_report_whose_review_is_attached_is_made_again_page_by_page(
    workshop: Workshop, edition: Edition, is_approved: bool
) -> None:
    data = made(workshop, reviewed(edition=edition, is_approved=is_approved, **BARE))

    checked = workshop.check(data, with_pages=True)

    assert (checked.is_verified, checked.pages.status) == (True, "identical")
    assert (checked.standing.approved == Approved(3, "577/200")) is is_approved


def test_pages_that_say_what_is_not_attached_are_not_compared_and_that_is_said(workshop: Workshop) -> None:
    checked = workshop.check(made(workshop, reviewed(edition="advisor")), with_pages=True)

    assert checked.is_verified
    assert (checked.pages.status, checked.pages.reason) == ("not_compared", "beside")
    assert verdict_json(checked, "nb")["pages"]["reason"] == "beside"
    text = describe_verdict(checked, "nb")
    assert text.splitlines()[0].endswith("Sidene er ikke bekreftet.")
    assert "som ikke ligger ved filen" in " ".join(text.split())
    assert PRIVATE not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_itself_says_what_cannot_be_checked(language: str) -> None:
    words = {
        "nb": "så kommandoen kan ikke kontrollere dem",
        "nn": "så kommandoen kan ikkje kontrollere dei",
        "en": "so the command cannot check them",
    }

    assert words[language] in job_of(reviewed(language=language)).html  # type: ignore[arg-type]  # one of ours
    assert words[language] not in job_of(reviewed(language=language, **BARE)).html  # type: ignore[arg-type]


def test_the_approved_level_is_worked_out_again_and_said(workshop: Workshop) -> None:
    checked = workshop.check(made(workshop, reviewed(**BARE)))

    assert verdict_json(checked, "en")["approved"] == {"level": 3, "score": "577/200"}
    assert "With the advisor’s ratings: level 3." in " ".join(describe_verdict(checked, "en").split())


def test_without_an_approval_nothing_is_said_of_one(workshop: Workshop) -> None:
    checked = workshop.check(workshop.reports["advisor"])

    assert "approved" not in verdict_json(checked, "nb")


def test_an_altered_rating_is_found(workshop: Workshop) -> None:
    def edit(review: dict[str, object]) -> None:
        review["ratings"] = {"insight.measurement": "0"}

    checked = workshop.check(changed(made(workshop, reviewed(**BARE)), "review", edit))

    assert not checked.is_verified
    assert {difference.path for difference in checked.differences} == {"metadata.id", "metadata.code"}


def test_an_approval_claimed_afterwards_shows_in_the_pages(workshop: Workshop) -> None:
    data = made(workshop, reviewed(edition="advisor", is_approved=False, **BARE))

    checked = workshop.check(remarked(data, "review open", "review approved"), with_pages=True)

    assert checked.pages.status == "differ"
    assert not checked.is_verified


def test_the_share_edition_says_that_its_approved_level_cannot_be_worked_out(workshop: Workshop) -> None:
    checked = workshop.check(made(workshop, reviewed(edition="share")))

    assert checked.is_verified
    assert [note.code for note in checked.notes] == ["share_answers", "share_approved", "share_id"]
