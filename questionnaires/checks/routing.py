"""Over every profile: each question is shown to someone, and no dimension becomes too thin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise, product

from questionnaires.condition_tree import Name
from questionnaires.conditions import Names, Value, compile_condition, names_in
from questionnaires.draft import Draft
from questionnaires.model import Question, Questionnaire, asked_at, option_ids
from questionnaires.profile import TooManyProfiles, all_profiles, constants_of
from questionnaires.values import Depth

MAX_PROFILES = 20_000
MAX_TRIALS = 20_000
MAX_TOO_WIDE = 10
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
    _check_reach(draft, questionnaire, profiles)
    _check_thin_dimensions(draft, questionnaire, profiles)


def _check_reach(draft: Draft, questionnaire: Questionnaire, profiles: list[Names]) -> None:
    """After MAX_TOO_WIDE conditions that take too long the others are not tried."""
    too_wide = 0
    for _, question in questionnaire.questions():
        where = draft.place(f"questions/{question.id}", "shown_if")
        try:
            if not _is_ever_shown(question, questionnaire, profiles):
                draft.complain(where, "never_shown", id=question.id)
        except TooManyTrials:
            draft.complain(where, "condition_too_wide", limit=MAX_TRIALS)
            too_wide += 1
            if too_wide == MAX_TOO_WIDE:
                return


class TooManyTrials(Exception):
    """A condition names so much that not every way it can come out can be tried."""


def surely_asked(question: Question, names: Names, depth: Depth) -> bool:
    """Whether the question is asked for this profile whatever is answered elsewhere."""
    if not asked_at(question, depth):
        return False
    return question.shown_if is None or compile_condition(question.shown_if)(names) is True


def may_be_asked(question: Question, names: Names, depth: Depth) -> bool:
    """Whether the question is asked for this profile with some answers."""
    if not asked_at(question, depth):
        return False
    return question.shown_if is None or compile_condition(question.shown_if)(names) is not False


def distinct(profiles: list[Names], questions: Iterable[Question], names: Iterable[Name]) -> list[Names]:
    """One profile for each way these questions may be asked and these facts come out."""
    facts = [name.path for name in names if name.subject == "profile"]
    asked = list(questions)
    found: dict[tuple[object, ...], Names] = {}
    for profile in profiles:
        shape = [may_be_asked(question, profile, "advanced") for question in asked]
        found.setdefault((*shape, *(profile.get(fact) for fact in facts)), profile)
    return list(found.values())


def _check_thin_dimensions(draft: Draft, questionnaire: Questionnaire, profiles: list[Names]) -> None:
    """Over the dimensions of which something is asked at some depth; one report for each."""
    reported = set()
    for names in profiles:
        sure: dict[str, list[int]] = {}
        for section, question in questionnaire.questions():
            if question.weight > 0 and may_be_asked(question, names, "advanced"):
                weights = sure.setdefault(section.dimension, [])
                weights += [question.weight] if surely_asked(question, names, "basic") else []
        for id_, weights in sure.items():
            thin = len(weights) < MIN_QUESTIONS or sum(weights) < MIN_WEIGHT
            if thin and id_ not in reported:
                reported.add(id_)
                words = {"id": id_, "count": len(weights), "weight": sum(weights)}
                where = draft.place(f"dimensions/{id_}")
                draft.complain(where, "thin_dimension", **words, profile=_described(names))


def _described(names: Names) -> str:
    parts = [f"{name.removeprefix('profile.')}={value}" for name, value in names.items()]
    return " ".join(parts).replace("True", "true").replace("False", "false") or "without facts"


def _is_ever_shown(question: Question, questionnaire: Questionnaire, profiles: list[Names]) -> bool:
    """Whether some profile and some answers make the condition plainly true.

    Raises TooManyTrials when it cannot be found out in MAX_TRIALS.
    """
    if question.shown_if is None:
        return True
    condition = compile_condition(question.shown_if)
    named = names_in(question.shown_if)
    fields: dict[str, list[str]] = {}
    for name in named:
        if name.subject != "profile":
            fields.setdefault(name.subject, []).append(name.field)
    subjects = [(q, fields[q.id]) for _, q in questionnaire.questions() if q.id in fields]
    trials = 0
    for profile in distinct(profiles, (subject for subject, _ in subjects), named):
        choices = [_answers(q, own, question.shown_if, profile) for q, own in subjects]
        for answers in product(*choices):
            trials += 1
            if trials > MAX_TRIALS:
                raise TooManyTrials
            if condition({**profile, **{k: v for answer in answers for k, v in answer.items()}}) is True:
                return True
    return False


def _answers(question: Question, fields: list[str], text: str, profile: Names) -> list[dict[str, Value]]:
    """What the named fields of one question can stand for together; values and scores vary freely."""
    found: list[dict[str, Value | None]] = [{"state": "not_asked"}]
    if may_be_asked(question, profile, "advanced"):
        found += [{"state": "missing"}, {"state": "unknown", "score": 0}]
        found += [{"state": "not_applicable"}] if question.allows_not_applicable else []
        values: list[Value | None] = [*_values(question, text)] if "value" in fields else [None]
        scores: list[int | None] = [*range(5)] if "score" in fields else [None]
        found += [{"state": "answered", "value": v, "score": s} for v in values for s in scores]
    return [
        {f"{question.id}.{name}": value for name in fields if (value := answer.get(name)) is not None}
        for answer in found
    ]


def _values(question: Question, text: str) -> Iterator[Value]:
    """Values that some comparison in the text tells apart."""
    constants = constants_of(f"{question.id}.value", [text])
    match question.kind:
        case "single_choice":
            yield from option_ids(question)
        case "multiple_choice":
            yield from _selections([str(constant) for constant in constants])
        case "yes_no":
            yield from (True, False)
        case "number" | "computed":
            limits = sorted({Decimal(0), *(Decimal(constant) for constant in constants)})
            yield from (limits[0] - 1, *limits, limits[-1] + 1)
            yield from ((low + high) / 2 for low, high in pairwise(limits))
        case "text" | "date" | "table":
            yield from (str(constant) for constant in constants)
            yield "-"


def _selections(options: list[str]) -> Iterator[tuple[str, ...]]:
    """Every choice among the options that are named, and one of others only."""
    names = list(dict.fromkeys(options))
    if 2 ** len(names) > MAX_TRIALS:
        raise TooManyTrials
    for chosen in product((True, False), repeat=len(names)):
        yield tuple(name for name, is_chosen in zip(names, chosen, strict=True) if is_chosen)
