"""What stays of an advisor who was erased: what they decided, and nowhere their name."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import delete, select

from tests.webapp.copies import a_copy
from tests.webapp.services.printing import print_all
from tests.webapp.services.reviewworld import SHARED, note, ordered
from tests.webapp.services.test_judging import LATER, World, in_review
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.organisations import AdvisorAssignment, Organisation
from webapp.db.tables.people import Person
from webapp.db.tables.reviews import Approval, ReviewNote
from webapp.db.tables.work import Document
from webapp.services import privacy, retention
from webapp.services.company_copy import company_copy
from webapp.services.documents import list_documents, report_of
from webapp.services.levels import levels_of
from webapp.services.reviewing import decide
from webapp.services.site import Site

NAME = "Kanari Godkjenner"
KINDS = ("company", "advisor", "share", "meeting")


@pytest.fixture
def signed(tmp_path: Path) -> World:
    """Rated, noted and approved by somebody with a name to look for, and every document made."""
    return a_copy(_signed, tmp_path)


def _signed(site: Site) -> World:
    world = in_review(site)
    first, second = world.advisors
    with world.site.database.write() as session:
        session.get_one(Person, first.person_id).name = NAME
    world.advisors = (replace(first, name=NAME), second)
    world.judge("insight.measurement", rating="4", reason="Vi så det på befaringen.")
    note(world, SHARED, is_shared=True)
    decide(world.site, world.advisors[0], world.id, "approve", LATER)
    for kind in KINDS:
        ordered(world, kind)
    for actor in (world.owner, second):
        print_all(world.site, actor, world.id)
    return world


def approval(world: World) -> Approval:
    with world.site.database.read() as session:
        return session.scalars(select(Approval)).one()


def test_the_approval_stays_without_the_name(signed: World) -> None:
    before = approval(signed)
    assert json.loads(before.review)["by"] == NAME

    privacy.erase_person(signed.site, signed.advisors[0].person_id, LATER)

    after = approval(signed)
    assert NAME not in after.review
    assert {**json.loads(after.review), "by": NAME} == json.loads(before.review)
    assert (after.result, after.level, after.at_utc) == (before.result, before.level, before.at_utc)
    assert after.undone_utc is None


def test_whoever_looks_is_told_that_it_was_a_former_advisor(signed: World) -> None:
    privacy.erase_person(signed.site, signed.advisors[0].person_id, LATER)

    with signed.site.database.read() as session:
        found = levels_of(session, session.get_one(Assessment, signed.id))
    assert found is not None
    assert (found.approval.by, found.approval.is_gone) == ("", True)
    assert found.approval.at_utc == LATER


def test_the_report_says_when_it_was_approved_and_not_by_whom(signed: World) -> None:
    privacy.erase_person(signed.site, signed.advisors[0].person_id, LATER)

    report = report_of(signed.site, signed.owner, signed.id, "nb", "company")

    assert NAME not in repr(report)
    assert "gjennomgått og godkjent 3. mars 2026" in repr(report).replace("\\xa0", " ")


def test_documents_that_say_the_name_are_gone_at_once_and_made_again_when_asked_for(signed: World) -> None:
    with signed.site.database.read() as session:
        keys = [key for key in session.scalars(select(Document.key)) if key]
    assert len(keys) == len(KINDS)

    privacy.erase_person(signed.site, signed.advisors[0].person_id, LATER)

    assert set(keys).isdisjoint(signed.site.files.list_keys())
    assert list_documents(signed.site, signed.owner, signed.id) == ()
    assert ordered(signed, "company").state == "waiting"


def test_documents_of_others_stay(signed: World) -> None:
    """Who neither approved nor wrote a note stands in none."""
    privacy.erase_person(signed.site, signed.advisors[1].person_id, LATER)

    assert [one.state for one in list_documents(signed.site, signed.owner, signed.id)] == ["ready", "ready"]
    assert json.loads(approval(signed).review)["by"] == NAME


def test_no_byte_of_the_name_is_left_on_the_disk(signed: World) -> None:
    privacy.erase_person(signed.site, signed.advisors[0].person_id, LATER)

    folder = signed.site.settings.data_dir
    left = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert NAME.encode() not in left
    with signed.site.database.read() as session:
        assert session.scalars(select(ReviewNote.body)).one() == SHARED


def test_the_companys_copy_has_the_approval_without_the_name(signed: World) -> None:
    privacy.erase_person(signed.site, signed.advisors[0].person_id, LATER)

    copy = company_copy(signed.site, signed.owner, signed.company, LATER)
    with copy.file, ZipFile(copy.file) as archive:
        texts = b"".join(archive.read(name) for name in archive.namelist())

    assert b'"ratings"' in texts
    assert NAME.encode() not in texts


def test_who_was_not_here_for_long_goes_in_the_same_way(signed: World) -> None:
    late = LATER + timedelta(days=signed.site.settings.inactive_days + 1)
    with signed.site.database.write() as session:
        session.execute(delete(AdvisorAssignment))
        session.get_one(Organisation, signed.company).active_utc = late
        session.get_one(Person, signed.owner.person_id).seen_utc = late

    retention.run(signed.site, late)

    with signed.site.database.read() as session:
        assert session.get(Person, signed.advisors[0].person_id) is None
        assert session.scalars(select(Document)).all() == []
    assert "by" not in json.loads(approval(signed).review)
