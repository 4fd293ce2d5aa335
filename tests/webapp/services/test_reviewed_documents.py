"""Documents of a reviewed hand-in: each says what its reader may see, and nothing more."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from assessment.answers import Answer
from reports.attachments import attachments
from reports.maturity import build_report
from reports.render import report_html
from tests.webapp.services.printing import printed
from tests.webapp.services.reviewworld import (
    ACTION,
    PRIVATE,
    REASON,
    SHARED,
    approve,
    made,
    note,
    ordered,
    review_all,
)
from tests.webapp.services.test_judging import LATER, QUESTION, World, world
from tests.webapp.sites import as_actor
from webapp.db.tables.assessments import StoredAnswer
from webapp.db.tables.people import Person
from webapp.db.tables.reviews import Approval
from webapp.errors import Refused
from webapp.services import documents
from webapp.services.answering import Said, save_answers
from webapp.services.exports import export_json
from webapp.services.jobs import JobFailed
from webapp.services.requesting import request_again
from webapp.services.results import open_result
from webapp.services.reviewing import decide
from webapp.services.submitting import submit

__all__ = ["world"]


# --- what each of them says -------------------------------------------------------------------------


def test_the_advisors_edition_says_everything(world: World) -> None:
    review_all(world)

    text = made(world, "advisor")

    assert (text.count(PRIVATE), text.count(SHARED), text.count(ACTION)) == (2, 2, 1)
    assert text.count(REASON) == 4  # in the table of ratings, and at each answer
    assert "Gjennomgangen er ikke avsluttet." in text
    assert "Egenvurdering – ikke sertifisering" in text


def test_the_companys_edition_says_what_is_shared(world: World) -> None:
    review_all(world)

    before = made(world, "company")
    approve(world)
    after = made(world, "company")

    for text in (before, after):
        assert (PRIVATE in text, text.count(SHARED), text.count(ACTION)) == (False, 2, 1)
    assert REASON not in before
    assert "gjennomgått og godkjent" not in before
    assert "Egenvurdering – gjennomgått og godkjent av Rådgiver 1, 3. mars 2026" in after
    assert after.count(REASON) == 4
    assert "Godkjent nivå" in after


def test_the_share_edition_says_who_approved_what(world: World) -> None:
    review_all(world)
    before = made(world, "share")
    approve(world)

    after = made(world, "share")

    assert "Godkjent nivå" not in before
    assert "Egenvurdering – gjennomgått og godkjent av Rådgiver 1, 3. mars 2026" in after
    for word in (PRIVATE, SHARED, REASON, ACTION):
        assert word not in after


def test_the_meeting_sheet_has_the_plan_and_no_note(world: World) -> None:
    review_all(world)

    text = made(world, "meeting")

    assert "virksomheten 0, rådgiveren 4" in text
    assert ACTION in text
    assert PRIVATE not in text
    assert SHARED not in text


@pytest.mark.parametrize("edition", ["company", "share", "advisor"])
def test_no_private_note_is_attached(world: World, edition: str) -> None:
    review_all(world)
    approve(world)
    actor = world.advisors[0] if edition == "advisor" else world.owner

    material = documents.submitted_material(world.site, actor, world.id, "nb", edition)

    content = b"".join(file.content for file in attachments(material))
    assert PRIVATE.encode() not in content
    assert (PRIVATE in report_html(build_report(material))) is (edition == "advisor")


def test_no_private_note_reaches_the_material_of_the_companys_edition(world: World) -> None:
    review_all(world)

    for actor in (world.owner, world.advisors[0]):
        for edition in ("company", "share"):
            material = documents.submitted_material(world.site, actor, world.id, "nb", edition)
            assert PRIVATE not in repr(material)


def test_the_review_attached_is_the_one_that_was_signed(world: World) -> None:
    review_all(world)
    approve(world)

    material = documents.submitted_material(world.site, world.owner, world.id, "nb", "company")

    files = {file.name: json.loads(file.content) for file in attachments(material)}
    assert files["review.json"] == {
        "by": "Rådgiver 1",
        "confirmed": [QUESTION],
        "on": "2026-03-03",
        "ratings": {"insight.competence": "4", "insight.measurement": "4"},
    }
    assert files["result.json"]["overall"]["level"] == 2


def test_the_page_and_the_export_of_a_result_say_the_same_as_the_report(world: World) -> None:
    review_all(world)
    approve(world)

    result = open_result(world.site, world.owner, world.id, "nb").material
    exported = json.loads(export_json(world.site, world.owner, world.id, "nb").content)

    report = documents.submitted_material(world.site, world.owner, world.id, "nb", "company")
    assert build_report(result) == build_report(report)
    assert exported["review"]["by"] == "Rådgiver 1"
    assert PRIVATE not in json.dumps(exported)


def test_an_approved_result_that_cannot_be_recomputed_is_shown_to_nobody(world: World) -> None:
    review_all(world)
    approve(world)
    with world.site.database.write() as session:
        approval = session.scalars(select(Approval)).one()
        approval.result = approval.result.replace('"level": 3', '"level": 4')

    with pytest.raises(Refused, match=r"documents\.result_differs"):
        documents.submitted_material(world.site, world.owner, world.id, "nb", "company")
    with pytest.raises(JobFailed, match="result_differs"):
        printed(world.site, ordered(world, "share").id)


def test_who_signed_without_a_name_is_named_once_they_have_one(world: World) -> None:
    with world.site.database.write() as session:
        session.get_one(Person, world.advisors[0].person_id).name = ""
    decide(world.site, as_actor(world.site, world.advisors[0].person_id, LATER), world.id, "approve", LATER)
    assert "gjennomgått og godkjent 3. mars 2026" in made(world, "company")

    with world.site.database.write() as session:
        session.get_one(Person, world.advisors[0].person_id).name = "Kari Eksempel"

    assert "gjennomgått og godkjent av Kari Eksempel, 3. mars 2026" in made(world, "company")


# --- another round ----------------------------------------------------------------------------------


def sent_back_and_in_again(world: World) -> None:
    """Two questions are asked about again; one of them is answered otherwise."""
    site, advisor = world.site, world.advisors[0]
    for question in (QUESTION, "insight.measurement"):
        request_again(site, advisor, world.id, question, LATER, reason=f"Se på {question}.")
    decide(site, advisor, world.id, "send_back", LATER, reason="Se på to svar.")
    with site.database.read() as session:
        wanted = select(StoredAnswer.version).where(StoredAnswer.question_id == QUESTION)
        base = session.scalars(wanted).one()
    save_answers(site, world.owner, world.id, [Said(QUESTION, Answer("answered", "0"), base)], LATER)
    submit(site, world.owner, world.id, 1, LATER)


def test_the_advisor_sees_what_was_asked_for_again_and_whether_it_was_done(world: World) -> None:
    sent_back_and_in_again(world)

    text = made(world, "advisor")

    assert "Se på strategy.ambition. (3. mars 2026) Svaret er endret etterpå." in text
    assert "Se på insight.measurement. (3. mars 2026) Svaret er ikke endret etterpå." in text
    assert "Se på strategy.ambition." not in made(world, "company")


def test_each_hand_in_keeps_to_the_notes_there_were_and_its_own_review(world: World) -> None:
    world.judge("insight.measurement", rating="4", reason=REASON)
    note(world, f"{SHARED} til den første", is_shared=True)
    sent_back_and_in_again(world)
    note(world, f"{SHARED} til den andre", is_shared=True)
    site, advisor = world.site, world.advisors[0]

    first, second = (
        documents.submitted_material(site, advisor, world.id, "nb", "advisor", number=number)
        for number in (1, 2)
    )

    assert first.review is not None
    assert second.review is not None
    assert [one.lines for one in first.review.notes] == [(f"{SHARED} til den første",)]
    assert len(second.review.notes) == 2
    assert dict(first.result.review.ratings) == {"insight.measurement": "4"}
    assert dict(second.result.review.ratings) == {}  # taken over when the review begins


def test_an_approval_is_of_one_hand_in(world: World) -> None:
    sent_back_and_in_again(world)
    decide(world.site, world.advisors[0], world.id, "start_review", LATER)
    approve(world)

    def is_approved(number: int) -> bool:
        material = documents.submitted_material(
            world.site, world.owner, world.id, "nb", "company", number=number
        )
        return material.review is not None and material.review.is_approved

    assert (is_approved(1), is_approved(2)) == (False, True)
