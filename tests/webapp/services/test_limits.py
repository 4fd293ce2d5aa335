"""Nobody is flooded with mail through us, by whomever and however often it is asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select

from tests.webapp.services.post import mail_jobs
from tests.webapp.sites import NOW, a_company, a_person, a_workshop, an_assessment, as_actor, make_site
from webapp.db.tables.people import Invitation, Membership, Tally
from webapp.errors import TooOften
from webapp.services import delegation, invitations, joining
from webapp.services.actor import Actor
from webapp.services.invitations import Sent
from webapp.services.limits import LETTERS_A_DAY
from webapp.services.site import Site
from webapp.services.tokens import hash_of

OLA = "ola@eksempel.no"
SECTIONS = ("strategy", "design", "inputs", "operations", "use", "recovery", "indicators", "insight")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def at(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def invite(site: Site, actor: Actor, company: str, minutes: int = 0, email: str = OLA) -> Sent:
    return invitations.invite(site, actor, company, at(minutes), email=email, role="member", language="nb")


def owners(site: Site, count: int) -> list[tuple[Actor, str]]:
    """Strangers to each other, each with a company."""
    found = []
    for number in range(count):
        person = a_person(site, f"eier{number}@annen.no", f"Eier {number}")
        company = a_company(site, f"Nr {number}", None, owners=[person])
        found.append((as_actor(site, person), company))
    return found


def test_an_address_gets_six_invitations_a_day_from_all_companies_together(site: Site) -> None:
    *first, last = owners(site, LETTERS_A_DAY + 1)
    for actor, company in first:
        invite(site, actor, company)

    with pytest.raises(TooOften):
        invite(site, *last)
    invite(site, *last, email="liv@eksempel.no")
    invite(site, *last, minutes=24 * 60)

    assert len(mail_jobs(site, "invitation")) == LETTERS_A_DAY + 2


def test_withdrawing_and_inviting_again_begins_no_new_count(site: Site) -> None:
    ((kari, company),) = owners(site, 1)
    for number in range(LETTERS_A_DAY):
        sent = invite(site, kari, company, number)
        invitations.withdraw(site, kari, company, sent.invitation_id, at(number))

    with pytest.raises(TooOften):
        invite(site, kari, company, 10)


def test_invitations_at_the_same_moment_are_counted_together(site: Site) -> None:
    pairs = owners(site, LETTERS_A_DAY + 3)
    start = Barrier(len(pairs))

    def carry_out(pair: tuple[Actor, str]) -> bool:
        start.wait()
        with suppress(TooOften):
            return bool(invite(site, *pair))
        return False

    with ThreadPoolExecutor(len(pairs)) as pool:
        sent = list(pool.map(carry_out, pairs))

    assert sent.count(True) == LETTERS_A_DAY


def test_sending_again_twice_within_a_minute_is_one_mail(site: Site) -> None:
    ((kari, company),) = owners(site, 1)
    id_ = invite(site, kari, company).invitation_id
    start = Barrier(4)

    def press(_: int) -> Sent:
        start.wait()
        return invitations.send_again(site, kari, company, id_, at(5))

    with ThreadPoolExecutor(4) as pool:
        pressed = set(pool.map(press, range(4)))

    assert len(pressed) == 1
    assert len(mail_jobs(site, "invitation")) == 2


def test_the_link_of_a_mail_that_has_just_left_works_after_another_press(site: Site) -> None:
    ((kari, company),) = owners(site, 1)
    id_ = invite(site, kari, company).invitation_id
    with site.database.write() as session:
        session.get_one(Invitation, id_).hash = hash_of("of the mail")

    invite(site, kari, company)
    invitations.send_again(site, kari, company, id_, NOW + timedelta(seconds=30))

    assert isinstance(joining.look(site, "of the mail", at(1)), joining.Offered)


def test_a_colleague_who_is_given_many_sections_gets_six_mails_and_all_of_them(site: Site) -> None:
    kari, company = a_workshop(site)
    ola = a_person(site, OLA, "Ola Hansen")
    with site.database.write() as session:
        session.add(Membership(organisation_id=company, person_id=ola, role="member", since_utc=NOW))
    assessment = an_assessment(site, kari, company, depth="advanced")

    given = [
        delegation.give_section(site, kari, assessment, section, at(number), email=OLA)
        for number, section in enumerate(SECTIONS)
    ]

    assert [bool(one.job_ids) for one in given] == [True] * LETTERS_A_DAY + [False] * 2
    assert len(delegation.sections_of(site, as_actor(site, ola))) == len(given)


def test_somebody_new_who_is_given_many_sections_keeps_a_link_that_works(site: Site) -> None:
    kari, company = a_workshop(site)
    assessment = an_assessment(site, kari, company, depth="advanced")

    given = [
        delegation.give_section(site, kari, assessment, section, at(number), email=OLA)
        for number, section in enumerate(SECTIONS)
    ]

    assert [bool(one.job_ids) for one in given].count(True) == LETTERS_A_DAY
    with site.database.write() as session:
        session.scalars(select(Invitation)).one().hash = hash_of("of the last mail")
    joined = joining.join(site, "of the last mail", name="Ola", language="nb", trial_id=None, now=at(60))
    assert isinstance(joined, joining.Joined)
    with site.database.read() as session:
        ola = session.scalars(select(Membership.person_id).where(Membership.role == "member")).one()
    assert len(delegation.sections_of(site, as_actor(site, ola))) == len(given)


def test_a_section_is_not_given_to_an_address_that_gets_no_invitation_any_more(site: Site) -> None:
    for actor, company in owners(site, LETTERS_A_DAY):
        invite(site, actor, company)
    kari, company = a_workshop(site)
    assessment = an_assessment(site, kari, company)

    with pytest.raises(TooOften):
        delegation.give_section(site, kari, assessment, "strategy", NOW, email=OLA)

    assert len(mail_jobs(site, "invitation")) == LETTERS_A_DAY


def test_giving_a_section_twice_at_once_is_one_mail(site: Site) -> None:
    kari, company = a_workshop(site)
    ola = a_person(site, OLA, "Ola Hansen")
    with site.database.write() as session:
        session.add(Membership(organisation_id=company, person_id=ola, role="member", since_utc=NOW))
    assessment = an_assessment(site, kari, company)

    for _ in range(3):
        delegation.give_section(site, kari, assessment, "strategy", NOW, email=OLA)

    assert len(mail_jobs(site, "section_given")) == 1


def test_the_count_of_mails_holds_no_address(site: Site) -> None:
    invite(site, *owners(site, 1)[0])

    with site.database.read() as session:
        (row,) = session.scalars(select(Tally))
    assert row.kind == "letter"
    assert row.hash not in {OLA, hash_of(OLA)}
