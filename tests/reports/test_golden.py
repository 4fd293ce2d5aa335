"""The golden pages in three languages, letter by letter; ``make golden`` renews them."""

from __future__ import annotations

import pytest

from questionnaires.values import Language
from tests.reports.golden import FOLDER, PAGES, golden_file
from tests.reports.making import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_the_golden_one(name: str, language: Language) -> None:
    golden = golden_file(name, language).read_text(encoding="utf-8")

    assert PAGES[name](language).splitlines() == golden.splitlines()


def test_every_golden_page_is_one_of_ours() -> None:
    known = {golden_file(name, language) for name in PAGES for language in LANGUAGES}

    assert set(FOLDER.glob("*")) == known
