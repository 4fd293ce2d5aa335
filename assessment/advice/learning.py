"""The learning path: which webinars and which gathering help a company most.

Order: every activity is weighed against the answers, then the path is chosen among those with a need.
Source: docs/scoring.md section 4, learning path. W is a dimension's weight, w a question's,
s its score, A + U + M the dimension's applicable weight. Nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from fractions import Fraction
from typing import Literal, Protocol, TypeAlias

from assessment.advice.standing import GAP_TARGET
from assessment.errors import AssessmentError
from assessment.result import AssessmentResult
from assessment.routing import State
from questionnaires.values import Depth

MAX_WEBINARS = 5
MAX_REASONS = 2
ADVANCED_FROM_LEVEL = 2

_APPLICABLE: tuple[State, ...] = ("answered", "unknown", "missing")


class Terms(Protocol):
    """What must hold before an activity is suggested (:class:`questionnaires.activities.Condition`)."""

    @property
    def min_coverage(self) -> Mapping[str, Fraction]: ...
    @property
    def needs_resource_flows(self) -> bool: ...


class Suggestable(Protocol):
    """What the rule looks at of an activity (:class:`questionnaires.activities.Activity`).

    A shape and not that class: its module reads files, which this package may not reach.
    """

    @property
    def id(self) -> str: ...
    @property
    def depth(self) -> Depth: ...
    @property
    def kind(self) -> Literal["webinar", "recording", "gathering", "guide"]: ...
    @property
    def questionnaires(self) -> tuple[str, ...]: ...
    @property
    def basic_of(self) -> str | None: ...
    @property
    def addresses(self) -> tuple[str, ...]: ...
    @property
    def condition(self) -> Terms: ...


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of weight 1..3 that was asked. ``score``: 0..4 when answered, 0 when unknown, else None."""

    id: str
    weight: int
    state: State
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """One dimension of one questionnaire as the rule sees it.

    ``weight``: W. ``level``: the level shown, after gates; None when none is. ``asked``: in
    definition order.
    """

    questionnaire: str
    weight: int
    level: int | None
    asked: tuple[AskedQuestion, ...]

    @property
    def applicable(self) -> int:
        """A + U + M."""
        return sum(question.weight for question in self.asked if question.state in _APPLICABLE)


@dataclass(frozen=True, slots=True)
class Reason:
    """One answer an activity is suggested for. ``contribution``: its part of the need, above 0.

    ``score``: 0..3, and 0 when the state is unknown ("Vet ikke").
    """

    questionnaire: str
    question: str
    state: Literal["answered", "unknown"]
    score: int
    contribution: Fraction


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An activity with its need and why. ``level``: L, the lowest level among what it addresses.

    ``because``: the two largest contributions, the largest first; one when there is only one.
    """

    activity: str
    need: Fraction
    level: int
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class LearningPath:
    """What is suggested: at most five webinars, recordings and guides in order, and one gathering."""

    webinars: tuple[Suggestion, ...]
    gathering: Suggestion | None


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides beside the need. ``coverage``: overall coverage 0..1 by questionnaire id.

    ``has_consented_flows``: the company has a resource flow whose consent lets it be shown.
    """

    coverage: Mapping[str, Fraction | None] = field(default_factory=dict)
    done: Collection[str] = ()
    has_consented_flows: bool = False


Weighed: TypeAlias = tuple[Suggestable, Suggestion]


def learning_path(
    results: Iterable[AssessmentResult],
    activities: Iterable[Suggestable],
    *,
    done: Collection[str] = (),
    has_consented_flows: bool = False,
    target_level: int = GAP_TARGET,
) -> LearningPath:
    """The path of one company from its results, one for each questionnaire it has taken.

    ``done``: ids of activities marked done; they are not suggested again (our choice, the rule does
    not say) and open the advanced ones that build on them. ``target_level``: 0..4. The order of
    results and activities does not matter. Raises AssessmentError for two results of one questionnaire.
    """
    ordered = sorted(results, key=lambda result: result.answers.questionnaire)
    coverage = {result.answers.questionnaire: result.overall.coverage for result in ordered}
    if len(coverage) < len(ordered):
        raise AssessmentError("a learning path takes one result of each questionnaire")
    grounds = [ground for result in ordered for ground in grounds_of(result)]
    weighed = [(activity, weigh(activity, grounds, target_level)) for activity in activities]
    return choose(weighed, Situation(coverage, done, has_consented_flows))


