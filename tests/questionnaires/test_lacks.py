"""What gaps lack: a word for every question of every published version, and for no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from questionnaires.catalogue import Catalogue
from questionnaires.errors import DefinitionError
from questionnaires.lacks import FOLDER, load_lacks

CIRCULAR = "circular_business_models"
VERSIONS = [
    Catalogue().load(one).questionnaire for one in Catalogue().versions() if one.status == "published"
]


@pytest.mark.parametrize("questionnaire", sorted({one.id for one in VERSIONS}))
def test_the_shipped_files_have_a_word_for_every_question(questionnaire: str) -> None:
    versions = [one for one in VERSIONS if one.id == questionnaire]

    found = load_lacks(questionnaire, versions, FOLDER)

    assert found.keys() == {question.id for one in versions for _, question in one.questions()}


def test_a_question_nobody_asks_one_without_a_word_and_a_wrong_word_are_all_named(tmp_path: Path) -> None:
    shipped = (FOLDER / f"{CIRCULAR}.yaml").read_text(encoding="utf-8")
    file = tmp_path / f"{CIRCULAR}.yaml"
    versions = [one for one in VERSIONS if one.id == CIRCULAR]

    file.write_text(shipped.replace("  strategy.ambition: skill", "  strategy.ambitions: skill"), "utf-8")
    with pytest.raises(DefinitionError) as found:
        load_lacks(CIRCULAR, versions, tmp_path)
    assert [one.code for one in found.value.problems] == ["missing_key", "unknown_question"]

    file.write_text(shipped.replace("  strategy.ambition: skill", "  strategy.ambition: courage"), "utf-8")
    with pytest.raises(DefinitionError, match="skill, infrastructure, capital, regulation, none"):
        load_lacks(CIRCULAR, versions, tmp_path)
