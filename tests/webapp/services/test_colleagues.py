"""Roles of people: changed by owners alone, and never without an owner left."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select

from tests.webapp.sites import NOW, a_company, a_person, an_assessment, as_actor, make_site
from webapp.db.tables.assessments import SectionTask
from webapp.db.tables.people import Invitation, Membership, Person
from webapp.db.tables.work import AuditEvent
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services import colleagues, delegation, invitations
from webapp.services.actor import Actor
from webapp.services.sessions import open_session, resume
from webapp.services.site import Site

SOON = NOW + timedelta(minutes=1)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def two_owners(site: Site) -> tuple[Actor, Actor, str]:
    """Kari and Ola, who own a company together."""
    kari, ola = a_person(site), a_person(site, "ola@eksempel.no", "Ola Hansen")
    company = a_company(site, owners=[kari, ola])
    return as_actor(site, kari), as_actor(site, ola), company


def owner_and_member(site: Site) -> tuple[Actor, Actor, str]:
    """Kari, who owns a company, and Ola, who answers there."""
    kari, ola = a_person(site), a_person(site, "ola@eksempel.no", "Ola Hansen")
    company = a_company(site, owners=[kari], members=[ola])
    return as_actor(site, kari), as_actor(site, ola), company


def roles(site: Site, company: str) -> dict[str, str]:
    with site.database.read() as session:
        rows = session.scalars(select(Membership).where(Membership.organisation_id == company))
        return {row.person_id: row.role for row in rows}


def test_an_owner_makes_another_owner_and_takes_it_back(site: Site) -> None:
    kari, ola, company = owner_and_member(site)

    colleagues.change_role(site, kari, company, ola.person_id, role="owner", now=NOW)
    assert roles(site, company) == {kari.person_id: "owner", ola.person_id: "owner"}
    colleagues.change_role(site, kari, company, ola.person_id, role="member", now=NOW)

    assert roles(site, company) == {kari.person_id: "owner", ola.person_id: "member"}
    with site.database.read() as session:
        deeds = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert deeds == ["role_changed", "role_changed"]


def test_the_last_owner_stays_an_owner(site: Site) -> None:
    kari, _, company = owner_and_member(site)

    with pytest.raises(Refused, match="last_owner"):
        colleagues.change_role(site, kari, company, kari.person_id, role="member", now=NOW)
    with pytest.raises(Refused, match="last_owner"):
        colleagues.remove(site, kari, company, kari.person_id, NOW)
    with pytest.raises(Refused, match="last_owner"):
        colleagues.leave(site, kari, company, NOW)
    assert roles(site, company)[kari.person_id] == "owner"
    assert [one.must_stay for one in colleagues.list_colleagues(site, kari, company)] == [True, False]


def test_a_member_leaves_and_reaches_nothing_any_more(site: Site) -> None:
    _, ola, company = owner_and_member(site)

    colleagues.leave(site, ola, company, NOW)

    assert as_actor(site, ola.person_id).roles == {}


def test_a_removed_colleague_is_out_and_signed_out_at_once(site: Site) -> None:
    kari, ola, company = owner_and_member(site)
    with site.database.write() as session:
        person = session.get_one(Person, ola.person_id)
        token = open_session(session, person, NOW, site.settings)

    colleagues.remove(site, kari, company, ola.person_id, NOW)

    assert resume(site.database, token, SOON, site.settings) is None
    assert as_actor(site, ola.person_id).roles == {}


def test_whoever_leaves_stays_signed_in(site: Site) -> None:
    _, ola, company = two_owners(site)
    with site.database.write() as session:
        person = session.get_one(Person, ola.person_id)
        token = open_session(session, person, NOW, site.settings)

    colleagues.leave(site, ola, company, NOW)

    signed_in = resume(site.database, token, SOON, site.settings)
    assert signed_in is not None
    assert signed_in.actor.roles == {}


def test_what_a_removed_colleague_was_given_is_nobodys(site: Site) -> None:
    kari, ola, company = owner_and_member(site)
    assessment = an_assessment(site, kari, company)
    with site.database.write() as session:
        session.add(
            SectionTask(
                assessment_id=assessment,
                section_id="strategy",
                person_id=ola.person_id,
                email=ola.email,
                by_person_id=kari.person_id,
                given_utc=NOW,
                done_utc=NOW,
            )
        )

    colleagues.remove(site, kari, company, ola.person_id, NOW)

    with site.database.read() as session:
        task = session.get_one(SectionTask, (assessment, "strategy"))
    assert (task.person_id, task.email, task.given_utc, task.done_utc) == (None, None, None, NOW)


def test_the_invitations_of_a_removed_owner_are_gone(site: Site) -> None:
    kari, ola, company = two_owners(site)
    for actor, email in ((ola, "ola.privat@eksempel.no"), (kari, "liv@eksempel.no")):
        invitations.invite(site, actor, company, NOW, email=email, role="owner", language="nb")

    colleagues.remove(site, kari, company, ola.person_id, NOW)

    with site.database.read() as session:
        assert session.scalars(select(Invitation.email)).all() == ["liv@eksempel.no"]


def invite_and_give(site: Site, actor: Actor, company: str, email: str) -> str:
    """Invite somebody as an owner, with a section; the id of the assessment."""
    assessment = an_assessment(site, actor, company)
    delegation.give_section(site, actor, assessment, "strategy", NOW, email=email)
    invitations.invite(site, actor, company, SOON, email=email, role="owner", language="nb")
    return assessment


def invited(site: Site) -> list[str]:
    with site.database.read() as session:
        return list(session.scalars(select(Invitation.email).order_by(Invitation.email)))


def test_the_invitations_of_an_owner_who_becomes_a_member_are_gone(site: Site) -> None:
    kari, ola, company = two_owners(site)
    unit = a_company(site, "Eksempel Oslo", None, parent=company)
    kari, ola = as_actor(site, kari.person_id), as_actor(site, ola.person_id)
    assessment = invite_and_give(site, ola, company, "ola.privat@eksempel.no")
    invitations.invite(site, ola, unit, NOW, email="ola.to@eksempel.no", role="owner", language="nb")
    invitations.invite(site, kari, company, NOW, email="liv@eksempel.no", role="member", language="nb")

    colleagues.change_role(site, kari, company, ola.person_id, role="member", now=SOON)

    assert invited(site) == ["liv@eksempel.no"]
    with site.database.read() as session:
        task = session.get_one(SectionTask, (assessment, "strategy"))
    assert (task.email, task.given_utc) == (None, None)


def test_the_sections_that_waited_for_an_invitation_of_a_removed_owner_are_nobodys(site: Site) -> None:
    kari, ola, company = two_owners(site)
    assessment = invite_and_give(site, ola, company, "liv@eksempel.no")

    colleagues.remove(site, kari, company, ola.person_id, SOON)

    with site.database.read() as session:
        task = session.get_one(SectionTask, (assessment, "strategy"))
    assert (task.email, task.given_utc) == (None, None)


def test_who_owns_the_unit_itself_keeps_its_invitations(site: Site) -> None:
    kari, ola, company = two_owners(site)
    unit = a_company(site, "Eksempel Oslo", None, owners=[ola.person_id], parent=company)
    ola = as_actor(site, ola.person_id)
    invitations.invite(site, ola, unit, NOW, email="liv@eksempel.no", role="member", language="nb")

    colleagues.change_role(site, kari, company, ola.person_id, role="member", now=SOON)
    assert invited(site) == ["liv@eksempel.no"]
    colleagues.leave(site, as_actor(site, ola.person_id), unit, SOON)

    assert invited(site) == []


def test_who_is_removed_from_a_parent_keeps_a_place_of_their_own_below(site: Site) -> None:
    kari, ola, company = owner_and_member(site)
    with_place = a_company(site, "Eksempel Oslo", None, members=[ola.person_id], parent=company)
    without = a_company(site, "Eksempel Bergen", None, parent=company)

    colleagues.remove(site, kari, company, ola.person_id, NOW)

    assert set(as_actor(site, ola.person_id).roles) == {with_place}
    assert without in as_actor(site, kari.person_id).roles


def test_a_unit_needs_no_owner_of_its_own(site: Site) -> None:
    kari, ola, company = owner_and_member(site)
    unit = a_company(site, "Eksempel Oslo", None, owners=[ola.person_id], parent=company)

    colleagues.leave(site, as_actor(site, ola.person_id), unit, NOW)

    assert roles(site, unit) == {}
    assert as_actor(site, kari.person_id).is_any_of(unit, "owner")


def test_only_owners_change_people(site: Site) -> None:
    kari, ola, company = owner_and_member(site)
    stranger = as_actor(site, a_person(site, "liv@annen.no", "Liv"))

    for actor, error in ((ola, NotAllowed), (stranger, NotThere)):
        with pytest.raises(error):
            colleagues.remove(site, actor, company, kari.person_id, NOW)
        with pytest.raises(error):
            colleagues.change_role(site, actor, company, kari.person_id, role="member", now=NOW)
        with pytest.raises(error):
            colleagues.get_colleague(site, actor, company, kari.person_id)
    with pytest.raises(NotThere):
        colleagues.leave(site, stranger, company, NOW)


def test_people_of_elsewhere_are_not_there(site: Site) -> None:
    kari, _, company = owner_and_member(site)
    liv = a_person(site, "liv@annen.no", "Liv")
    a_company(site, "Annen AS", None, owners=[liv])

    for person_id in (liv, "x" * 22, "not an id"):
        with pytest.raises(NotThere):
            colleagues.remove(site, kari, company, person_id, NOW)
        with pytest.raises(NotThere):
            colleagues.get_colleague(site, kari, company, person_id)


def test_there_are_two_roles(site: Site) -> None:
    kari, ola, company = owner_and_member(site)

    with pytest.raises(Refused, match="no_such_role"):
        colleagues.change_role(site, kari, company, ola.person_id, role="advisor", now=NOW)


def test_an_owner_who_was_removed_meanwhile_changes_nothing(site: Site) -> None:
    kari, ola, company = two_owners(site)
    colleagues.remove(site, kari, company, ola.person_id, NOW)

    with pytest.raises(NotThere):
        colleagues.remove(site, ola, company, kari.person_id, NOW)

    assert roles(site, company) == {kari.person_id: "owner"}


def test_an_owner_who_became_a_member_meanwhile_changes_nothing(site: Site) -> None:
    kari, ola, company = two_owners(site)
    colleagues.change_role(site, kari, company, ola.person_id, role="member", now=NOW)

    with pytest.raises(NotAllowed):
        colleagues.remove(site, ola, company, kari.person_id, NOW)


Deed = Callable[[Site, Actor, str, str], None]


def _remove(site: Site, actor: Actor, company: str, other: str) -> None:
    colleagues.remove(site, actor, company, other, NOW)


def _leave(site: Site, actor: Actor, company: str, _other: str) -> None:
    colleagues.leave(site, actor, company, NOW)


def _demote(site: Site, actor: Actor, company: str, other: str) -> None:
    colleagues.change_role(site, actor, company, other, role="member", now=NOW)


@pytest.mark.parametrize(
    ("one", "two"),
    [(_remove, _remove), (_leave, _leave), (_demote, _demote), (_remove, _leave), (_demote, _leave)],
    ids=["both remove", "both leave", "both demote", "one removes, one leaves", "one demotes, one leaves"],
)
def test_two_owners_at_the_same_moment_leave_one(site: Site, one: Deed, two: Deed) -> None:
    kari, ola, _ = two_owners(site)
    owners = [kari.person_id, ola.person_id]
    start = Barrier(2)

    def carry_out(deed: Deed, actor_id: str, company: str, other_id: str) -> None:
        actor = as_actor(site, actor_id)
        start.wait()
        with suppress(NotThere, NotAllowed, Refused):
            deed(site, actor, company, other_id)

    for number in range(5):
        company = a_company(site, f"Nr {number}", None, owners=owners)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(carry_out, (one, two), owners, (company, company), reversed(owners)))

        assert list(roles(site, company).values()).count("owner") == 1
