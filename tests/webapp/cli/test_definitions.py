"""``kretslop definitions list | check | show``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.answers_broken.workshop import edit, write_shop
from tests.webapp.conftest import Kretslop
from tests.webapp.shapes import PROBLEM, SHA256, SHOWN, VERSIONS, misfits

WORKSHOP = "sections/workshop.yaml"
CHECKED = {
    "versions": [
        {
            "id": str,
            "version": str,
            "status": {"draft", "published", "retired"},
            "sha256": (SHA256, None),
            "errors": [{"file": str, **PROBLEM}],
            "gates": [{"dimension": str, "gate": int, "binds_at": [{"basic", "advanced"}]}],
        }
    ],
    "errors": [PROBLEM],
}


def test_list_as_json_has_the_contracts_keys(kretslop: Kretslop, catalogue: Path) -> None:
    run = kretslop("definitions", "list", "--json", "--definitions", catalogue)

    assert run.code == 0
    assert misfits(run.json(), VERSIONS) == []
    assert [(row["id"], row["version"], row["status"]) for row in run.json()] == [
        ("bicycle_shop", "1.0.0-draft", "draft")
    ]


def test_list_names_a_broken_version_without_a_checksum(
    kretslop: Kretslop, catalogue: Path, draft: Path
) -> None:
    write_shop(catalogue, "1.1.0-draft", "1.1.0")
    (draft / "advice.yaml").unlink()

    run = kretslop("definitions", "list", "--json", "--definitions", catalogue)
    plain = kretslop("definitions", "list", "--definitions", catalogue)

    assert (run.code, plain.code) == (1, 1)
    assert misfits(run.json(), VERSIONS) == []
    assert [row["sha256"] is None for row in run.json()] == [True, False]
    assert "broken" in plain.text.splitlines()[0]


def test_list_is_in_the_order_of_the_numbers(kretslop: Kretslop, catalogue: Path) -> None:
    for number in ("1.10.0", "1.2.0", "1.0.1"):
        write_shop(catalogue, f"{number}-draft", number)

    run = kretslop("definitions", "list", "--json", "--definitions", catalogue)

    assert [row["version"] for row in run.json()] == [
        "1.0.0-draft",
        "1.0.1-draft",
        "1.2.0-draft",
        "1.10.0-draft",
    ]


def test_a_folder_without_questionnaires_lists_nothing(kretslop: Kretslop, tmp_path: Path) -> None:
    (tmp_path / "definitions").mkdir()

    run = kretslop("definitions", "list", "--json", "--definitions", tmp_path)

    assert (run.code, run.json()) == (0, [])


def test_check_passes_a_sound_draft(kretslop: Kretslop, catalogue: Path) -> None:
    run = kretslop("definitions", "check", "--json", "--definitions", catalogue)
    plain = kretslop("definitions", "check", "--definitions", catalogue)

    assert (run.code, plain.code) == (0, 0)
    assert misfits(run.json(), CHECKED) == []
    assert plain.text.splitlines()[0] == "bicycle_shop 1.0.0-draft (draft): sound"


def test_check_names_every_problem_with_its_file_and_line(
    kretslop: Kretslop, catalogue: Path, draft: Path
) -> None:
    edit(draft / WORKSHOP, "breakpoints: [1, 5, 10, 20]", "breakpoints: [1, 5, 5, 20]")
    edit(draft / "scoring.yaml", "weight: 50", "weight: 49")

    run = kretslop("definitions", "check", "--json", "--definitions", catalogue)

    assert run.code == 1
    assert misfits(run.json(), CHECKED) == []
    errors = run.json()["versions"][0]["errors"]
    assert {error["file"] for error in errors} == {"1.0.0-draft/scoring.yaml", f"1.0.0-draft/{WORKSHOP}"}
    assert all(error["line"] for error in errors)


def test_check_of_one_version_leaves_the_others_alone(
    kretslop: Kretslop, catalogue: Path, draft: Path
) -> None:
    write_shop(catalogue, "1.1.0-draft", "1.1.0")
    (draft / "advice.yaml").unlink()

    one = kretslop("definitions", "check", "bicycle_shop@1.1.0-draft", "--json", "--definitions", catalogue)
    every = kretslop("definitions", "check", "--json", "--definitions", catalogue)

    assert (one.code, every.code) == (0, 1)
    assert [version["version"] for version in one.json()["versions"]] == ["1.1.0-draft"]


def test_check_names_a_published_version_without_a_folder(kretslop: Kretslop, catalogue: Path) -> None:
    (catalogue / "published.toml").write_text(f'[bicycle_shop."0.9.0"]\nsha256 = "{"0" * 64}"\n')

    run = kretslop("definitions", "check", "--json", "--definitions", catalogue)

    assert run.code == 1
    assert misfits(run.json(), CHECKED) == []
    assert "names bicycle_shop 0.9.0, but there is no such folder" in run.json()["errors"][0]["message"]


@pytest.mark.parametrize("command", [("list",), ("check",), ("show", "bicycle_shop")], ids=str)
def test_a_broken_register_is_a_problem(
    kretslop: Kretslop, catalogue: Path, command: tuple[str, ...]
) -> None:
    (catalogue / "published.toml").write_text("sha256 = [")

    run = kretslop("definitions", *command, "--definitions", catalogue)

    assert (run.code, run.out) == (1, b"")
    assert "published.toml cannot be read" in run.err


def test_show_as_json_has_the_contracts_keys(kretslop: Kretslop, catalogue: Path) -> None:
    run = kretslop("definitions", "show", "bicycle_shop", "--json", "--definitions", catalogue)

    shown = run.json()
    assert run.code == 0
    assert SHOWN[""] <= shown.keys()
    assert all(SHOWN["questions"] <= question.keys() for question in shown["questions"])
    assert all(SHOWN["facts"] <= fact.keys() for fact in shown["facts"])
    assert all(SHOWN["dimensions"] <= dimension.keys() for dimension in shown["dimensions"])
    assert {len(texts) for texts in shown["texts"].values()} == {len(shown["texts"]["nb"])}
    assert shown["texts"].keys() == {"nb", "nn", "en"}


def test_show_holds_what_the_definition_says(kretslop: Kretslop, catalogue: Path) -> None:
    shown = kretslop("definitions", "show", "bicycle_shop", "--json", "--definitions", catalogue).json()

    questions = {question["id"]: question for question in shown["questions"]}
    assert (shown["id"], shown["version"], shown["source_language"]) == ("bicycle_shop", "1.0.0-draft", "nb")
    assert shown["facts"][4] == {**shown["facts"][4], "id": "is_small", "derived": "profile.employees < 10"}
    assert shown["dimensions"][0]["gates"] == [{"if": "workshop.tools.score < 2", "max_level": 2}]
    assert [option["id"] for option in questions["workshop.tools"]["options"]] == ["0", "1", "2", "3", "4"]
    assert [option["score"] for option in questions["workshop.stand"]["options"]] == [0, 2, 4]
    assert questions["workshop.training_hours"]["breakpoints"] == ["1", "5", "10", "20"]
    assert questions["workshop.opened_on"]["shown_if"] == "workshop.counted.value"
    assert questions["workshop.repairs"]["bundles"][1] == {
        "score": 3,
        "at_least": 1,
        "of": ["brakes_basic", "brakes_full"],
    }
    assert questions["flows.circular"]["allows_not_applicable"] is False


@pytest.mark.parametrize(
    ("language", "title"), [("nb", "Sykkel"), ("nn", "nn: Sykkel"), ("en", "en: Sykkel")]
)
def test_show_is_for_people_too(kretslop: Kretslop, catalogue: Path, language: str, title: str) -> None:
    run = kretslop("definitions", "show", "bicycle_shop", "--lang", language, "--definitions", catalogue)

    assert run.code == 0
    assert run.text.startswith(title)
    assert "workshop.motto" in run.text


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "tricycle_shop"),
        ("show", "bicycle_shop@9.9.9"),
        ("check", "tricycle_shop"),
        ("diff", "bicycle_shop@1.0.0-draft", "bicycle_shop@9.9.9"),
        ("publish", "bicycle_shop@9.9.9"),
    ],
    ids=str,
)
def test_what_is_unknown_is_wrong_use(
    kretslop: Kretslop, catalogue: Path, arguments: tuple[str, ...]
) -> None:
    run = kretslop("definitions", *arguments, "--definitions", catalogue)

    assert (run.code, run.out) == (2, b"")
    assert "is not known. Known: " in run.err
