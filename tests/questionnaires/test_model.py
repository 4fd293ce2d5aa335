"""A version as frozen values, and a checksum that changes with every figure and every word."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from questionnaires.loader import load_folder
from questionnaires.model import Question, Questionnaire, asked_at, canonical_json, checksum, option_ids
from tests.questionnaires.conftest import GOOD

TEA_HOUSE = load_folder(GOOD)
CONTENT = json.loads(canonical_json(TEA_HOUSE))
Way = tuple[str | int, ...]


def leaves(value: Any, way: Way = ()) -> list[Way]:
    """The way to every constant in the content."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [leaf for key, inner in pairs for leaf in leaves(inner, (*way, key))]
    return found if isinstance(value, dict | list) else [way]


def changed(way: Way, value: Any) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(json.dumps(CONTENT))
    inner: Any = content
    for part in way[:-1]:
        inner = inner[part]
    assume(inner[way[-1]] != value)
    inner[way[-1]] = value
    return content


TEXTS = [way for way in leaves(CONTENT) if way[0] == "texts"]
WEIGHTS = [way for way in leaves(CONTENT) if way[-1] == "weight"]


def question(id_: str) -> Question:
    return next(question for _, question in TEA_HOUSE.questions() if question.id == id_)


def test_checksum_is_that_of_the_canonical_content() -> None:
    content = canonical_json(TEA_HOUSE).encode()

    assert checksum(TEA_HOUSE) == hashlib.sha256(content).hexdigest()


def test_canonical_content_has_sorted_keys_no_spaces_and_plain_letters() -> None:
    text = canonical_json(TEA_HOUSE)

    assert text == json.dumps(CONTENT, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert "Tørket" in text


def test_canonical_content_holds_decimals_as_text() -> None:
    (table,) = CONTENT["sections"][0]["questions"]

    assert table["row_limits"][0]["at_most"] == "100"


def test_canonical_content_is_the_whole_version() -> None:
    assert Questionnaire.model_validate_json(canonical_json(TEA_HOUSE)) == TEA_HOUSE


def test_what_has_its_default_is_left_out_so_that_later_fields_change_no_checksum() -> None:
    text = canonical_json(TEA_HOUSE)

    assert '"core":true' in text
    assert '"core":false' not in text
    assert ":null" not in text


@given(st.sampled_from(TEXTS), st.text(min_size=1, max_size=20).filter(lambda text: text.isprintable()))
def test_any_other_text_is_another_checksum(way: Way, text: str) -> None:
    other = Questionnaire.model_validate_json(json.dumps(changed(way, text)))

    assert checksum(other) != checksum(TEA_HOUSE)


@given(st.sampled_from(WEIGHTS), st.integers(1, 3))
def test_any_other_weight_is_another_checksum(way: Way, weight: int) -> None:
    other = Questionnaire.model_validate_json(json.dumps(changed(way, weight)))

    assert checksum(other) != checksum(TEA_HOUSE)


@given(st.randoms(use_true_random=False))
def test_order_of_keys_never_matters(random: Any) -> None:
    shuffled = {**CONTENT, "texts": {language: mixed(t, random) for language, t in CONTENT["texts"].items()}}

    other = Questionnaire.model_validate_json(json.dumps(mixed(shuffled, random)))

    assert checksum(other) == checksum(TEA_HOUSE)


def mixed(mapping: dict[str, Any], random: Any) -> dict[str, Any]:
    keys = list(mapping)
    random.shuffle(keys)
    return {key: mapping[key] for key in keys}


def test_order_of_questions_matters() -> None:
    first, *others = TEA_HOUSE.sections
    other = TEA_HOUSE.model_copy(update={"sections": (*others, first)})

    assert checksum(other) != checksum(TEA_HOUSE)


def test_version_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        TEA_HOUSE.id = "coffee_house"


def test_questions_come_with_their_sections_in_definition_order() -> None:
    found = [(section.id, question.id) for section, question in TEA_HOUSE.questions()]

    assert found[:3] == [
        ("tables", "tables.leaves_in"),
        ("brewing", "brewing.water"),
        ("brewing", "brewing.kettle"),
    ]
    assert len(found) == 12


def test_advice_comes_in_definition_order_of_the_questions() -> None:
    questions = [question.id for _, question in TEA_HOUSE.questions()]

    steps = [(questions.index(advice.question), advice.to) for advice in TEA_HOUSE.scheme.advice]

    assert steps == sorted(steps)


@pytest.mark.parametrize(
    ("id_", "ids"),
    [
        ("brewing.water", ("0", "1", "2", "3", "4")),
        ("brewing.kettle", ("none_at_all", "tin", "singing")),
        ("serving.cups", ()),
    ],
)
def test_option_ids_are_those_an_answer_may_name(id_: str, ids: tuple[str, ...]) -> None:
    assert option_ids(question(id_)) == ids


@pytest.mark.parametrize(
    ("id_", "depth", "asked"),
    [
        ("brewing.water", "basic", True),
        ("brewing.water", "advanced", True),
        ("tables.leaves_in", "basic", False),
        ("tables.leaves_in", "advanced", True),
    ],
)
def test_advanced_assessment_includes_the_basic_questions(id_: str, depth: Any, asked: bool) -> None:
    assert asked_at(question(id_), depth) is asked
