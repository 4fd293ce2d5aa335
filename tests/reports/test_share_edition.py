"""The share edition: nothing of single answers and nothing in the company's own words leaves with it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from questionnaires.values import Language
from reports.attachments import attachments
from reports.maturity import build_report
from reports.render import report_html, screen_html
from tests.reports.making import LANGUAGES, LARGEST, every_example, material_of, raw_answers, words_of

CANARY = "Kanarifugl"
LEFT_OUT = {"strengths", "gaps", "next_step", "advice", "contradictions"}


def marked(example: str) -> dict[str, Any]:
    """An example with a canary in everything the company has written itself, but its name."""
    raw = raw_answers(example)
    for answer in raw["answers"].values():
        answer["comment"] = f"{CANARY} kommentar"
        answer["evidence"] = [{"title": f"{CANARY} vedlegg", "kind": "file"}]
        if isinstance(answer.get("value"), list) and isinstance(answer["value"][0], dict):
            first = next(iter(answer["value"][0]))
            answer["value"][0][first] = f"{CANARY} rad"
    raw["profile"]["municipality"] = CANARY
    return raw


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", every_example())
def test_no_word_of_the_companys_own_is_in_it(example: str, language: Language) -> None:
    report = build_report(material_of(marked(example), language, "share"))

    assert CANARY not in report_html(report)
    assert CANARY not in screen_html(report)


def test_the_canary_would_be_seen() -> None:
    assert CANARY in report_html(build_report(material_of(marked(LARGEST), "nb", "company")))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", every_example())
def test_no_question_is_named_in_it(example: str, language: Language) -> None:
    material = material_of(example, language, "share")
    texts = material.result.plan.questionnaire.words(language)
    page = words_of(report_html(build_report(material)))

    named = [
        key
        for key, text in texts.items()
        if key.startswith("questions/") and (key.endswith("/text") or "/anchors/" in key) and len(text) > 25
        if text.replace("\u00a0", " ") in page
    ]

    assert named == []


def test_only_the_result_is_attached_without_single_answers() -> None:
    files = attachments(material_of(marked(LARGEST), "nb", "share"))
    content = json.loads(files[0].content)

    assert [file.name for file in files] == ["result.json"]
    assert CANARY.encode() not in files[0].content
    assert LEFT_OUT.isdisjoint(content)
    assert all("questions" not in dimension for dimension in content["dimensions"])
    assert content["overall"]["level"] == 2
