"""Signing off: both results kept side by side, for ever, and a reason for every difference."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from assessment.answers import Answer
from tests.webapp.services.test_judging import LATER, QUESTION, World, world
from webapp.db.tables.assessments import Assessment, StoredAnswer, Submission
from webapp.db.tables.reviews import Approval
from webapp.db.tables.work import AuditEvent
from webapp.errors import Refused
from webapp.services.answering import Said, save_answers
from webapp.services.approving import SignedOff, signed_off
from webapp.services.opening import open_assessment
from webapp.services.reviewing import decide
from webapp.services.submitting import submit

__all__ = ["world"]


def standing(world: World) -> SignedOff | None:
    with world.site.database.read() as session:
        return signed_off(session, session.get_one(Assessment, world.id))


def approve(world: World) -> None:
    decide(world.site, world.advisors[0], world.id, "approve", LATER)


def test_without_ratings_the_companys_level_is_the_approved_one(world: World) -> None:
    world.judge("insight.measurement", is_confirmed=True)

    approve(world)

    found = standing(world)
    assert found is not None
    assert found == SignedOff(found.own_level, found.own_level, "Rådgiver 1", LATER, is_rated=False)


def test_both_results_stand_side_by_side_and_the_companys_is_untouched(world: World) -> None:
    with world.site.database.read() as session:
        before = session.scalars(select(Submission.result)).one()
    for question in ("insight.measurement", "insight.competence"):
        world.judge(question, rating="4", reason="Vi så det på befaringen.")

    approve(world)

    with world.site.database.read() as session:
        approval = session.scalars(select(Approval)).one()
        assert session.scalars(select(Submission.result)).one() == before
    own, approved = json.loads(before), json.loads(approval.result)
    scores = {d["id"]: d["score"] for d in approved["dimensions"]}
    assert scores["insight"] == "4"
    assert {d["id"]: d["score"] for d in own["dimensions"]}["insight"] != "4"
    assert json.loads(approval.review)["ratings"] == {"insight.competence": "4", "insight.measurement": "4"}
    found = standing(world)
    assert found is not None
    assert (found.level, found.own_level, found.is_rated) == (3, 2, True)


def test_a_difference_without_a_reason_keeps_it_from_being_signed_off(world: World) -> None:
    world.judge("insight.measurement", rating="4")

    with pytest.raises(Refused, match=r"review\.reasons_missing") as refused:
        approve(world)

    assert refused.value.parts == {"count": 1}
    assert standing(world) is None
    with world.site.database.read() as session:
        assert session.get_one(Assessment, world.id).state == "in_review"


def test_reopening_ends_the_approval_and_keeps_what_was_signed(world: World) -> None:
    approve(world)
    decide(world.site, world.advisors[0], world.id, "reopen", LATER, reason="Nye tall.")

    assert standing(world) is None
    with world.site.database.read() as session:
        assert [one.undone_utc for one in session.scalars(select(Approval))] == [LATER]


def test_a_second_review_begins_with_what_was_made_of_unchanged_answers(world: World) -> None:
    world.judge(QUESTION, rating="1", reason="Ikke skrevet ned.")
    world.judge("insight.measurement", is_confirmed=True)
    decide(world.site, world.advisors[0], world.id, "send_back", LATER, reason="Se på ambisjonen.")
    with world.site.database.read() as session:
        base = session.scalars(select(StoredAnswer.version).where(StoredAnswer.question_id == QUESTION)).one()
    said = [Said(QUESTION, Answer("answered", "0", comment="Nytt"), base)]
    save_answers(world.site, world.owner, world.id, said, LATER)
    submit(world.site, world.owner, world.id, 1, LATER)

    decide(world.site, world.advisors[1], world.id, "start_review", LATER)

    assert set(world.held()) == {"insight.measurement"}
    assert open_assessment(world.site, world.owner, world.id).row.submissions == 2


def test_no_reason_reaches_the_record(world: World) -> None:
    world.judge("insight.measurement", rating="4", reason="Kanarifugl")
    approve(world)

    with world.site.database.read() as session:
        details = " ".join(session.scalars(select(AuditEvent.detail)))
    assert "Kanarifugl" not in details
