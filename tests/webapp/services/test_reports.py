"""Preparing reports: what they need beside the answers, and how their files are named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assessment.errors import AnswerFileError
from questionnaires.catalogue import PACKAGE_FOLDER
from reports.material import EDITIONS, Edition
from tests.reports.making import EXAMPLES, WORKSHOP
from webapp.services.definitions import Definitions
from webapp.services.reports import Order, ReportDesk, pdf_job, slug

SOURCE = EXAMPLES / f"{WORKSHOP}.json"


@pytest.fixture
def definitions(tmp_path: Path) -> Definitions:
    """The shipped questionnaires, and beside them somebody's draft that is not finished."""
    shutil.copytree(PACKAGE_FOLDER / "definitions", tmp_path / "definitions")
    shutil.copy(PACKAGE_FOLDER / "published.toml", tmp_path)
    draft = tmp_path / "definitions" / "half_done" / "1.0.0-draft"
    draft.mkdir(parents=True)
    (draft / "questionnaire.yaml").write_text("id: [")
    return Definitions(tmp_path)


def test_a_broken_draft_of_another_questionnaire_stops_no_report(definitions: Definitions) -> None:
    prepared = ReportDesk(Order(), definitions).prepare(SOURCE)

    learning = next(section for section in prepared.report.sections if section.id == "learning")
    assert [line.id for line in learning.body.webinars] == ["C3", "C6", "S1", "C1", "C5"]


def test_activities_that_cannot_be_used_are_named_as_a_problem(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "activities.yaml"
    file.write_text("activities: []")
    monkeypatch.setattr("webapp.services.definitions.DEFAULT_FILE", file)

    with pytest.raises(AnswerFileError, match=r"activities\.yaml"):
        ReportDesk(Order(), Definitions()).prepare(SOURCE)


def identifier(edition: Edition, *, is_draft: bool = False) -> str:
    order = Order(edition=edition, is_draft=is_draft)
    return pdf_job(ReportDesk(order, Definitions()).prepare(SOURCE)).identifier


def test_every_edition_draft_and_language_is_a_file_of_its_own() -> None:
    found = [identifier(edition) for edition in EDITIONS]
    found.append(identifier("company", is_draft=True))
    found.append(pdf_job(ReportDesk(Order(language="nn"), Definitions()).prepare(SOURCE)).identifier)

    assert len(set(found)) == 5
    assert identifier("company") == found[0]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("Eksempel Bærekraft ÅS", "eksempel_baerekraft_as"), ("Sámi Đuodji", "sami_duodji"), ("漢字 !", "")],
)
def test_a_company_is_named_in_letters_every_file_system_takes(name: str, wanted: str) -> None:
    assert slug(name) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (f"Nordlandsbedriften {'for ombruk ' * 5}AS", f"nordlandsbedriften{'_for_ombruk' * 3}_for"),
        (f"{'a' * 60} AS", "a" * 60),
        ("a" * 61, "a" * 60),
    ],
    ids=["between words", "just fits", "one long word"],
)
def test_a_long_name_ends_with_a_whole_word_where_it_can(name: str, wanted: str) -> None:
    assert slug(name) == wanted
