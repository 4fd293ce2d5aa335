"""The pack's fixed words: the same parts in every language, all of them used."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from assessment.gathering.prework import BringKind
from reports.gathering.common import Kind
from reports.gathering.pack import PAGES
from reports.translations.gathering import GATHERING_WORDS
from tests.reports.making import LANGUAGES, ROOT
from tests.reports.test_report_words import fields

BUILT = {
    *(f"{what}_{kind}" for what in ("title", "about", "status") for kind in PAGES),
    *(f"{what}_{kind}" for what in ("common", "ask") for kind in get_args(Kind)),
    *(f"bring_{kind}" for kind in get_args(BringKind)),
}
"""Keys put together from a part that is data."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_and_parts(language: str) -> None:
    words = GATHERING_WORDS[language]

    assert list(words) == list(GATHERING_WORDS["nb"])
    assert {key: fields(text) for key, text in words.items()} == {
        key: fields(text) for key, text in GATHERING_WORDS["nb"].items()
    }
    assert [key for key, text in words.items() if not text.strip()] == []


def test_nynorsk_and_english_are_their_own() -> None:
    long = {key for key, text in GATHERING_WORDS["nb"].items() if len(text) > 40}

    for language in ("nn", "en"):
        assert [key for key in long if GATHERING_WORDS[language][key] == GATHERING_WORDS["nb"][key]] == []


def test_every_word_is_used() -> None:
    folders = ("reports/gathering", "reports/templates/gathering")
    files = [path for name in folders for path in (ROOT / name).iterdir() if path.is_file()]
    files += [ROOT / "reports/templates/gathering.html.jinja", ROOT / "reports/formatting.py"]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    used = set(re.findall(r"\bw\.(\w+)", text)) | set(re.findall(r"[\"'](\w+)[\"']", text))

    assert [key for key in GATHERING_WORDS["nb"] if key not in used | BUILT] == []
