"""A language is everywhere or nowhere."""

from __future__ import annotations

import argparse
from typing import Any, get_args

import pytest

from questionnaires.activities import ActivityTitle
from questionnaires.values import LANGUAGES, Language
from reports.translations.blank import BLANK_WORDS
from reports.translations.cohort import COHORT_WORDS
from reports.translations.export import EXPORT_WORDS
from reports.translations.gathering import GATHERING_WORDS
from reports.translations.report import REPORT_WORDS
from reports.translations.terminal import WORDS
from reports.translations.verify import VERIFY_WORDS
from webapp.cli.main import build_parser

TABLES: dict[str, dict[str, dict[str, str]]] = {
    "terminal": WORDS,
    "report": REPORT_WORDS,
    "blank": BLANK_WORDS,
    "cohort": COHORT_WORDS,
    "gathering": GATHERING_WORDS,
    "verify": VERIFY_WORDS,
    "export": EXPORT_WORDS,
}


def _choices(parser: argparse.ArgumentParser) -> set[tuple[str, ...]]:
    """The choices of every ``--lang`` there is."""
    found: set[tuple[str, ...]] = set()
    for action in parser._actions:
        if "--lang" in action.option_strings:
            found.add(tuple(action.choices or ()))
        inner: Any = action.choices if isinstance(action, argparse._SubParsersAction) else {}
        for sub_parser in inner.values():
            found |= _choices(sub_parser)
    return found


def test_every_place_that_lists_languages_lists_the_same() -> None:
    assert get_args(Language) == LANGUAGES
    assert tuple(ActivityTitle.model_fields) == LANGUAGES
    assert _choices(build_parser()) == {LANGUAGES}


@pytest.mark.parametrize("table", TABLES)
def test_every_table_of_words_has_the_same_keys(table: str) -> None:
    words = TABLES[table]

    assert tuple(words) == LANGUAGES
    assert {language: own.keys() ^ words["nb"].keys() for language, own in words.items()} == {
        language: set() for language in LANGUAGES
    }
