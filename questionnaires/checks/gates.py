"""Whether a gate can ever hold a dimension below its raw level, and at which depth."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

from questionnaires.checks.routing import MAX_TRIALS, TooManyTrials, distinct, may_be_asked, profiles_of
from questionnaires.conditions import Names, Value, compile_condition, names_in
from questionnaires.draft import Draft
from questionnaires.model import Question, Questionnaire
from questionnaires.profile import TooManyProfiles, constants_of
from questionnaires.scheme import Dimension, Gate
from questionnaires.values import Depth

_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Binding:
    """At which depths one gate can hold its dimension below the raw level."""

    dimension: str
    gate: int
    depths: tuple[Depth, ...]


def gate_bindings(questionnaire: Questionnaire) -> list[Binding]:
    """For every gate the depths it binds at; none at all is a mistake.

    Raises TooManyProfiles, or TooManyTrials when a gate names too much.
    """
    profiles = profiles_of(questionnaire)
    return [
        Binding(dimension.id, at, _depths(questionnaire, dimension, gate, profiles))
        for dimension in questionnaire.scheme.dimensions
        for at, gate in enumerate(dimension.gates)
    ]


def check_gates(draft: Draft, questionnaire: Questionnaire) -> None:
    """Add a problem for each gate that can never bind. Too many profiles: ``check_routing`` says so."""
    with suppress(TooManyProfiles):
        profiles = profiles_of(questionnaire)
        for dimension in questionnaire.scheme.dimensions:
            for at, gate in enumerate(dimension.gates):
                where = draft.place(f"dimensions/{dimension.id}", "gates", at)
                try:
                    if not _depths(questionnaire, dimension, gate, profiles):
                        draft.complain(where, "gate_never_binds")
                except TooManyTrials:
                    draft.complain(where, "condition_too_wide", limit=MAX_TRIALS)


def _depths(
    questionnaire: Questionnaire, dimension: Dimension, gate: Gate, profiles: list[Names]
) -> tuple[Depth, ...]:
    depths: tuple[Depth, ...] = ("basic", "advanced")
    return tuple(depth for depth in depths if _binds(questionnaire, dimension, gate, depth, profiles))


def _binds(
    questionnaire: Questionnaire, dimension: Dimension, gate: Gate, depth: Depth, profiles: list[Names]
) -> bool:
    """Some profile and answers make the gate true while the rest of the dimension is at its best."""
    condition, named = compile_condition(gate.condition), names_in(gate.condition)
    own = [q for section, q in questionnaire.questions() if section.dimension == dimension.id]
    wanted = {name.subject for name in named}
    subjects = [q for _, q in questionnaire.questions() if q.id in wanted]
    trials = 0
    for names in distinct(profiles, (*own, *subjects), named):
        asked = [question for question in subjects if may_be_asked(question, names, depth)]
        page = [question for question in own if may_be_asked(question, names, depth)]
        for scores in product(*(_telling_scores(question, gate) for question in asked)):
            trials += 1
            if trials > MAX_TRIALS:
                raise TooManyTrials
            given = {question.id: score for question, score in zip(asked, scores, strict=True)}
            if condition({**names, **_names(given)}) is True and _is_above(page, given, gate.max_level):
                return True
    return False


def _telling_scores(question: Question, gate: Gate) -> list[int]:
    """The best score on either side of every limit the gate sets, and unknown."""
    limits = [Decimal(limit) for limit in constants_of(f"{question.id}.score", [gate.condition])]
    possible = possible_scores(question)
    shapes = {tuple((s < limit, s == limit) for limit in limits): s for s in sorted(possible)}
    return [*shapes.values(), _UNKNOWN]


def possible_scores(question: Question) -> set[int]:
    """The scores an answer to this question can have; {0} where it has no weight."""
    if question.weight == 0:
        return {0}
    match question.kind:
        case "single_choice" if question.options:
            return {option.score or 0 for option in question.options}
        case "multiple_choice":
            return {0, *(bundle.score for bundle in question.bundles)}
        case "yes_no":
            return {question.yes_score or 0, question.no_score or 0}
        case _:
            return {0, 1, 2, 3, 4}


def _names(given: dict[str, int]) -> dict[str, Value]:
    names: dict[str, Value] = {}
    for id_, score in given.items():
        names[f"{id_}.state"] = "unknown" if score == _UNKNOWN else "answered"
        names[f"{id_}.score"] = max(score, 0)
    return names


def _is_above(page: list[Question], given: dict[str, int], max_level: int) -> bool:
    """Whether the dimension's raw level is above the gate's, with the best answers beside those given."""
    weight = sum(question.weight for question in page)
    total = sum(q.weight * max(given.get(q.id, max(possible_scores(q))), 0) for q in page)
    return weight > 0 and Fraction(total, weight) >= max_level + Fraction(1, 2)
