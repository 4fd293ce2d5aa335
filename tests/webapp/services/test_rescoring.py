"""Scoring again what was handed in: the same for ever, and everything that is not found out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from questionnaires.catalogue import PACKAGE_FOLDER
from tests.webapp.copies import a_copy
from tests.webapp.sites import a_company, a_person, as_actor, submitted
from webapp.db.tables.assessments import Assessment, Submission
from webapp.services import rescoring
from webapp.services.definitions import Definitions
from webapp.services.rescoring import rescore_all
from webapp.services.shelf import Shelf
from webapp.services.site import Site

EXAMPLES = (
    "eksempel_mobelverksted/circular_business_models",
    "eksempel_metallverksted/sustainability_reporting",
    "eksempel_bygg/circular_business_models",
)


class World:
    """Three companies that have handed in."""

    def __init__(self, site: Site) -> None:
        self.site, owner = site, a_person(site)
        companies = [a_company(site, f"Eksempel {at} AS", None, owners=[owner]) for at in range(3)]
        for company, example in zip(companies, EXAMPLES, strict=True):
            submitted(site, as_actor(site, owner), company, example)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return a_copy(World, tmp_path).site


def change(site: Site, column: str, find: str, instead: Any) -> str:
    """Change one stored hand-in in circular business models; its id."""
    with site.database.write() as session:
        row = session.scalars(
            select(Submission)
            .join(Assessment)
            .where(Assessment.questionnaire == "circular_business_models")
            .order_by(Submission.id)
        ).first()
        assert row is not None
        text = getattr(row, column)
        setattr(row, column, text.replace(find, instead, 1) if find else instead)
        assert getattr(row, column) != text
        return row.id


def found(site: Site) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {one.submission_id: (one.reason, one.paths) for one in rescore_all(site) if one.reason}


def test_every_stored_result_follows_from_its_answers(site: Site) -> None:
    assert rescoring.count(site) == 3
    assert [one.reason for one in rescore_all(site)] == [None] * 3


def test_batches_leave_nothing_out(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescoring, "BATCH", 2)

    assert len({one.submission_id for one in rescore_all(site)}) == 3


def test_the_order_of_keys_and_spaces_are_no_difference(site: Site) -> None:
    with site.database.write() as session:
        for row in session.scalars(select(Submission)):
            row.result = json.dumps(dict(reversed(json.loads(row.result).items())), indent=3)

    assert found(site) == {}


def test_a_changed_result_is_found_with_the_place(site: Site) -> None:
    id_ = change(site, "result", '"raw_level": 2', '"raw_level": 3')

    reason, paths = found(site)[id_]

    assert reason == "result_differs"
    assert len(paths) == 1
    assert paths[0].endswith("raw_level")


def test_a_changed_answer_is_found_though_the_level_stays(site: Site) -> None:
    id_ = change(site, "answers", '"comment": "', '"comment": "x')

    assert found(site) == {id_: ("result_differs", ("answers_sha256",))}


def test_a_changed_list_of_levels_is_found(site: Site) -> None:
    id_ = change(site, "level", "", 4)

    assert found(site) == {id_: ("level_differs", ())}


@pytest.mark.parametrize(
    ("column", "instead", "reason"),
    [
        ("answers", "{", "answers_unreadable"),
        ("answers", '{"answers": {}}', "answers_unreadable"),
        ("result", "nothing", "result_differs"),
        ("engine", "99", "unknown_engine"),
        ("definition_sha256", "0" * 64, "definition_changed"),
    ],
)
def test_what_cannot_be_scored_is_told_and_stops_nothing(
    site: Site, column: str, instead: str, reason: str
) -> None:
    id_ = change(site, column, "", instead)

    assert {id_: reason} == {key: value[0] for key, value in found(site).items()}


def test_a_version_that_is_gone_is_told(site: Site) -> None:
    with site.database.write() as session:
        changed = update(Assessment).where(Assessment.questionnaire == "sustainability_reporting")
        session.execute(changed.values(version="0.0.9"))

    assert [reason for reason, _ in found(site).values()] == ["definition_unusable"]


def test_a_version_whose_weights_changed_is_told_and_not_scored_with(tmp_path: Path, site: Site) -> None:
    folder = tmp_path / "package"
    shutil.copytree(PACKAGE_FOLDER / "definitions", folder / "definitions")
    shutil.copy(PACKAGE_FOLDER / "published.toml", folder)
    file = folder / "definitions" / "circular_business_models" / "1.0.0" / "scoring.yaml"
    text = file.read_text(encoding="utf-8")
    for weight in (16, 14):
        text = text.replace("weight: 15\n", f"weight: {weight}\n", 1)
    file.write_text(text, encoding="utf-8")
    changed = Site(
        site.settings, site.database, Shelf(Definitions(folder)), site.files, site.register, site.queue
    )

    assert sorted(reason for reason, _ in found(changed).values()) == ["definition_changed"] * 2
