"""The consent: what it opens, that it can be taken back, and who may give it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.webapp.sites import (
    NOW,
    a_company,
    a_person,
    a_programme,
    an_assessment,
    as_actor,
    make_site,
    submitted,
)
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.work import AuditEvent
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.documents import list_documents, submitted_material
from webapp.services.handins import hand_ins_of
from webapp.services.sharing import share
from webapp.services.site import Site

LATER = NOW + timedelta(days=1)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


class World:
    """A company in a programme, with something handed in."""

    def __init__(self, site: Site) -> None:
        owner, staff = a_person(site), a_person(site, "program@fylke.no")
        self.member_id = a_person(site, "ola@eksempel.no")
        self.company = a_company(site, owners=[owner], members=[self.member_id])
        a_programme(site, staff=[staff], companies=[self.company])
        self.owner: Actor = as_actor(site, owner)
        self.staff: Actor = as_actor(site, staff)
        self.id = submitted(site, self.owner, self.company).id


@pytest.fixture
def world(site: Site) -> World:
    return World(site)


def test_staff_find_nothing_until_the_company_shares(site: Site, world: World) -> None:
    with pytest.raises(NotThere):
        hand_ins_of(site, world.staff, world.id)

    share(site, world.owner, world.id, LATER, is_shared=True)

    found = hand_ins_of(site, world.staff, world.id)
    assert found.editions == ("share",)
    assert not found.reads_result
    assert [one.edition for one in list_documents(site, world.staff, world.id)] == ["share"]


def test_sharing_opens_no_other_edition(site: Site, world: World) -> None:
    share(site, world.owner, world.id, LATER, is_shared=True)

    for edition in ("company", "advisor"):
        with pytest.raises(NotThere):
            submitted_material(site, world.staff, world.id, "nb", edition)


def test_taken_back_it_is_closed_again(site: Site, world: World) -> None:
    share(site, world.owner, world.id, LATER, is_shared=True)
    share(site, world.owner, world.id, LATER, is_shared=False)

    with pytest.raises(NotThere):
        hand_ins_of(site, world.staff, world.id)


def test_each_change_is_recorded_once(site: Site, world: World) -> None:
    for is_shared in (True, True, False, False):
        share(site, world.owner, world.id, LATER, is_shared=is_shared)

    with site.database.read() as session:
        actions = list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
    assert actions[-2:] == ["assessment_shared", "sharing_withdrawn"]
    assert actions.count("assessment_shared") == 1


def test_the_consent_keeps_the_day_it_was_given(site: Site, world: World) -> None:
    share(site, world.owner, world.id, NOW, is_shared=True)
    share(site, world.owner, world.id, LATER, is_shared=True)

    with site.database.read() as session:
        assert session.get_one(Assessment, world.id).shared_utc == NOW


def test_only_an_owner_gives_it(site: Site, world: World) -> None:
    with pytest.raises(NotAllowed):
        share(site, as_actor(site, world.member_id), world.id, LATER, is_shared=True)
    with pytest.raises(NotThere):
        share(site, world.staff, world.id, LATER, is_shared=True)


def test_a_draft_cannot_be_shared(site: Site, world: World) -> None:
    draft = an_assessment(site, world.owner, world.company, "sustainability_reporting")

    with pytest.raises(Refused, match=r"sharing\.not_handed_in"):
        share(site, world.owner, draft, LATER, is_shared=True)


def test_without_a_programme_there_is_nobody_to_share_with(site: Site) -> None:
    owner = a_person(site)
    company = a_company(site, owners=[owner])
    handed_in = submitted(site, as_actor(site, owner), company)

    with pytest.raises(Refused, match=r"sharing\.no_programme"):
        share(site, as_actor(site, owner), handed_in.id, LATER, is_shared=True)
