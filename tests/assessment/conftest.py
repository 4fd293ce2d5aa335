"""The bicycle shop's questionnaire, for tests that read, check and move answers."""

from __future__ import annotations

import pytest

from questionnaires.loader import load_folder
from questionnaires.model import Questionnaire
from tests.answers_broken.workshop import write_shop


@pytest.fixture(scope="session")
def questionnaire(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    """The bicycle shop as a draft."""
    return load_folder(write_shop(tmp_path_factory.mktemp("shop")))
