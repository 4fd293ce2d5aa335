"""A hand-in as an advisor goes through it: what comes first, what has changed, and what is kept hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.webapp.views.reviewed import AMBITION, LATER, MEASURED, STAYED, Reviewed, reviewed
from webapp.errors import NotThere
from webapp.services.notes import remove_note, write_note
from webapp.services.requesting import request_again
from webapp.services.review import Filter, Item, OpenedReview, open_review
from webapp.services.reviewquestion import ReviewedQuestion, open_reviewed_question

FIRST = (
    # rule c02: ambition at 3 or higher, measurement at 1 or lower
    AMBITION,
    MEASURED,
    # at 3 or 4 without documentation, by weight of dimension times weight of question:
    # 15 x 2, 15 x 2, 15 x 2, then 10 x 2 three times, 15 x 1 twice, 10 x 1
    "strategy.business_model",
    "design.durability",
    "inputs.knowledge",
    "use.access_models",
    "recovery.reuse_first",
    "symbiosis.exchange",
    "design.packaging",
    "operations.waste_sorting",
    "use.own_assets",
)
"""What needs a look first, from the example's answers by hand."""


@pytest.fixture
def world(tmp_path: Path) -> Reviewed:
    return reviewed(tmp_path)


def opened(world: Reviewed) -> OpenedReview:
    return open_review(world.site, world.actor(world.advisor), world.id)


def question(world: Reviewed, id_: str) -> ReviewedQuestion:
    return open_reviewed_question(world.site, world.actor(world.advisor), world.id, id_)


def item(world: Reviewed, id_: str) -> Item:
    found = opened(world).item(id_)
    assert found is not None
    return found


def ids(world: Reviewed, wanted: Filter) -> list[str]:
    return [one.id for one in opened(world).listed(wanted)]


def test_what_does_not_fit_comes_first_then_what_is_too_high_then_the_rest_as_asked(world: Reviewed) -> None:
    found = [one.id for one in opened(world).items]

    assert tuple(found[:11]) == FIRST
    assert found[11:14] == ["strategy.responsibility", "design.material_choice", "inputs.secondary"]
    assert len(found) == len(set(found)) == 24


def test_the_lists(world: Reviewed) -> None:
    world.begin()
    world.rate(MEASURED, "2", reason="De måler svinn.")
    world.rate(STAYED, "3")

    assert ids(world, "first") == list(FIRST)
    assert ids(world, "differs") == [MEASURED]
    assert len(ids(world, "unrated")) == 22
    assert not {MEASURED, STAYED}.intersection(ids(world, "unrated"))
    assert ids(world, "changed") == []


def test_a_rating_that_differs_lacks_a_reason_until_there_is_one(world: Reviewed) -> None:
    world.begin()
    world.rate(MEASURED, "2")
    before = item(world, MEASURED)
    world.rate(MEASURED, "2", base=1, reason="De måler svinn.")
    after = item(world, MEASURED)

    assert (before.differs, before.lacks_reason) == (True, True)
    assert (after.differs, after.lacks_reason) == (True, False)


def test_dont_know_counts_as_nothing_and_a_rating_of_nothing_is_no_other(world: Reviewed) -> None:
    world.begin()
    world.rate("operations.energy_water", "0")

    assert not item(world, "operations.energy_water").differs


def test_notes_and_requests_are_counted_and_removed_ones_are_not(world: Reviewed) -> None:
    world.begin()
    advisor = world.actor(world.advisor)
    said = {"is_shared": False, "question_id": AMBITION}
    write_note(world.site, advisor, world.id, LATER, text="Spør styret.", **said)
    gone = write_note(world.site, advisor, world.id, LATER, text="Feil.", **said)
    remove_note(world.site, advisor, world.id, LATER, note_id=gone)
    write_note(world.site, advisor, world.id, LATER, text="Fint.", is_shared=True, question_id=AMBITION)
    request_again(world.site, advisor, world.id, AMBITION, LATER, reason="Legg ved vedtaket.")

    found = item(world, AMBITION)

    assert (found.private, found.shared, found.request) == (1, 1, "Legg ved vedtaket.")


def test_only_what_has_changed_since_the_last_hand_in_is_marked(world: Reviewed) -> None:
    world.begin()
    world.rate(STAYED, "2", reason="Kravene er ikke skrevet ned.")
    world.rate(AMBITION, "2", reason="Bare ett mål.")
    world.resubmit(AMBITION, "4")

    assert ids(world, "changed") == [AMBITION]
    assert not item(world, AMBITION).is_rated
    assert item(world, STAYED).judgement.judgement.rating == "2"


