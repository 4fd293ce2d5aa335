"""What an approval would say, and that nobody approves anything but what they saw."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests.webapp.views.reviewed import AMBITION, LATER, MEASURED, STAYED, Reviewed, reviewed
from webapp.db.tables.assessments import Assessment
from webapp.errors import NotThere, Refused
from webapp.services.judging import accept_dimension
from webapp.services.reviewapproval import ApprovalDraft, draft_approval
from webapp.services.reviewing import decide


@pytest.fixture
def world(tmp_path: Path) -> Reviewed:
    return reviewed(tmp_path)


def draft(world: Reviewed) -> ApprovalDraft:
    return draft_approval(world.site, world.actor(world.advisor), world.id)


def due(world: Reviewed) -> date | None:
    with world.reading() as session:
        return session.get_one(Assessment, world.id).due_on


def test_both_results_stand_side_by_side(world: Reviewed) -> None:
    world.begin()
    world.rate(AMBITION, "1", reason="Ingen mål er skrevet ned.")

    found = draft(world)

    strategy = found.sides[0]
    # weights 2, 2, 1: (2*3 + 2*3 + 1*2) / 5, and with 1 in place of the first 3
    assert (strategy.company.score, strategy.rated.score) == (Fraction(14, 5), Fraction(2))
    # by weight 15, 15, 15, 15, 10, 10, 10, 10 of 14/5, 16/5, 16/5, 11/6, 3, 14/5, 5/2, 1/3
    assert found.opened.result.overall.score == Fraction(1511, 600)
    assert found.rated is not None
    assert found.rated.overall.score == Fraction(1511, 600) - Fraction(15, 100) * Fraction(4, 5)
    assert [item.id for item in found.differing] == [AMBITION]
    assert found.is_ready


def test_a_missing_reason_stands_in_the_way(world: Reviewed) -> None:
    world.begin()
    world.rate(AMBITION, "1")
    world.rate(STAYED, "3")

    found = draft(world)

    assert [item.id for item in found.lacking] == [AMBITION]
    assert not found.is_ready


def test_in_a_blind_programme_nothing_of_either_result_is_there_before_all_is_rated(world: Reviewed) -> None:
    world.begin(is_blind=True)
    world.rate(AMBITION, "1", reason="Ingen mål.")

    found = draft(world)

    assert (found.rated, found.sides) == (None, ())
    assert len(found.hidden) == 23
    assert not found.is_ready
    with pytest.raises(Refused, match="rate_first"):
        decide(world.site, world.actor(world.advisor), world.id, "approve", LATER)
    assert world.state() == "in_review"


def test_an_approval_of_other_ratings_than_were_shown_is_refused(world: Reviewed) -> None:
    world.begin()
    seen = draft(world).opened
    world.rate(STAYED, "3", by=world.colleague)

    with pytest.raises(Refused, match="changed"):
        decide(
            world.site,
            world.actor(world.advisor),
            world.id,
            "approve",
            LATER,
            seen=seen.seen,
            judged=seen.judged,
        )
    assert world.state() == "in_review"


def test_accepting_a_dimension_is_something_to_look_at_again(world: Reviewed) -> None:
    world.begin()
    before = draft(world).opened.judged
    accept_dimension(world.site, world.actor(world.colleague), world.id, "use", LATER, is_accepted=True)

    assert (before, draft(world).opened.judged) == ("0", "0 use")


@pytest.mark.parametrize("instead", ["rating", "dimension"])
def test_one_thing_taken_back_and_another_done_is_not_what_was_shown(world: Reviewed, instead: str) -> None:
    world.begin()
    advisor, colleague = world.actor(world.advisor), world.actor(world.colleague)
    accept_dimension(world.site, advisor, world.id, "use", LATER, is_accepted=True)
    seen = draft(world).opened
    accept_dimension(world.site, colleague, world.id, "use", LATER, is_accepted=False)
    if instead == "rating":
        world.rate(STAYED, "3", by=world.colleague)
    else:
        accept_dimension(world.site, colleague, world.id, "design", LATER, is_accepted=True)

    with pytest.raises(Refused, match="changed"):
        decide(world.site, advisor, world.id, "approve", LATER, seen=seen.seen, judged=seen.judged)
    assert world.state() == "in_review"


def test_what_was_shown_is_approved(world: Reviewed) -> None:
    world.begin()
    world.rate(AMBITION, "1", reason="Ingen mål.")
    seen = draft(world).opened

    advisor = world.actor(world.advisor)
    decide(world.site, advisor, world.id, "approve", LATER, seen=seen.seen, judged=seen.judged)

    after = draft(world)
    assert world.state() == "approved"
    assert after.opened.approval is not None
    assert not after.is_ready


def test_a_deadline_stands_until_the_next_time_it_is_given_back(world: Reviewed) -> None:
    world.begin()
    advisor, day = world.actor(world.advisor), date(2026, 4, 1)
    decide(world.site, advisor, world.id, "send_back", LATER, reason="Se på målene.", due_on=day)
    first = due(world)
    with world.site.database.write() as session:
        session.get_one(Assessment, world.id).state = "approved"
    decide(world.site, advisor, world.id, "reopen", LATER, reason="Nye tall.")

    assert (first, due(world)) == (day, None)


def test_only_an_advisor_gets_there(world: Reviewed) -> None:
    for person in (world.owner, world.stranger):
        with pytest.raises(NotThere):
            draft_approval(world.site, world.actor(person), world.id)
    world.end_assignment()
    with pytest.raises(NotThere):
        draft(world)


def test_contradictions_are_the_companys_and_a_rating_changes_none(world: Reviewed) -> None:
    world.begin()
    world.rate(MEASURED, "4", reason="De måler alt.")

    assert [one.rule for one in draft(world).opened.result.contradictions] == ["c02"]
