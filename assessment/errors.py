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


class IllegalTransition(AssessmentError):
    """An assessment cannot go that way from where it is; ``allowed`` says which ways it can."""

    def __init__(self, state: str, event: str, allowed: Iterable[str]) -> None:
        self.state = state
        self.event = event
        self.allowed = tuple(allowed)
        super().__init__(f"{event} from {state}; allowed: {', '.join(self.allowed) or 'nothing'}")


class ReasonMissing(AssessmentError):
    """A step that needs a reason was given none."""

    def __init__(self, event: str) -> None:
        self.event = event
        super().__init__(event)
