"""Signing in with an identity provider: who comes in, and as whom."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import select

from tests.webapp.apps import app_of
from tests.webapp.oidc_provider import (
    ISSUER,
    KEY,
)
from tests.webapp.sites import a_person, an_assessment, as_actor, make_site
from tests.webapp.views.browsing import anonymous, browser_of, text_of
from tests.webapp.views.oidc_world import FINISH, World, open_world
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.people import Membership, Person


@pytest.fixture
def world(tmp_path: Path) -> World:
    return open_world(tmp_path)


def test_the_button_is_there_only_where_there_is_a_provider(world: World, tmp_path: Path) -> None:
    without = anonymous(app_of(make_site(tmp_path / "other")))

    assert "Logg inn med Prøveporten" in text_of(world.browser.get("/nb/signin?next=/nb/account"))
    assert "Logg inn med" not in text_of(without.get("/nb/signin"))
    for path in ("/nb/signin/provider", "/oidc/callback", FINISH):
        assert without.client.get(path).status_code == 404


def test_somebody_new_comes_in_with_a_verified_address(world: World) -> None:
    world.provider.claims["name"] = "Kari Nordmann"

    world.sign_in()

    person = world.person()
    assert person is not None
    assert (person.email, person.name, person.subject) == (
        "kari@eksempel.no",
        "Kari Nordmann",
        f"{ISSUER} kari-1",
    )
    assert world.is_in()


def test_they_go_on_where_they_wanted_to(world: World) -> None:
    address = world.leave(path="/nb/signin/provider?next=/nb/account")
    world.browser.client.get(world.provider.approve(address))

    assert world.browser.post(FINISH).headers["Location"] == "/nb/account"


def test_no_other_site_is_where_they_wanted_to_go(world: World) -> None:
    address = world.leave(path="/nb/signin/provider?next=https://evil.example/")
    world.browser.client.get(world.provider.approve(address))

    assert world.browser.post(FINISH).headers["Location"] == "/nb/"


def test_reading_pages_signs_nobody_in(world: World) -> None:
    world.browser.client.get(world.provider.approve(world.leave()))

    page = world.browser.get(FINISH)

    assert "Prøveporten har bekreftet hvem du er" in text_of(page)
    assert (world.people(), world.is_in()) == (0, False)
    assert "/token" not in world.provider.calls


def test_whoever_came_before_is_who_they_were(world: World) -> None:
    world.sign_in()
    world.provider.claims = {"sub": "kari-1", "email": "kari.ny@eksempel.no", "email_verified": True}

    world.sign_in(anonymous(world.app))

    assert world.people() == 1


def test_a_verified_address_leads_to_its_account(world: World) -> None:
    kari = a_person(world.site)

    world.sign_in()

    with world.site.database.read() as session:
        assert session.get_one(Person, kari).subject == f"{ISSUER} kari-1"
    assert world.people() == 1


@pytest.mark.parametrize("verified", [False, None, "true", 1], ids=repr)
def test_an_address_that_is_not_verified_leads_nowhere(world: World, verified: object) -> None:
    kari = a_person(world.site)
    world.provider.claims["email_verified"] = verified

    world.sign_in()

    with world.site.database.read() as session:
        stranger = session.scalars(select(Person).where(Person.id != kari)).one()
        assert session.get_one(Person, kari).subject is None
    assert (stranger.email, stranger.subject) == (None, f"{ISSUER} kari-1")


@pytest.mark.parametrize("email", ["bjørn@eksempel.no", "kari@", "kari@bj\ufffdrn.no", ["kari@eksempel.no"]])
def test_an_address_that_mail_does_not_reach_is_none(world: World, email: object) -> None:
    world.provider.claims["email"] = email

    world.sign_in()

    person = world.person()
    assert person is not None
    assert (person.email, person.subject) == (None, f"{ISSUER} kari-1")


def test_an_account_of_somebody_elses_at_the_provider_is_not_taken_over(world: World) -> None:
    world.sign_in()
    world.provider.claims["sub"] = "liv-2"

    world.sign_in(anonymous(world.app))

    with world.site.database.read() as session:
        emails = session.scalars(select(Person.email).order_by(Person.created_utc)).all()
    assert sorted(emails, key=str) == [None, "kari@eksempel.no"]


def test_an_address_is_asked_for_where_the_token_has_none(world: World) -> None:
    world.provider.claims = {"sub": "kari-1"}
    world.provider.userinfo = {"sub": "kari-1", "email": "Kari@Eksempel.no", "email_verified": True}

    world.sign_in()

    person = world.person()
    assert person is not None
    assert person.email == "kari@eksempel.no"


def test_what_is_told_of_somebody_else_is_not_believed(world: World) -> None:
    world.provider.claims = {"sub": "kari-1"}
    world.provider.userinfo = {"sub": "liv-2", "email": "liv@annen.no", "email_verified": True}

    world.sign_in()

    person = world.person()
    assert person is not None
    assert person.email is None


def test_a_trials_answers_come_along(world: World) -> None:
    world.browser.post("/nb/try")
    with world.site.database.read() as session:
        trial, company = session.execute(select(Membership.person_id, Membership.organisation_id)).one()
    an_assessment(world.site, as_actor(world.site, trial), company)

    world.sign_in()

    with world.site.database.read() as session:
        person = session.scalars(select(Person)).one()
        assert (person.is_trial, person.subject) == (False, f"{ISSUER} kari-1")
        assert session.scalars(select(Assessment.is_trial)).all() == [False]


def test_signing_out_is_ours_alone(world: World) -> None:
    world.sign_in()
    calls = list(world.provider.calls)

    world.browser.post("/nb/signout")

    assert not world.is_in()
    assert world.provider.calls == calls


def test_what_the_provider_publishes_is_read_once_an_hour(world: World) -> None:
    world.sign_in()
    world.sign_in(anonymous(world.app))

    assert world.provider.calls.count("/.well-known/openid-configuration") == 1
    assert world.provider.calls.count("/keys") == 1


def test_a_silent_provider_is_told_apart(world: World) -> None:
    world.provider.is_down = True

    page = world.browser.get("/nn/signin/provider", 503)

    assert "Innloggingstenesta svarer ikkje" in text_of(page)


def test_a_provider_may_change_its_keys(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.sign_in()
    world.provider.key = RSAKey.generate_key(2048, {"kid": "second"})
    monkeypatch.setattr("webapp.services.oidc.RENEW_AFTER", timedelta())

    world.sign_in(anonymous(world.app))

    assert world.provider.key is not KEY
    assert world.provider.calls.count("/keys") == 2


def test_who_is_signed_in_with_a_link_stays_themselves_until_they_finish(world: World) -> None:
    liv = a_person(world.site, "liv@annen.no", "Liv")
    browser = browser_of(world.app, world.site, liv)

    world.sign_in(browser)

    assert "kari@eksempel.no" in text_of(browser.get("/nb/account"))
