"""Whether a gate can ever hold a dimension below its raw level, and at which depth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from questionnaires.checks.routing import MAX_PROFILES, profiles_of
from questionnaires.conditions import Names, Value, compile_condition, names_in
from questionnaires.draft import Draft
from questionnaires.model import Question, Questionnaire, asked_at
from questionnaires.profile import TooManyProfiles
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
    """For every gate the depths it binds at; none at all is a mistake. Raises TooManyProfiles."""
    profiles = profiles_of(questionnaire)
    found = []
    for dimension in questionnaire.scheme.dimensions:
        for at, gate in enumerate(dimension.gates):
            depths: Iterable[Depth] = ("basic", "advanced")
            binding = tuple(d for d in depths if _binds(questionnaire, dimension, gate, d, profiles))
            found.append(Binding(dimension.id, at, binding))
    return found


def check_gates(draft: Draft, questionnaire: Questionnaire) -> None:
    """Add a problem for each gate that can never bind."""
    try:
        bindings = gate_bindings(questionnaire)
    except TooManyProfiles as error:
        where = draft.place("questionnaire", "facts")
        draft.complain(where, "too_many_profiles", count=error.count, limit=MAX_PROFILES)
        return
    for binding in bindings:
        if not binding.depths:
            where = draft.place(f"dimensions/{binding.dimension}", "gates", binding.gate)
            draft.complain(where, "gate_never_binds")


def _binds(
    questionnaire: Questionnaire, dimension: Dimension, gate: Gate, depth: Depth, profiles: list[Names]
) -> bool:
    """Some profile and answers make the gate true while the rest of the dimension is at its best."""
    condition = compile_condition(gate.condition)
    subjects = list(dict.fromkeys(n.subject for n in names_in(gate.condition) if n.subject != "profile"))
    questions = {question.id: question for _, question in questionnaire.questions()}
    for names in _representatives(questionnaire, dimension, gate, depth, profiles):
        asked = [id_ for id_ in subjects if _may_be_asked(questions[id_], names, depth)]
        for scores in product((_UNKNOWN, 0, 1, 2, 3, 4), repeat=len(asked)):
            given = dict(zip(asked, scores, strict=True))
            if condition({**names, **_names(given)}) is not True:
                continue
            best = _best_score(questionnaire, dimension.id, names, depth, given)
            if best is not None and best >= gate.max_level + Fraction(1, 2):
                return True
    return False


def _representatives(
    questionnaire: Questionnaire, dimension: Dimension, gate: Gate, depth: Depth, profiles: list[Names]
) -> list[Names]:
    """One profile for each set of questions of the dimension and facts of the gate."""
    facts = [name.path for name in names_in(gate.condition) if name.subject == "profile"]
    page = [q for section, q in questionnaire.questions() if section.dimension == dimension.id]
    found: dict[tuple[object, ...], Names] = {}
    for names in profiles:
        shape = tuple(_may_be_asked(question, names, depth) for question in page)
        found.setdefault((*shape, *(names.get(fact) for fact in facts)), names)
    return list(found.values())


def _names(given: dict[str, int]) -> dict[str, Value]:
    names: dict[str, Value] = {}
    for id_, score in given.items():
        names[f"{id_}.state"] = "unknown" if score == _UNKNOWN else "answered"
        names[f"{id_}.score"] = max(score, 0)
    return names


def _may_be_asked(question: Question, names: Names, depth: Depth) -> bool:
    if not asked_at(question, depth):
        return False
    return question.shown_if is None or compile_condition(question.shown_if)(names) is not False


def _best_score(
    questionnaire: Questionnaire, dimension: str, names: Names, depth: Depth, given: dict[str, int]
) -> Fraction | None:
    """The dimension's score with the given answers and 4 everywhere else."""
    total = weight = 0
    for section, question in questionnaire.questions():
        if section.dimension != dimension or not _may_be_asked(question, names, depth):
            continue
        weight += question.weight
        total += question.weight * max(given.get(question.id, 4), 0)
    return Fraction(total, weight) if weight else None
