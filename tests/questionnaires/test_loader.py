"""Every real definition loads without a problem, and its gates bind at the depths they are meant for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from questionnaires.catalogue import PACKAGE_FOLDER
from questionnaires.checks.gates import Binding, gate_bindings
from questionnaires.checks.routing import profiles_of, surely_asked
from questionnaires.errors import DefinitionError
from questionnaires.loader import load_folder
from questionnaires.model import Questionnaire, checksum
from questionnaires.values import LANGUAGES
from tests.questionnaires.conftest import Edit

FOLDERS = sorted(PACKAGE_FOLDER.glob("definitions/*/*"))
CIRCULAR = [folder for folder in FOLDERS if folder.parent.name == "circular_business_models"]
REPORTING = [folder for folder in FOLDERS if folder.parent.name == "sustainability_reporting"]


def name(folder: Path) -> str:
    return f"{folder.parent.name}@{folder.name}"


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_real_definition_loads_without_a_problem(folder: Path) -> None:
    questionnaire = load_folder(folder)

    assert questionnaire.id == folder.parent.name
    assert questionnaire.version == folder.name.removesuffix("-draft")


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_real_definition_has_every_text_in_every_language(folder: Path) -> None:
    texts = load_folder(folder).texts

    assert set(texts) == set(LANGUAGES)
    assert texts["nb"].keys() == texts["nn"].keys() == texts["en"].keys()


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_every_profile_is_asked_enough_of_every_dimension(folder: Path) -> None:
    questionnaire = load_folder(folder)

    asked = [
        (names, dimension.id, basic_weights(questionnaire, dimension.id, names))
        for names in profiles_of(questionnaire)
        for dimension in questionnaire.scheme.dimensions
    ]

    assert [found for found in asked if len(found[2]) < 2 or sum(found[2]) < 3] == []


def basic_weights(questionnaire: Questionnaire, dimension: str, names: object) -> list[int]:
    return [
        question.weight
        for section, question in questionnaire.questions()
        if section.dimension == dimension and question.weight > 0 and surely_asked(question, names, "basic")  # type: ignore[arg-type]  # the profile's names
    ]


def test_there_are_both_questionnaires() -> None:
    assert CIRCULAR
    assert REPORTING


@pytest.mark.parametrize("folder", CIRCULAR, ids=name)
def test_gates_of_circular_business_models_bind_where_they_are_meant_to(folder: Path) -> None:
    bindings = gate_bindings(load_folder(folder))

    assert bindings == [
        Binding("design", 0, ("basic", "advanced")),
        Binding("inputs", 0, ("basic", "advanced")),
        Binding("operations", 0, ("basic", "advanced")),
        Binding("recovery", 0, ("advanced",)),
        Binding("symbiosis", 0, ("basic", "advanced")),
        Binding("insight", 0, ("advanced",)),
    ]


@pytest.mark.parametrize("folder", REPORTING, ids=name)
def test_gates_of_sustainability_reporting_bind_where_they_are_meant_to(folder: Path) -> None:
    bindings = gate_bindings(load_folder(folder))

    assert bindings == [
        Binding("data", 0, ("basic", "advanced")),
        Binding("assurance", 0, ("advanced",)),
        Binding("communication", 0, ("advanced",)),
    ]


def test_folder_may_be_named_from_within(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)

    questionnaire = load_folder(Path())

    assert questionnaire.id == "tea_house"


def test_published_folder_has_no_draft_in_its_name(folder: Path) -> None:
    folder.rename(folder.with_name("1.0.0"))

    questionnaire = load_folder(folder.with_name("1.0.0"))

    assert questionnaire.version == "1.0.0"


@pytest.mark.parametrize("other", ["1.0.1-draft", "1.0.0-final", "v1.0.0"])
def test_folder_of_another_version_is_refused(other: str, folder: Path) -> None:
    folder.rename(folder.with_name(other))

    with pytest.raises(DefinitionError, match="its folder or name says"):
        load_folder(folder.with_name(other))


def test_problems_do_not_depend_on_the_hash_seed(edit: Edit, folder: Path) -> None:
    edit("sections/serving.yaml", "    why: Te blir eldre.\n", "    a: 1\n    b: 2\n    c: 3\n")
    edit("questionnaire.yaml", "[tables, brewing, serving, leaves]", "[tables]")

    found = {messages(folder, seed) for seed in ("0", "1", "2")}

    assert len(found) == 1


def messages(folder: Path, seed: str) -> str:
    code = (
        "import sys; from pathlib import Path; from questionnaires.loader import load_folder\n"
        "try: load_folder(Path(sys.argv[1]))\nexcept Exception as error: print(error)"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code, str(folder)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def test_comments_spacing_and_order_of_keys_change_nothing(edit: Edit, folder: Path) -> None:
    before = load_folder(folder)
    edit(
        "scoring.yaml",
        "    weight: 35\n    title: Servering\n",
        "    title:   Servering # a\n\n    weight: 35\n",
    )
    edit("advice.yaml", "brewing.water:\n", "# first of all\nbrewing.water:\n")

    assert checksum(load_folder(folder)) == checksum(before)
