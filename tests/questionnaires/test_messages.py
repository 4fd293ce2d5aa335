"""Every problem can be said in every language, with the same particulars."""

from __future__ import annotations

import string

import pytest

from questionnaires.errors import SENTENCES, Place, Problem
from questionnaires.messages import MESSAGES
from questionnaires.values import LANGUAGES, Language


def _gaps(sentences: tuple[str, str]) -> set[str]:
    return {name for text in sentences for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_is_a_table_for_every_language() -> None:
    assert set(SENTENCES) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_has_every_code(language: Language) -> None:
    assert SENTENCES[language].keys() == MESSAGES.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_names_the_same_particulars_in_every_language(language: Language) -> None:
    differing = [code for code in MESSAGES if _gaps(SENTENCES[language][code]) != _gaps(MESSAGES[code])]

    assert differing == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "a.json:3: answers.x: this must be text, but is a number. Allowed: text in quotes."),
        ("nb", "a.json:3: answers.x: dette skal være tekst, men er et tall."),
        ("nn", "a.json:3: answers.x: dette skal vere tekst, men er eit tal."),
    ],
)
def test_a_problem_is_said_in_the_language_asked_for(language: Language, line: str) -> None:
    words = {"wanted": "text", "found": "a number", "allowed_values": "text in quotes"}

    said = Problem(Place("a.json", 3, "answers.x"), "wrong_value", words).text_in(language)

    assert said.startswith(line)


def test_english_is_what_outside_programs_read() -> None:
    problem = Problem(Place("a.json", 3), "missing_key", {"key": "period"})

    assert problem.message == problem.message_in("en")
    assert str(problem) == problem.text_in("en")
