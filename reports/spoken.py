"""An answer in words, as a reader of one language sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from assessment.answers import Answer
from questionnaires.model import Question
from questionnaires.values import QuestionKind
from reports.formatting import NO_BREAK, Voice, paragraphs


def spoken(voice: Voice, question: Question, answer: Answer) -> str:
    """What was said to a question, on one line, with its reason or its mark as an estimate."""
    match answer.status:
        case "missing":
            return voice.words["missing"]
        case "unknown":
            return voice.words["unknown"]
        case "not_applicable":
            reason = " ".join(paragraphs(answer.reason))
            return f"{voice.words['not_applicable']}: {reason}" if reason else voice.words["not_applicable"]
    said = VALUES[question.kind](voice, question, answer.value)
    return f"{said} ({voice.words['estimate']})" if answer.estimate else said


def spoken_option(voice: Voice, question: str, option: str) -> str:
    """What a choice is called: its own text, else the anchor of that name."""
    own = voice.texts.get(f"questions/{question}/options/{option}")
    return own or voice.texts.get(f"questions/{question}/anchors/{option}") or option


def _number(voice: Voice, question: Question, value: Any) -> str:
    shown = voice.number(value, 1) if isinstance(value, Fraction) else voice.quantity(value)
    unit = voice.texts.get(f"questions/{question.id}/unit_text", question.unit or "")
    return f"{shown}{NO_BREAK}{unit}" if unit else shown


def _choices(voice: Voice, question: Question, value: Any) -> str:
    return "; ".join(spoken_option(voice, question.id, option) for option in value)


VALUES: Mapping[QuestionKind, Callable[[Voice, Question, Any], str]] = {
    "single_choice": lambda voice, question, value: spoken_option(voice, question.id, value),
    "multiple_choice": _choices,
    "yes_no": lambda voice, _, value: voice.words["yes" if value else "no"],
    "number": _number,
    "computed": _number,
    "text": lambda _voice, _question, value: " ".join(paragraphs(value)),
    "date": lambda voice, _, value: voice.date(value),
    "table": lambda voice, _, value: voice.say("rows", count=len(value)),
}
"""How the value of each kind is said."""
