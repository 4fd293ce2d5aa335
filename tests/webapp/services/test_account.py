"""One's own account: details, sessions, and an address that changes only with proof."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.webapp.sites import NOW, a_company, a_person, as_actor, make_site
from webapp.db.tables.people import AddressChange, BrowserSession, Person
from webapp.db.tables.work import Job
from webapp.errors import NotThere, Refused, TooOften
from webapp.services import account, addresses, mailchoice, signin
from webapp.services.actor import Actor
from webapp.services.mails import MAILS
from webapp.services.sessions import open_session, resume
from webapp.services.site import Site

NEW = "kari.ny@eksempel.no"
SOON = NOW + timedelta(minutes=5)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


@pytest.fixture
def kari(site: Site) -> Actor:
    return as_actor(site, a_person(site))


def session_of(site: Site, actor: Actor) -> str:
    with site.database.write() as session:
        return open_session(session, session.get_one(Person, actor.person_id), NOW, site.settings)


def link_to(site: Site, actor: Actor, email: str = NEW) -> str:
    """The token that a mail to an address would carry."""
    addresses.ask_for_address(site, actor, email, "nb", NOW)
    with site.database.write() as session:
        change = session.scalars(select(AddressChange).where(AddressChange.email == email)).one()
        given = addresses.give_token(session, change.id)
        assert given is not None
        return given[1]


def from_provider(site: Site, subject: str = "https://id.example kari") -> Actor:
    """Somebody who came by the identity provider and has no address here."""
    with site.database.write() as session:
        person = Person(subject=subject, language="nb", created_utc=NOW, seen_utc=NOW)
        session.add(person)
        session.flush()
        id_ = person.id
    return as_actor(site, id_)


def email_of(site: Site, actor: Actor) -> str | None:
    with site.database.read() as session:
        return session.get_one(Person, actor.person_id).email


def test_details_are_kept(site: Site, kari: Actor) -> None:
    account.save_details(
        site, kari, name="Kari N.", language="nn", wants_mail=False, shown_mail=True, now=NOW
    )

    own = account.open_account(site, kari, None, NOW)
    assert (own.name, own.language, own.wants_mail) == ("Kari N.", "nn", False)


def test_mail_that_was_turned_off_meanwhile_stays_off(site: Site, kari: Actor) -> None:
    page = account.open_account(site, kari, None, NOW)
    mailchoice.turn_off(site, mailchoice.mail_token(site.settings, kari.person_id), NOW)

    mail = {"wants_mail": page.wants_mail, "shown_mail": page.wants_mail}
    account.save_details(site, kari, name="Kari N.", language="nb", **mail, now=NOW)

    own = account.open_account(site, kari, None, NOW)
    assert (own.name, own.wants_mail) == ("Kari N.", False)


def test_the_account_lists_whom_they_answer_for(site: Site, kari: Actor) -> None:
    company = a_company(site, owners=[kari.person_id])
    a_company(site, "Eksempel Oslo", None, parent=company)
    a_company(site, "Andre AS", None, advisors=[kari.person_id])

    own = account.open_account(site, as_actor(site, kari.person_id), None, NOW)

    assert [(one.name, one.role, one.parent) for one in own.organisations] == [
        ("Eksempel Møbelverksted AS", "owner", ""),
        ("Eksempel Oslo", "owner", "Eksempel Møbelverksted AS"),
    ]


def test_all_other_sessions_end_and_this_one_stays(site: Site, kari: Actor) -> None:
    here, there = session_of(site, kari), session_of(site, kari)
    liv = as_actor(site, a_person(site, "liv@annen.no", "Liv"))
    elsewhere = session_of(site, liv)

    listed = account.open_account(site, kari, here, SOON).sessions
    ended = account.end_other_sessions(site, kari, here, SOON)

    assert sorted(one.is_this for one in listed) == [False, True]
    assert ended == 1
    assert resume(site.database, there, SOON, site.settings) is None
    assert resume(site.database, here, SOON, site.settings) is not None
    assert resume(site.database, elsewhere, SOON, site.settings) is not None


def test_ended_sessions_are_not_listed(site: Site, kari: Actor) -> None:
    session_of(site, kari)

    tomorrow = NOW + timedelta(days=1)

    assert account.open_account(site, kari, None, tomorrow).sessions == ()


def test_an_address_changes_when_its_link_is_used(site: Site, kari: Actor) -> None:
    token = link_to(site, kari)

    assert email_of(site, kari) == "kari@eksempel.no"
    assert account.open_account(site, kari, None, SOON).waiting_for == NEW
    assert addresses.look_at_change(site, kari, token, SOON) == addresses.Looked("ready", NEW)
    addresses.use_change(site, kari, token, None, SOON)

    assert email_of(site, kari) == NEW
    assert account.open_account(site, kari, None, SOON).waiting_for == ""


def test_a_link_changes_an_address_once(site: Site, kari: Actor) -> None:
    token = link_to(site, kari)
    addresses.use_change(site, kari, token, None, SOON)

    assert addresses.look_at_change(site, kari, token, SOON).state == "used"
    with pytest.raises(Refused, match="link_used"):
        addresses.use_change(site, kari, token, None, SOON)


def test_an_old_link_changes_nothing(site: Site, kari: Actor) -> None:
    token, late = link_to(site, kari), NOW + timedelta(minutes=15)

    assert addresses.look_at_change(site, kari, token, late).state == "expired"
    with pytest.raises(Refused, match="link_expired"):
        addresses.use_change(site, kari, token, None, late)
    assert email_of(site, kari) == "kari@eksempel.no"


def test_nobody_has_somebody_elses_address_put_on_their_account(site: Site, kari: Actor) -> None:
    token = link_to(site, kari, "liv@annen.no")
    liv = as_actor(site, a_person(site, "liv.privat@annen.no", "Liv"))

    assert addresses.look_at_change(site, liv, token, SOON).state == "unknown"
    with pytest.raises(NotThere):
        addresses.use_change(site, liv, token, None, SOON)
    assert (email_of(site, kari), email_of(site, liv)) == ("kari@eksempel.no", "liv.privat@annen.no")


def test_other_browsers_and_links_to_the_old_address_end_with_it(site: Site, kari: Actor) -> None:
    here, there = session_of(site, kari), session_of(site, kari)
    with site.database.write() as session:
        person = session.get_one(Person, kari.person_id)
        old_link = signin.unbound_link(session, person, NOW, site.settings)
    token = link_to(site, kari)

    addresses.use_change(site, kari, token, here, SOON)

    assert resume(site.database, here, SOON, site.settings) is not None
    assert resume(site.database, there, SOON, site.settings) is None
    assert signin.look_at_link(site.database, old_link, None, SOON) == "unknown"


def test_both_addresses_are_written_to(site: Site, kari: Actor) -> None:
    job_id = addresses.ask_for_address(site, kari, NEW, "nb", NOW)
    with site.database.write() as session:
        change = session.scalars(select(AddressChange)).one()
        asked = MAILS["address_change"](session, site, {"change": change.id}, NOW)
        given = addresses.give_token(session, change.id)
    assert given is not None
    told_job = addresses.use_change(site, kari, given[1], None, SOON)
    with site.database.write() as session:
        told = MAILS["address_changed"](session, site, {"change": change.id}, SOON)
        jobs = {job.id for job in session.scalars(select(Job))}

    assert asked is not None
    assert told is not None
    assert (asked.to, told.to) == (NEW, "kari@eksempel.no")
    assert "/nb/account/address/" in asked.text
    assert NEW not in told.text
    assert jobs == {job_id, told_job}


def test_asking_looks_the_same_whoever_has_the_address(site: Site, kari: Actor) -> None:
    a_person(site, "liv@annen.no", "Liv")

    free, taken = link_to(site, kari), link_to(site, kari, "liv@annen.no")

    assert addresses.look_at_change(site, kari, free, SOON).state == "ready"
    assert addresses.look_at_change(site, kari, taken, SOON).state == "ready"
    with pytest.raises(Refused, match="address_taken"):
        addresses.use_change(site, kari, taken, None, SOON)
    assert email_of(site, kari) == "kari@eksempel.no"


def test_ones_own_address_is_no_change(site: Site, kari: Actor) -> None:
    with pytest.raises(Refused, match="same_address"):
        addresses.ask_for_address(site, kari, "KARI@eksempel.no", "nb", NOW)


def test_links_to_addresses_are_counted(site: Site, kari: Actor) -> None:
    for number in range(addresses.CHANGES_AN_HOUR):
        addresses.ask_for_address(site, kari, f"kari{number}@eksempel.no", "nb", NOW)

    with pytest.raises(TooOften):
        addresses.ask_for_address(site, kari, NEW, "nb", SOON)

    addresses.ask_for_address(site, kari, NEW, "nb", NOW + timedelta(hours=1))


def test_one_address_is_not_written_to_by_many(site: Site) -> None:
    for number in range(addresses.CHANGES_AN_HOUR):
        asker = as_actor(site, a_person(site, f"{number}@annen.no"))
        addresses.ask_for_address(site, asker, NEW, "nb", NOW)

    with pytest.raises(TooOften):
        addresses.ask_for_address(site, as_actor(site, a_person(site)), NEW, "nb", NOW)


def test_who_came_by_the_provider_gets_an_address(site: Site) -> None:
    newcomer = from_provider(site)
    token = link_to(site, newcomer)

    assert addresses.use_change(site, newcomer, token, None, SOON) == ""

    assert email_of(site, newcomer) == NEW


def test_who_came_by_the_provider_finds_the_account_of_their_address(site: Site, kari: Actor) -> None:
    newcomer = from_provider(site)
    here, elsewhere = session_of(site, newcomer), session_of(site, newcomer)
    token = link_to(site, newcomer, "kari@eksempel.no")

    addresses.use_change(site, newcomer, token, here, SOON)

    assert resume(site.database, elsewhere, SOON, site.settings) is None
    signed_in = resume(site.database, here, SOON, site.settings)
    assert signed_in is not None
    assert signed_in.actor.person_id == kari.person_id
    with site.database.read() as session:
        assert session.get_one(Person, kari.person_id).subject == "https://id.example kari"
        assert session.scalar(select(func.count()).select_from(Person)) == 1
        assert session.scalar(select(func.count()).select_from(BrowserSession)) == 1


def test_accounts_that_both_hold_something_are_not_merged(site: Site, kari: Actor) -> None:
    newcomer = from_provider(site)
    a_company(site, owners=[newcomer.person_id])
    token = link_to(site, newcomer, "kari@eksempel.no")

    with pytest.raises(Refused, match="address_taken"):
        addresses.use_change(site, newcomer, token, None, SOON)

    assert (email_of(site, newcomer), email_of(site, kari)) == (None, "kari@eksempel.no")


def test_an_account_known_to_a_provider_takes_no_second_one(site: Site, kari: Actor) -> None:
    with site.database.write() as session:
        session.get_one(Person, kari.person_id).subject = "https://id.example somebody"
    newcomer = from_provider(site)
    token = link_to(site, newcomer, "kari@eksempel.no")

    with pytest.raises(Refused, match="address_taken"):
        addresses.use_change(site, newcomer, token, None, SOON)
