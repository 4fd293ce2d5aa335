"""Making documents: from what was handed in and nothing else, each content once, whole or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import delete

from tests.reports.making import BUILDER, words_of
from tests.webapp.services.printing import printed, stand_in
from tests.webapp.sites import (
    NOW,
    HandedIn,
    a_company,
    a_person,
    a_programme,
    a_workshop,
    as_actor,
    example_answers,
    make_site,
    submitted,
)
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.organisations import Organisation, Programme
from webapp.db.tables.work import Document
from webapp.services.actor import Actor
from webapp.services.answering import Said, save_answers
from webapp.services.documents import list_documents, open_pdf, order_document, submitted_material
from webapp.services.jobs import JobFailed
from webapp.services.printing import keep_document, prepare_document
from webapp.services.site import Site

YEAR_LATER = NOW + timedelta(days=365)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def ordered(
    site: Site, actor: Actor, handed_in: HandedIn, edition: str = "company", language: str = "nb"
) -> str:
    return order_document(site, actor, handed_in.id, edition, language, now=NOW).id


def files(site: Site) -> list[str]:
    return sorted(site.files.list_keys())


def hand_in_again(site: Site, handed_in: HandedIn) -> None:
    """A second hand-in with the same answers."""
    with site.database.write() as session:
        first = session.get_one(Submission, handed_in.submission_id)
        values = {column.key: getattr(first, column.key) for column in Submission.__table__.columns}
        session.add(Submission(**{**values, "id": "B" * 22, "number": 2, "receipt": "TWO"}))


def test_a_document_says_what_was_handed_in_not_what_was_changed_since(site: Site) -> None:
    owner, company = a_workshop(site)
    handed_in = submitted(site, owner, company)
    before = printed(site, ordered(site, owner, handed_in))
    with site.database.write() as session:
        session.get_one(Assessment, handed_in.id).state = "sent_back"
        session.execute(delete(Document))
    strategy = example_answers().answers["strategy.ambition"]
    changed = Said("strategy.ambition", replace(strategy, comment="Noe helt annet"), 1)
    assert save_answers(site, owner, handed_in.id, [changed], NOW).changed == ("strategy.ambition",)

    after = printed(site, ordered(site, owner, handed_in))

    assert before == after


def test_a_document_that_is_ready_is_left_alone(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = ordered(site, owner, submitted(site, owner, company))

    assert printed(site, id_) is not None
    assert printed(site, id_) is None


def test_a_document_that_is_gone_is_no_work(site: Site) -> None:
    assert prepare_document(site, "A" * 22, NOW) is None


def test_the_same_content_is_rendered_once(site: Site) -> None:
    owner, company = a_workshop(site)
    handed_in = submitted(site, owner, company)
    first = ordered(site, owner, handed_in)
    printed(site, first)
    hand_in_again(site, handed_in)
    second = ordered(site, owner, handed_in)

    assert first != second
    assert printed(site, second) is None
    assert open_pdf(site, owner, first, NOW) == open_pdf(site, owner, second, NOW)
    assert len(files(site)) == 1


def test_the_same_content_is_rendered_again_where_its_file_is_damaged(site: Site) -> None:
    owner, company = a_workshop(site)
    handed_in = submitted(site, owner, company)
    printed(site, ordered(site, owner, handed_in))
    hand_in_again(site, handed_in)
    second = ordered(site, owner, handed_in)
    site.files.delete(files(site)[0])

    assert printed(site, second) is not None
    assert open_pdf(site, owner, second, NOW).content.startswith(b"%PDF-")


def test_no_other_organisation_gets_a_file_however_much_alike(site: Site) -> None:
    answers = []
    for email in ("a@eksempel.no", "b@eksempel.no"):
        person = a_person(site, email)
        company = a_company(site, owners=[person])
        owner = as_actor(site, person)
        answers.append(printed(site, ordered(site, owner, submitted(site, owner, company))))

    assert answers[0] == answers[1]
    assert len({key.split("/")[1] for key in files(site)}) == 2


def test_every_edition_and_language_is_content_of_its_own(site: Site) -> None:
    owner, company = a_workshop(site)
    handed_in = submitted(site, owner, company)
    wishes = [("company", "nb"), ("company", "nn"), ("company", "en"), ("share", "nb")]

    for edition, language in wishes:
        printed(site, ordered(site, owner, handed_in, edition, language))

    with site.database.read() as session:
        rows = [session.get_one(Document, one.id) for one in list_documents(site, owner, handed_in.id)]
    assert len({row.content_sha256 for row in rows}) == len(wishes)
    assert len(files(site)) == len(wishes)


def test_the_round_before_is_shown_as_it_stood(site: Site) -> None:
    owner, company = a_workshop(site)
    first = submitted(site, owner, company)
    second = submitted(site, owner, company, period="2026", now=YEAR_LATER)

    material = submitted_material(site, owner, second.id, "nb", "company")

    assert material.previous is not None
    assert material.previous.answers.period == "2025"
    assert submitted_material(site, owner, first.id, "nb", "company").previous is None


def test_a_hand_in_after_this_one_is_not_the_round_before(site: Site) -> None:
    owner, company = a_workshop(site)
    first = submitted(site, owner, company)
    second = submitted(site, owner, company, period="2026", now=YEAR_LATER)
    with site.database.write() as session:
        session.get_one(Submission, first.submission_id).at_utc = YEAR_LATER + timedelta(days=1)

    assert submitted_material(site, owner, second.id, "nb", "company").previous is None


def branded(site: Site, text: str | None) -> tuple[Actor, HandedIn, str]:
    owner, company = a_workshop(site)
    programme = a_programme(site, companies=[company], branding=text)
    return owner, submitted(site, owner, company), programme


def test_a_programmes_look_is_the_reports(site: Site) -> None:
    look = {"programme": "Sirkulær region", "accent": "#7a1f4b"}
    owner, handed_in, _ = branded(site, json.dumps(look))

    page = printed(site, ordered(site, owner, handed_in))

    assert page is not None
    assert "Sirkulær region" in words_of(page)
    assert "#7a1f4b" in page


def test_another_look_is_other_content(site: Site) -> None:
    owner, handed_in, programme = branded(site, '{"accent": "#7a1f4b"}')
    printed(site, ordered(site, owner, handed_in))
    with site.database.write() as session:
        session.get_one(Programme, programme).branding = '{"accent": "#1f4b7a"}'
    hand_in_again(site, handed_in)

    assert printed(site, ordered(site, owner, handed_in)) is not None


@pytest.mark.parametrize(
    "text", ["{", '{"accent": "#ffffff"}', '{"logo": "missing.png"}', '{"logo": "a b.png"}']
)
def test_no_report_waits_for_a_look_that_cannot_be_used(site: Site, text: str) -> None:
    owner, handed_in, _ = branded(site, text)

    assert printed(site, ordered(site, owner, handed_in)) is not None


def test_a_logo_comes_from_the_programmes_own_files(site: Site) -> None:
    owner, handed_in, programme = branded(site, '{"logo": "logo.png"}')
    site.files.put(f"programmes/{programme}/logo.png", a_logo())

    material = submitted_material(site, owner, handed_in.id, "nb", "company")

    assert material.branding.logo is not None


def a_logo() -> bytes:
    file = BytesIO()
    Image.new("RGB", (20, 10), "#7a1f4b").save(file, "PNG")
    return file.getvalue()


def test_a_result_that_cannot_be_recomputed_is_never_printed(site: Site) -> None:
    owner, company = a_workshop(site)
    handed_in = submitted(site, owner, company)
    with site.database.write() as session:
        session.get_one(Submission, handed_in.submission_id).answers = "{}"

    with pytest.raises(JobFailed, match="result_differs") as failed:
        printed(site, ordered(site, owner, handed_in))
    assert failed.value.is_final


def test_half_a_pdf_is_not_kept(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = ordered(site, owner, submitted(site, owner, company))
    to_print = prepare_document(site, id_, NOW)
    assert to_print is not None

    with pytest.raises(JobFailed, match="not_whole"):
        keep_document(site, to_print, stand_in(to_print.job)[:-8], NOW)

    assert files(site) == []


def test_nothing_stays_of_a_company_erased_while_its_report_was_made(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = ordered(site, owner, submitted(site, owner, company))
    to_print = prepare_document(site, id_, NOW)
    assert to_print is not None
    with site.database.write() as session:
        session.delete(session.get_one(Organisation, company))

    keep_document(site, to_print, stand_in(to_print.job), NOW)

    assert files(site) == []


def test_the_report_of_the_larger_example_is_made_from_its_own_answers(site: Site) -> None:
    person = a_person(site)
    company = a_company(site, "Eksempel Bygg AS", None, owners=[person])
    owner = as_actor(site, person)

    page = printed(site, ordered(site, owner, submitted(site, owner, company, BUILDER)))

    assert page is not None
    assert "Eksempel Bygg AS" in words_of(page)
