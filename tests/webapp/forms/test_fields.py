"""Every kind of question has a form, and every mistake a sentence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import webapp.forms
from assessment.values import VALUES
from questionnaires.values import Language, QuestionKind
from tests.webapp.forms.filling import LANGUAGES
from webapp.forms.fields import FIELDS
from webapp.words import words_of

SOURCES = sorted(Path(webapp.forms.__file__).parent.glob("*.py"))
CODES = {code for path in SOURCES for code in re.findall(r'Wrong\("([a-z_]+)"', path.read_text("utf-8"))}
RULES = {
    *("option_alone", "option_twice", "options_clash", "option_requires", "row_sum", "reason_missing"),
    *("too_many", "not_applicable_refused", "evidence_kind", "unknown_option", "text_too_long"),
}
"""The rules of answer files that people can break in a form."""


def test_every_kind_of_question_has_a_form() -> None:
    assert FIELDS.keys() == set(get_args(QuestionKind))
    assert FIELDS.keys() - VALUES.keys() == {"computed"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mistake_has_a_sentence(language: Language) -> None:
    words = words_of(language)

    assert len(CODES) > 15
    assert {code for code in CODES | RULES if not words.has(f"forms.problem.{code}")} == set()


def test_the_sentences_have_the_same_parts_in_every_language() -> None:
    parts = {
        language: {
            key: set(re.findall(r"{([a-z]+)}", text))
            for key, text in words_of(language).texts.items()
            if key.startswith("forms.")
        }
        for language in LANGUAGES
    }

    assert parts["nb"] == parts["nn"] == parts["en"]