def grounds_of(result: AssessmentResult) -> Iterator[Ground]:
    """The dimensions of a result; questions of weight 0 and questions not asked are left out."""
    for planned in result.plan.dimensions:
        id_ = planned.dimension.id
        asked = tuple(
            AskedQuestion(outcome.id, outcome.weight, outcome.state, outcome.score)
            for outcome in result.routed.outcomes
            if outcome.planned.dimension == id_ and outcome.weight and outcome.state != "not_asked"
        )
        score = result.scores.dimensions[id_]
        if score.status != "not_applicable":  # left out everywhere: docs/scoring.md section 2
            yield Ground(result.answers.questionnaire, planned.dimension.weight, score.level, asked)


def weigh(activity: Suggestable, grounds: Iterable[Ground], target_level: int = GAP_TARGET) -> Suggestion:
    """Need, L and reasons of an activity, whether or not it comes to be suggested.

    Need: sum of W·w·max(0, target - s) / (A + U + M) over addressed questions that are answered or
    unknown. L: the lowest level of the dimensions with an addressed question, no level counting 0;
    0 when nothing addressed was asked. Equal contributions stand in definition order.
    """
    touched = [(ground, asked) for ground in grounds if (asked := _addressed(activity, ground))]
    reasons = [reason for ground, asked in touched for reason in _reasons(ground, asked, target_level)]
    reasons.sort(key=lambda reason: -reason.contribution)
    return Suggestion(
        activity=activity.id,
        need=sum((reason.contribution for reason in reasons), Fraction()),
        level=min((ground.level or 0 for ground, _ in touched), default=0),
        because=tuple(reasons[:MAX_REASONS]),
    )


def choose(weighed: Iterable[Weighed], situation: Situation) -> LearningPath:
    """The path among weighed activities.

    Webinars: need descending, then L, then id; gatherings: need descending, then id.
    """
    open_ = [(a, s) for a, s in weighed if s.need > 0 and _is_open(a, s, situation)]
    webinars = [s for a, s in open_ if a.kind != "gathering"]
    gatherings = [s for a, s in open_ if a.kind == "gathering"]
    webinars.sort(key=lambda s: (-s.need, s.level, id_order(s.activity)))
    gatherings.sort(key=lambda s: (-s.need, id_order(s.activity)))
    return LearningPath(tuple(webinars[:MAX_WEBINARS]), gatherings[0] if gatherings else None)


def id_order(id_: str) -> tuple[str, int]:
    """Letters first, then the number: C2 before C10."""
    letters = id_.rstrip("0123456789")
    return letters, int(id_[len(letters) :] or 0)


def _addressed(activity: Suggestable, ground: Ground) -> list[AskedQuestion]:
    if ground.questionnaire not in activity.questionnaires:
        return []
    return [q for q in ground.asked if any(fnmatchcase(q.id, address) for address in activity.addresses)]


def _reasons(ground: Ground, asked: Sequence[AskedQuestion], target_level: int) -> Iterator[Reason]:
    applicable = ground.applicable
    for question in asked:
        if question.state not in ("answered", "unknown") or question.score is None:
            continue
        gap = target_level - question.score
        if gap > 0:
            contribution = Fraction(ground.weight * question.weight * gap, applicable)
            yield Reason(ground.questionnaire, question.id, question.state, question.score, contribution)


def _is_open(activity: Suggestable, suggestion: Suggestion, situation: Situation) -> bool:
    if activity.id in situation.done:
        return False
    return _has_depth(activity, suggestion, situation) and _holds(activity.condition, situation)


def _has_depth(activity: Suggestable, suggestion: Suggestion, situation: Situation) -> bool:
    """An advanced activity needs L of 2, or the basic one it builds on marked done."""
    if activity.depth == "basic" or suggestion.level >= ADVANCED_FROM_LEVEL:
        return True
    return activity.basic_of in situation.done


def _holds(terms: Terms, situation: Situation) -> bool:
    if terms.needs_resource_flows and not situation.has_consented_flows:
        return False
    return all(_reaches(situation.coverage.get(id_), share) for id_, share in terms.min_coverage.items())


def _reaches(coverage: Fraction | None, share: Fraction) -> bool:
    return coverage is not None and coverage >= share
