"""Words by key, stamps, and translations that are missing, stale or for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.draft import read_draft
from questionnaires.errors import DefinitionError
from questionnaires.loader import load_folder
from questionnaires.model import Questionnaire
from questionnaires.texts import flatten, source_units, stamp
from tests.questionnaires.conftest import Edit, Problems

CUPS = "  serving.cups:\n    of: "


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("questionnaire/title", "Tehuset Rundtomkring"),
        ("facts/guests/text", "Hvor mange gjester får plass?"),
        ("sections/brewing/intro", "Om vann, kanner og blandinger."),
        ("questions/brewing.water/anchors/3", "Vannet har en dagbok"),
        ("questions/brewing.kettle/options/singing", "Syngende kanne"),
        ("questions/tables.leaves_in/columns/leaf", "Blad"),
        ("questions/serving.guests_pct/unit_text", "%"),
        ("levels/4/name", "Kokende"),
        ("dimensions/brewing/gates/0", "Uten navn på vannet stopper trekkingen på nivå 2."),
        ("contradictions/c01/ask", "Hva er vannet til?"),
        ("indicators/F1/formula_text", "Brukte blader delt på alle blader."),
        ("advice/serving.cups/to_3/why", "Bøker varer lenger."),
    ],
)
def test_text_stands_under_its_key(key: str, text: str, tea_house: Questionnaire) -> None:
    assert tea_house.texts["nb"][key] == text
    assert tea_house.texts["nn"][key] == f"nn: {text}"
    assert tea_house.texts["en"][key] == f"en: {text}"


def test_every_language_has_the_same_keys(tea_house: Questionnaire) -> None:
    keys = {language: sorted(texts) for language, texts in tea_house.texts.items()}

    assert keys["nb"] == keys["nn"] == keys["en"]


def test_structure_holds_no_words(tea_house: Questionnaire) -> None:
    structure = tea_house.model_copy(update={"texts": {}}).model_dump_json()

    assert "Tehuset" not in structure
    assert "dagbok" not in structure


def test_stamp_is_eight_hexadecimal_digits() -> None:
    """By hand: printf '{"text":"Hva?","why":"Fordi."}' | sha256sum"""
    assert stamp({"text": "Hva?", "why": "Fordi."}) == "aca633a9"


def test_stamp_does_not_depend_on_the_order_of_words() -> None:
    assert stamp({"a": "1", "b": {"c": "2", "d": "3"}}) == stamp({"b": {"d": "3", "c": "2"}, "a": "1"})


@given(st.text(), st.text())
def test_stamp_changes_with_the_words(one: str, other: str) -> None:
    assert (stamp({"text": one}) == stamp({"text": other})) is (one == other)


def test_nested_words_have_paths_as_keys() -> None:
    assert dict(flatten("q/a", {"text": "x", "anchors": {"0": "y"}})) == {
        "q/a/text": "x",
        "q/a/anchors/0": "y",
    }


def test_source_change_makes_both_translations_stale(edit: Edit, problems: Problems) -> None:
    edit("sections/serving.yaml", "Teller dere koppene?", "Teller dere tefatene?")

    found = [(p.code, p.place.file, p.place.path) for p in problems()]

    assert found == [
        ("translation_stale", "1.0.0-draft/translations/en.yaml", "questions.serving.cups.of"),
        ("translation_stale", "1.0.0-draft/translations/nn.yaml", "questions.serving.cups.of"),
    ]


def test_stamp_from_the_message_mends_a_stale_translation(
    edit: Edit, problems: Problems, folder: Path
) -> None:
    edit("sections/serving.yaml", "Teller dere koppene?", "Teller dere tefatene?")
    for problem in problems():
        language = problem.place.file.removeprefix("1.0.0-draft/")
        edit(language, f'{CUPS}"30a27576"', CUPS + problem.allowed)

    questionnaire = load_folder(folder)

    assert questionnaire.texts["nb"]["questions/serving.cups/text"] == "Teller dere tefatene?"


@pytest.mark.parametrize(
    ("right", "written"),
    [
        ("30a27576", '"30a27576"'),
        ("30a27576", "30a27576"),
        ("12345678", "12345678"),
        ("01234567", "01234567"),
        ("00000000", "0"),
    ],
)
def test_stamp_may_be_written_with_or_without_quotes(
    right: str, written: str, edit: Edit, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = stamp(source_units(read_draft(folder))["questions/serving.cups"])
    monkeypatch.setattr(
        "questionnaires.texts.stamp", lambda words: right if stamp(words) == real else stamp(words)
    )
    for language in ("nn", "en"):
        edit(f"translations/{language}.yaml", f'{CUPS}"{real}"', CUPS + written)

    assert load_folder(folder).texts["en"]["questions/serving.cups/text"] == "en: Teller dere koppene?"


@pytest.mark.parametrize("written", ["1.5e3", "0x123456", "true", "[1]", "'30A27576'", "1.5"])
def test_what_is_no_stamp_is_stale(written: str, edit: Edit, problems: Problems) -> None:
    edit("translations/nn.yaml", f'{CUPS}"30a27576"', CUPS + written)

    assert [p.code for p in problems()] == ["translation_stale"]


def test_broken_question_is_not_called_untranslated(edit: Edit, problems: Problems) -> None:
    edit("sections/serving.yaml", "kind: yes_no", "kind: yes_or_no")

    assert [p.code for p in problems()] == ["not_one_of"]


def test_broken_translation_file_does_not_hide_other_mistakes(edit: Edit, problems: Problems) -> None:
    edit("translations/nn.yaml", "language: nn", "language: [nn")
    edit("scoring.yaml", "weight: 35", "weight: 34")

    assert [p.code for p in problems()] == ["weights_sum", "not_yaml"]


def test_text_in_a_key_of_the_source_language_is_never_missing(folder: Path, edit: Edit) -> None:
    edit("translations/en.yaml", "language: en", "language: en\nquestionnaire_notes: {of: abc}")

    with pytest.raises(DefinitionError) as caught:
        load_folder(folder)

    assert [p.particulars["key"] for p in caught.value.problems] == ["questionnaire_notes"]
