"""``kretslop report verify``: a verdict for every file, as words or as JSON, and the exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from questionnaires.catalogue import PACKAGE_FOLDER
from reports.rendering.workers import RenderPool
from tests.reports.hostile_pdfs import small_pdf
from tests.webapp.conftest import Kretslop
from webapp.services.definitions import Definitions
from webapp.services.reports import Order, ReportDesk, pdf_job

FURNITURE = PACKAGE_FOLDER / "examples" / "eksempel_mobelverksted" / "circular_business_models.json"


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A share edition."""
    desk = ReportDesk(Order("nb", "share"), Definitions())
    file = tmp_path_factory.mktemp("verify") / "share.pdf"
    with RenderPool(1) as pool:
        file.write_bytes(pool.render(pdf_job(desk.prepare(FURNITURE))))
    return file


FIRST_WORDS = {
    "nb": "Tallene i vedlegget henger sammen.",
    "nn": "Tala i vedlegget heng saman.",
    "en": "The figures in the attachment hold together.",
}


@pytest.mark.parametrize(("language", "words"), FIRST_WORDS.items())
def test_a_sound_report_gets_its_verdict_in_the_language_asked_for(
    kretslop: Kretslop, share: Path, language: str, words: str
) -> None:
    run = kretslop("report", "verify", share, "--lang", language)

    assert (run.code, run.err) == (0, "")
    assert run.text.startswith(f"{share}: {words}")


def test_json_is_one_object_a_line_and_a_broken_file_stops_no_other(
    kretslop: Kretslop, share: Path, tmp_path: Path
) -> None:
    broken, bare = tmp_path / "broken.pdf", tmp_path / "bare.pdf"
    broken.write_bytes(b"%PDF-1.7\n")
    bare.write_bytes(small_pdf({}))

    run = kretslop("report", "verify", broken, share, bare, "--json")

    assert run.code == 1
    assert [line["verified"] for line in run.lines()] == [False, True, False]
    assert [[error["code"] for error in line["errors"]] for line in run.lines()] == [
        ["pdf_broken"],
        [],
        ["no_attachments"],
    ]
    assert run.lines()[1]["level"] == 2


def test_a_branding_file_that_cannot_be_used_is_a_problem(
    kretslop: Kretslop, share: Path, tmp_path: Path
) -> None:
    run = kretslop("report", "verify", share, "--branding", tmp_path / "none.json")

    assert run.code == 1
    assert "none.json" in run.err


def test_no_file_is_wrong_use(kretslop: Kretslop) -> None:
    assert kretslop("report", "verify").code == 2
