"""``kretslop score``: one JSON result a line, whatever the other files are like."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.answers_broken.workshop import REVIEW, change
from tests.webapp.conftest import ROOT, Kretslop, answer_file, program
from tests.webapp.shapes import REFUSED, RESULT, misfits


def test_a_result_has_exactly_the_keys_and_types_of_the_contract(
    kretslop: Kretslop, catalogue: Path, good: Path
) -> None:
    run = kretslop("score", good, "--definitions", catalogue)

    assert run.code == 0
    assert run.err == ""
    assert misfits(run.json(), RESULT) == []


@pytest.mark.parametrize("depth", ["basic", "advanced"])
@pytest.mark.parametrize("rents", ["true", "false"])
def test_every_question_of_the_depth_is_listed_in_its_dimension(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path, depth: str, rents: str
) -> None:
    changes = [('"advanced"', f'"{depth}"'), ('"rents": true', f'"rents": {rents}')]
    file = answer_file(tmp_path, "a.json", changes)

    result = kretslop("score", file, "--definitions", catalogue).json()

    listed = {dimension["id"]: len(dimension["questions"]) for dimension in result["dimensions"]}
    assert misfits(result, RESULT) == []
    assert listed == {"workshop": 7, "flows": 7 if depth == "advanced" else 2, "rental": 2}
    assert result["dimensions"][2]["status"] == ("provisional" if rents == "true" else "not_applicable")


@pytest.mark.parametrize("depth", ["basic", "advanced"])
def test_without_any_answer_the_level_is_withheld(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path, depth: str
) -> None:
    template = kretslop("answers", "template", "bicycle_shop", "--depth", depth, "--definitions", catalogue)
    file = tmp_path / "empty.json"
    file.write_bytes(template.out)

    run = kretslop("score", file, "--definitions", catalogue)

    overall = run.json()["overall"]
    assert run.code == 0
    assert misfits(run.json(), RESULT) == []
    assert (overall["status"], overall["level"], overall["score"]) == ("withheld", None, None)
    assert (overall["low"], overall["high"], overall["answered"]) == ("0", "4", "0.000")


def test_figures_are_exact_and_rounded_half_up(kretslop: Kretslop, catalogue: Path, good: Path) -> None:
    # workshop: (2*3 + 1*3 + 1*2 + 1*4 + 1*3) / 6 = 3. flows, computed: reused 2*25/3.5 = 100/7 -> 2,
    # recycled 200/7 -> 3, circular (2*0.75 + 3.25*0.32) / 6.75 = 37.6 % -> 2; parts unknown, weight 2:
    # (2 + 3 + 2) / (3 + 2) = 7/5. rental: 2. Whole: (50*3 + 30*7/5 + 20*2) / 100 = 232/100.
    # coverage: (50*1 + 30*3/5 + 20*2/3) / 100 = 61/75. documented: (50*2/6 + 0 + 0) / 100 = 1/6.
    overall = kretslop("score", good, "--definitions", catalogue).json()["overall"]

    assert (overall["score"], overall["index"]) == ("58/25", "58.0")
    assert (overall["coverage"], overall["answered"]) == ("61/75", "0.813")
    assert (overall["documented"], overall["reviewed"]) == ("0.167", "0.000")
    assert overall["sensitivity"]["equal_dimension_weights"] == {"score": "32/15", "raw_level": 2}


def test_several_files_give_a_line_each_in_their_order(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path
) -> None:
    files = [answer_file(tmp_path, f"{y}.json", [('"2025"', f'"{y}"')]) for y in (2023, 2021, 2022)]

    run = kretslop("score", *files, "--definitions", catalogue)

    assert run.code == 0
    assert [result["period"] for result in run.lines()] == ["2023", "2021", "2022"]


def test_a_broken_file_gives_its_errors_and_the_others_are_scored(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path, good: Path
) -> None:
    broken = answer_file(tmp_path, "broken.json", [('"value": "3"', '"value": 3'), ('"2025"', "2025")])
    (tmp_path / "text.json").write_text("not JSON")
    files = [broken, good, tmp_path / "missing.json", tmp_path / "text.json", good]

    run = kretslop("score", *files, "--definitions", catalogue)

    lines = run.lines()
    assert run.code == 1
    assert ["errors" in line for line in lines] == [True, False, True, True, False]
    assert [misfits(line, REFUSED if "errors" in line else RESULT) for line in lines] == [[]] * 5
    assert lines[0]["file"] == str(broken)
    assert [(error["path"], error["line"]) for error in lines[0]["errors"]] == [
        ("period", 5),
        ("answers.workshop.tools.value", 31),
    ]
    assert lines[0]["errors"][1]["allowed"] == '"0", "1", "2", "3", "4"'


def test_a_review_counts_what_the_advisor_confirmed(kretslop: Kretslop, catalogue: Path, good: Path) -> None:
    # confirmed: tools 2, counted 1 of 6 in workshop: 50 * 3/6 / 100 = 1/4
    run = kretslop("score", good, "--review", REVIEW, "--definitions", catalogue)

    overall = run.json()["overall"]
    assert run.code == 0
    assert misfits(run.json(), RESULT) == []
    assert (overall["documented"], overall["reviewed"]) == ("0.250", "0.250")


def test_a_broken_review_is_named_by_its_own_file(
    kretslop: Kretslop, catalogue: Path, good: Path, tmp_path: Path
) -> None:
    review = tmp_path / "review.json"
    review.write_text('{"confirmed": ["workshop.tool"]}')

    run = kretslop("score", good, "--review", review, "--definitions", catalogue)

    assert run.code == 1
    assert misfits(run.json(), REFUSED) == []
    assert run.json()["file"] == str(review)
    assert run.json()["errors"][0]["path"] == "confirmed[0]"


def test_a_review_that_is_not_there_is_a_problem(kretslop: Kretslop, catalogue: Path, good: Path) -> None:
    run = kretslop("score", good, "--review", catalogue / "review.json", "--definitions", catalogue)

    assert run.code == 1
    assert run.json()["file"] == str(catalogue / "review.json")


def test_a_review_of_several_files_is_wrong_use(kretslop: Kretslop, catalogue: Path, good: Path) -> None:
    run = kretslop("score", good, good, "--review", REVIEW, "--definitions", catalogue)

    assert (run.code, run.out) == (2, b"")
    assert "--review goes with one answer file" in run.err


@pytest.mark.parametrize(
    "arguments", [(), ("--lang", "sv", "a.json"), ("--unknown", "a.json"), ("a.json", "--review")], ids=str
)
def test_what_cannot_be_understood_is_wrong_use(kretslop: Kretslop, arguments: tuple[str, ...]) -> None:
    run = kretslop("score", *arguments)

    assert (run.code, run.out) == (2, b"")
    assert "usage: kretslop" in run.err


def test_a_broken_definition_is_an_error_of_every_file_that_needs_it(
    kretslop: Kretslop, catalogue: Path, draft: Path, good: Path
) -> None:
    (draft / "advice.yaml").write_text("a: [")

    run = kretslop("score", good, good, "--definitions", catalogue)

    assert run.code == 1
    assert [misfits(line, REFUSED) for line in run.lines()] == [[], []]
    error = run.lines()[1]["errors"][0]
    assert (error["path"], error["line"]) == ("version", 3)
    assert "1.0.0-draft/advice.yaml:2" in error["message"]


def test_a_published_version_that_was_changed_is_refused(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path
) -> None:
    file = answer_file(tmp_path, "a.json", [('"1.0.0-draft"', '"1.0.0"')])
    assert (
        kretslop("definitions", "publish", "bicycle_shop@1.0.0-draft", "--definitions", catalogue).code == 0
    )
    assert kretslop("score", file, "--definitions", catalogue).code == 0
    folder = catalogue / "definitions" / "bicycle_shop" / "1.0.0"
    change(folder, "sections/flows.yaml", "    weight: 2\n", "    weight: 3\n")

    run = kretslop("score", file, "--definitions", catalogue)

    assert run.code == 1
    assert misfits(run.json(), REFUSED) == []
    assert "the published version bicycle_shop 1.0.0 has changed" in run.json()["errors"][0]["message"]


def test_a_version_without_a_checksum_is_refused(
    kretslop: Kretslop, catalogue: Path, draft: Path, good: Path
) -> None:
    draft.rename(draft.parent / "1.0.0")
    file = answer_file(good.parent, "a.json", [('"1.0.0-draft"', '"1.0.0"')])

    run = kretslop("score", file, "--definitions", catalogue)

    assert run.code == 1
    assert "is not in published.toml" in run.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "period", ['"\\ud800"', '"\\u0000\\u001b[2J"', '"🚲\\u202e\\u2028"', '"<b>&\\"\\\\"']
)
def test_whatever_stands_in_the_answers_the_output_is_utf_8_json_on_one_line(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path, period: str
) -> None:
    file = answer_file(tmp_path, "a.json", [('"2025"', period)])

    run = kretslop("score", file, "--definitions", catalogue)

    assert run.code == 0
    assert run.out.count(b"\n") == 1
    assert json.loads(run.out)["period"] == json.loads(period)


def test_hostile_keys_in_a_broken_file_come_out_as_json(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path
) -> None:
    keys = '"\\ud800": 1, "\\u001b]0;x\\u0007": 1, "a\\nb": 1, "{0}{x}%s": 1, "period": "2025"'
    file = answer_file(tmp_path, "a.json", [('"period": "2025"', keys)])

    run = kretslop("score", file, "--definitions", catalogue)

    assert run.code == 1
    assert misfits(run.json(), REFUSED) == []
    assert [error["path"] for error in run.json()["errors"]] == ["\ud800", "\x1b]0;x\x07", "a\nb", "{0}{x}%s"]


def test_a_file_whose_name_is_not_utf_8_is_scored_and_named(catalogue: Path, good: Path) -> None:
    odd = os.fsencode(good.parent) + b"/\xff\n.json"
    with open(odd, "wb") as file:
        file.write(b"{}")

    run = program("score", odd, good, "--definitions", catalogue)

    lines = [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]
    assert run.returncode == 1
    assert [misfits(lines[0], REFUSED), misfits(lines[1], RESULT)] == [[], []]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_explain_is_for_people(kretslop: Kretslop, catalogue: Path, good: Path, language: str) -> None:
    run = kretslop("score", "--explain", "--lang", language, good, "--definitions", catalogue)

    assert run.code == 0
    assert run.text.startswith("Eksempel Sykkel AS · ")
    assert "2.32" in run.text.replace(",", ".")


def test_explain_says_the_mistakes_on_standard_error(
    kretslop: Kretslop, catalogue: Path, good: Path, tmp_path: Path
) -> None:
    broken = answer_file(tmp_path, "broken.json", [('"2025"', "2025")])

    run = kretslop("score", "--explain", broken, good, "--definitions", catalogue)

    assert run.code == 1
    assert f"{broken}:5: period: dette skal være tekst" in run.err
    assert run.text.startswith("Eksempel Sykkel AS")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_the_terminals_encoding_does_not_matter(catalogue: Path, good: Path, encoding: str) -> None:
    run = program("score", "--explain", good, "--definitions", catalogue, PYTHONIOENCODING=encoding)

    assert (run.returncode, run.stderr) == (0, b"")
    assert "Eksempel Sykkel AS · Sykkelverkstedet" in run.stdout.decode("utf-8")


def test_a_reader_that_stops_reading_is_no_error(catalogue: Path, good: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "webapp.cli.main",
        "score",
        *[str(good)] * 60,
        "--definitions",
        catalogue,
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read()

    assert (process.returncode, said) == (0, b"")


def test_nothing_is_written_beside_the_answers(kretslop: Kretslop, catalogue: Path, good: Path) -> None:
    before = sorted(path for path in good.parent.rglob("*"))

    kretslop("score", good, "--definitions", catalogue)

    assert sorted(path for path in good.parent.rglob("*")) == before
