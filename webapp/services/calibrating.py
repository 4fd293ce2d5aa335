"""How companies and advisors of a programme read the questions, for its method owner.

Only ratings given blind count, each answer once: a company that has heard what its advisor thinks does not
read the question by itself any more. What is counted and shown: :mod:`assessment.review.calibration`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from sqlalchemy.orm import Session

from assessment.review.agreement import Agreement, RatedPair
from assessment.review.approval import rated_score
from assessment.review.calibration import (
    AdvisorDrift,
    Compared,
    PlacedPair,
    advisor_drifts,
    as_asked,
    compare,
)
from questionnaires.model import Question
from webapp.db.queries_calibration import asked_again, find_owned_method, team_names
from webapp.db.queries_reviews import rated_hand_ins
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.reviews import QuestionReview
from webapp.errors import NotThere
from webapp.services.actor import Actor
from webapp.services.judging import BLIND_KINDS
from webapp.services.shelf import Shelved
from webapp.services.site import Site

Rounds: TypeAlias = Literal["first", "later"]
ROUNDS: tuple[Rounds, ...] = get_args(Rounds)
"""A company's first time through a questionnaire, and all after it: by then it knows how it was rated."""

NO_PAIRS = Compared(Agreement(0, None, None, None, None), 0, (), ())


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pairs are asked for, as an address says it: ``circular_business_models@1.0.0``, ``later``."""

    of: str = ""
    rounds: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A questionnaire version that can be chosen. ``pairs``: how many ratings there are of it."""

    shelved: Shelved
    pairs: int

    @property
    def key(self) -> str:
        """How addresses name it."""
        return _key(self.shelved)


@dataclass(frozen=True, slots=True)
class Line:
    """One question that can be rated, with what is known of it."""

    question: Question
    section: str
    compared: Compared


@dataclass(frozen=True, slots=True)
class Rater:
    """One advisor by name."""

    name: str
    found: AdvisorDrift


@dataclass(frozen=True, slots=True)
class Calibration:
    """A choice of pairs with all that is shown of it. ``lines``: those furthest apart first, then by the
    questionnaire's order those with too little. ``pairs``, ``companies``: of the choice."""

    programme_id: str
    programme: str
    rates_blind: bool
    versions: tuple[Version, ...]
    chosen: Version
    rounds: Rounds
    lines: tuple[Line, ...]
    raters: tuple[Rater, ...]
    pairs: int
    companies: int

    def line(self, question_id: str) -> Line:
        """One question. Raises NotThere."""
        for line in self.lines:
            if line.question.id == question_id:
                return line
        raise NotThere


@dataclass(frozen=True, slots=True)
class _Rated:
    """A pair with all that pairs are chosen by. ``asked``: the question as it was asked."""

    placed: PlacedPair
    shelved: Shelved
    rounds: Rounds
    asked: str


def open_calibration(site: Site, actor: Actor, programme_id: str, wanted: Wanted) -> Calibration:
    """What is known of a programme's questions. Raises NotThere for anybody but its method owner.

    What an address asks for and is not there is taken as the version most is known of, and the first round.
    """
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        programme = find_owned_method(session, programme_id, actor.person_id)
        if programme is None:
            raise NotThere
        rated, team = _rated(session, site, programme_id), team_names(session, programme_id)
    versions = _versions(site, rated)
    chosen = next((one for one in versions if one.key == wanted.of), None)
    chosen = chosen or max(versions, key=lambda one: one.pairs)
    rounds: Rounds = "later" if wanted.rounds == "later" else "first"
    placed = [one.placed for one in _of(rated, chosen.shelved, rounds)]
    return Calibration(
        programme_id=programme.id,
        programme=programme.name,
        rates_blind=programme.rates_blind,
        versions=versions,
        chosen=chosen,
        rounds=rounds,
        lines=_lines(chosen.shelved, placed),
        raters=_raters(team, placed),
        pairs=len(placed),
        companies=len({one.company for one in placed}),
    )


def _rated(session: Session, site: Site, programme_id: str) -> list[_Rated]:
    """Every pair there is: each question of an assessment once, in the first hand-in where it was rated."""
    again: dict[tuple[str, str], int] = {}
    for assessment_id, question_id, number in asked_again(session, programme_id):
        key = (assessment_id, question_id)
        again[key] = min(number, again.get(key, number))
    desk, seen, found = _Desk(site), set[tuple[str, str]](), []
    for row, submission, review in rated_hand_ins(session, programme_id):
        key = (row.id, review.question_id)
        if key not in seen and again.get(key, review.number) >= review.number:
            found.append(desk.pair(row, submission, review))
        seen.add(key)
    return [one for one in found if one is not None]


