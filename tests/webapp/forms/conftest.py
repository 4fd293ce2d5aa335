"""The bicycle shop's questions by id: one of every kind."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assessment.routing import Plan, make_plan
from questionnaires.loader import load_folder
from questionnaires.model import Question, checksum
from tests.answers_broken.workshop import write_shop


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The bicycle shop as a draft."""
    questionnaire = load_folder(write_shop(tmp_path_factory.mktemp("shop")))
    return make_plan(questionnaire, checksum(questionnaire))


@pytest.fixture(scope="session")
def asked(shop: Plan) -> Mapping[str, Question]:
    """Its questions."""
    return {planned.question.id: planned.question for planned in shop.questions}
