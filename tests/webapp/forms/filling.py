"""Filling in forms as a browser does, and saying what is wrong with them."""

from __future__ import annotations

from typing import Any

from questionnaires.model import Question, Questionnaire
from questionnaires.values import Language
from webapp.forms.page import FormData, QuestionInput, read_section
from webapp.words import words_of

LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")


def sent(question: Question, *fields: tuple[str, str], language: str = "nb") -> FormData:
    """A form with one question on it; ``fields`` are parts of it (empty: the value) and their values."""
    data: dict[str, list[str]] = {f"q.{question.id}.here": [language]}
    for part, value in fields:
        name = f"q.{question.id}.{part}" if part else f"q.{question.id}"
        data.setdefault(name, []).append(value)
    return data


def fill(question: Question, *fields: tuple[str, str], language: Language = "nb") -> QuestionInput:
    """What a form with these fields says to a question."""
    found = read_section([question], sent(question, *fields, language=language), language)
    assert len(found.questions) == 1
    return found.questions[0]


def value_of(question: Question, *fields: tuple[str, str], language: Language = "nb") -> Any:
    """The value a form without mistakes says."""
    said = fill(question, *fields, language=language)
    assert said.answer is not None, said.problems
    return said.answer.value


def sentences(
    questionnaire: Questionnaire, said: QuestionInput, language: Language = "nb"
) -> list[tuple[str, str]]:
    """Where each mistake is, and what the page says about it."""
    texts = questionnaire.words(language)
    return [(problem.part, problem.text(words_of(language), texts)) for problem in said.problems]
