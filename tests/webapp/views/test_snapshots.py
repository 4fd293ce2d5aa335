"""A snapshot misses nothing: what was written is seen, also where nothing else tells of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.webapp.sites import a_person, make_site
from tests.webapp.views import snapshots
from webapp.db.tables.people import Person
from webapp.services.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = make_site(tmp_path)
    made.files.put("evidence/one", b"before")
    return made


def test_nothing_written_is_nothing_changed(site: Site) -> None:
    a_person(site)

    before = snapshots.take(site)

    assert before.changed(snapshots.take(site)) == []
    assert before.tables["person"]


def test_a_row_that_was_changed_is_seen(site: Site) -> None:
    person = a_person(site)
    before = snapshots.take(site)

    with site.database.write() as session:
        session.get_one(Person, person).name = "En annen"

    assert before.changed(snapshots.take(site)) == ["person"]


@pytest.mark.parametrize("key", ["evidence/one", "evidence/two"])
def test_a_file_that_was_written_is_seen(site: Site, key: str) -> None:
    before = snapshots.take(site)

    site.files.put(key, b"behind")

    assert before.changed(snapshots.take(site)) == ["files"]


def test_all_of_it_can_be_put_back(site: Site) -> None:
    before = snapshots.take(site)
    a_person(site)
    site.files.put("evidence/one", b"behind")

    snapshots.put_back(site, before)

    assert before.changed(snapshots.take(site)) == []
    assert site.files.get("evidence/one") == b"before"
