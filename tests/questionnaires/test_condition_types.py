"""Names exist, like is compared with like, and every mistake is found once."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaires.condition_types import NameKind, check_condition, fact_kinds, question_kinds
from questionnaires.model import Fact, Question, Questionnaire, option_ids

KINDS = {
    "p.yes": NameKind("boolean"),
    "p.count": NameKind("number"),
    "p.word": NameKind("text"),
    "q.one.value": NameKind("text", ("red", "green")),
    "q.one.state": NameKind("text", ("answered", "unknown")),
    "q.many.value": NameKind("list", ("red", "green")),
    "q.broken.value": NameKind("unknown"),
}


def found(text: str, wanted: Any = "boolean") -> list[str]:
    return [code for code, _ in check_condition(text, KINDS, wanted)]


@pytest.mark.parametrize(
    "text",
    [
        "p.yes",
        "!p.yes && p.count < 3.5 || p.word == 'x'",
        "p.yes == false",
        "(p.count < 3) == p.yes",
        "p.count in [1, 2]",
        "p.word in ['a', 'b']",
        "q.one.value == 'red'",
        "q.one.value in ['red', 'green']",
        "'red' in q.many.value",
        "p.word in q.many.value",
        "q.one.value == p.word",
        "q.one.state != 'unknown'",
        "q.broken.value",
        "q.broken.value == 3",
        "q.broken.value < p.count",
        "'x' in q.broken.value",
        "q.broken.value in ['x', 'y']",
        "true",
    ],
)
def test_condition_that_fits_has_no_findings(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("p.yes &&", ["condition_syntax"]),
        ("p.no", ["condition_unknown_name"]),
        ("p.no || p.no && !p.no", ["condition_unknown_name"]),
        ("p.no in ['a', 'b']", ["condition_unknown_name"]),
        ("p.count", ["condition_operand"]),
        ("!p.count", ["condition_operand"]),
        ("p.yes && p.word", ["condition_operand"]),
        ("p.yes || 'x'", ["condition_operand"]),
        ("p.count == 'x'", ["condition_types"]),
        ("p.yes == 1", ["condition_types"]),
        ("p.yes == 'true'", ["condition_types"]),
        ("p.word < 'x'", ["condition_operand"]),
        ("p.yes < true", ["condition_operand"]),
        ("1 < p.count < 3", ["condition_types"]),
        ("q.many.value == 'red'", ["condition_types"]),
        ("q.many.value == q.many.value", ["condition_types"]),
        ("p.count in ['a']", ["condition_types"]),
        ("p.word in ['a', 1]", ["condition_types"]),
        ("p.count in q.many.value", ["condition_operand"]),
        ("p.yes in q.many.value", ["condition_operand"]),
        ("q.many.value in q.many.value", ["condition_operand"]),
        ("'a' in p.word", ["condition_operand"]),
        ("'a' in 'abc'", ["condition_operand"]),
        ("p.word in []", ["condition_operand"]),
        ("['a']", ["condition_operand"]),
        ("q.one.value == 'blue'", ["condition_unknown_option"]),
        ("'blue' == q.one.value", ["condition_unknown_option"]),
        ("q.one.value == 3", ["condition_types"]),
        ("q.one.value in ['red', 'blue']", ["condition_unknown_option"]),
        ("'blue' in q.many.value", ["condition_unknown_option"]),
        ("q.one.state == 'unknwon'", ["condition_unknown_state"]),
        ("int(profile.code.substring(0, 2)) < 3", ["condition_unknown_name"]),
        ("p.no && q.one.value == 'blue'", ["condition_unknown_name", "condition_unknown_option"]),
    ],
)
def test_mistake_in_a_condition_is_found_once(text: str, codes: list[str]) -> None:
    assert found(text) == codes


def test_number_may_be_wanted() -> None:
    assert found("p.count", "number") == []


def test_truth_is_refused_where_a_number_is_wanted() -> None:
    assert found("p.count < 3", "number") == ["condition_operand"]


def test_close_name_is_proposed() -> None:
    ((_, particulars),) = check_condition("p.yess", KINDS, "boolean")

    assert particulars == {"name": "p.yess", "hint": "; did you mean 'p.yes'?"}


@pytest.mark.parametrize(
    ("kind", "stands_for"), [("boolean", "boolean"), ("integer", "number"), ("text", "text")]
)
def test_fact_stands_for_its_kind(kind: Any, stands_for: str) -> None:
    kinds = fact_kinds((Fact(id="garden", kind=kind, source="x"),))

    assert kinds == {"profile.garden": NameKind(stands_for)}  # type: ignore[arg-type]  # one of Kind


@pytest.mark.parametrize(
    ("id_", "value", "has_score"),
    [
        ("brewing.water", NameKind("text", ("0", "1", "2", "3", "4")), True),
        ("brewing.kettle", NameKind("text", ("none_at_all", "tin", "singing")), True),
        (
            "brewing.blends",
            NameKind("list", ("simple_mint", "simple_rose", "bold_pine", "bold_smoke", "none")),
            True,
        ),
        ("serving.cups", NameKind("boolean"), True),
        ("serving.guests_pct", NameKind("number"), True),
        ("leaves.dried_share", NameKind("number"), True),
        ("serving.motto", NameKind("text"), False),
        ("serving.opened_on", NameKind("text"), False),
        ("tables.leaves_in", None, False),
    ],
)
def test_question_gives_names(
    id_: str, value: NameKind | None, has_score: bool, tea_house: Questionnaire
) -> None:
    (question,) = (q for _, q in tea_house.questions() if q.id == id_)

    kinds = question_kinds(question, option_ids(question))

    assert kinds.get(f"{id_}.value") == value
    assert (f"{id_}.score" in kinds) is has_score
    assert "not_applicable" in (kinds[f"{id_}.state"].words or ())


def test_question_without_weight_gives_no_score() -> None:
    question = Question(
        id="a.b", depth="basic", kind="yes_no", weight=0, allows_not_applicable=True, source="x"
    )

    assert set(question_kinds(question, ())) == {"a.b.state", "a.b.value"}
