"""Signing in: once, in time, in the browser that asked, and the same for everybody."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.webapp.services.advising import at_once
from tests.webapp.services.meanwhile import meanwhile
from tests.webapp.sites import NOW, a_person, as_actor, make_site
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import AddressChange, BrowserSession, Membership, Person, SigninLink
from webapp.db.tables.work import Job
from webapp.errors import TooOften
from webapp.services import addresses, sessions, signin
from webapp.services.assessments import Wanted, start_assessment
from webapp.services.signin import Asked, Entered
from webapp.services.site import Site
from webapp.services.trial import start_trial

SOON = NOW + timedelta(minutes=1)
EMAIL = "kari@eksempel.no"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def ask(site: Site, email: str = EMAIL, *, asker: str = "192.0.2.1", person_id: str | None = None) -> Asked:
    return signin.ask_for_link(
        site.database,
        email,
        language="nb",
        browser="the browser",
        asker=asker,
        now=NOW,
        settings=site.settings,
        next_path="/nb/assessments",
        person_id=person_id,
    )


def token_of_last(site: Site) -> str:
    """The token as the mail would carry it."""
    with site.database.write() as session:
        link = session.scalars(select(SigninLink).order_by(SigninLink.created_utc.desc())).first()
        assert link is not None
        given = signin.give_token(session, link.id)
        assert given is not None
        return given[1]


def enter(site: Site, token: str, browser: str | None = "the browser", code: str = "") -> object:
    return signin.enter(site.database, token, browser=browser, code=code, now=SOON, settings=site.settings)


def test_a_link_signs_in_once(site: Site) -> None:
    ask(site)
    token = token_of_last(site)

    entered = enter(site, token)

    assert isinstance(entered, Entered)
    assert entered.next_path == "/nb/assessments"
    found = sessions.resume(site.database, entered.token, SOON, site.settings)
    assert found is not None
    assert found.actor.email == EMAIL
    assert enter(site, token) == "used"


def test_looking_at_a_link_uses_nothing_up(site: Site) -> None:
    ask(site)
    token = token_of_last(site)

    looks = [signin.look_at_link(site.database, token, "the browser", SOON) for _ in range(3)]

    assert looks == ["ready"] * 3
    assert isinstance(enter(site, token), Entered)


def test_another_browser_needs_the_code(site: Site) -> None:
    asked = ask(site)
    token = token_of_last(site)

    assert signin.look_at_link(site.database, token, None, SOON) == "needs_code"
    assert enter(site, token, None) == "needs_code"
    assert enter(site, token, "a thief", "WRONG1") == "needs_code"
    assert isinstance(enter(site, token, "a thief", f" {asked.code[:3].lower()}-{asked.code[3:]} "), Entered)


def test_five_wrong_codes_end_a_link(site: Site) -> None:
    asked = ask(site)
    token = token_of_last(site)

    tries = [enter(site, token, None, "WRONG1") for _ in range(5)]

    assert tries == ["needs_code"] * 4 + ["expired"]
    assert enter(site, token, None, asked.code) == "expired"
    assert enter(site, token) == "expired"


def test_a_link_ends_after_fifteen_minutes(site: Site) -> None:
    ask(site)
    token = token_of_last(site)

    states = [
        signin.look_at_link(site.database, token, "the browser", NOW + timedelta(minutes=minutes))
        for minutes in (14, 15)
    ]

    assert states == ["ready", "expired"]


def test_nothing_in_the_database_signs_anybody_in(site: Site) -> None:
    asked = ask(site)
    token = token_of_last(site)
    entered = enter(site, token)

    assert isinstance(entered, Entered)
    with site.database.read() as session:
        kept = [
            str(value)
            for table in (SigninLink, BrowserSession, Job)
            for row in session.scalars(select(table))
            for value in vars(row).values()
        ]
    for secret in (token, entered.token, asked.code, "the browser"):
        assert not any(secret in value for value in kept)


def test_a_mail_that_is_sent_again_makes_the_earlier_token_worthless(site: Site) -> None:
    ask(site)
    first, second = token_of_last(site), token_of_last(site)

    assert enter(site, first) == "unknown"
    assert isinstance(enter(site, second), Entered)


def test_an_address_gets_five_links_an_hour_by_one_asker_known_or_not(site: Site) -> None:
    a_person(site, EMAIL)
    for email in (EMAIL, "ukjent@eksempel.no"):
        for _ in range(5):
            ask(site, email)

        with pytest.raises(TooOften):
            ask(site, email)


def test_nobody_keeps_somebody_else_from_asking(site: Site) -> None:
    for _ in range(5):
        ask(site, asker="192.0.2.66")

    ask(site, asker="192.0.2.1")

    assert isinstance(enter(site, token_of_last(site)), Entered)


def test_an_address_gets_twenty_links_an_hour_whoever_asks(site: Site) -> None:
    for number in range(20):
        ask(site, asker=f"192.0.2.{number}")

    with pytest.raises(TooOften):
        ask(site, asker="198.51.100.1")
    ask(site, "liv@eksempel.no", asker="198.51.100.1")


def test_links_that_operators_made_keep_nobody_from_asking(site: Site) -> None:
    kari = a_person(site, EMAIL)
    with site.database.write() as session:
        for _ in range(25):
            signin.unbound_link(session, session.get_one(Person, kari), NOW, site.settings)

    assert ask(site).code


def test_one_network_gets_so_many_links_an_hour_for_whatever_addresses(tmp_path: Path) -> None:
    site = make_site(tmp_path, links_an_hour_a_network=3)
    for number in range(3):
        ask(site, f"person{number}@eksempel.no")

    with pytest.raises(TooOften):
        ask(site, "enda-en@eksempel.no")
    ask(site, "enda-en@eksempel.no", asker="192.0.2.2")


def test_a_link_used_at_the_same_moment_signs_in_once(site: Site) -> None:
    ask(site)
    token = token_of_last(site)

    found = at_once(*[lambda: enter(site, token)] * 8)

    assert sorted(str(type(one).__name__) for one in found) == ["Entered"] + ["str"] * 7
    with site.database.read() as session:
        assert len(session.scalars(select(BrowserSession)).all()) == 1


def test_wrong_codes_at_the_same_moment_are_all_counted(site: Site) -> None:
    asked = ask(site)
    token = token_of_last(site)

    found = at_once(*[lambda: enter(site, token, None, "WRONG1")] * 8)

    assert sorted(map(str, found)) == ["expired"] * 4 + ["needs_code"] * 4
    assert enter(site, token, None, asked.code) == "expired"


def test_two_links_to_a_new_address_at_the_same_moment_make_one_person(site: Site) -> None:
    tokens = [unused_token(site) for _ in range(2)]

    found = at_once(*[lambda: enter(site, tokens.pop())] * 2)

    assert [type(one) for one in found] == [Entered, Entered]
    with site.database.read() as session:
        assert session.scalars(select(Person.email)).all() == [EMAIL]


def unused_token(site: Site) -> str:
    """The token of one more link."""
    ask(site)
    with site.database.write() as session:
        link = session.scalars(select(SigninLink).where(SigninLink.hash.is_(None))).one()
        given = signin.give_token(session, link.id)
        assert given is not None
        return given[1]


def test_a_link_to_an_address_that_is_being_given_up_leaves_nobody_signed_in(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    kari = as_actor(site, a_person(site, EMAIL))
    ask(site)
    token, wanted = token_of_last(site), "kari@annet.no"
    addresses.ask_for_address(site, kari, wanted, "nb", NOW)
    with site.database.write() as session:
        given = addresses.give_token(session, session.scalars(select(AddressChange.id)).one())
    assert given is not None

    meanwhile(
        lambda: enter(site, token),
        (signin, "find_person_by_email"),
        lambda: addresses.use_change(site, kari, given[1], None, SOON),
        monkeypatch,
    )

    with site.database.read() as session:
        assert session.scalars(select(Person.email)).all() == [wanted]
        assert session.scalars(select(BrowserSession)).all() == []


def test_links_asked_for_at_the_same_moment_are_counted_together(site: Site) -> None:
    def ask_once() -> bool:
        with suppress(TooOften):
            return bool(ask(site))
        return False

    assert at_once(*[ask_once] * 8).count(True) == 5


def test_an_address_is_the_same_in_capitals(site: Site) -> None:
    known = a_person(site, EMAIL)
    ask(site, "  Kari@Eksempel.NO ")

    entered = enter(site, token_of_last(site))

    assert isinstance(entered, Entered)
    found = sessions.resume(site.database, entered.token, SOON, site.settings)
    assert found is not None
    assert found.actor.person_id == known


def is_open(site: Site, token: str, after: timedelta) -> bool:
    return sessions.resume(site.database, token, SOON + after, site.settings) is not None


def test_a_session_ends_after_two_hours_without_a_request(site: Site) -> None:
    ask(site)
    entered = enter(site, token_of_last(site))
    assert isinstance(entered, Entered)

    found = [is_open(site, entered.token, timedelta(minutes=minutes)) for minutes in (119, 238, 358)]

    assert found == [True, True, False]


def test_a_session_ends_after_fourteen_days_however_much_it_is_used(site: Site) -> None:
    ask(site)
    entered = enter(site, token_of_last(site))
    assert isinstance(entered, Entered)

    found = [is_open(site, entered.token, timedelta(hours=hour)) for hour in range(1, 14 * 24 + 1)]

    assert found == [True] * (14 * 24 - 1) + [False]


def test_signing_out_ends_the_session_at_once(site: Site) -> None:
    ask(site)
    entered = enter(site, token_of_last(site))
    assert isinstance(entered, Entered)

    sessions.end_session(site.database, entered.token)

    assert sessions.resume(site.database, entered.token, SOON, site.settings) is None


def test_a_trial_that_gives_an_address_keeps_its_answers(site: Site) -> None:
    token = start_trial(site.database, "nb", NOW, site.settings)
    trial = sessions.resume(site.database, token, NOW, site.settings)
    assert trial is not None
    company = trial.actor.organisations("owner")[0]
    start_assessment(site, trial.actor, Wanted(company, "circular_business_models", "basic", "2025"), NOW)
    ask(site, person_id=trial.actor.person_id)

    entered = enter(site, token_of_last(site))

    assert isinstance(entered, Entered)
    with site.database.read() as session:
        person = session.scalars(select(Person)).one()
        kept = session.scalars(select(Assessment)).one()
        organisation = session.scalars(select(Organisation)).one()
    assert (person.email, person.is_trial) == (EMAIL, False)
    assert (kept.is_trial, organisation.kind) == (False, "main")


def test_a_trial_goes_to_the_person_who_has_the_address_already(site: Site) -> None:
    known = a_person(site, EMAIL)
    token = start_trial(site.database, "nb", NOW, site.settings)
    trial = sessions.resume(site.database, token, NOW, site.settings)
    assert trial is not None
    ask(site, person_id=trial.actor.person_id)

    enter(site, token_of_last(site))

    with site.database.read() as session:
        assert list(session.scalars(select(Person.id))) == [known]
        assert session.scalars(select(Membership.person_id)).one() == known
