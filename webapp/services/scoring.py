"""Scoring answer files, and checking them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assessment.answers import AnswerSet, Review
from assessment.assess import NO_REVIEW, assess
from assessment.errors import AnswerFileError
from assessment.jsontext import JsonText, Lines
from assessment.reading import read_answers
from assessment.result import AssessmentResult
from assessment.review.reading import read_review
from assessment.routing import Plan
from assessment.warnings import find_warnings
from questionnaires.errors import DefinitionError, Problem
from webapp.files import read_json_file
from webapp.services.definitions import Definitions

MAX_REASONS = 20


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """The answers of a file with the plan they were checked against."""

    source: JsonText
    answers: AnswerSet
    plan: Plan


def open_answers(path: Path, definitions: Definitions) -> ReadAnswers:
    """Read and check an answer file. Raises AnswerFileError with every problem."""
    source = read_json_file(path)
    try:
        reading = read_answers(source, definitions.questionnaire, definitions.shared_facts)
    except DefinitionError as error:
        raise AnswerFileError(_unusable(source, error)) from error
    if reading.answers is None:
        raise AnswerFileError(reading.problems)
    plan = definitions.plan(reading.answers.questionnaire, reading.answers.version)
    return ReadAnswers(source, reading.answers, plan)


def _unusable(source: JsonText, error: DefinitionError) -> Iterator[Problem]:
    """A broken or changed definition as a problem of the answer file that names it."""
    place = Lines(source).place(("version",))
    for problem in error.problems[:MAX_REASONS]:
        yield Problem(place, "definition_unusable", {"reason": str(problem).removesuffix(".")})


def score_file(path: Path, definitions: Definitions, review: Path | None = None) -> AssessmentResult:
    """The result of an answer file, with an advisor's file beside it. Raises AnswerFileError."""
    read = open_answers(path, definitions)
    return assess(read.plan, read.answers, open_review(review, read.plan) if review else NO_REVIEW)


def open_review(path: Path, plan: Plan) -> Review:
    """Read and check an advisor's file. Raises AnswerFileError with every problem."""
    review, problems = read_review(read_json_file(path), plan.questionnaire)
    if review is None:
        raise AnswerFileError(problems)
    return review


def check_file(path: Path, definitions: Definitions) -> tuple[Problem, ...]:
    """The warnings about an answer file without mistakes. Raises AnswerFileError with its mistakes."""
    read = open_answers(path, definitions)
    return find_warnings(read.plan, read.answers, read.source)
