"""Over every profile: each question is shown to someone, and no dimension becomes too thin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product

from questionnaires.conditions import Names, Value, compile_condition, names_in
from questionnaires.draft import Draft
from questionnaires.model import Question, Questionnaire, asked_at, option_ids
from questionnaires.profile import TooManyProfiles, all_profiles, constants_of
from questionnaires.values import Depth

MAX_PROFILES = 20_000
MIN_QUESTIONS = 2
MIN_WEIGHT = 3


def profiles_of(questionnaire: Questionnaire) -> list[Names]:
    """Every complete profile the conditions of a version tell apart. Raises TooManyProfiles."""
    conditions = [q.shown_if for _, q in questionnaire.questions() if q.shown_if]
    conditions += [gate.condition for d in questionnaire.scheme.dimensions for gate in d.gates]
    return all_profiles(questionnaire.facts, conditions, MAX_PROFILES)


def check_routing(draft: Draft, questionnaire: Questionnaire) -> None:
    """Add a problem for each question nobody sees and each dimension that is too thin for someone."""
    try:
        profiles = profiles_of(questionnaire)
    except TooManyProfiles as error:
        where = draft.place("questionnaire", "facts")
        draft.complain(where, "too_many_profiles", count=error.count, limit=MAX_PROFILES)
        return
    for question in _never_shown(questionnaire, profiles):
        where = draft.place(f"questions/{question.id}", "shown_if")
        draft.complain(where, "never_shown", id=question.id)
    _check_thin_dimensions(draft, questionnaire, profiles)


def surely_asked(question: Question, names: Names, depth: Depth) -> bool:
    """Whether the question is asked for this profile whatever is answered elsewhere."""
    if not asked_at(question, depth):
        return False
    return question.shown_if is None or compile_condition(question.shown_if)(names) is True


def _check_thin_dimensions(draft: Draft, questionnaire: Questionnaire, profiles: list[Names]) -> None:
    reported = set()
    for names in profiles:
        asked: dict[str, list[int]] = {}
        for section, question in questionnaire.questions():
            if question.weight > 0 and surely_asked(question, names, "basic"):
                asked.setdefault(section.dimension, []).append(question.weight)
        for id_, weights in asked.items():
            thin = len(weights) < MIN_QUESTIONS or sum(weights) < MIN_WEIGHT
            if thin and id_ not in reported:
                reported.add(id_)
                words = {"id": id_, "count": len(weights), "weight": sum(weights)}
                where = draft.place(f"dimensions/{id_}")
                draft.complain(where, "thin_dimension", **words, profile=_described(names))


def _described(names: Names) -> str:
    parts = [f"{name.removeprefix('profile.')}={value}" for name, value in names.items()]
    return " ".join(parts).replace("True", "true").replace("False", "false") or "without facts"


def _never_shown(questionnaire: Questionnaire, profiles: list[Names]) -> Iterator[Question]:
    questions = {question.id: question for _, question in questionnaire.questions()}
    for question in questions.values():
        if question.shown_if is not None and not _some_way(question.shown_if, questions, profiles):
            yield question


def _some_way(text: str, questions: Mapping[str, Question], profiles: list[Names]) -> bool:
    """Whether some profile and some answers make the condition plainly true."""
    condition = compile_condition(text)
    subjects = dict.fromkeys(name.subject for name in names_in(text) if name.subject != "profile")
    choices = [list(_answers(questions[subject], text)) for subject in subjects]
    for answers in product(*choices):
        given: dict[str, Value] = {name: value for answer in answers for name, value in answer.items()}
        if any(condition({**profile, **given}) is True for profile in profiles):
            return True
    return False


def _answers(question: Question, text: str) -> Iterator[dict[str, Value]]:
    """What the names of one question can stand for together; values and scores vary freely."""
    id_ = question.id
    yield {f"{id_}.state": "not_asked"}
    yield {f"{id_}.state": "missing"}
    yield {f"{id_}.state": "unknown", f"{id_}.score": 0}
    if question.allows_not_applicable:
        yield {f"{id_}.state": "not_applicable"}
    for value in _values(question, text):
        scores = range(5) if question.weight > 0 else (None,)
        for score in scores:
            answer: dict[str, Value] = {f"{id_}.state": "answered", f"{id_}.value": value}
            yield answer if score is None else {**answer, f"{id_}.score": score}


def _values(question: Question, text: str) -> Iterator[Value]:
    ids = option_ids(question)
    match question.kind:
        case "single_choice":
            yield from ids
        case "multiple_choice":
            for count in (1, 2, len(ids)):
                yield from combinations(ids, count)
        case "yes_no":
            yield from (True, False)
        case "number" | "computed":
            constants = [int(c) for c in constants_of(f"{question.id}.value", [text])]
            yield from sorted({0, *(c + step for c in constants for step in (-1, 0, 1))})
        case "text" | "date" | "table":
            yield from (str(constant) for constant in constants_of(f"{question.id}.value", [text]))
            yield "-"
