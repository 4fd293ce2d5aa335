"""One question: from its inputs to an answer that keeps every rule of answer files, and back."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Literal

from assessment.answers import Answer, Evidence
from assessment.reading import MAX_TITLE, read_answer
from assessment.values import MAX_TEXT
from questionnaires.model import Question
from questionnaires.values import Language
from webapp.forms.fields import FIELDS, RawValue, day_or_nothing, show_value, text_or_nothing
from webapp.forms.problems import FormProblem, of_input, of_rule
from webapp.forms.typed import NOT_APPLICABLE, UNKNOWN, Typed, TypedEvidence
from webapp.forms.wrong import Wrong

Said = Literal["unknown", "not_applicable"]

_AMONG_VALUES: dict[Said, str] = {"unknown": UNKNOWN, "not_applicable": NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """What was said to one question: an answer, or the problems why there is none."""

    answer: Answer | None
    problems: tuple[FormProblem, ...] = ()


def read_typed(question: Question, typed: Typed, language: Language) -> TypedAnswer:
    """The answer that stands in the inputs; ``language`` says how its numbers are written."""
    found: list[FormProblem] = []

    def complain(part: str, wrong: Wrong) -> None:
        found.append(of_input(question, part, wrong))

    for part in typed.repeated:
        complain(part, Wrong("repeated"))
    value = FIELDS[question.kind].read(question, typed, language, complain)
    status = _status(question, typed, value, complain)
    lines = tuple(line for line in typed.evidence if not line.is_blank)
    entry: dict[str, Any] = {
        "value": value if status is None else None,
        "status": status,
        "reason": text_or_nothing(typed.reason, "reason", MAX_TEXT, complain)
        if status == "not_applicable"
        else None,
        "comment": text_or_nothing(typed.comment, "comment", MAX_TEXT, complain),
        "evidence": [_evidence(line, complain) for line in lines],
        "estimate": typed.is_estimate,
    }
    complained = {problem.part for problem in found}
    answer, broken = read_answer(question, json.dumps(entry))
    rules = (of_rule(question, typed, tuple(line.at for line in lines), problem) for problem in broken)
    found += [rule for rule in rules if rule.part not in complained and rule.code != "empty_row"]
    problems = tuple(sorted(found, key=lambda problem: (problem.order, _column(question, problem.part))))
    return TypedAnswer(None if problems else answer, problems)


def _column(question: Question, part: str) -> int:
    """Which column of a table a part is in, from the left; 0 for what is no cell."""
    return next((at for at, column in enumerate(question.columns) if part.endswith(f".{column.id}")), 0)


def _status(question: Question, typed: Typed, value: RawValue, complain: Any) -> Said | None:
    """The status that was ticked; a value beside it is a contradiction."""
    if FIELDS[question.kind].has_statuses_among_values:
        return next((status for status, sent in _AMONG_VALUES.items() if typed.values == (sent,)), None)
    known: list[Said] = [status for status in _AMONG_VALUES if status in typed.statuses]
    if len(known) < len(typed.statuses):
        complain("status", Wrong("unknown_option"))
    elif len(known) > 1:
        complain("status", Wrong("two_statuses"))
    elif known and value is not None:
        complain("status", Wrong("value_and_status"))
    return known[0] if len(known) == 1 and value is None else None


def _evidence(line: TypedEvidence, complain: Any) -> dict[str, str | None]:
    return {
        "title": text_or_nothing(line.title, f"evidence-{line.at}-title", MAX_TITLE, complain),
        "kind": line.kind or None,
        "date": day_or_nothing(line.date, f"evidence-{line.at}-date", complain),
    }


def typed_of(question: Question, answer: Answer | None, language: Language) -> Typed:
    """The inputs that show an answer; reading them gives the same answer."""
    if answer is None:
        return Typed()
    typed = Typed()
    if answer.value is not None:
        typed = show_value(question, answer.value, language)
    elif answer.status in ("unknown", "not_applicable"):
        typed = _shown_status(question, answer.status)
    return replace(
        typed,
        reason=answer.reason or "",
        comment=answer.comment or "",
        is_estimate=answer.estimate,
        evidence=tuple(_shown_evidence(at, item) for at, item in enumerate(answer.evidence)),
    )


def _shown_status(question: Question, status: Said) -> Typed:
    if FIELDS[question.kind].has_statuses_among_values:
        return Typed(values=(_AMONG_VALUES[status],))
    return Typed(statuses=(status,))


def _shown_evidence(at: int, item: Evidence) -> TypedEvidence:
    return TypedEvidence(at, item.title or "", item.kind or "", item.date.isoformat() if item.date else "")
