"""The figures of a share edition hold together, or the value that does not is named."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from assessment.answers import Answer, Review
from assessment.assess import assess
from assessment.result import AssessmentResult
from assessment.routing import Plan
from questionnaires.catalogue import PACKAGE_FOLDER
from reports.attachments import shared_result
from reports.verifying.sharecheck import SharedResult, check_share
from webapp.services.definitions import Definitions
from webapp.services.scoring import ReadAnswers, open_answers

EXAMPLES = sorted((PACKAGE_FOLDER / "examples").glob("*/*.json"))
DEFINITIONS = Definitions()


def _read(path: Path) -> ReadAnswers:
    return open_answers(path, DEFINITIONS)


def _example() -> AssessmentResult:
    read = _read(PACKAGE_FOLDER / "examples" / "eksempel_mobelverksted" / "circular_business_models.json")
    return assess(read.plan, read.answers)


RESULT = _example()
SHARED = shared_result(RESULT)


def _differences(content: dict[str, Any], plan: Plan) -> list[str]:
    shared = SharedResult.model_validate_json(json.dumps(content))
    return [difference.path for difference in check_share(shared, plan)[0]]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_example_holds_together(path: Path) -> None:
    read = _read(path)

    assert _differences(shared_result(assess(read.plan, read.answers)), read.plan) == []


def _unknown(read: ReadAnswers) -> dict[str, Answer]:
    return dict.fromkeys(read.answers.answers, Answer("unknown"))


def _half(read: ReadAnswers) -> dict[str, Answer]:
    return dict(list(read.answers.answers.items())[::2])


def _best(read: ReadAnswers) -> dict[str, Answer]:
    questions = read.plan.questionnaire.questions()
    return {q.id: Answer("answered", "4") for _, q in questions if q.kind == "single_choice" and q.weight}


def _not_applicable(read: ReadAnswers) -> dict[str, Answer]:
    may = {q.id for _, q in read.plan.questionnaire.questions() if q.allows_not_applicable}
    return {**read.answers.answers, **dict.fromkeys(may, Answer("not_applicable", reason="x"))}


def _nothing(_: ReadAnswers) -> dict[str, Answer]:
    return {}


@pytest.mark.parametrize("accepts", [True, False], ids=["accepted", "not accepted"])
@pytest.mark.parametrize("answers", [_unknown, _half, _best, _not_applicable, _nothing])
@pytest.mark.parametrize("path", EXAMPLES[:2], ids=lambda path: path.stem)
def test_withheld_provisional_capped_and_empty_results_hold_together(
    path: Path, answers: Callable[[ReadAnswers], dict[str, Answer]], accepts: bool
) -> None:
    read = _read(path)
    accepted = frozenset(planned.dimension.id for planned in read.plan.dimensions)
    review = Review(accepted=accepted) if accepts else Review()

    result = assess(read.plan, replace(read.answers, answers=answers(read)), review)

    assert _differences(shared_result(result), read.plan) == []


def _dimension(at: int, **values: object) -> Callable[[dict[str, Any]], None]:
    return lambda content: content["dimensions"][at].update(values)


def _overall(**values: object) -> Callable[[dict[str, Any]], None]:
    return lambda content: content["overall"].update(values)


# The furniture workshop: strategy scores 14/5 (index 70.0, level 3) with coverage 1 and weight 15;
# overall 1511/600 (index 63.0), raw level 3, level 2 by the weakest link.
CHANGES: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "overall level": (_overall(level=3), "overall.level"),
    "overall level without its cap": (_overall(level=3, caps=[]), "overall.level"),
    "overall score": (_overall(score="3"), "overall.score"),
    "overall index": (_overall(index="70.0"), "overall.index"),
    "overall coverage": (_overall(coverage="1"), "overall.coverage"),
    "overall answered": (_overall(answered="1.000"), "overall.answered"),
    "overall low": (_overall(low="3"), "overall.low"),
    "overall high": (_overall(high="3"), "overall.high"),
    "overall status": (_overall(status="provisional"), "overall.status"),
    "dimension score": (_dimension(0, score="3"), "dimensions[0].index"),
    "dimension score with all that stands beside it": (
        _dimension(0, score="3", index="75.0", low="3", high="3"),
        "overall.score",
    ),
    "dimension index": (_dimension(0, index="75.0"), "dimensions[0].index"),
    "dimension raw level": (_dimension(0, raw_level=4), "dimensions[0].raw_level"),
    "dimension level": (_dimension(0, level=4), "dimensions[0].level"),
    "dimension weight": (_dimension(0, weight=16), "dimensions[0].weight"),
    "dimension core": (_dimension(0, core=False), "dimensions[0].core"),
    "dimension coverage": (_dimension(0, coverage="1/2"), "dimensions[0].status"),
    "dimension low": (_dimension(0, low="2"), "dimensions[0].high"),
    "dimension high": (_dimension(0, high="4"), "dimensions[0].high"),
    "dimension low above its score": (_dimension(0, low="3"), "dimensions[0].low"),
    "dimension share not applicable": (_dimension(0, na_share="1/2"), "dimensions[0].flags[0]"),
    "dimension flag": (_dimension(0, flags=["na_review"]), "dimensions[0].flags[0]"),
    "dimension cap that is no gate": (
        _dimension(0, caps=[{"rule": "gate", "max_level": 0, "because": ["x.y"]}], level=0),
        "dimensions[0].caps[0]",
    ),
    "dimension name": (_dimension(0, id="strategi"), "dimensions"),
    "definition": (lambda content: content.update(definition_sha256="0" * 64), "definition_sha256"),
    "indicator figure": (
        lambda content: content["indicators"][0].update(value="50", display="60.0"),
        "indicators[0].display",
    ),
    "indicator gone": (
        lambda content: content["indicators"].pop(),
        f"indicators[{len(SHARED['indicators']) - 1}]",
    ),
}


@pytest.mark.parametrize(("change", "path"), CHANGES.values(), ids=CHANGES)
def test_a_figure_that_does_not_fit_is_named(change: Callable[[dict[str, Any]], None], path: str) -> None:
    content = copy.deepcopy(SHARED)

    change(content)

    assert path in _differences(content, RESULT.plan)


MISSHAPEN: dict[str, Callable[[dict[str, Any]], None]] = {
    "a foreign key": lambda content: content.update(strengths=[]),
    "a level of 5": _overall(level=5),
    "a level as text": _overall(level="2"),
    "a division by zero": _overall(score="1/0"),
    "a decimal": _overall(score="2.5"),
    "a fraction of a thousand digits": _overall(score="1" * 1000),
    "a share of two": _overall(answered="2.000"),
    "no dimensions": lambda content: content.pop("dimensions"),
}


@pytest.mark.parametrize("change", MISSHAPEN.values(), ids=MISSHAPEN)
def test_what_has_not_the_shape_of_a_shared_result_is_refused(
    change: Callable[[dict[str, Any]], None],
) -> None:
    content = copy.deepcopy(SHARED)

    change(content)

    with pytest.raises(ValidationError):
        SharedResult.model_validate_json(json.dumps(content))
