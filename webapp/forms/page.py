"""A page of questions: what a form said to each of them. Never raises, whatever was sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessment.answers import Answer
from questionnaires.model import Question
from questionnaires.values import Language
from webapp.forms.answers import read_typed
from webapp.forms.problems import FormProblem
from webapp.forms.typed import Fields, Typed, by_question, typed_in
from webapp.words import language_of

FormData = Mapping[str, list[str]]
"""Every value sent by field name: ``dict(request.form.lists())``."""

_VERSION = re.compile("[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class QuestionInput:
    """What a form said to one question.

    ``answer``: None exactly when there are ``problems``; one with the status ``missing`` when nothing is
    said (any more). ``base``: the version the form was made from, 0 where there was no answer yet.
    ``typed``: as it stood in the inputs, to show it again.
    """

    question: Question
    answer: Answer | None
    base: int
    typed: Typed
    problems: tuple[FormProblem, ...]


@dataclass(frozen=True, slots=True)
class SectionInput:
    """Every question that stood on the form, in definition order; the others are left untouched."""

    questions: tuple[QuestionInput, ...]

    @property
    def problems(self) -> tuple[FormProblem, ...]:
        """Every mistake on the page, in order."""
        return tuple(problem for one in self.questions for problem in one.problems)

    def find(self, id_: str) -> QuestionInput | None:
        """What was said to one question; None when it did not stand on the form."""
        return next((one for one in self.questions if one.question.id == id_), None)


def read_section(questions: Iterable[Question], formdata: FormData, language: Language) -> SectionInput:
    """What a form said to these questions; ``language`` where the form does not say in which it was made."""
    sent = by_question(formdata.items())
    return SectionInput(
        tuple(
            _read_question(question, fields, language)
            for question in questions
            if question.kind != "computed" and (fields := sent.get(question.id, {})).get("here")
        )
    )


def _read_question(question: Question, fields: Fields, language: Language) -> QuestionInput:
    typed = typed_in(fields)
    said = read_typed(question, typed, language_of(fields["here"][-1]) or language)
    base, problems = 0, said.problems
    if version := fields.get("version"):
        if _VERSION.fullmatch(version[-1]):
            base = int(version[-1])
        else:
            problems = (*problems, FormProblem(question.id, "", "form_damaged"))
    return QuestionInput(question, None if problems else said.answer, base, typed, problems)