class _Desk:
    """Puts ratings beside what companies chose; every hand-in and every version is read once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._scores: dict[str, Mapping[str, int]] = {}
        self._asked: dict[str, Mapping[str, str]] = {}
        self._questions: dict[str, Mapping[str, Question]] = {}

    def pair(self, row: Assessment, submission: Submission, review: QuestionReview) -> _Rated | None:
        """One pair; None where the company chose nothing, or another question than there is now."""
        shelved = self._site.shelf.open(row.questionnaire, row.version)
        own = self._scores_of(submission).get(review.question_id)
        asked = self._asked_of(shelved).get(review.question_id)
        is_same = submission.definition_sha256 == shelved.plan.sha256
        if own is None or asked is None or review.first_rating is None or not is_same:
            return None
        question = self._questions[_key(shelved)][review.question_id]
        advisor = rated_score(question, review.first_rating)
        pair = RatedPair(review.question_id, review.first_by or "", own, advisor)
        rounds: Rounds = "first" if row.previous_id is None else "later"
        return _Rated(PlacedPair(pair, row.organisation_id, row.version), shelved, rounds, asked)

    def _scores_of(self, submission: Submission) -> Mapping[str, int]:
        """The scores of what a company answered; what it did not know or left out is no choice."""
        if submission.id not in self._scores:
            self._scores[submission.id] = {
                question["id"]: question["score"]
                for dimension in json.loads(submission.result)["dimensions"]
                for question in dimension["questions"]
                if question["state"] == "answered" and question["score"] is not None
            }
        return self._scores[submission.id]

    def _asked_of(self, shelved: Shelved) -> Mapping[str, str]:
        key = _key(shelved)
        if key not in self._asked:
            self._asked[key], self._questions[key] = _asked(shelved), _questions(shelved)
        return self._asked[key]


def _questions(shelved: Shelved) -> dict[str, Question]:
    """The questions of a version that are rated blind, in its order."""
    questions = (one.question for one in shelved.plan.questions if one.score is not None)
    return {question.id: question for question in questions if question.kind in BLIND_KINDS}


def _asked(shelved: Shelved) -> dict[str, str]:
    """Each question of a version as it is asked."""
    questionnaire = shelved.plan.questionnaire
    return {id_: as_asked(questionnaire, question) for id_, question in _questions(shelved).items()}


def _versions(site: Site, rated: Iterable[_Rated]) -> tuple[Version, ...]:
    """What can be chosen: the versions that are offered, and others that something is known of."""
    found = list(rated)
    counts = Counter(_key(one.shelved) for one in found)
    shelved = {_key(one): one for one in (*site.shelf.offered, *(one.shelved for one in found))}
    ordered = sorted(
        shelved.values(), key=lambda one: (one.id, [int(part) for part in one.number.split(".")])
    )
    return tuple(Version(one, counts[_key(one)]) for one in ordered)


def _key(shelved: Shelved) -> str:
    return f"{shelved.id}@{shelved.number}"


def _of(rated: Iterable[_Rated], shelved: Shelved, rounds: Rounds) -> list[_Rated]:
    """The pairs of the questions of a version, from every version that asks them in the same way."""
    asked = _asked(shelved)
    return [
        one
        for one in rated
        if one.shelved.id == shelved.id
        and one.rounds == rounds
        and asked.get(one.placed.pair.question) == one.asked
    ]


def _lines(shelved: Shelved, placed: list[PlacedPair]) -> tuple[Line, ...]:
    compared = compare(placed)
    questions = _questions(shelved)
    sections = {question.id: section.id for section, question in shelved.plan.questionnaire.questions()}
    first = [id_ for id_, one in compared.items() if one.is_shown]
    others = [id_ for id_ in questions if id_ not in set(first)]
    return tuple(
        Line(questions[id_], sections[id_], compared.get(id_, NO_PAIRS)) for id_ in (*first, *others)
    )


def _raters(team: Mapping[str, str], placed: list[PlacedPair]) -> tuple[Rater, ...]:
    """The programme's own advisors by name; whoever rates for somebody else, or is erased, counts among the
    others and has no line."""
    raters = (Rater(team[one.rater], one) for one in advisor_drifts(placed) if one.rater in team)
    return tuple(sorted(raters, key=lambda one: (one.name.casefold(), one.found.rater)))
