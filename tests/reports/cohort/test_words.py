"""The cohort report's fixed words: the same parts in every language, all of them used."""

from __future__ import annotations

import re

import pytest

from reports.translations.cohort import COHORT_WORDS
from tests.reports.making import LANGUAGES, ROOT
from tests.reports.test_report_words import fields

BUILT = (
    "step_",
    "term_",
    "ask_",
    "method_",
    "caveat_",
    "percent",
    "region_",
    "sector_",
    "column_",
    "coverage_",
    "development_",
)
"""Keys put together from a part that is data."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_and_parts(language: str) -> None:
    words = COHORT_WORDS[language]

    assert list(words) == list(COHORT_WORDS["nb"])
    assert {key: fields(text) for key, text in words.items()} == {
        key: fields(text) for key, text in COHORT_WORDS["nb"].items()
    }
    assert [key for key, text in words.items() if not text.strip()] == []


def test_nynorsk_and_english_are_their_own() -> None:
    long = {key for key, text in COHORT_WORDS["nb"].items() if len(text) > 40 and key != "source_agresti"}

    for language in ("nn", "en"):
        assert [key for key in long if COHORT_WORDS[language][key] == COHORT_WORDS["nb"][key]] == []


def test_every_word_is_used() -> None:
    folders = ("reports/cohort", "reports/templates/cohort")
    files = [path for name in folders for path in (ROOT / name).iterdir() if path.is_file()]
    files += [ROOT / "reports/templates" / name for name in ("cohort.html.jinja", "contents.html.jinja")]
    text = "".join(path.read_text(encoding="utf-8") for path in (*files, ROOT / "reports/formatting.py"))
    used = set(re.findall(r"\bw\.(\w+)", text)) | set(re.findall(r"[\"'](\w+)[\"']", text))

    assert [key for key in COHORT_WORDS["nb"] if key not in used and not key.startswith(BUILT)] == []
