"""The page of two example companies in three languages, letter by letter; ``make golden`` renews them."""

from __future__ import annotations

import pytest

from questionnaires.values import Language
from reports.material import Edition
from tests.reports.golden import FOLDER, PAGES, golden_file
from tests.reports.making import LANGUAGES, page_of


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("example", "edition"), PAGES, ids=[example for example, _ in PAGES])
def test_the_page_is_the_golden_one(example: str, edition: Edition, language: Language) -> None:
    golden = golden_file(example, edition, language).read_text(encoding="utf-8")

    assert page_of(example, language, edition).splitlines() == golden.splitlines()


def test_every_golden_page_is_one_of_ours() -> None:
    known = {golden_file(example, edition, language) for example, edition in PAGES for language in LANGUAGES}

    assert set(FOLDER.glob("*")) == known
