"""What advisors make of answers: the first choice is kept for ever, and none is lost between two of them."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assessment.answers import Answer, Review
from tests.webapp.copies import a_copy
from tests.webapp.sites import NOW, a_company, a_person, a_programme, as_actor, submitted
from webapp.db.queries_reviews import rated_hand_ins, reviews_of, submission_of
from webapp.db.tables.assessments import StoredAnswer
from webapp.db.tables.organisations import AdvisorAssignment, Programme
from webapp.db.tables.reviews import QuestionReview, QuestionReviewChange
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.answering import Said, save_answers
from webapp.services.judging import (
    MAX_REASON,
    HeldJudgement,
    Judgement,
    accept_dimension,
    carry_judgements,
    held_judgements,
    judge,
    overrides_without_reason,
    reach_review,
    review_so_far,
)
from webapp.services.opening import open_assessment
from webapp.services.reviewing import decide
from webapp.services.site import Site
from webapp.services.submitting import submit

LATER = NOW + timedelta(days=1)
QUESTION = "strategy.ambition"


@dataclass
class World:
    """A company with two advisors, in a programme, and something in review."""

    site: Site
    owner: Actor
    advisors: tuple[Actor, Actor]
    company: str
    programme: str
    id: str

    def judge(self, question: str = QUESTION, *, by: int = 0, base: int = 0, **said: object) -> int:
        judgement = Judgement(**said)  # type: ignore[arg-type]  # as a test says it
        return judge(
            self.site, self.advisors[by], self.id, question, LATER, judgement=judgement, base=base
        ).version

    def held(self) -> dict[str, HeldJudgement]:
        with self.site.database.read() as session:
            return held_judgements(session, reach_review(session, self.site, self.advisors[0], self.id))

    def blind(self) -> None:
        with self.site.database.write() as session:
            session.get_one(Programme, self.programme).rates_blind = True


@pytest.fixture
def world(tmp_path: Path) -> World:
    return a_copy(in_review, tmp_path)


def in_review(site: Site) -> World:
    owner_id = a_person(site)
    advisors = [a_person(site, f"r{at}@fylke.no", f"Rådgiver {at}") for at in (1, 2)]
    company = a_company(site, owners=[owner_id], advisors=advisors)
    programme = a_programme(site, companies=[company])
    owner = as_actor(site, owner_id)
    id_ = submitted(site, owner, company).id
    first, second = (as_actor(site, one) for one in advisors)
    decide(site, first, id_, "start_review", LATER)
    return World(site, owner, (first, second), company, programme, id_)


def test_an_advisors_choice_is_kept_with_its_history_and_touches_no_answer(world: World) -> None:
    before = open_assessment(world.site, world.owner, world.id).answers

    assert world.judge(rating="1", reason="Ingen mål er skrevet ned.") == 1
    assert world.judge(rating="2", is_confirmed=True, base=1) == 2

    held = world.held()[QUESTION]
    assert held.judgement == Judgement("2", is_confirmed=True)
    assert (held.version, held.by_person_id) == (2, world.advisors[0].person_id)
    assert open_assessment(world.site, world.owner, world.id).answers == before
    with world.site.database.read() as session:
        bodies = session.scalars(select(QuestionReviewChange.body).order_by(QuestionReviewChange.version))
        assert [json.loads(body)["rating"] for body in bodies] == ["1", "2"]


def test_the_same_again_makes_no_version(world: World) -> None:
    world.judge(rating="1")

    assert world.judge(rating="1", base=1) == 1


def test_two_advisors_never_overwrite_each_other_silently(world: World) -> None:
    world.judge(rating="1")

    answer = judge(world.site, world.advisors[1], world.id, QUESTION, LATER, judgement=Judgement("4"), base=0)

    assert answer.clash is not None
    assert answer.clash.judgement == Judgement("1")
    assert world.held()[QUESTION].judgement == Judgement("1")


def test_of_two_at_the_same_moment_one_is_kept_and_one_is_told(world: World) -> None:
    start, clashes = threading.Barrier(2), list[bool]()

    def choose(by: int) -> None:
        start.wait()
        said = Judgement(str(by))
        found = judge(world.site, world.advisors[by], world.id, QUESTION, LATER, judgement=said, base=0)
        clashes.append(found.clash is not None)

    threads = [threading.Thread(target=choose, args=(by,)) for by in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(clashes) == [False, True]
    assert world.held()[QUESTION].version == 1


def test_where_the_programme_asks_for_it_the_first_choice_is_made_blind_and_stays(world: World) -> None:
    world.blind()
    assert world.judge(is_confirmed=True) == 1
    assert not world.held()[QUESTION].is_revealed

    world.judge(rating="1", base=1)
    world.judge(rating="3", base=2, by=1)

    assert world.held()[QUESTION].is_revealed
    with world.site.database.read() as session:
        row = reviews_of(session, world.id, 1)[QUESTION]
        assert (row.rating, row.first_rating, row.was_blind) == ("3", "1", True)
        assert row.first_by == world.advisors[0].person_id
        assert [found[2].question_id for found in rated_hand_ins(session, world.programme)] == [QUESTION]


def test_a_choice_made_with_the_companys_in_sight_is_not_used_for_calibration(world: World) -> None:
    world.judge(rating="1")

    with world.site.database.read() as session:
        assert rated_hand_ins(session, world.programme) == []


@pytest.mark.parametrize(
    ("question", "said", "code"),
    [
        (QUESTION, {"rating": "5"}, "review.no_such_rating"),
        (QUESTION, {"rating": "<script>"}, "review.no_such_rating"),
        (QUESTION, {"rating": "1", "reason": "x" * (MAX_REASON + 1)}, "review.reason_long"),
        ("insight.productivity", {"rating": "1"}, None),
    ],
    ids=["beyond", "markup", "long", "of another depth"],
)
def test_what_cannot_be_chosen_is_refused(
    world: World, question: str, said: dict[str, str], code: str | None
) -> None:
    with pytest.raises(NotThere if code is None else Refused, match=code):
        world.judge(question, **said)

    assert world.held() == {}


def test_only_the_companys_advisors_judge(world: World) -> None:
    stranger = as_actor(world.site, a_person(world.site, "else@eksempel.no"))
    with world.site.database.write() as session:
        assigned = session.scalars(
            select(AdvisorAssignment).where(AdvisorAssignment.person_id == world.advisors[1].person_id)
        ).one()
        assigned.until_utc = NOW
    ended = as_actor(world.site, world.advisors[1].person_id, LATER)

    for actor in (world.owner, stranger, ended):
        with pytest.raises(NotThere):
            judge(world.site, actor, world.id, QUESTION, LATER, judgement=Judgement("1"), base=0)


def test_nothing_is_judged_before_a_review_begins_or_after_it_ends(world: World) -> None:
    decide(world.site, world.advisors[0], world.id, "approve", LATER)

    with pytest.raises(Refused, match=r"review\.not_now"):
        world.judge(rating="1")
    with pytest.raises(Refused, match=r"review\.not_now"):
        accept_dimension(world.site, world.advisors[0], world.id, "design", LATER, is_accepted=True)


def test_everything_said_is_a_review_file(world: World) -> None:
    world.judge(rating="1")
    world.judge("insight.measurement", is_confirmed=True)
    accept_dimension(world.site, world.advisors[0], world.id, "design", LATER, is_accepted=True)
    accept_dimension(world.site, world.advisors[0], world.id, "use", LATER, is_accepted=True)
    accept_dimension(world.site, world.advisors[1], world.id, "use", LATER, is_accepted=False)

    with world.site.database.read() as session:
        at = reach_review(session, world.site, world.advisors[0], world.id)
        found = review_so_far(session, at, by="Rådgiver 1", on=LATER.date())

    assert found == Review(
        confirmed=frozenset({"insight.measurement"}),
        accepted=frozenset({"design"}),
        ratings={QUESTION: "1"},
        by="Rådgiver 1",
        on=LATER.date(),
    )


def test_another_score_than_the_companys_needs_a_reason(world: World) -> None:
    own = open_assessment(world.site, world.owner, world.id).answers.answers[QUESTION].value
    other = "0" if own != "0" else "4"
    world.judge(rating=other)
    world.judge("insight.measurement", rating="4", reason="Vi så målingene.")

    def missing() -> list[str]:
        with world.site.database.read() as session:
            return overrides_without_reason(
                session, reach_review(session, world.site, world.advisors[0], world.id)
            )

    assert missing() == [QUESTION]
    world.judge(rating=str(own), base=1)
    assert missing() == []


def test_what_was_made_of_unchanged_answers_comes_along_to_the_next_hand_in(world: World) -> None:
    world.blind()
    world.judge(rating="1")
    world.judge("insight.measurement", rating="2", is_confirmed=True)
    decide(world.site, world.advisors[0], world.id, "send_back", LATER, reason="Se på ambisjonen.")
    with world.site.database.read() as session:
        base = session.scalars(select(StoredAnswer.version).where(StoredAnswer.question_id == QUESTION)).one()
    said = [Said(QUESTION, Answer("answered", "0", comment="Nytt"), base)]
    save_answers(world.site, world.owner, world.id, said, LATER)
    submit(world.site, world.owner, world.id, 1, LATER)

    with world.site.database.write() as session:
        second = reach_review(session, world.site, world.advisors[0], world.id).submission
        first = submission_of(session, world.id, 1)
        assert first is not None
        assert carry_judgements(session, first, second, LATER) == 1

    held = world.held()
    assert set(held) == {"insight.measurement"}
    assert held["insight.measurement"].judgement == Judgement("2", is_confirmed=True)
    with world.site.database.read() as session:
        count = session.scalar(select(func.count()).select_from(QuestionReview)) or 0
        blind = [found[2].number for found in rated_hand_ins(session, world.programme)]
    assert (count, blind) == (3, [1, 1])
