"""Whatever is sent to a page of questions: a clear message in three languages, never a crash."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.answers import Answer, answer_json
from assessment.reading import read_answer
from assessment.routing import Plan
from questionnaires.model import Question
from tests.webapp.forms.filling import LANGUAGES, fill, sentences
from webapp.forms.page import read_section

HOSTILE = [
    *("\x00", "\ud800", "NaN", "-inf", "1e999999", "18446744073709551616", "1" * 5000, "٣", "12 kg", "1.234"),
    *(
        "__unknown",
        "__not_applicable",
        "unknown",
        "not_applicable",
        "nothing",
        "{}",
        "{0}",
        "%s",
        "<b>&amp;",
        "\r\n",
    ),
    *("2026-02-30", "0000-00-00", "yes", "0", "3", "electric", "nb", "xx", "-1", "document", "file"),
]
PARTS = [
    *("", "here", "version", "status", "reason", "comment", "estimate", "row-0.scrap", "row-0.mass_tonnes"),
    *("row-9999.part", "row-0.nothing", "row-x.part", "row-.", "evidence-0-title", "evidence-0-kind"),
    *(
        "evidence-0-date",
        "evidence-49-title",
        "evidence-99999-title",
        "unknown",
        "a.b.c",
        "\x00",
        "row-00.scrap",
    ),
]

values = st.lists(st.sampled_from(HOSTILE) | st.text(st.characters()), max_size=3)
parts = st.sampled_from(PARTS) | st.text(max_size=20)


def forms(ids: list[str]) -> st.SearchStrategy[dict[str, list[str]]]:
    """A form with some questions on it and anything in them."""
    fields = st.dictionaries(st.tuples(st.sampled_from(ids), parts), values, max_size=20)
    return st.builds(_form, st.dictionaries(st.text(max_size=30), values, max_size=3), fields)


def _form(others: dict[str, list[str]], fields: dict[tuple[str, str], list[str]]) -> dict[str, list[str]]:
    here = {f"q.{id_}.here": ["nb"] for id_, _ in fields}
    return {**others, **here, **{f"q.{id_}.{part}".rstrip("."): sent for (id_, part), sent in fields.items()}}


@given(st.data())
def test_anything_sent_is_an_answer_or_a_sentence_in_every_language(
    shop: Plan, asked: Mapping[str, Question], data: st.DataObject
) -> None:
    sent = data.draw(forms(list(asked)))

    found = read_section(asked.values(), sent, "nb")

    for said in found.questions:
        assert (said.answer is None) == bool(said.problems)
        assert all(
            text.endswith((".", "»", "”")) and "{" not in text.replace("{}", "").replace("{0}", "")
            for language in LANGUAGES
            for _, text in sentences(shop.questionnaire, said, language)
        )
        if said.answer is not None:
            kept = json.dumps(answer_json(said.answer))
            assert read_answer(said.question, kept) == (said.answer, ())


@pytest.mark.parametrize(
    "id_", ["workshop.motto", "workshop.tools", "workshop.training_hours", "workshop.opened_on"]
)
def test_ten_megabytes_of_text_are_refused_at_once(
    shop: Plan, asked: Mapping[str, Question], id_: str
) -> None:
    said = fill(asked[id_], ("", "a" * 10_000_000), ("comment", "b" * 10_000_000))

    found = sentences(shop.questionnaire, said)
    assert [part for part, _ in found] == ["", "comment"]
    assert max(len(text) for _, text in found) < 300


def test_fields_without_a_value_are_no_crash(asked: Mapping[str, Question]) -> None:
    sent: dict[str, list[str]] = {f"q.workshop.tools.{part}": [] for part in PARTS if part}

    found = read_section(asked.values(), {**sent, "q.workshop.tools": []}, "nb")
    here = read_section(asked.values(), {**sent, "q.workshop.tools.here": ["nb"]}, "nb")

    assert found.questions == ()
    assert [said.answer for said in here.questions] == [Answer("missing")]
