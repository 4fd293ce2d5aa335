"""Files that no row names: none is left by what was refused, and none is taken that somebody needs."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.reports.pictures import red_png
from tests.webapp.services.offers import an_activity
from tests.webapp.services.printing import stand_in
from tests.webapp.services.reviewworld import ordered
from tests.webapp.services.test_judging import LATER, World, world
from tests.webapp.services.test_programmedesk import World as Desk
from tests.webapp.sites import NOW, make_site
from webapp.db.tables.organisations import Programme
from webapp.errors import Refused
from webapp.services import documents, partners, retention, shownfiles
from webapp.services.evidence import MOST_ORPHANS, Upload
from webapp.services.partners import NewPartner
from webapp.services.printing import keep_document, prepare_document
from webapp.services.programmefiles import new_key
from webapp.services.site import Site

__all__ = ["world"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def age(site: Site) -> None:
    """Have every file lie there since long ago."""
    for key in site.files.list_keys():
        os.utime(site.settings.data_dir / "files" / key, (0, 0))


def test_of_a_partner_who_is_refused_no_logo_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    put = partners._keep_logo

    def put_slowly(*given: Any) -> str:
        partners.add_partner(desk.site, desk.staff, desk.programme, NewPartner("P", ("reader",)), NOW)
        return put(*given)

    monkeypatch.setattr(partners, "_keep_logo", put_slowly)
    mine = NewPartner("P", ("reader",), "", red_png())

    with pytest.raises(Refused, match="partner_there"):
        partners.add_partner(desk.site, desk.staff, desk.programme, mine, NOW)

    assert list(desk.site.files.list_keys()) == []


def test_of_a_file_that_is_one_too_many_nothing_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    activity = an_activity(desk.site, desk.staff, desk.programme)
    look = shownfiles.inspect_file
    table = Upload("tabell.csv", b"navn;verdi\nnoe;1\n")

    def add(upload: Upload) -> str:
        return shownfiles.add_file(desk.site, desk.staff, desk.programme, activity, upload=upload, now=NOW)

    def look_slowly(*given: Any) -> object:
        monkeypatch.setattr(shownfiles, "inspect_file", look)
        add(table)
        return look(*given)

    monkeypatch.setattr(shownfiles, "MAX_FILES", 1)
    monkeypatch.setattr(shownfiles, "inspect_file", look_slowly)

    with pytest.raises(Refused, match="files_many"):
        add(Upload("bilde.png", red_png()))

    assert len(list(desk.site.files.list_keys())) == 1


def test_of_a_programmes_files_goes_what_nobody_names(desk: Desk) -> None:
    logo = NewPartner("P", ("reader",), "", red_png())
    partners.add_partner(desk.site, desk.staff, desk.programme, logo, NOW)
    activity = an_activity(desk.site, desk.staff, desk.programme)
    shown = Upload("tabell.csv", b"navn;verdi\nnoe;1\n")
    shownfiles.add_file(desk.site, desk.staff, desk.programme, activity, upload=shown, now=NOW)
    look = f"programmes/{desk.programme}/vestfold-fylkeskommune.png"  # as long as an id; an operator's
    desk.site.files.put(look, red_png())
    needed = set(desk.site.files.list_keys())
    desk.site.files.put(new_key(desk.programme, ".png"), red_png())  # its row was never written
    age(desk.site)

    found = retention.run(desk.site, NOW + timedelta(days=5))

    assert found.counts["files"] == 1
    assert set(desk.site.files.list_keys()) == needed


@pytest.mark.parametrize("has_programme", [True, False], ids=["older", "empty"])
def test_another_database_takes_no_file_of_a_programme(
    desk: Desk, tmp_path: Path, has_programme: bool
) -> None:
    for _ in range(MOST_ORPHANS + 1):
        desk.site.files.put(new_key(desk.programme), b"x")
    age(desk.site)
    wrong = replace(make_site(tmp_path / "other"), files=desk.site.files)
    if has_programme:
        with wrong.database.write() as session:
            words = dict.fromkeys(("name", "controller", "contact", "purpose"), "P")
            session.add(Programme(id=desk.programme, retention_days=30, created_utc=NOW, **words))

    retention.run(wrong, NOW + timedelta(days=5))

    assert len(list(desk.site.files.list_keys())) == MOST_ORPHANS + 1


def test_the_file_of_a_document_that_is_made_meanwhile_stays(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = ordered(world, "company")
    to_print = prepare_document(world.site, listed.id, LATER)
    assert to_print is not None
    pdf, forget = stand_in(to_print.job), retention._forget_tasks
    world.site.files.put(to_print.key, pdf)  # and the worker was killed before the row said so
    age(world.site)

    def forget_slowly(*given: Any) -> int:
        keep_document(world.site, to_print, pdf, LATER)
        return forget(*given)

    monkeypatch.setattr(retention, "_forget_tasks", forget_slowly)
    retention.run(world.site, LATER)

    assert documents.open_pdf(world.site, world.owner, listed.id, LATER).content == pdf
