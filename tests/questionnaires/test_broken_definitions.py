"""Every row of tests/definitions_broken/broken.yaml is refused with the right words in the right place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from questionnaires.messages import MESSAGES
from tests.questionnaires.conftest import Edit, Problems

ROWS: list[dict[str, Any]] = YAML(typ="safe").load(
    Path(__file__).parents[1] / "definitions_broken" / "broken.yaml"
)

ELSEWHERE = {
    "cannot_read": "test_broken_files",
    "file_too_large": "test_broken_files",
    "folder_too_large": "test_broken_files",
    "not_a_file": "test_broken_files",
    "not_utf8": "test_broken_files",
    "missing_file": "test_broken_files",
    "unknown_file": "test_broken_files",
    "too_many_files": "test_broken_files",
    "too_many_values": "test_broken_files",
    "too_many_problems": "test_broken_files",
    "invalid": "test_schema",
    "published_changed": "test_catalogue",
    "published_missing": "test_catalogue",
    "not_published": "test_catalogue",
    "published_toml": "test_published",
    "version_step": "tests of webapp.services.versions",
    "shared_fact": "tests of webapp.services.versions",
}
"""Codes that no edit of one good file brings about, and where they are tested."""

LAST_OF_DEFINITIONS = "published_toml"
"""The codes after it are about answers."""


def definition_codes() -> list[str]:
    codes = list(MESSAGES)
    return codes[: codes.index(LAST_OF_DEFINITIONS) + 1]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_mistake_is_reported_where_it_is_with_what_is_allowed(
    row: dict[str, Any], edit: Edit, problems: Problems
) -> None:
    edit(row["file"], row["old"], row["new"])

    found = problems()

    file = f"1.0.0-draft/{row.get('in', row['file'])}"
    here = (row["code"], file, row["line"], row["path"])
    assert here in [(p.code, p.place.file, p.place.line, p.place.path) for p in found]
    problem = next(p for p in found if here == (p.code, p.place.file, p.place.line, p.place.path))
    assert [word for word in row["says"] if word not in problem.message] == []
    assert [word for word in row.get("allowed", ()) if word not in problem.allowed] == []
    assert sorted(p.code for p in found) == sorted([row["code"], *row.get("also", ())])


MANY = (
    ("questionnaire.yaml", "title: Tehuset Rundtomkring", "titel: Tehuset Rundtomkring"),
    ("questionnaire.yaml", "kind: integer\n    text", "kind: float\n    text"),
    ("scoring.yaml", "weight: 35", "weight: 36"),
    ("scoring.yaml", "formula: answer", "formula: guess"),
    ("sections/brewing.yaml", "score: 2, text", "score: 9, text"),
    ("sections/brewing.yaml", 'of: ["bold_*"]\n      - score: 3', 'of: ["brave_*"]\n      - score: 3'),
    ("sections/serving.yaml", "[5, 10, 20, 40]", "[5, 10, 20]"),
    ("sections/serving.yaml", "maximum: 100", "maximum: .inf"),
    ("sections/serving.yaml", 'serving.cups.state != "not_asked"', "serving.cup.state == 3"),
    ("sections/leaves.yaml", "indicator: F2", "indicator: F8"),
    ("sections/leaves.yaml", "text: Hvordan plukker dere?", "text: &pick Hvordan plukker dere?"),
    ("advice.yaml", "brewing.kettle:\n", "brewing.kettle: &kettle\n"),
    ("translations/nn.yaml", "language: nn", "language: en"),
    ("translations/en.yaml", '  title: "en: Tehuset Rundtomkring"\n', ""),
)

MANY_FOUND = {
    ("questionnaire.yaml", "unknown_key"),
    ("questionnaire.yaml", "missing_key"),
    ("questionnaire.yaml", "not_one_of"),
    ("scoring.yaml", "weights_sum"),
    ("scoring.yaml", "not_one_of"),
    ("sections/brewing.yaml", "out_of_range"),
    ("sections/brewing.yaml", "bundle_matches_nothing"),
    ("sections/serving.yaml", "not_a_number"),
    ("sections/serving.yaml", "condition_unknown_name"),
    ("sections/leaves.yaml", "unknown_indicator"),
    ("sections/leaves.yaml", "anchor"),
    ("advice.yaml", "anchor"),
    ("translations/nn.yaml", "translation_language"),
}


def test_mistakes_in_many_files_are_all_reported_at_once(edit: Edit, problems: Problems) -> None:
    for file, old, new in MANY:
        edit(file, old, new)

    found = {(p.place.file.removeprefix("1.0.0-draft/"), p.code) for p in problems()}

    assert found >= MANY_FOUND


def test_problems_come_by_file_and_line(edit: Edit, problems: Problems) -> None:
    for file, old, new in MANY:
        edit(file, old, new)

    places = [(p.place.file, p.place.line) for p in problems()]

    assert places == sorted(places)


def test_problem_reads_as_one_line_for_people(edit: Edit, problems: Problems) -> None:
    edit("scoring.yaml", "weight: 35", "weight: 34")

    (problem,) = problems()

    line = "1.0.0-draft/scoring.yaml:7: dimensions: the dimension weights sum to 99. Allowed: 100."
    assert str(problem) == line


def test_every_code_of_definitions_is_brought_about_by_some_row() -> None:
    tested = {row["code"] for row in ROWS} | set(ELSEWHERE)

    missing = [code for code in definition_codes() if code not in tested]

    assert missing == []


def test_no_row_waits_for_a_code_that_is_tested_elsewhere() -> None:
    assert {row["code"] for row in ROWS} & set(ELSEWHERE) == set()


@pytest.mark.parametrize("code", definition_codes())
def test_every_message_of_definitions_says_what_is_allowed(code: str) -> None:
    message, allowed = MESSAGES[code]

    assert message
    assert allowed


def test_rows_have_ids_of_their_own() -> None:
    ids = [row["id"] for row in ROWS]

    assert len(ids) == len(set(ids))
