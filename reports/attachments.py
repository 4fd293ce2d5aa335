"""What a report carries with it: the answers and the result as JSON, so that anybody can recompute it.

The share edition carries the result alone, without anything about single answers. Source: docs/contracts.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from assessment.answers import Review, review_json, to_json
from assessment.result import AssessmentResult, result_json
from reports.material import Material
from reports.rendering.job import Attached

ANSWERS = "answers.json"
RESULT = "result.json"
REVIEW = "review.json"
PREVIOUS = "previous.json"
NAMES = (ANSWERS, RESULT, REVIEW, PREVIOUS)

_NOT_SHARED = ("strengths", "gaps", "next_step", "advice", "contradictions")


def attachments(material: Material) -> tuple[Attached, ...]:
    """The files of one report, in the order readers show them."""
    return tuple(_attachments(material))


def shared_result(result: AssessmentResult) -> dict[str, Any]:
    """The result without questions, strengths, gaps, next step, advice and contradictions."""
    whole = {key: value for key, value in result_json(result).items() if key not in _NOT_SHARED}
    without = [
        {key: value for key, value in dimension.items() if key != "questions"}
        for dimension in whole["dimensions"]
    ]
    return {**whole, "dimensions": without}


def _attachments(material: Material) -> Iterator[Attached]:
    result = material.result
    if material.edition == "share":
        yield _attached(RESULT, "Result", shared_result(result))
        return
    yield _attached(ANSWERS, "Answers", to_json(result.answers))
    yield _attached(RESULT, "Result", result_json(result))
    if result.review != Review():
        yield _attached(REVIEW, "Review", review_json(result.review))
    if material.previous is not None:
        yield _attached(PREVIOUS, "Earlier answers", to_json(material.previous.answers))


def _attached(name: str, description: str, content: Mapping[str, Any]) -> Attached:
    """A lone surrogate in somebody's text, which UTF-8 cannot hold, is written as an escape."""
    return Attached(name, description, json.dumps(content, indent=1).encode("ascii"))
