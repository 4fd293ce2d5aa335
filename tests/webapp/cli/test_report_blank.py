"""``kretslop report blank``."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.errors import RenderFailed
from reports.rendering.job import PdfJob
from reports.rendering.workers import RenderPool
from tests.answers_broken.workshop import edit
from tests.webapp.conftest import Kretslop


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[PdfJob]:
    """The jobs the renderer got; none is rendered."""
    jobs: list[PdfJob] = []

    def render(_: RenderPool, job: PdfJob) -> bytes:
        jobs.append(job)
        return b"%PDF-made"

    monkeypatch.setattr(RenderPool, "render", render)
    return jobs


def test_a_real_pdf_is_written_and_named(kretslop: Kretslop, catalogue: Path, tmp_path: Path) -> None:
    out = tmp_path / "blank.pdf"

    run = kretslop("report", "blank", "bicycle_shop", "-o", out, "--definitions", catalogue)

    assert (run.code, run.text, run.err) == (0, f"{out}\n", "")
    assert out.read_bytes().startswith(b"%PDF-")


def test_depth_language_and_branding_reach_the_page(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path, rendered: list[PdfJob]
) -> None:
    (tmp_path / "b.json").write_text('{"programme": "Eksempelprogrammet"}', encoding="utf-8")
    wanted = ("--depth", "advanced", "--lang", "en", "--branding", tmp_path / "b.json")

    run = kretslop(
        *("report", "blank", "bicycle_shop@1.0.0-draft", "-o", tmp_path / "o.pdf"),
        *(*wanted, "--definitions", catalogue),
    )

    assert run.code == 0
    assert '<html lang="en">' in rendered[0].html
    assert "Eksempelprogrammet" in rendered[0].html
    assert "Basic and advanced part" in rendered[0].html
    assert (tmp_path / "o.pdf").read_bytes() == b"%PDF-made"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("bicycle", "bicycle is not known. Known: bicycle_shop."),
        ("bicycle_shop@9.0.0", "bicycle_shop@9.0.0 is not known. Known: 1.0.0-draft."),
    ],
)
def test_an_unknown_id_or_version_says_what_there_is(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path, wanted: str, said: str
) -> None:
    out = tmp_path / "o.pdf"

    run = kretslop("report", "blank", wanted, "-o", out, "--lang", "en", "--definitions", catalogue)

    assert (run.code, run.out, run.err.strip()) == (2, b"", said)
    assert not out.exists()


def test_a_broken_definition_is_a_problem_with_its_place(
    kretslop: Kretslop, catalogue: Path, draft: Path, tmp_path: Path
) -> None:
    edit(draft / "questionnaire.yaml", "title: Sykkelverkstedet\n", "")

    run = kretslop("report", "blank", "bicycle_shop", "-o", tmp_path / "o.pdf", "--definitions", catalogue)

    assert (run.code, run.out) == (1, b"")
    assert "questionnaire.yaml" in run.err


def test_a_broken_branding_file_is_a_problem(kretslop: Kretslop, catalogue: Path, tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text('{"accent": "yellow"}', encoding="utf-8")

    run = kretslop(
        *("report", "blank", "bicycle_shop", "-o", tmp_path / "o.pdf"),
        *("--branding", tmp_path / "b.json", "--definitions", catalogue),
    )

    assert (run.code, run.out) == (1, b"")
    assert "accent" in run.err


def test_a_target_that_cannot_be_a_file_is_wrong_use(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path
) -> None:
    runs = [
        kretslop("report", "blank", "bicycle_shop", "-o", target, "--definitions", catalogue)
        for target in (tmp_path, tmp_path / "missing" / "o.pdf")
    ]

    assert [run.code for run in runs] == [2, 2]
    assert "is a folder" in runs[0].err
    assert "There is no folder" in runs[1].err


def test_a_render_that_fails_leaves_the_old_file(
    kretslop: Kretslop, catalogue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise RenderFailed("render_time", "no PDF after 60 seconds")

    monkeypatch.setattr(RenderPool, "render", fail)
    out = tmp_path / "o.pdf"
    out.write_bytes(b"old")

    run = kretslop("report", "blank", "bicycle_shop", "-o", out, "--definitions", catalogue)

    assert (run.code, out.read_bytes()) == (1, b"old")
    assert "no PDF after 60 seconds" in run.err


def test_a_file_that_cannot_be_written_is_a_problem(
    kretslop: Kretslop,
    catalogue: Path,
    tmp_path: Path,
    rendered: list[PdfJob],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("webapp.services.blank.write_whole", refuse)

    run = kretslop("report", "blank", "bicycle_shop", "-o", tmp_path / "o.pdf", "--definitions", catalogue)

    assert (run.code, run.out) == (1, b"")
    assert "filen kan ikke skrives" in run.err
