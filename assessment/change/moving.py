"""Answers taken to another version of their questionnaire, with what carries over and what does not.

An answer carries over when the new version has the question, of the same kind, and would accept
the answer as it is. Nothing is guessed or converted. Source: docs/scoring.md section 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from assessment.answers import Answer, AnswerSet, FactValue
from assessment.reading import reread_answer
from questionnaires.model import Questionnaire, asked_at

DropReason: TypeAlias = Literal["removed", "kind_changed", "not_accepted"]


@dataclass(frozen=True, slots=True)
class Dropped:
    """One answer or fact that falls out. ``path``: ``answers.<id>`` or ``profile.<id>``.

    ``detail``: for ``not_accepted`` what the new version says of it, else empty.
    """

    path: str
    reason: DropReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """The moved answers with the preview: ids carried over, what is dropped, questions that are new."""

    answers: AnswerSet
    carried: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    new_questions: tuple[str, ...]


def move_answers(answers: AnswerSet, old: Questionnaire, new: Questionnaire, version: str) -> Move:
    """The answers under ``new``, which is called ``version``; the answer set given is not changed."""
    kept, dropped = _move_answers(answers, old, new)
    profile, dropped_facts = _move_profile(answers.profile, old, new)
    known = {question.id for _, question in old.questions()}
    new_questions = tuple(
        question.id
        for _, question in new.questions()
        if question.id not in known and question.kind != "computed" and asked_at(question, answers.depth)
    )
    moved = replace(answers, version=version, profile=profile, answers=kept)
    return Move(moved, tuple(kept), (*dropped_facts, *dropped), new_questions)


def _move_answers(
    answers: AnswerSet, old: Questionnaire, new: Questionnaire
) -> tuple[dict[str, Answer], list[Dropped]]:
    before = {question.id: question for _, question in old.questions()}
    after = {question.id: question for _, question in new.questions()}
    kept: dict[str, Answer] = {}
    dropped = []
    for id_, answer in answers.answers.items():
        path = f"answers.{id_}"
        if id_ not in after:
            dropped.append(Dropped(path, "removed"))
        elif after[id_].kind != before[id_].kind:
            dropped.append(Dropped(path, "kind_changed"))
        elif problems := reread_answer(after[id_], answer):
            dropped.append(Dropped(path, "not_accepted", problems[0].message))
        else:
            kept[id_] = answer
    return kept, dropped


def _move_profile(
    profile: Mapping[str, FactValue], old: Questionnaire, new: Questionnaire
) -> tuple[dict[str, FactValue], list[Dropped]]:
    before = {fact.id: fact.kind for fact in old.facts}
    after = {fact.id: fact.kind for fact in new.facts}
    kept = {id_: value for id_, value in profile.items() if before.get(id_) in (None, after.get(id_))}
    dropped = [
        Dropped(f"profile.{id_}", "kind_changed" if id_ in after else "removed")
        for id_ in profile
        if id_ not in kept
    ]
    return kept, dropped
