"""Definitions, scoring, templates, examples and comparisons as services, without a command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.errors import AnswerFileError
from questionnaires.errors import DefinitionError, UnknownDefinition
from tests.answers_broken.workshop import REVIEW, change, edit, translate, write_shop
from tests.webapp.conftest import answer_file
from webapp.services.definitions import Definitions
from webapp.services.examples import examples_of
from webapp.services.scoring import check_file, open_answers, open_review, score_file
from webapp.services.showing import definition_json
from webapp.services.templates import answer_template
from webapp.services.versions import check_versions, compare_versions, level_change

WORKSHOP = "sections/workshop.yaml"


def test_a_plan_is_made_once(catalogue: Path) -> None:
    definitions = Definitions(catalogue)

    assert definitions.plan("bicycle_shop") is definitions.plan("bicycle_shop", "1.0.0-draft")
    assert definitions.questionnaire("bicycle_shop", "1.0.0-draft").id == "bicycle_shop"


def test_without_a_folder_the_shipped_definitions_are_used() -> None:
    ids = {version.id for version in Definitions().catalogue.versions()}

    assert {"circular_business_models", "sustainability_reporting"} <= ids


@pytest.mark.parametrize(("id_", "number"), [("tricycle_shop", None), ("bicycle_shop", "2.0.0")])
def test_an_unknown_plan_is_told(catalogue: Path, id_: str, number: str | None) -> None:
    with pytest.raises(UnknownDefinition):
        Definitions(catalogue).plan(id_, number)


def test_a_broken_definition_raises_with_its_problems(catalogue: Path, draft: Path) -> None:
    (draft / "scoring.yaml").unlink()

    with pytest.raises(DefinitionError, match=r"scoring\.yaml"):
        Definitions(catalogue).plan("bicycle_shop")


def test_the_reasons_of_a_broken_definition_are_not_endless(catalogue: Path, draft: Path, good: Path) -> None:
    (draft / "translations" / "nn.yaml").write_text("language: nn\n")

    with pytest.raises(AnswerFileError) as raised:
        score_file(good, Definitions(catalogue))

    assert len(raised.value.problems) == 20
    assert {problem.place.path for problem in raised.value.problems} == {"version"}


def test_answers_are_opened_with_their_plan(catalogue: Path, good: Path) -> None:
    read = open_answers(good, Definitions(catalogue))

    assert read.plan.questionnaire.id == read.answers.questionnaire == "bicycle_shop"
    assert read.source.file == str(good)


def test_a_review_is_opened_against_the_plan(catalogue: Path, tmp_path: Path) -> None:
    plan = Definitions(catalogue).plan("bicycle_shop")
    (tmp_path / "review.json").write_text('{"accepted": ["nothing"]}')

    assert open_review(REVIEW, plan).by == "Kari Rådgiver"
    with pytest.raises(AnswerFileError, match="no dimension 'nothing'"):
        open_review(tmp_path / "review.json", plan)


def test_a_review_changes_what_is_documented_only(catalogue: Path, good: Path) -> None:
    definitions = Definitions(catalogue)

    plain, reviewed = score_file(good, definitions), score_file(good, definitions, REVIEW)

    assert (plain.overall.score, plain.overall.level) == (reviewed.overall.score, reviewed.overall.level)
    assert plain.overall.reviewed == 0
    assert reviewed.overall.reviewed != 0


def test_checking_gives_warnings_or_raises(catalogue: Path, good: Path, tmp_path: Path) -> None:
    definitions = Definitions(catalogue)
    broken = answer_file(tmp_path, "broken.json", [('"2025"', "2025")])

    assert check_file(good, definitions) == ()
    with pytest.raises(AnswerFileError, match="must be text"):
        check_file(broken, definitions)


def test_a_template_of_the_basic_part_has_no_advanced_questions(catalogue: Path) -> None:
    definitions = Definitions(catalogue)

    basic, advanced = (
        answer_template(definitions, "bicycle_shop", None, "basic"),
        answer_template(definitions, "bicycle_shop", None, "advanced"),
    )

    assert set(advanced["answers"]) - set(basic["answers"]) == {
        "tables.parts_in",
        "tables.scrap_out",
        "flows.reused_pct",
        "flows.recycled_pct",
    }


def test_examples_come_by_name_with_their_levels(tmp_path: Path) -> None:
    for company in ("b", "a"):
        answer_file(tmp_path / "examples" / company, "bicycle_shop.json")
    (tmp_path / "examples" / "a" / "expected.yaml").write_text(
        'bicycle_shop:\n  "1.0.0": {overall: {level: 3}}\n'
    )

    found = list(examples_of(tmp_path, "bicycle_shop"))

    assert [(example.company, example.level("1.0.0")) for example in found] == [("a", 3), ("b", None)]
    assert list(examples_of(tmp_path, "tricycle_shop")) == []


def test_a_definition_is_shown_in_plain_values(catalogue: Path) -> None:
    definitions = Definitions(catalogue)
    version = definitions.catalogue.find("bicycle_shop")

    shown = definition_json(definitions.catalogue.load(version))

    levels = [(level["level"], level["name"]["nb"]) for level in shown["levels"]]
    assert levels == [(0, "Flat"), (1, "Slapp"), (2, "Fylt"), (3, "Fast"), (4, "Rullende")]
    assert sum(len(section["questions"]) for section in shown["sections"]) == len(shown["questions"]) == 16


def test_facts_that_two_questionnaires_share_must_be_the_same(catalogue: Path, draft: Path) -> None:
    other = draft.parents[1] / "tricycle_shop" / "1.0.0-draft"
    _copy(draft, other)
    edit(other / "questionnaire.yaml", "id: bicycle_shop", "id: tricycle_shop")
    change(other, "questionnaire.yaml", "asked_if: profile.rents", "asked_if: profile.employees > 2")

    problems = [p for checked in check_versions(Definitions(catalogue).catalogue) for p in checked.problems]

    assert [(problem.code, problem.place.path) for problem in problems] == [
        ("shared_fact", "facts.rents_in_winter")
    ]


def _copy(source: Path, target: Path) -> None:
    for path in source.rglob("*.yaml"):
        file = target / path.relative_to(source)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(path.read_bytes())


def test_versions_are_checked_in_their_order(catalogue: Path) -> None:
    write_shop(catalogue, "1.1.0-draft", "1.1.0")
    (write_shop(catalogue, "1.0.1-draft", "1.0.1") / "advice.yaml").unlink()

    checked = check_versions(Definitions(catalogue).catalogue)

    assert [(found.version.number, bool(found.problems)) for found in checked] == [
        ("1.0.0-draft", False),
        ("1.0.1-draft", True),
        ("1.1.0-draft", False),
    ]


def test_comparing_looks_at_no_answers_unless_asked(catalogue: Path) -> None:
    write_shop(catalogue, "1.1.0-draft", "1.1.0")
    definitions = Definitions(catalogue)
    old, new = (definitions.catalogue.find("bicycle_shop", n) for n in ("1.0.0-draft", "1.1.0-draft"))

    found = compare_versions(definitions, old, new)

    assert (found.levels, found.unreadable, found.fits) == ((), (), True)


def test_a_level_that_goes_says_how_much_is_answered(catalogue: Path, tmp_path: Path) -> None:
    # Answered at basic depth: tools 2, stand 1, counted 1 of 6 in workshop, parts 2 of 3 in flows; rental
    # does not apply: coverage (50*4/6 + 30*2/3)/80 = 2/3, so a level is shown. Without the stand's answer
    # and the weight of counted, workshop has 2 of 5: (50*2/5 + 30*2/3)/80 = 1/2, below 3/5: none.
    answers = [
        ('["wheels", "brakes_full", "electric"]', "null"),
        ('"12.5"', "null"),
        ('"status": "unknown", "comment": "Spør lageret"', '"value": "2"'),
        ('"status": "not_applicable", "reason": "Alt blir brukt igjen"', '"value": null'),
        ('"rents": true', '"rents": false'),
        ('"advanced"', '"basic"'),
    ]
    file = answer_file(tmp_path, "a.json", answers)
    newer = write_shop(catalogue, "2.0.0-draft", "2.0.0")
    change(newer, WORKSHOP, "id: hook", "id: rope")
    change(newer, WORKSHOP, "kind: yes_no\n    weight: 1", "kind: yes_no\n    weight: 0")
    edit(newer / "advice.yaml", _advice(newer, "workshop.counted"), "")
    translate(newer)
    definitions = Definitions(catalogue)
    old, new = (definitions.plan("bicycle_shop", n) for n in ("1.0.0-draft", "2.0.0-draft"))

    moved = level_change("a", old, new, open_answers(file, definitions).answers, "2.0.0-draft")

    # tools 3, stand hook 2, counted 4: (6 + 2 + 4)/4 = 3; then tools alone: 3, of 2 + 1 + 1 + 1 = 5
    assert moved is not None
    assert (moved.before, moved.after, moved.in_words[1]) == (3, None, "none")
    assert moved.because == ("workshop: 3 (level 3, coverage 2/3) -> 3 (level none, coverage 2/5)",)


def _advice(version: Path, question: str) -> str:
    """The part of advice.yaml about one question."""
    text = (version / "advice.yaml").read_text(encoding="utf-8")
    start = text.index(f"{question}:")
    return text[start : text.index("source: invented", start) + len("source: invented")]


def test_nothing_is_said_of_a_level_that_stays(catalogue: Path, good: Path) -> None:
    definitions = Definitions(catalogue)
    plan = definitions.plan("bicycle_shop")

    assert level_change("a", plan, plan, open_answers(good, definitions).answers, "1.0.0-draft") is None
