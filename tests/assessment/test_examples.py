"""The shipped examples reach the figures worked by hand in their expected.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from assessment.result import result_json
from webapp.services.definitions import Definitions
from webapp.services.scoring import score_file

EXAMPLES = Path(__file__).parents[2] / "questionnaires" / "examples"
DEFINITIONS = Definitions()


def _cases() -> list[tuple[Path, str, str, dict[str, Any]]]:
    return [
        (folder / f"{questionnaire}.json", questionnaire, version, expected)
        for folder in sorted(EXAMPLES.iterdir())
        for questionnaire, versions in _expected(folder).items()
        for version, expected in versions.items()
    ]


def _expected(folder: Path) -> dict[str, Any]:
    content = YAML(typ="safe").load((folder / "expected.yaml").read_text(encoding="utf-8"))
    return {name: value for name, value in content.items() if name not in ("company", "story")}


def _rules(part: dict[str, Any]) -> dict[str, Any]:
    return {**part, "caps": [cap["rule"] for cap in part["caps"]]}


@pytest.mark.parametrize(
    ("path", "questionnaire", "version", "expected"),
    _cases(),
    ids=lambda value: value.parent.name if isinstance(value, Path) else str(value)[:26],
)
def test_an_example_scores_as_worked_by_hand(
    path: Path, questionnaire: str, version: str, expected: dict[str, Any]
) -> None:
    result = result_json(score_file(path, DEFINITIONS))

    overall = _rules(result["overall"])
    overall["equal_weights"] = overall["sensitivity"]["equal_dimension_weights"]["score"]
    dimensions = {dimension["id"]: _rules(dimension) for dimension in result["dimensions"]}
    indicators = {i["id"]: i["value"] for i in result["indicators"] if i["value"] is not None}
    assert (result["questionnaire"], result["version"]) == (questionnaire, version)
    assert {name: overall[name] for name in expected["overall"]} == expected["overall"]
    assert {
        id_: {name: dimensions[id_][name] for name in figures}
        for id_, figures in expected["dimensions"].items()
    } == expected["dimensions"]
    assert expected["dimensions"].keys() == dimensions.keys()
    assert [rule["rule"] for rule in result["contradictions"]] == expected.get("contradictions", [])
    assert indicators == (expected.get("indicators") or {})


def test_there_are_six_companies_with_both_questionnaires_and_two_innovation_actors() -> None:
    cases = _cases()

    actors = {path.parent.name for path, questionnaire, *_ in cases if questionnaire == "collaboration"}
    assert actors == {"eksempel_fylkeskommune", "eksempel_industriklynge"}
    assert len({path.parent for path, *_ in cases}) == 8
    assert len(cases) == 14
    assert {path.parent.name for path, _, _, expected in cases if expected["depth"] == "advanced"} == {
        "eksempel_metallverksted",
        "eksempel_industriklynge",
    }


def test_a_working_stands_beside_every_expected_figure() -> None:
    for path, _, _, expected in _cases():
        assert expected["working"].keys() == {"overall", *expected["dimensions"]}, path
