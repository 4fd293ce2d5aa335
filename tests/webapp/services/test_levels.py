"""Both levels side by side after an approval, and why they part."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from sqlalchemy import select

from tests.webapp.services.test_judging import LATER, World, world
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.people import Person
from webapp.services.approving import SignedOff
from webapp.services.levels import Levels, Standing, levels_of
from webapp.services.reviewing import decide

__all__ = ["world"]

MEASURED, COMPETENT = "insight.measurement", "insight.competence"


def levels(world: World) -> Levels | None:
    with world.site.database.read() as session:
        return levels_of(session, session.get_one(Assessment, world.id))


def approve(world: World) -> None:
    decide(world.site, world.advisors[0], world.id, "approve", LATER)


def own_result(world: World) -> dict[str, object]:
    with world.site.database.read() as session:
        found: dict[str, object] = json.loads(session.scalars(select(Submission.result)).one())
        return found


@pytest.mark.parametrize("event", ["", "send_back"])
def test_there_is_one_level_until_it_is_approved(world: World, event: str) -> None:
    world.judge(MEASURED, rating="4", reason="Vi så det.")
    if event:
        decide(world.site, world.advisors[0], world.id, "send_back", LATER, reason="Se over.")

    assert levels(world) is None


def test_without_other_ratings_both_are_the_same(world: World) -> None:
    approve(world)

    found = levels(world)

    assert found is not None
    assert not found.is_other
    assert (found.overall.own, found.overrides) == (found.overall.approved, ())
    assert len(found.dimensions) == len(own_result(world)["dimensions"])  # type: ignore[arg-type]  # a list


def test_what_was_rated_otherwise_stands_with_its_dimension_and_its_reason(world: World) -> None:
    world.judge(MEASURED, rating="4", reason="Vi så det på befaringen.\nTo skjermer.")
    world.judge(COMPETENT, rating="4", reason="Alle har gått kurset.")

    approve(world)

    found = levels(world)
    assert found is not None
    assert found.is_other
    insight = next(one for one in found.dimensions if one.dimension == "insight")
    assert insight.approved.score == Fraction(4)
    assert insight.own.score != insight.approved.score
    others = [one.dimension for one in found.dimensions if one.is_other]
    assert others == ["insight"]
    reasons = {one.question_id: (one.approved, one.reason) for one in found.overrides}
    assert reasons == {
        MEASURED: (4, ("Vi så det på befaringen.", "To skjermer.")),
        COMPETENT: (4, ("Alle har gått kurset.",)),
    }
    assert {one.own for one in found.overrides}.isdisjoint({4})


def test_the_approval_says_who_and_when_and_both_levels(world: World) -> None:
    world.judge(MEASURED, is_confirmed=True)

    approve(world)

    found = levels(world)
    assert found is not None
    own = found.overall.own
    assert isinstance(own, Standing)
    assert found.approval == SignedOff(
        found.overall.approved.level, own.level, "Rådgiver 1", LATER, is_rated=False
    )


@pytest.mark.parametrize(("name", "called"), [("Rita", "Rita"), ("", "radgiver1")])
def test_an_approver_without_a_name_is_called_by_their_address(world: World, name: str, called: str) -> None:
    with world.site.database.write() as session:
        person = session.get_one(Person, world.advisors[0].person_id)
        person.name, person.email = name, "radgiver1@eksempel.no"
    advisor = world.advisors[0]

    decide(world.site, replace(advisor, name=name), world.id, "approve", LATER)

    found = levels(world)
    assert found is not None
    assert found.approval.by == called


def test_an_approval_that_was_taken_back_has_no_levels(world: World) -> None:
    approve(world)
    decide(world.site, world.advisors[0], world.id, "reopen", LATER, reason="Nye tall.")

    assert levels(world) is None
