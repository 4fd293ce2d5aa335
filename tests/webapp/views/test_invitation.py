"""The page of an invitation's link: for somebody new, for whoever has an account, and for others."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from questionnaires.values import LANGUAGES
from tests.webapp.apps import app_of
from tests.webapp.sites import NOW, a_company, a_person, as_actor, make_site
from tests.webapp.views.browsing import Browser, anonymous, browser_of, text_of
from webapp.db.tables.people import Invitation, Membership, Person, SigninLink
from webapp.services import invitations
from webapp.services.signin import give_token
from webapp.services.site import Site
from webapp.services.tokens import hash_of
from webapp.words import words_of

OLA = "ola@eksempel.no"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


@pytest.fixture
def app(site: Site) -> Any:
    return app_of(site)


@pytest.fixture
def company(site: Site) -> str:
    """A company that has invited Ola, with a link that ends in "secret"."""
    kari = a_person(site)
    id_ = a_company(site, owners=[kari])
    sent = invitations.invite(site, as_actor(site, kari), id_, NOW, email=OLA, role="member", language="nb")
    with site.database.write() as session:
        row = session.get_one(Invitation, sent.invitation_id)
        row.hash, row.ends_utc = hash_of("secret"), NOW.replace(year=2999)
    return id_


def is_in(site: Site, company: str) -> bool:
    with site.database.read() as session:
        found = select(Membership).join(Person, Person.id == Membership.person_id)
        return (
            session.scalar(found.where(Person.email == OLA, Membership.organisation_id == company))
            is not None
        )


def sign_in(site: Site, browser: Browser, path: str) -> str:
    """Go to a page that asks for an address, and sign in as Ola; where that leads."""
    page = browser.get(path)
    hidden = re.search(r'name="next" value="([^"]*)"', page.text)
    assert hidden is not None
    browser.post("/signin", {"email": OLA, "next": unescape(hidden[1])})
    with site.database.write() as session:
        given = give_token(session, session.scalars(select(SigninLink.id)).one())
        assert given is not None
    return str(browser.post(f"/signin/{given[1]}").headers["Location"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_has_an_account_signs_in_first_and_accepts_then(
    app: Any, site: Site, company: str, language: str
) -> None:
    a_person(site, OLA, "Ola Hansen", language)
    browser, say = anonymous(app, language), words_of(language).say

    page = browser.get("/invitation/secret")
    assert say("organisation.known", email=OLA) in text_of(page)
    found = re.search(rf'href="(/{language}/signin\?next=[^"]*)"[^>]*>[^<]*</a></p>', page.text)
    assert found is not None
    assert sign_in(site, browser, unescape(found[1])) == f"/{language}/account"

    waiting = re.search(r'action="([^"]*/joining)"', browser.get("/account").text)
    assert waiting is not None
    assert not is_in(site, company)
    browser.post(waiting[1])
    assert is_in(site, company)


def test_the_button_of_somebody_new_lets_no_account_in(app: Any, site: Site, company: str) -> None:
    browser = anonymous(app)
    browser.get("/invitation/secret")
    a_person(site, OLA, "Ola Hansen")

    answer = browser.post("/invitation/secret", {"name": "Tyv"})

    assert answer.headers["Location"] == "/nb/invitation/secret"
    assert not is_in(site, company)
    browser.get("/account", 303)


def test_who_is_signed_in_with_the_address_accepts_on_the_spot(app: Any, site: Site, company: str) -> None:
    browser = browser_of(app, site, a_person(site, OLA, "Ola Hansen"))

    page = browser.get("/invitation/secret")
    button = re.search(r'action="([^"]*/joining)"', page.text)

    assert button is not None
    assert "/refusal" in page.text
    browser.post(button[1])
    assert is_in(site, company)


def test_who_is_signed_in_as_somebody_else_signs_out_first(app: Any, site: Site, company: str) -> None:
    a_person(site, OLA, "Ola Hansen")
    browser = browser_of(app, site, a_person(site, "liv@annen.no", "Liv"))

    page = browser.get("/invitation/secret")
    hidden = re.search(r'name="next" value="([^"]*)"', page.text)

    assert "Nå er du logget inn med en annen adresse" in text_of(page)
    assert hidden is not None
    left = browser.post("/signout", {"next": unescape(hidden[1])})
    assert sign_in(site, browser, left.headers["Location"]) == "/nb/account"
    assert not is_in(site, company)


def test_signing_out_leads_to_no_other_site(app: Any, site: Site) -> None:
    browser = browser_of(app, site, a_person(site, OLA))

    assert browser.post("/signout", {"next": "//evil.example/"}).headers["Location"] == "/nb/"