def test_before_and_after_keep_to_the_list_and_to_where_one_is(world: Reviewed) -> None:
    world.begin()
    world.rate(MEASURED, "2")
    found = opened(world)

    before, after = found.around(MEASURED, "unrated")
    first, _ = found.around(AMBITION, "all")
    _, last = found.around(found.items[-1].id, "all")

    assert before is not None
    assert after is not None
    assert (before.id, after.id) == (AMBITION, "strategy.business_model")
    assert (first, last) == (None, None)


def test_a_blind_review_holds_nothing_of_a_choice_before_it_is_rated(world: Reviewed) -> None:
    world.begin(is_blind=True)

    found = opened(world)

    assert found.left_blind == 24
    for one in found.items:
        assert one.is_hidden
        assert one.outcome is None
        assert one.attention == ()
        assert (one.said.status, one.said.value, one.said.reason) == ("missing", None, None)
    assert found.flagged == ()
    assert [one.id for one in found.items][:3] == [
        AMBITION,
        "strategy.business_model",
        "strategy.responsibility",
    ]


def test_a_hidden_answer_keeps_what_a_rating_needs(world: Reviewed) -> None:
    world.begin(is_blind=True)

    found = question(world, AMBITION)

    assert found.item.said.comment is not None
    assert found.item.said.comment.startswith("Strategien fra 2024")
    assert {file.id for file in found.files} == {world.picture, world.table}
    assert (found.before, found.told, found.contradictions) == (None, (), ())


def test_an_answer_shows_once_it_is_rated_and_a_contradiction_once_both_sides_are(world: Reviewed) -> None:
    world.begin(is_blind=True)
    world.rate(AMBITION, "1")

    alone = question(world, AMBITION)
    world.rate(MEASURED, "1")
    both = question(world, AMBITION)

    assert alone.item.outcome is not None
    assert alone.item.outcome.score == 3
    assert alone.before is not None
    assert alone.contradictions == ()
    assert [one.rule for one in both.contradictions] == ["c02"]
    assert both.item.attention == ("contradiction",)
    assert both.opened.left_blind == 22


def test_a_changed_answer_is_hidden_again_and_an_unchanged_one_is_not(world: Reviewed) -> None:
    world.begin(is_blind=True)
    world.rate(AMBITION, "2")
    world.rate(STAYED, "3")
    world.resubmit(AMBITION, "4")

    assert question(world, AMBITION).item.is_hidden
    assert question(world, AMBITION).told == ()
    assert not item(world, STAYED).is_hidden


def test_taking_a_rating_back_hides_nothing_again(world: Reviewed) -> None:
    world.begin(is_blind=True)
    world.rate(AMBITION, "2")
    world.rate(AMBITION, None, base=1)

    assert not item(world, AMBITION).is_hidden


def test_a_figure_is_not_hidden(world: Reviewed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.services.judging.BLIND_KINDS", ("multiple_choice",))
    world.begin(is_blind=True)

    assert [one.id for one in opened(world).items if one.is_hidden] == ["strategy.business_model"]


def test_a_question_comes_with_last_year_and_every_hand_in(world: Reviewed) -> None:
    world.begin()
    world.rate(AMBITION, "2", reason="Bare ett mål.")
    request_again(
        world.site, world.actor(world.advisor), world.id, AMBITION, LATER, reason="Legg ved vedtaket."
    )
    world.resubmit(AMBITION, "4")

    found = question(world, AMBITION)

    assert found.before is not None
    assert (found.before.period, found.before.answer.value) == ("2024", "2")
    assert [(one.number, one.answer.value) for one in found.told] == [(2, "4"), (1, "3")]
    assert [(one.number, one.judgement.rating, one.by.name) for one in found.rated] == [
        (1, "2", "Rita Rådgiver")
    ]
    assert found.asked == "Legg ved vedtaket."
    assert question(world, STAYED).told == ()


def test_a_question_that_was_not_asked_is_not_there(world: Reviewed) -> None:
    with pytest.raises(NotThere):
        question(world, "design.assortment")
    with pytest.raises(NotThere):
        question(world, "nothing.at_all")


def test_who_began_is_told(world: Reviewed) -> None:
    before = opened(world)
    world.begin()
    after = opened(world)

    assert before.started_by is None
    assert after.started_by is not None
    assert after.started_by.name == "Rita Rådgiver"


def test_an_ended_assignment_ends_it_and_so_does_being_somebody_else(world: Reviewed) -> None:
    world.begin()
    world.end_assignment()

    for person in (world.advisor, world.owner, world.stranger):
        with pytest.raises(NotThere):
            open_review(world.site, world.actor(person), world.id)
        with pytest.raises(NotThere):
            open_reviewed_question(world.site, world.actor(person), world.id, AMBITION)
