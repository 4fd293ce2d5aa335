"""Signing in as people do it: the form, the link, the code, and the way back to where they were."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from questionnaires.values import LANGUAGES, Language
from tests.webapp.apps import app_of
from tests.webapp.sites import a_company, a_person, as_actor, make_site
from tests.webapp.views.browsing import Browser, anonymous, browser_of, text_of
from webapp.auth import current
from webapp.db.tables.people import BrowserSession, Person, SigninLink
from webapp.services.signin import LINKS_AN_HOUR, MAX_TRIES, give_token
from webapp.services.site import Site
from webapp.words import words_of

in_every_language = pytest.mark.parametrize("language", LANGUAGES)
KARI = "kari@eksempel.no"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


@pytest.fixture
def app(site: Site) -> Any:
    return app_of(site)


def mailed(site: Site) -> str:
    """The token of the link that was asked for last, as its mail has it."""
    with site.database.write() as session:
        last = session.scalars(select(SigninLink).order_by(SigninLink.created_utc.desc())).first()
        assert last is not None
        given = give_token(session, last.id)
        assert given is not None
        return given[1]


def ask(browser: Browser, email: str = KARI, **fields: str) -> TestResponse:
    return browser.get(browser.post("/signin", {"email": email, **fields}).headers["Location"])


def test_where_the_link_went_can_be_read_again_and_in_another_language(app: Any) -> None:
    browser = anonymous(app)
    code = code_in(ask(browser).text)

    for language in LANGUAGES:
        page = browser.get(f"/{language}/signin/sent")
        assert code_in(page.text) == code
        assert KARI in text_of(page)
        assert f'<a href="/{language}/signin/sent" lang="{language}"' in page.text


def test_where_the_link_went_is_forgotten_once_it_was_used(site: Site, app: Any) -> None:
    browser = anonymous(app)
    ask(browser)
    browser.post(f"/signin/{mailed(site)}")

    assert browser.get("/signin/sent", 303).headers["Location"] == "/nb/signin"


def test_where_the_link_went_is_forgotten_when_it_is_too_old(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = anonymous(app)
    ask(browser)
    late = datetime.now(UTC) + timedelta(minutes=16)
    monkeypatch.setattr(current, "now", lambda: late)

    assert browser.get("/signin/sent", 303).headers["Location"] == "/nb/signin"


def code_in(page: str) -> str:
    found = re.search(r'<p class="code"><strong>([A-Z0-9]{3} [A-Z0-9]{3})</strong>', page)
    assert found is not None
    return found[1]


def summary(page: str) -> list[tuple[str, str]]:
    """The links of the error summary: where to, and what they say. Each place is on the page."""
    found = re.search(r'(?s)<div class="ds-error-summary".*?</div>', page)
    assert found is not None
    links = re.findall(r'href="#([^"]+)">([^<]+)<', found[0])
    assert all(f'id="{place}"' in page for place, _ in links)
    return links


def people(site: Site) -> list[str | None]:
    with site.database.read() as session:
        return list(session.scalars(select(Person.email).order_by(Person.email)))


@in_every_language
def test_a_link_signs_in_once(app: Any, site: Site, language: Language) -> None:
    say = words_of(language).say
    browser = anonymous(app, language)
    assert say("signin.sent_lead", email=KARI, minutes=15) in text_of(ask(browser))
    token = mailed(site)

    for _ in range(2):  # looking uses nothing up: mail programs look too
        assert say("signin.link_lead", email=KARI) in text_of(browser.get(f"/signin/{token}"))
    entered = browser.post(f"/signin/{token}")

    assert entered.headers["Location"] == f"/{language}/"
    browser.get("/account")
    assert people(site) == [KARI]
    with site.database.read() as session:
        assert session.scalars(select(Person.language)).one() == language
    for answer in (browser.get(f"/signin/{token}", 410), browser.post(f"/signin/{token}", status=410)):
        assert say("errors.link_used.title") in text_of(answer)


@in_every_language
def test_what_is_no_address_stays_in_the_form(app: Any, site: Site, language: Language) -> None:
    browser, say = anonymous(app, language), words_of(language).say
    missing = browser.post("/signin", {"email": "  "}, 400).text
    wrong = browser.post("/signin", {"email": "kari@", "next": "/nb/account"}, 400).text

    assert summary(missing) == [("email", say("signin.email_missing"))]
    assert summary(wrong) == [("email", say("signin.email_wrong"))]
    assert 'value="kari@"' in wrong
    assert 'name="next" value="/nb/account"' in wrong
    with site.database.read() as session:
        assert session.scalars(select(SigninLink)).all() == []


@in_every_language
def test_another_browser_needs_the_code(app: Any, site: Site, language: Language) -> None:
    say = words_of(language).say
    code = code_in(ask(anonymous(app, language)).text)
    token, other = mailed(site), anonymous(app, language)

    assert say("signin.other_browser") in text_of(other.get(f"/signin/{token}"))
    wrong = other.post(f"/signin/{token}", {"code": "XXX XXX"}, 400).text
    assert summary(wrong) == [("code", say("signin.code_wrong"))]
    other.post(f"/signin/{token}", {"code": f" {code.lower()} "})
    other.get("/account")


def test_a_code_cannot_be_tried_out(app: Any, site: Site) -> None:
    code = code_in(ask(anonymous(app)).text)
    token, other = mailed(site), anonymous(app)
    for _ in range(MAX_TRIES - 1):
        other.post(f"/signin/{token}", {"code": "BBBBBB"}, 400)
    other.post(f"/signin/{token}", {"code": "BBBBBB"}, 410)
    other.post(f"/signin/{token}", {"code": code}, 410)
    assert people(site) == []


def test_a_link_that_is_looked_at_without_a_code_loses_no_try(app: Any, site: Site) -> None:
    code = code_in(ask(anonymous(app)).text)
    token, other = mailed(site), anonymous(app)
    for _ in range(MAX_TRIES + 1):
        other.post(f"/signin/{token}", {"code": ""}, 400)
    other.post(f"/signin/{token}", {"code": code})


@in_every_language
def test_links_end(app: Any, site: Site, language: Language) -> None:
    browser, say = anonymous(app, language), words_of(language).say
    ask(browser)
    token = mailed(site)
    with site.database.write() as session:
        session.execute(update(SigninLink).values(ends_utc=datetime.now(UTC) - timedelta(seconds=1)))

    for answer in (browser.get(f"/signin/{token}", 410), browser.post(f"/signin/{token}", status=410)):
        assert say("errors.link_expired.title") in text_of(answer)
    assert say("errors.link_unknown.title") in text_of(browser.get("/signin/nothing", 404))
    browser.post("/signin/nothing", status=404)


def test_nobody_learns_who_has_an_account(app: Any, site: Site) -> None:
    a_person(site, KARI)

    def asked(email: str) -> str:
        page = ask(anonymous(app), email).text.replace("<wbr>", "").replace(email, "EMAIL")
        return re.sub(r'(?<=<strong>)[A-Z0-9 ]{7}(?=</strong>)|(?<=name="csrf" value=")[^"]+', "", page)

    assert asked(KARI) == asked("nobody@eksempel.no")


@in_every_language
def test_signing_in_leads_to_where_one_was_going(app: Any, site: Site, language: Language) -> None:
    browser = anonymous(app, language)
    place = f"/{language}/account?a=b&c=d"
    sent_on = browser.client.get(place)
    assert sent_on.status_code == 303
    page = browser.client.get(sent_on.headers["Location"])
    hidden = re.search(r'name="next" value="([^"]*)"', page.text)
    assert hidden is not None
    ask(browser, next=hidden[1].replace("&amp;", "&"))
    assert browser.post(f"/signin/{mailed(site)}").headers["Location"] == place


def test_what_is_sent_without_a_session_is_said_not_to_be_saved(app: Any) -> None:
    for language in LANGUAGES:
        browser = anonymous(app, language)
        answer = browser.post("/assessments/new", {"depth": "basic"}, 401)
        assert words_of(language).say("errors.status_401.text") in text_of(answer)
        scripted = browser.post("/assessments/new", {}, 401, headers={"X-Requested-With": "kretslop"})
        assert scripted.json == {
            "error": "status_401",
            "title": words_of(language).say("errors.status_401.title"),
            "text": words_of(language).say("errors.status_401.text"),
        }


@in_every_language
def test_a_trial_keeps_its_answers_under_an_address(app: Any, site: Site, language: Language) -> None:
    browser, say = anonymous(app, language), words_of(language).say
    browser.post("/try")
    started = browser.post("/assessments/new", wanted(browser))
    place = started.headers["Location"].removesuffix("/profile")
    assert say("signin.keep_title") in text_of(browser.get("/signin"))

    ask(browser)
    browser.post(f"/signin/{mailed(site)}")

    browser.get(place)
    with site.database.read() as session:
        kept = session.scalars(select(Person)).one()
        assert (kept.email, kept.is_trial) == (KARI, False)


@in_every_language
def test_who_kept_a_trial_is_told_where_once(app: Any, site: Site, language: Language) -> None:
    browser, said = anonymous(app, language), words_of(language).say("signin.kept", email=KARI)
    browser.post("/try")
    ask(browser)

    browser.post(f"/signin/{mailed(site)}")

    assert said in text_of(browser.get("/assessments"))
    assert said not in text_of(browser.get("/assessments"))


def test_who_signs_in_without_a_trial_is_told_of_nothing_kept(app: Any, site: Site) -> None:
    browser = anonymous(app)
    ask(browser)

    browser.post(f"/signin/{mailed(site)}")

    assert "knyttet til" not in text_of(browser.get("/assessments"))


@in_every_language
def test_the_page_of_a_link_says_whom_it_signs_in_where_it_was_asked_for(
    app: Any, site: Site, language: Language
) -> None:
    browser, said = anonymous(app, language), words_of(language).say("signin.link_lead", email=KARI)
    ask(browser)
    token = mailed(site)

    assert said in text_of(browser.get(f"/signin/{token}"))
    assert KARI not in anonymous(app, language).get(f"/signin/{token}").text.replace("<wbr>", "")


def wanted(browser: Browser) -> dict[str, str]:
    """What starts an assessment for the only organisation there is."""
    page = browser.get("/assessments/new").text
    found = re.search(r'name="organisation" value="([^"]+)"', page)
    assert found is not None
    chosen = {"organisation": found[1], "questionnaire": "circular_business_models"}
    return {**chosen, "depth": "basic", "period": "2025", "carry": "empty"}


def test_a_trial_with_a_known_address_gives_its_answers_to_the_account(app: Any, site: Site) -> None:
    kari = a_person(site, KARI)
    company = a_company(site, owners=[kari])
    browser = anonymous(app)
    browser.post("/try")
    place = browser.post("/assessments/new", wanted(browser)).headers["Location"]
    ask(browser)
    browser.post(f"/signin/{mailed(site)}")
    browser.get(place)
    assert people(site) == [KARI]
    assert len(as_actor(site, kari).roles) == 2
    assert as_actor(site, kari).answers_for(company)


@in_every_language
def test_signing_out_is_said(app: Any, site: Site, language: Language) -> None:
    browser = browser_of(app, site, a_person(site, KARI), language)
    assert browser.client.get(f"/{language}/signin").headers["Location"] == f"/{language}/assessments"
    assert browser.post("/signout").headers["Location"] == f"/{language}/"
    assert words_of(language).say("signin.signed_out") in text_of(browser.get("/"))
    browser.get("/account", 303)


def test_staying_signed_in_says_until_when(app: Any, site: Site) -> None:
    browser = browser_of(app, site, a_person(site, KARI))
    answer = browser.post("/stay", {}, 200, headers={"X-Requested-With": "kretslop"})
    assert answer.json is not None
    left = datetime.fromisoformat(answer.json["ends"]) - datetime.now(UTC)
    assert timedelta(minutes=115) < left <= timedelta(minutes=120)
    assert browser.post("/stay").headers["Location"] == "/nb/"


def test_an_idle_session_ends(app: Any, site: Site) -> None:
    browser = browser_of(app, site, a_person(site, KARI))
    with site.database.write() as session:
        idle = datetime.now(UTC) - timedelta(minutes=site.settings.session_minutes, seconds=1)
        session.execute(update(BrowserSession).values(seen_utc=idle))
    browser.get("/account", 303)
    browser.post("/account", {"name": "Kari"}, 401)


@in_every_language
def test_too_many_links_are_refused_until_later(app: Any, language: Language) -> None:
    browser = anonymous(app, language)
    for _ in range(LINKS_AN_HOUR):
        ask(browser)
    refused = browser.post("/signin", {"email": KARI.upper()}, 429)
    assert refused.headers["Retry-After"] == "3600"
    assert words_of(language).say("errors.status_429.title") in text_of(refused)
    ask(browser, "ola@eksempel.no")


@in_every_language
def test_too_many_trials_from_one_network_are_refused_until_later(tmp_path: Path, language: Language) -> None:
    app = app_of(make_site(tmp_path, trials_an_hour_a_network=2))
    for _ in range(2):
        anonymous(app, language).post("/try")

    refused = anonymous(app, language).post("/try", status=429)

    assert refused.headers["Retry-After"] == "3600"
    assert words_of(language).say("errors.status_429.text") in text_of(refused)


@pytest.mark.parametrize(
    "address", ["/signin?next=%2Fnb%2Faccount%3Fa%3Db", "/about/help", "/", "/signin/abc"]
)
def test_the_language_is_changed_in_place(app: Any, address: str) -> None:
    browser = anonymous(app)
    page = browser.client.get(f"/nb{address}").text
    others = re.findall(r'<a href="([^"]+)" lang="(nn|en)"', page)
    assert [(place.replace("&amp;", "&"), code) for place, code in others] == [
        (f"/nn{address}", "nn"),
        (f"/en{address}", "en"),
    ]


@pytest.mark.parametrize(
    ("wanted_languages", "given"),
    [
        ("nn,nb;q=0.5", "nn"),
        ("no", "nb"),
        ("de,en-GB;q=0.9", "en"),
        ("de", "nb"),
        ("", "nb"),
        ("nb-NO", "nb"),
    ],
)
def test_the_front_door_speaks_the_language_of_the_browser(
    app: Any, wanted_languages: str, given: str
) -> None:
    answer = anonymous(app).client.get("/", headers={"Accept-Language": wanted_languages})
    assert answer.headers["Location"] == f"/{given}/"


def test_the_front_door_speaks_the_language_somebody_chose(app: Any, site: Site) -> None:
    browser = browser_of(app, site, a_person(site, KARI, language="nn"))
    assert browser.client.get("/", headers={"Accept-Language": "en"}).headers["Location"] == "/nn/"
