"""``kretslop report make`` and ``html``."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.reports.making import EXAMPLES, WORKSHOP, every_example, raw_answers
from tests.reports.pdfs import Pdf
from tests.webapp.conftest import Kretslop

SOURCE = EXAMPLES / f"{WORKSHOP}.json"


def written(folder: Path, name: str, raw: dict[str, Any]) -> Path:
    file = folder / name
    file.write_text(json.dumps(raw), encoding="utf-8")
    return file


def test_one_answer_file_gives_the_pdf_that_was_named(kretslop: Kretslop, tmp_path: Path) -> None:
    run = kretslop("report", "make", SOURCE, "-o", tmp_path / "rapport.pdf")

    assert (run.code, run.text) == (0, f"{tmp_path / 'rapport.pdf'}\n")
    assert Pdf((tmp_path / "rapport.pdf").read_bytes()).failures == []


def test_several_answer_files_go_into_a_folder_under_their_own_names(
    kretslop: Kretslop, tmp_path: Path
) -> None:
    other = EXAMPLES / "eksempel_bygg" / "sustainability_reporting.json"

    run = kretslop(
        "report", "make", SOURCE, other, SOURCE, "-o", tmp_path / "ut", "--edition", "share", "--lang", "nn"
    )

    assert run.code == 0
    assert sorted(path.name for path in (tmp_path / "ut").iterdir()) == [
        "eksempel_bygg_as-sustainability_reporting-nn-share.pdf",
        "eksempel_mobelverksted_as-circular_business_models-nn-share-2.pdf",
        "eksempel_mobelverksted_as-circular_business_models-nn-share.pdf",
    ]


def test_a_file_with_mistakes_does_not_stop_the_others(kretslop: Kretslop, tmp_path: Path) -> None:
    broken = written(tmp_path, "broken.json", {**raw_answers(WORKSHOP), "depth": "basis"})

    run = kretslop("report", "make", broken, SOURCE, "-o", tmp_path / "ut", "--json", "--edition", "share")

    lines = {Path(line["file"]).name: line for line in run.lines()}
    assert run.code == 1
    assert lines["broken.json"]["report"] is None
    assert lines["broken.json"]["errors"][0]["path"] == "depth"
    assert lines["circular_business_models.json"]["errors"] == []


def test_a_person_who_watches_several_sees_how_far_it_has_come(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "webapp.cli.main",
        "report",
        "make",
        str(SOURCE),
        str(SOURCE),
        "-o",
        str(tmp_path),
    ]
    subprocess.run(
        [*command, "--edition", "share", "--workers", "1"],
        stdout=subprocess.DEVNULL,
        stderr=follower,
        check=True,
        timeout=60,
    )
    os.close(follower)

    assert b"2/2" in os.read(leader, 100_000)


def test_a_review_and_earlier_answers_go_into_the_report(kretslop: Kretslop, tmp_path: Path) -> None:
    review = written(tmp_path, "review.json", {"confirmed": ["strategy.ambition"], "by": "Kari Eksempel"})
    earlier = written(tmp_path, "old.json", {**raw_answers(WORKSHOP), "period": "2024"})

    run = kretslop(
        "report", "make", SOURCE, "-o", tmp_path / "r.pdf", "--review", review, "--previous", earlier
    )

    pdf = Pdf((tmp_path / "r.pdf").read_bytes())
    assert run.code == 0
    assert sorted(pdf.attachments) == ["answers.json", "previous.json", "result.json", "review.json"]
    assert "Gjennomgått av Kari Eksempel" in pdf.text
    assert "Fra 2024 til 2025" in pdf.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"organisation": {"name": "Eksempel Annen AS", "orgnr": "310028142"}}, "organisasjon 310028142"),
        ({"questionnaire": "sustainability_reporting", "answers": {}}, "«sustainability_reporting»"),
    ],
    ids=["another organisation", "another questionnaire"],
)
def test_answers_of_something_else_are_no_earlier_answers(
    kretslop: Kretslop, tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    other = written(tmp_path, "other.json", {**raw_answers(WORKSHOP), **change})

    run = kretslop("report", "make", SOURCE, "-o", tmp_path / "r.pdf", "--previous", other)

    assert run.code == 1
    assert said in run.err
    assert not (tmp_path / "r.pdf").exists()


def test_a_broken_branding_file_is_told_and_nothing_is_written(kretslop: Kretslop, tmp_path: Path) -> None:
    branding = written(tmp_path, "branding.json", {"accent": "#ffff00", "colour": 1})

    run = kretslop("report", "make", SOURCE, "-o", tmp_path / "r.pdf", "--branding", branding, "--lang", "en")

    assert run.code == 1
    assert "branding.json" in run.err
    assert "accent" in run.err
    assert not (tmp_path / "r.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--review", "x.json"), "--review goes with one answer file"),
        (("--previous", "x.json"), "--previous goes with one answer file"),
        (("--workers", "0"), "--workers takes a whole number"),
    ],
)
def test_what_cannot_go_together_is_wrong_use(
    kretslop: Kretslop, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    run = kretslop("report", "make", SOURCE, SOURCE, "-o", tmp_path / "ut", *arguments)

    assert run.code == 2
    assert said in run.err


def test_a_folder_that_is_not_there_is_wrong_use(kretslop: Kretslop, tmp_path: Path) -> None:
    run = kretslop("report", "make", SOURCE, "-o", tmp_path / "no" / "such" / "r.pdf")

    assert run.code == 2
    assert "There is no folder" in run.err


def test_several_files_cannot_go_into_one_pdf(kretslop: Kretslop, tmp_path: Path) -> None:
    (tmp_path / "r.pdf").write_text("kept")

    run = kretslop("report", "make", SOURCE, SOURCE, "-o", tmp_path / "r.pdf")

    assert run.code == 2
    assert (tmp_path / "r.pdf").read_text() == "kept"


def test_the_page_for_the_screen_goes_to_standard_output_or_a_file(
    kretslop: Kretslop, tmp_path: Path
) -> None:
    shown = kretslop("report", "html", SOURCE, "--lang", "en")
    kept = kretslop("report", "html", SOURCE, "--lang", "en", "-o", tmp_path / "r.html")

    assert (shown.code, kept.code) == (0, 0)
    assert (tmp_path / "r.html").read_bytes() == shown.out
    assert shown.text.lstrip().startswith("<!doctype html>")
    assert "http" not in shown.text.replace("http://www.w3.org/2000/svg", "")


def test_the_page_of_a_broken_file_is_refused(kretslop: Kretslop, tmp_path: Path) -> None:
    broken = written(tmp_path, "broken.json", {})

    run = kretslop("report", "html", broken)

    assert (run.code, run.out) == (1, b"")
    assert "broken.json" in run.err


def test_what_cannot_be_written_is_told(kretslop: Kretslop, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    pages = kretslop("report", "html", SOURCE, "-o", tmp_path / "file" / "r.html")
    folder = kretslop("report", "make", SOURCE, SOURCE, "-o", tmp_path / "file" / "ut")

    assert (pages.code, folder.code) == (1, 1)
    assert "cannot be written" in pages.err
    assert "cannot be made" in folder.err


def test_there_are_examples_to_make_reports_of() -> None:
    assert len(every_example()) == 14
