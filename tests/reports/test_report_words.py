"""The report's fixed words: the same in every language, all of them used, none missing."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from reports.translations.report import REPORT_WORDS
from tests.reports.making import LANGUAGES, ROOT

TEMPLATES = sorted((ROOT / "reports/templates").rglob("*.jinja"))
MODULES = sorted((ROOT / "reports").rglob("*.py"))
BUILT = (
    "depth_", "edition_", "evidence_", "effort_", "kind_", "reason_", "term_", "cap_", "because_", "attached",
    "notice_approved", "approved", "action_", "verify_how", "verify_proves", "answered", "documented",
    "reviewed",
)  # fmt: skip
"""Keys put together from a part that is data."""


def fields(text: str) -> set[str]:
    """The parts a sentence has filled in."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_and_parts(language: str) -> None:
    words = REPORT_WORDS[language]

    assert list(words) == list(REPORT_WORDS["nb"])
    assert {key: fields(text) for key, text in words.items()} == {
        key: fields(text) for key, text in REPORT_WORDS["nb"].items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_empty(language: str) -> None:
    assert [key for key, text in REPORT_WORDS[language].items() if not text.strip()] == []


def test_nynorsk_and_english_are_their_own() -> None:
    short = {key for key, text in REPORT_WORDS["nb"].items() if len(text) > 40}

    assert [key for key in short if REPORT_WORDS["nn"][key] == REPORT_WORDS["nb"][key]] == []
    assert [key for key in short if REPORT_WORDS["en"][key] == REPORT_WORDS["nb"][key]] == []


def test_every_word_is_used() -> None:
    text = "".join(
        path.read_text(encoding="utf-8") for path in (*TEMPLATES, *MODULES) if "translations" not in str(path)
    )
    used = set(re.findall(r"\bw\.(\w+)", text)) | set(re.findall(r"[\"'](\w+)[\"']", text))

    assert [key for key in REPORT_WORDS["nb"] if key not in used and not key.startswith(BUILT)] == []
