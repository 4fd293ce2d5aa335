"""Giving sections away: to colleagues, to newcomers, and back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import delete, select

from tests.webapp.services.filing import reopened
from tests.webapp.sites import (
    NOW,
    Pokes,
    a_company,
    a_person,
    a_programme,
    an_assessment,
    as_actor,
    make_site,
    submitted,
)
from webapp.db.tables.assessments import SectionTask
from webapp.db.tables.people import Invitation, Membership, Person
from webapp.db.tables.work import AuditEvent, Job
from webapp.errors import NotAllowed, NotThere, Refused, TooOften
from webapp.services import invitations, joining
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.delegation import (
    GIVEN_A_DAY,
    Given,
    TakenBack,
    give_section,
    sections_of,
    take_back,
)
from webapp.services.holders import holders_in, look_at
from webapp.services.sections import mark_section
from webapp.services.site import Site
from webapp.services.tokens import hash_of

OLA, NORA = "ola@eksempel.no", "nora@eksempel.no"
SECTION, OTHER = "strategy", "design"
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def a_pair(site: Site) -> tuple[Actor, Actor, str]:
    """An owner, a member of the same company, and the id of its assessment."""
    kari, ola = a_person(site), a_person(site, OLA, "Ola Hansen")
    company = a_company(site, owners=[kari], members=[ola])
    owner = as_actor(site, kari)
    return owner, as_actor(site, ola), an_assessment(site, owner, company)


def give(site: Site, actor: Actor, assessment: str, email: str, section: str = SECTION) -> Given:
    return give_section(site, actor, assessment, section, NOW, email=email)


def holders(site: Site, assessment: str) -> dict[str, tuple[str, bool]]:
    """Who has which section, and whether they have joined."""
    with site.database.read() as session:
        found = holders_in(session, assessment)
    return {id_: (one.who, one.person_id is not None) for id_, one in found.items()}


def accept(site: Site, email: str) -> joining.Joined | str:
    """Have the owner of an address use the invitation that was sent there."""
    with site.database.write() as session:
        row = session.scalars(select(Invitation).where(Invitation.email == email)).one()
        row.hash = hash_of("secret")
    return joining.join(site, "secret", name="Nora Ny", language="nb", trial_id=None, now=LATER)


def invitations_now(site: Site) -> list[Invitation]:
    with site.database.read() as session:
        return list(session.scalars(select(Invitation)))


def test_a_colleague_finds_what_they_were_given_in_their_own_list(site: Site) -> None:
    owner, member, id_ = a_pair(site)

    given = give(site, owner, id_, " OLA@eksempel.no ")

    assert (given.who, given.is_invited, given.is_self) == ("Ola Hansen", False, False)
    found = sections_of(site, member)[0]
    assert (found.assessment_id, found.section_id, found.period) == (id_, SECTION, "2025")
    assert (found.by, found.organisation, found.is_done) == (
        "Kari Nordmann",
        "Eksempel Møbelverksted AS",
        False,
    )
    assert found.title["nb"] == "Strategi og forretningsmodell"
    assert found.title.keys() == found.questionnaire.keys() == {"nb", "nn", "en"}
    assert sections_of(site, owner) == ()
    assert holders(site, id_) == {SECTION: ("Ola Hansen", True)}


def test_a_colleague_is_told_by_one_mail_that_names_no_address(site: Site) -> None:
    owner, _, id_ = a_pair(site)

    given = give(site, owner, id_, OLA)

    with site.database.read() as session:
        job = session.scalars(select(Job).where(Job.kind == "send_mail")).one()
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "section_given")).one()
    assert given.job_ids == (job.id,)
    assert OLA not in job.body
    assert OLA not in event.detail
    assert '"mail": "section_given"' in job.body


def test_a_section_taken_on_oneself_needs_no_mail(site: Site) -> None:
    _, member, id_ = a_pair(site)

    given = give(site, member, id_, OLA)

    assert (given.is_self, given.job_ids) == (True, ())
    assert [one.section_id for one in sections_of(site, member)] == [SECTION]


def test_a_section_given_on_is_the_new_one_s_alone_and_to_be_done_again(site: Site) -> None:
    owner, member, id_ = a_pair(site)
    give(site, owner, id_, OLA)
    mark_section(site, member, id_, SECTION, NOW, is_done=True)
    assert sections_of(site, member)[0].is_done

    give(site, member, id_, "kari@eksempel.no")

    assert sections_of(site, member) == ()
    assert [one.is_done for one in sections_of(site, owner)] == [False]


def test_an_owner_invites_somebody_new_with_a_section(site: Site) -> None:
    owner, _, id_ = a_pair(site)

    given = give(site, owner, id_, NORA)

    assert (given.who, given.is_invited, len(given.job_ids)) == (NORA, True, 1)
    invitation = invitations_now(site)[0]
    assert (invitation.email, invitation.role) == (NORA, "member")
    assert (invitation.assessment_id, invitation.section_id) == (id_, SECTION)
    assert holders(site, id_) == {SECTION: (NORA, False)}


def test_a_member_invites_nobody(site: Site) -> None:
    _, member, id_ = a_pair(site)

    with pytest.raises(Refused, match=r"delegation\.owners_invite"):
        give(site, member, id_, NORA)

    assert invitations_now(site) == []
    assert holders(site, id_) == {}


def test_who_has_an_account_but_is_no_colleague_is_treated_like_an_unknown_address(site: Site) -> None:
    owner, member, id_ = a_pair(site)
    a_person(site, NORA, "Nora Fremmed")

    with pytest.raises(Refused, match=r"delegation\.owners_invite"):
        give(site, member, id_, NORA)
    assert give(site, owner, id_, NORA).who == NORA


def test_somebody_who_was_an_owner_when_the_page_was_made_invites_nobody_any_more(site: Site) -> None:
    owner, _, id_ = a_pair(site)
    with site.database.write() as session:
        row = session.scalars(select(Membership).where(Membership.person_id == owner.person_id)).one()
        row.role = "member"

    with pytest.raises(Refused, match=r"delegation\.owners_invite"):
        give(site, owner, id_, NORA)


def test_who_joins_gets_every_section_that_waited_for_their_address(site: Site) -> None:
    owner, _, id_ = a_pair(site)
    give(site, owner, id_, NORA)
    give(site, owner, id_, NORA, OTHER)

    accept(site, NORA)

    with site.database.read() as session:
        nora = session.scalars(select(Person.id).where(Person.email == NORA)).one()
        assert session.scalars(select(SectionTask.email).distinct()).all() == [None]
    assert {one.section_id for one in sections_of(site, as_actor(site, nora))} == {SECTION, OTHER}
    assert holders(site, id_) == {SECTION: ("Nora Ny", True), OTHER: ("Nora Ny", True)}


def test_taking_back_from_a_colleague_frees_the_section(site: Site) -> None:
    owner, member, id_ = a_pair(site)
    give(site, owner, id_, OLA)

    taken = take_back(site, member, id_, SECTION, NOW)

    assert taken == TakenBack("Ola Hansen", is_withdrawn=False)
    assert sections_of(site, member) == ()
    assert take_back(site, member, id_, SECTION, NOW) is None


def test_taking_back_from_somebody_invited_ends_the_invitation_with_its_last_section(site: Site) -> None:
    owner, _, id_ = a_pair(site)
    give(site, owner, id_, NORA)
    give(site, owner, id_, NORA, OTHER)

    first = take_back(site, owner, id_, OTHER, NOW)
    left = invitations_now(site)
    second = take_back(site, owner, id_, SECTION, NOW)

    assert (first, second) == (TakenBack(NORA, is_withdrawn=False), TakenBack(NORA, is_withdrawn=True))
    assert [one.section_id for one in left] == [SECTION]
    assert invitations_now(site) == []


def test_an_invitation_to_be_an_owner_outlives_the_section_that_went_with_it(site: Site) -> None:
    owner, _, id_ = a_pair(site)
    company = next(iter(owner.roles))
    invitations.invite(site, owner, company, NOW, email=NORA, role="owner", language="nb")
    give(site, owner, id_, NORA)

    taken = take_back(site, owner, id_, SECTION, NOW)

    assert taken == TakenBack(NORA, is_withdrawn=False)
    assert [(one.role, one.section_id) for one in invitations_now(site)] == [("owner", None)]


def test_only_owners_take_back_what_an_invitation_brought(site: Site) -> None:
    owner, member, id_ = a_pair(site)
    give(site, owner, id_, NORA)

    with pytest.raises(NotAllowed):
        take_back(site, member, id_, SECTION, NOW)

    assert not look_at(site, member, id_, SECTION).may_take_back
    assert look_at(site, owner, id_, SECTION).may_take_back


def test_an_invitation_withdrawn_or_declined_leaves_no_address_behind(site: Site) -> None:
    owner, _, id_ = a_pair(site)
    nora = as_actor(site, a_person(site, NORA))
    for section in (SECTION, OTHER):
        give(site, owner, id_, NORA, section)
        waiting = invitations_now(site)[0]
        if section == SECTION:
            invitations.withdraw(site, owner, next(iter(owner.roles)), waiting.id, NOW)
        else:
            joining.decline_own(site, nora, waiting.id, NOW)

    assert holders(site, id_) == {}
    with site.database.read() as session:
        assert session.scalars(select(SectionTask.email).distinct()).all() == [None]


def test_a_parent_s_people_are_colleagues_of_its_units(site: Site) -> None:
    kari, ola = a_person(site), a_person(site, OLA, "Ola Hansen")
    parent = a_company(site, owners=[kari], members=[ola])
    unit = a_company(site, "Eksempel Møbel Bergen", "315637023", parent=parent)
    owner = as_actor(site, kari)
    id_ = an_assessment(site, owner, unit)

    given = give(site, owner, id_, OLA)

    assert not given.is_invited
    assert [one.assessment_id for one in sections_of(site, as_actor(site, ola))] == [id_]


def test_nobody_gives_what_the_assessment_does_not_ask(site: Site) -> None:
    owner, _, id_ = a_pair(site)

    for section in ("no_such", "", "indicators"):  # the last holds questions of the advanced part alone
        with pytest.raises(NotThere):
            give(site, owner, id_, OLA, section)


def test_what_was_handed_in_is_given_to_nobody_and_is_nobody_s_task(site: Site) -> None:
    kari, ola = a_person(site), a_person(site, OLA)
    company = a_company(site, owners=[kari], members=[ola])
    owner = as_actor(site, kari)
    draft = an_assessment(site, owner, company, "sustainability_reporting")
    handed_in = submitted(site, owner, company)

    with pytest.raises(Refused, match=r"wizard\.locked"):
        give(site, owner, handed_in.id, OLA)
    with pytest.raises(Refused, match=r"wizard\.locked"):
        look_at(site, owner, handed_in.id, SECTION)
    with site.database.write() as session:
        session.add(SectionTask(assessment_id=handed_in.id, section_id=SECTION, person_id=ola, given_utc=NOW))
        session.add(SectionTask(assessment_id=draft, section_id="data", person_id=ola, given_utc=NOW))
    assert [one.assessment_id for one in sections_of(site, as_actor(site, ola))] == [draft]


def test_advisors_and_staff_give_nothing_and_others_find_nothing(site: Site) -> None:
    kari, rita, pia = a_person(site), a_person(site, "rita@eksempel.no"), a_person(site, "pia@eksempel.no")
    company = a_company(site, owners=[kari], advisors=[rita])
    a_programme(site, staff=[pia], companies=[company])
    id_ = an_assessment(site, as_actor(site, kari), company)
    stranger = as_actor(site, a_person(site, "else@eksempel.no"))

    for error in (NotThere, NotAllowed):  # a draft is not there for them; what was handed in once is
        for person in (rita, pia):
            with pytest.raises(error):
                give(site, as_actor(site, person), id_, "rita@eksempel.no")
            with pytest.raises(error):
                look_at(site, as_actor(site, person), id_, SECTION)
            with pytest.raises(error):
                take_back(site, as_actor(site, person), id_, SECTION, NOW)
        reopened(site, id_)
    with pytest.raises(NotThere):
        give(site, stranger, id_, OLA)
    with pytest.raises(NotThere):
        look_at(site, stranger, id_, SECTION)


def test_a_removed_member_has_no_sections(site: Site) -> None:
    owner, member, id_ = a_pair(site)
    give(site, owner, id_, OLA)
    with site.database.write() as session:
        session.execute(delete(Membership).where(Membership.person_id == member.person_id))

    assert sections_of(site, as_actor(site, member.person_id)) == ()


def test_what_an_erased_person_had_is_nobody_s(site: Site) -> None:
    owner, member, id_ = a_pair(site)
    give(site, owner, id_, OLA)

    with site.database.write() as session:
        session.delete(session.get_one(Person, member.person_id))

    assert holders(site, id_) == {}


def test_the_page_offers_colleagues_by_name_and_says_who_may_invite(site: Site) -> None:
    owner, member, id_ = a_pair(site)

    for_owner, for_member = (look_at(site, actor, id_, SECTION) for actor in (owner, member))

    assert [(one.name, one.is_self) for one in for_owner.candidates] == [
        ("Kari Nordmann", True),
        ("Ola Hansen", False),
    ]
    assert (for_owner.may_invite, for_member.may_invite) == (True, False)


def test_nobody_has_more_mails_sent_in_a_day_than_is_reasonable(site: Site) -> None:
    owner, member, id_ = a_pair(site)
    with site.database.write() as session:
        for _ in range(GIVEN_A_DAY):
            record(session, NOW - timedelta(hours=1), "section_given", person_id=owner.person_id)

    with pytest.raises(TooOften):
        give(site, owner, id_, OLA)
    assert give(site, member, id_, "kari@eksempel.no").job_ids
    assert cast(Pokes, site.queue).ids == []
