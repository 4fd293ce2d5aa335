"""What a report carries with it."""

from __future__ import annotations

import json

from assessment.answers import Review, answers_checksum
from assessment.jsontext import read_json
from assessment.result import result_json
from assessment.review.reading import read_review
from reports.attachments import attachments
from tests.reports.making import WORKSHOP, answers_of, material_of, raw_answers

REVIEW = Review(
    frozenset({"strategy.ambition"}), frozenset({"use"}), {"design.durability": "2"}, "Kari Eksempel"
)


def test_the_answers_attached_give_the_same_answers_again() -> None:
    material = material_of(WORKSHOP)
    files = {file.name: json.loads(file.content) for file in attachments(material)}

    assert answers_checksum(answers_of(files["answers.json"])) == answers_checksum(material.result.answers)
    assert files["result.json"] == result_json(material.result)
    assert list(files) == ["answers.json", "result.json"]


def test_the_review_attached_gives_the_same_review_again() -> None:
    material = material_of(WORKSHOP, review=REVIEW)
    content = next(file.content for file in attachments(material) if file.name == "review.json")

    review, problems = read_review(read_json(content, "review.json"), material.result.plan.questionnaire)

    assert (review, problems) == (REVIEW, ())


def test_earlier_answers_are_attached_where_a_change_is_shown() -> None:
    material = material_of(WORKSHOP, previous=raw_answers(WORKSHOP))

    assert [file.name for file in attachments(material)] == ["answers.json", "result.json", "previous.json"]


def test_a_lone_surrogate_in_a_comment_can_be_attached() -> None:
    raw = raw_answers(WORKSHOP)
    raw["answers"]["design.durability"]["comment"] = "halv \ud83d"

    content = attachments(material_of(raw))[0].content

    assert json.loads(content)["answers"]["design.durability"]["comment"] == "halv \ud83d"
