"""Invitations: for one address, once, in time, and by people who may."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.webapp.sites import NOW, a_company, a_person, a_workshop, an_assessment, as_actor, make_site
from webapp.db.queries_people import find_person_by_email
from webapp.db.tables.assessments import Assessment, SectionTask
from webapp.db.tables.people import Invitation, Membership, Person
from webapp.db.tables.work import AuditEvent, Job
from webapp.errors import NotAllowed, NotThere, Refused, TooOften
from webapp.services import invitations, joining
from webapp.services.actor import Actor
from webapp.services.invitations import Sent
from webapp.services.joining import Joined, Offered
from webapp.services.sessions import resume
from webapp.services.site import Site
from webapp.services.tokens import hash_of
from webapp.services.trial import start_trial

OLA = "ola@eksempel.no"
SOON = NOW + timedelta(minutes=5)
TOO_LATE = NOW + timedelta(days=14)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


@pytest.fixture
def workshop(site: Site) -> tuple[Actor, str]:
    return a_workshop(site)


def invite(site: Site, actor: Actor, company: str, email: str = OLA, role: str = "member") -> Sent:
    return invitations.invite(site, actor, company, NOW, email=email, role=role, language="nb")


def give(site: Site, invitation_id: str, word: str = "of the mail") -> str:
    """The token of an invitation, as if its mail had been sent."""
    with site.database.write() as session:
        session.get_one(Invitation, invitation_id).hash = hash_of(word)
    return word


def join(site: Site, token: str, name: str = "", trial_id: str | None = None) -> object:
    return joining.join(site, token, name=name, language="nb", trial_id=trial_id, now=SOON)


def join_own(site: Site, invitation_id: str) -> Joined:
    """Accept an invitation as Ola, who has an account and is signed in."""
    with site.database.read() as session:
        ola = session.scalars(select(Person.id).where(Person.email == OLA)).one()
    return joining.join_own(site, as_actor(site, ola), invitation_id, SOON)


def role_of(site: Site, email: str, company: str) -> str | None:
    with site.database.read() as session:
        return session.scalar(
            select(Membership.role)
            .join(Person, Person.id == Membership.person_id)
            .where(Person.email == email, Membership.organisation_id == company)
        )


def test_an_invitation_is_a_row_and_a_mail_without_an_address(
    site: Site, workshop: tuple[Actor, str]
) -> None:
    kari, company = workshop

    sent = invite(site, kari, company, " Ola@Eksempel.no ")

    with site.database.read() as session:
        row, job = session.get_one(Invitation, sent.invitation_id), session.get_one(Job, sent.job_id)
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (row.email, row.role, row.hash, row.ends_utc) == (OLA, "member", None, NOW + timedelta(days=14))
    assert json.loads(job.body) == {"mail": "invitation", "invitation": row.id}
    assert event is not None
    assert json.loads(event.detail) == {"invitation": row.id, "role": "member"}


def test_a_new_person_joins_signed_in_with_the_name_they_gave(
    site: Site, workshop: tuple[Actor, str]
) -> None:
    kari, company = workshop
    token = give(site, invite(site, kari, company).invitation_id)

    offered = joining.look(site, token, SOON)
    joined = join(site, token, name="Ola Hansen")

    assert isinstance(offered, Offered)
    assert (offered.organisation, offered.by, offered.role) == (
        "Eksempel Møbelverksted AS",
        "Kari Nordmann",
        "member",
    )
    assert offered.needs_name
    assert isinstance(joined, Joined)
    assert joined.token is not None
    signed_in = resume(site.database, joined.token, SOON, site.settings)
    assert signed_in is not None
    assert (signed_in.actor.email, signed_in.actor.name) == (OLA, "Ola Hansen")
    assert signed_in.actor.roles == {company: {"member"}}


def test_looking_uses_nothing_up_and_joining_does(site: Site, workshop: tuple[Actor, str]) -> None:
    token = give(site, invite(site, *workshop).invitation_id)

    assert isinstance(joining.look(site, token, SOON), Offered)
    assert isinstance(joining.look(site, token, SOON), Offered)
    assert isinstance(join(site, token), Joined)

    assert joining.look(site, token, SOON) == "used"
    assert join(site, token) == "used"


def test_an_old_invitation_and_a_made_up_one_let_nobody_in(site: Site, workshop: tuple[Actor, str]) -> None:
    token = give(site, invite(site, *workshop).invitation_id)

    late = joining.join(site, token, name="", language="nb", trial_id=None, now=TOO_LATE)

    assert (late, joining.look(site, token, TOO_LATE)) == ("expired", "expired")
    assert (join(site, "made up"), joining.look(site, "made up", SOON)) == ("unknown", "unknown")
    with site.database.read() as session:
        assert find_person_by_email(session, OLA) is None


def test_a_link_is_used_once_by_two_at_the_same_moment(site: Site, workshop: tuple[Actor, str]) -> None:
    token = give(site, invite(site, *workshop).invitation_id)

    with ThreadPoolExecutor(2) as pool:
        came = list(pool.map(lambda _: join(site, token), range(2)))

    assert sorted(type(one).__name__ for one in came) == ["Joined", "str"]


def test_sending_again_gives_more_time_and_another_mail(site: Site, workshop: tuple[Actor, str]) -> None:
    kari, company = workshop
    sent = invite(site, kari, company)
    token = give(site, sent.invitation_id)

    again = invitations.send_again(site, kari, company, sent.invitation_id, TOO_LATE)

    assert (again.invitation_id, again.job_id == sent.job_id) == (sent.invitation_id, False)
    assert joining.look(site, token, TOO_LATE) == "unknown"
    (open_one,) = invitations.list_open(site, kari, company, TOO_LATE)
    assert (open_one.ends_utc, open_one.has_ended) == (TOO_LATE + timedelta(days=14), False)


def test_a_withdrawn_invitation_is_gone(site: Site, workshop: tuple[Actor, str]) -> None:
    kari, company = workshop
    sent = invite(site, kari, company)
    token = give(site, sent.invitation_id)

    invitations.withdraw(site, kari, company, sent.invitation_id, NOW)

    assert join(site, token) == "unknown"
    assert invitations.list_open(site, kari, company, NOW) == ()
    with pytest.raises(NotThere):
        invitations.send_again(site, kari, company, sent.invitation_id, NOW)


def test_inviting_an_address_again_renews_the_one_there_is(site: Site, workshop: tuple[Actor, str]) -> None:
    kari, company = workshop

    first, second = invite(site, kari, company), invite(site, kari, company, role="owner")

    assert first.invitation_id == second.invitation_id
    assert [one.role for one in invitations.list_open(site, kari, company, NOW)] == ["owner"]


def test_somebody_who_left_can_be_invited_again(site: Site, workshop: tuple[Actor, str]) -> None:
    kari, company = workshop
    join(site, give(site, invite(site, kari, company).invitation_id))
    with site.database.write() as session:
        for row in session.scalars(select(Membership).where(Membership.role == "member")):
            session.delete(row)

    again = invite(site, kari, company)

    assert join_own(site, again.invitation_id).organisation == "Eksempel Møbelverksted AS"
    assert role_of(site, OLA, company) == "member"


def test_who_has_access_is_not_invited(site: Site, workshop: tuple[Actor, str]) -> None:
    kari, company = workshop
    unit = a_company(site, "Eksempel Oslo", None, parent=company)
    kari = as_actor(site, kari.person_id)

    for place in (company, unit):
        with pytest.raises(Refused, match="already_here"):
            invite(site, kari, place, "KARI@eksempel.no")


def test_known_and_unknown_addresses_are_invited_alike(site: Site, workshop: tuple[Actor, str]) -> None:
    kari, company = workshop
    a_person(site, "liv@annen.no", "Liv")

    for email in ("liv@annen.no", "ny@annen.no"):
        invite(site, kari, company, email)

    open_ones = invitations.list_open(site, kari, company, NOW)
    assert {one.email for one in open_ones} == {"liv@annen.no", "ny@annen.no"}
    assert len({(one.role, one.by, one.sent_utc, one.ends_utc) for one in open_ones}) == 1


def test_only_owners_invite_and_see_invitations(site: Site, workshop: tuple[Actor, str]) -> None:
    kari, company = workshop
    sent = invite(site, kari, company, "per@eksempel.no")
    member = a_person(site, OLA, "Ola")
    with site.database.write() as session:
        session.add(Membership(organisation_id=company, person_id=member, role="member", since_utc=NOW))
    stranger = as_actor(site, a_person(site, "liv@annen.no", "Liv"))

    for actor, error in ((as_actor(site, member), NotAllowed), (stranger, NotThere)):
        with pytest.raises(error):
            invite(site, actor, company, "ny@eksempel.no")
        with pytest.raises(error):
            invitations.list_open(site, actor, company, NOW)
        with pytest.raises(error):
            invitations.send_again(site, actor, company, sent.invitation_id, NOW)
        with pytest.raises(error):
            invitations.withdraw(site, actor, company, sent.invitation_id, NOW)


def test_another_companys_invitation_is_not_there(site: Site, workshop: tuple[Actor, str]) -> None:
    sent = invite(site, *workshop)
    liv = a_person(site, "liv@annen.no", "Liv")
    other = a_company(site, "Annen AS", None, owners=[liv])

    for id_ in (sent.invitation_id, "x" * 22, "no id"):
        with pytest.raises(NotThere):
            invitations.withdraw(site, as_actor(site, liv), other, id_, NOW)


def test_a_trial_invites_nobody(site: Site) -> None:
    signed_in = resume(
        site.database, start_trial(site.database, "nb", NOW, site.settings), NOW, site.settings
    )
    assert signed_in is not None
    trial = signed_in.actor

    with pytest.raises(NotAllowed):
        invite(site, trial, trial.organisations("owner")[0])


def test_there_is_a_limit_to_the_mails_a_day(
    site: Site, workshop: tuple[Actor, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kari, company = workshop
    monkeypatch.setattr(invitations, "INVITATIONS_A_DAY", 3)
    sent = invite(site, kari, company)
    invitations.send_again(site, kari, company, sent.invitation_id, SOON)
    invitations.withdraw(site, kari, company, sent.invitation_id, SOON)
    invite(site, kari, company)

    with pytest.raises(TooOften):
        invite(site, kari, company, "liv@eksempel.no")

    tomorrow = NOW + timedelta(days=1)
    invitations.invite(site, kari, company, tomorrow, email="liv@eksempel.no", role="member", language="nb")


def test_an_invitation_lifts_a_member_and_lowers_no_owner(site: Site, workshop: tuple[Actor, str]) -> None:
    kari, company = workshop
    id_ = invite(site, kari, company, role="owner").invitation_id
    ola = a_person(site, OLA, "Ola")
    with site.database.write() as session:
        session.add(Membership(organisation_id=company, person_id=ola, role="member", since_utc=NOW))
    join_own(site, id_)
    assert role_of(site, OLA, company) == "owner"

    with site.database.write() as session:
        row = session.scalars(select(Invitation)).one()
        row.used_utc, row.role = None, "member"
    join_own(site, id_)

    assert role_of(site, OLA, company) == "owner"


def test_whoever_was_given_a_section_goes_on_there(site: Site, workshop: tuple[Actor, str]) -> None:
    kari, company = workshop
    assessment = an_assessment(site, kari, company)
    with site.database.write() as session:
        task = SectionTask(assessment_id=assessment, section_id="strategy", email=OLA, given_utc=NOW)
        session.add(task)
        row, _ = invitations.invite_in(
            session,
            site.settings,
            NOW,
            by_person_id=kari.person_id,
            organisation_id=company,
            email=OLA,
            role="member",
            language="nb",
            assessment_id=assessment,
            section_id="strategy",
        )
        id_ = row.id
    token = give(site, id_)

    offered, joined = joining.look(site, token, SOON), join(site, token)

    assert isinstance(offered, Offered)
    assert offered.section("nb") == "Strategi og forretningsmodell"
    assert isinstance(joined, Joined)
    assert (joined.assessment_id, joined.section_id) == (assessment, "strategy")
    with site.database.read() as session:
        person = find_person_by_email(session, OLA)
        assert person is not None
        assert session.get_one(SectionTask, (assessment, "strategy")).person_id == person.id


def test_a_trials_answers_come_along(site: Site, workshop: tuple[Actor, str]) -> None:
    token = give(site, invite(site, *workshop).invitation_id)
    signed_in = resume(
        site.database, start_trial(site.database, "nb", NOW, site.settings), NOW, site.settings
    )
    assert signed_in is not None
    trial = signed_in.actor
    (own,) = trial.organisations("owner")
    an_assessment(site, trial, own)

    joined = join(site, token, trial_id=trial.person_id)

    assert isinstance(joined, Joined)
    assert joined.token is not None
    now_in = resume(site.database, joined.token, SOON, site.settings)
    assert now_in is not None
    assert set(now_in.actor.roles) == {own, workshop[1]}
    with site.database.read() as session:
        assert session.scalars(select(Assessment.is_trial)).all() == [False]


def test_who_is_signed_in_finds_and_accepts_their_invitations(
    site: Site, workshop: tuple[Actor, str]
) -> None:
    sent = invite(site, *workshop)
    ola = as_actor(site, a_person(site, OLA, "Ola"))

    (offered,) = joining.list_own(site, ola, SOON)
    joined = joining.join_own(site, ola, offered.id, SOON)

    assert (offered.id, joined.token) == (sent.invitation_id, None)
    assert role_of(site, OLA, workshop[1]) == "member"
    assert joining.list_own(site, ola, SOON) == ()
    with pytest.raises(NotThere):
        joining.join_own(site, ola, offered.id, SOON)


def test_nobody_accepts_or_declines_what_was_sent_to_somebody_else(
    site: Site, workshop: tuple[Actor, str]
) -> None:
    sent = invite(site, *workshop)
    liv = as_actor(site, a_person(site, "liv@annen.no", "Liv"))

    assert joining.list_own(site, liv, SOON) == ()
    for deed in (joining.join_own, joining.decline_own):
        with pytest.raises(NotThere):
            deed(site, liv, sent.invitation_id, SOON)
    with pytest.raises(NotThere):
        joining.join_own(site, as_actor(site, a_person(site, OLA, "Ola")), sent.invitation_id, TOO_LATE)


def test_saying_no_takes_the_invitation_away(site: Site, workshop: tuple[Actor, str]) -> None:
    kari, company = workshop
    sent = invite(site, kari, company)
    ola = as_actor(site, a_person(site, OLA, "Ola"))

    joining.decline_own(site, ola, sent.invitation_id, SOON)

    assert joining.list_own(site, ola, SOON) == ()
    assert invitations.list_open(site, kari, company, SOON) == ()
