"""The errors of this package."""

from __future__ import annotations

from collections.abc import Iterable

from questionnaires.errors import Problem


class AssessmentError(Exception):
    """The family of errors raised by this package."""


class AnswerFileError(AssessmentError):
    """An answer or review file cannot be used; ``problems`` holds every mistake found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnknownEngine(AssessmentError):
    """A result names a scoring engine this program does not have."""
