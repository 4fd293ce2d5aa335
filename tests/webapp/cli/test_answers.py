"""``kretslop answers``: check finds every mistake, template gives a start, move touches nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.answers_broken.edits import EDITS
from tests.answers_broken.workshop import change, good_answers, good_text, write_shop
from tests.webapp.conftest import Kretslop, answer_file, program
from tests.webapp.shapes import CHECKED_FILE, RESULT, misfits

NO_RENTAL = [('"rents": true', '"rents": false')]
MOVED = {"carried": [str], "dropped": [{"path": str, "reason": str, "detail": str}], "new_questions": [str]}


def test_a_good_file_passes(kretslop: Kretslop, catalogue: Path, good: Path) -> None:
    run = kretslop("answers", "check", good, "--definitions", catalogue)

    assert (run.code, run.text, run.err) == (0, f"{good}: no mistakes\n", "")


def test_a_good_file_passes_as_json(kretslop: Kretslop, catalogue: Path, good: Path) -> None:
    run = kretslop("answers", "check", good, "--json", "--definitions", catalogue)

    assert (run.code, run.json()) == (0, {"file": str(good), "errors": [], "warnings": []})


def test_warnings_are_no_mistakes(kretslop: Kretslop, catalogue: Path, tmp_path: Path) -> None:
    file = answer_file(tmp_path, "a.json", NO_RENTAL)

    run = kretslop("answers", "check", file, "--json", "--definitions", catalogue)
    plain = kretslop("answers", "check", file, "--definitions", catalogue)

    assert (run.code, plain.code) == (0, 0)
    assert misfits(run.json(), CHECKED_FILE) == []
    assert [warning["path"] for warning in run.json()["warnings"]] == ["answers.rental.bikes"]
    assert plain.text.startswith(
        f"warning: {file}:46: answers.rental.bikes: the answer to 'rental.bikes' has no"
    )
    assert plain.text.endswith(f"{file}: no mistakes, 1 warning\n")


def test_every_mistake_of_every_file_is_listed(kretslop: Kretslop, catalogue: Path, tmp_path: Path) -> None:
    first = answer_file(tmp_path, "1.json", [('"2025"', "2025"), ('"hook"', '"rope"')])
    second = answer_file(tmp_path, "2.json", [('"2025"', '" "')])

    run = kretslop("answers", "check", first, second, "--definitions", catalogue)

    assert run.code == 1
    assert [line.partition(" ")[0] for line in run.text.splitlines()] == [
        f"{first}:5:",
        f"{first}:38:",
        f"{second}:5:",
    ]


def test_check_as_json_has_a_line_for_every_file(
    kretslop: Kretslop, catalogue: Path, good: Path, tmp_path: Path
) -> None:
    files = [tmp_path / "missing.json", good, tmp_path]

    run = kretslop("answers", "check", *files, "--json", "--definitions", catalogue)

    assert run.code == 1
    assert [misfits(line, CHECKED_FILE) for line in run.lines()] == [[], [], []]
    assert [len(line["errors"]) for line in run.lines()] == [1, 0, 1]


@pytest.mark.parametrize("edit", EDITS[::12], ids=lambda edit: edit.id)
def test_check_and_score_say_the_same(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path, edit: object
) -> None:
    file = tmp_path / "a.json"
    file.write_text(good_text().replace(edit.old, edit.new))  # type: ignore[attr-defined]  # an Edit

    checked = kretslop("answers", "check", file, "--json", "--definitions", catalogue)
    scored = kretslop("score", file, "--definitions", catalogue)

    assert (checked.code, scored.code) == (1, 1)
    assert checked.json()["errors"] == scored.json()["errors"]


def test_no_message_can_steer_the_terminal(kretslop: Kretslop, catalogue: Path, tmp_path: Path) -> None:
    keys = '"\\u001b[2J\\n\\u202e\\ud800": 1, "period": "2025"'
    file = answer_file(tmp_path, "a.json", [('"period": "2025"', keys)])

    run = kretslop("answers", "check", file, "--definitions", catalogue)

    assert run.code == 1
    assert run.text.count("\n") == 1
    assert all(character.isprintable() for character in run.text.rstrip("\n"))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_file_names_need_not_fit_the_terminals_encoding(
    catalogue: Path, tmp_path: Path, encoding: str
) -> None:
    file = answer_file(tmp_path, "svar 🚲 \udcff.json")

    run = program("answers", "check", file, "--definitions", catalogue, PYTHONIOENCODING=encoding)

    assert (run.returncode, run.stderr) == (0, b"")
    assert "svar 🚲 \\udcff.json: no mistakes" in run.stdout.decode("utf-8")


@pytest.mark.parametrize("depth", ["basic", "advanced"])
@pytest.mark.parametrize("wanted", ["bicycle_shop", "bicycle_shop@1.0.0-draft"])
def test_a_template_passes_the_check_and_can_be_scored(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path, depth: str, wanted: str
) -> None:
    template = kretslop("answers", "template", wanted, "--depth", depth, "--definitions", catalogue)
    file = tmp_path / "template.json"
    file.write_bytes(template.out)

    checked = kretslop("answers", "check", file, "--json", "--definitions", catalogue)
    scored = kretslop("score", file, "--definitions", catalogue)

    assert template.code == 0
    assert checked.json() == {"file": str(file), "errors": [], "warnings": []}
    assert misfits(scored.json(), RESULT) == []
    assert scored.json()["depth"] == depth


def test_a_template_holds_everything_that_is_asked_and_nothing_that_is_worked_out(
    kretslop: Kretslop, catalogue: Path
) -> None:
    template = kretslop(
        "answers", "template", "bicycle_shop", "--depth", "advanced", "--definitions", catalogue
    ).json()

    assert template["version"] == "1.0.0-draft"
    assert template["profile"] == {
        "trade_code": None,
        "employees": None,
        "rents": None,
        "rents_in_winter": None,
    }
    assert len(template["answers"]) == 15
    assert "flows.circular" not in template["answers"]


@pytest.mark.parametrize("wanted", ["tricycle_shop", "bicycle_shop@2.0.0", "@", ""])
def test_a_template_of_something_unknown_is_wrong_use(
    kretslop: Kretslop, catalogue: Path, wanted: str
) -> None:
    run = kretslop("answers", "template", wanted, "--definitions", catalogue)

    assert (run.code, run.out) == (2, b"")
    assert "is not known. Known: " in run.err


def test_a_template_of_a_broken_version_is_a_problem(
    kretslop: Kretslop, catalogue: Path, draft: Path
) -> None:
    (draft / "scoring.yaml").unlink()

    run = kretslop("answers", "template", "bicycle_shop", "--definitions", catalogue)

    assert (run.code, run.out) == (1, b"")
    assert "the file scoring.yaml is missing" in run.err


@pytest.fixture
def newer(catalogue: Path) -> str:
    """A second version, without the motto and with another stand."""
    folder = write_shop(catalogue, "2.0.0-draft", "2.0.0")
    change(folder, "sections/workshop.yaml", "id: workshop.motto", "id: workshop.slogan")
    change(folder, "sections/workshop.yaml", "id: hook", "id: rope")
    return "2.0.0-draft"


def test_move_prints_the_answers_and_says_what_happens(
    kretslop: Kretslop, catalogue: Path, good: Path, newer: str
) -> None:
    run = kretslop("answers", "move", good, "--to", newer, "--definitions", catalogue)

    moved, was = run.json(), good_answers()
    assert run.code == 0
    assert moved["version"] == newer
    said_nothing = {"rental.logbook", "flows.reused_pct"}
    dropped = {"workshop.motto", "workshop.stand"}
    assert was["answers"].keys() - moved["answers"].keys() == dropped | said_nothing
    assert moved["organisation"] == was["organisation"]
    assert run.err.splitlines() == [
        "10 answers carry over to version 2.0.0-draft.",
        "dropped: answers.workshop.stand "
        "(the new version does not accept the answer: there is no option 'hook')",
        "dropped: answers.workshop.motto (the new version does not have it)",
        "new and unanswered: workshop.slogan",
    ]


def test_move_writes_nothing(kretslop: Kretslop, catalogue: Path, good: Path, newer: str) -> None:
    before = {path: path.read_bytes() for path in good.parent.rglob("*") if path.is_file()}

    kretslop("answers", "move", good, "--to", newer, "--definitions", catalogue)

    assert {path: path.read_bytes() for path in good.parent.rglob("*") if path.is_file()} == before


def test_moved_answers_can_be_scored(
    kretslop: Kretslop, catalogue: Path, good: Path, newer: str, tmp_path: Path
) -> None:
    file = tmp_path / "moved.json"
    file.write_bytes(kretslop("answers", "move", good, "--to", newer, "--definitions", catalogue).out)

    run = kretslop("score", file, "--definitions", catalogue)

    assert run.code == 0
    assert run.json()["version"] == newer


def test_a_preview_prints_no_answers(kretslop: Kretslop, catalogue: Path, good: Path, newer: str) -> None:
    run = kretslop("answers", "move", good, "--to", newer, "--preview", "--definitions", catalogue)

    assert (run.code, run.out) == (0, b"")
    assert "new and unanswered: workshop.slogan" in run.err


def test_a_preview_as_json(kretslop: Kretslop, catalogue: Path, good: Path, newer: str) -> None:
    run = kretslop("answers", "move", good, "--to", newer, "--preview", "--json", "--definitions", catalogue)

    assert (run.code, run.err) == (0, "")
    assert misfits(run.json(), MOVED) == []
    assert [dropped["reason"] for dropped in run.json()["dropped"]] == ["not_accepted", "removed"]
    assert run.json()["new_questions"] == ["workshop.slogan"]


def test_move_as_json_holds_the_file_beside_the_preview(
    kretslop: Kretslop, catalogue: Path, good: Path, newer: str
) -> None:
    run = kretslop("answers", "move", good, "--to", newer, "--json", "--definitions", catalogue)

    assert run.code == 0
    assert run.json().keys() == {"carried", "dropped", "new_questions", "file"}
    assert run.json()["file"]["version"] == newer


def test_moving_to_the_same_version_gives_the_same_answers(
    kretslop: Kretslop, catalogue: Path, good: Path, tmp_path: Path
) -> None:
    file = tmp_path / "same.json"
    file.write_bytes(kretslop("answers", "move", good, "--to", "1.0.0-draft", "--definitions", catalogue).out)

    results = kretslop("score", good, file, "--definitions", catalogue).lines()

    assert results[0] == results[1]


def test_hostile_text_is_moved_unharmed(kretslop: Kretslop, catalogue: Path, tmp_path: Path) -> None:
    text = '"\\u0000\\ud800\\u202e<script>🚲\\n\\u001b[2J"'
    file = answer_file(tmp_path, "a.json", [('"Spør lageret"', text), ('"Eksempel Sykkel AS"', text)])

    run = kretslop("answers", "move", file, "--to", "1.0.0-draft", "--definitions", catalogue)

    assert run.json()["answers"]["flows.parts"]["comment"] == json.loads(text)
    assert run.json()["organisation"]["name"] == json.loads(text)


@pytest.mark.parametrize("to", ["9.9.9", "", "bicycle_shop@1.0.0-draft"])
def test_moving_to_an_unknown_version_is_wrong_use(
    kretslop: Kretslop, catalogue: Path, good: Path, to: str
) -> None:
    run = kretslop("answers", "move", good, "--to", to, "--definitions", catalogue)

    assert (run.code, run.out) == (2, b"")
    assert "is not known. Known: 1.0.0-draft" in run.err


def test_moving_a_broken_file_is_a_problem(kretslop: Kretslop, catalogue: Path, tmp_path: Path) -> None:
    file = answer_file(tmp_path, "a.json", [('"2025"', "2025")])

    run = kretslop("answers", "move", file, "--to", "1.0.0-draft", "--definitions", catalogue)

    assert (run.code, run.out) == (1, b"")
    assert f"{file}:5: period" in run.err


@pytest.mark.parametrize(
    "arguments",
    [("answers",), ("answers", "check"), ("answers", "move", "a.json"), ("answers", "template")],
    ids=str,
)
def test_what_cannot_be_understood_is_wrong_use(kretslop: Kretslop, arguments: tuple[str, ...]) -> None:
    run = kretslop(*arguments)

    assert (run.code, run.out) == (2, b"")


@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "dette skal være tekst"), ("nn", "dette skal vere tekst"), ("en", "must be text")],
)
def test_mistakes_are_said_in_the_language_asked_for(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path, language: str, words: str
) -> None:
    broken = answer_file(tmp_path, "broken.json", [('"2025"', "2025")])

    plain = kretslop("answers", "check", broken, "--lang", language, "--definitions", catalogue)
    as_json = kretslop("answers", "check", broken, "--lang", language, "--json", "--definitions", catalogue)

    assert (plain.code, as_json.code) == (1, 1)
    assert words in plain.text
    assert words in as_json.json()["errors"][0]["message"]
