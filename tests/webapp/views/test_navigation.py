"""The head of every page: where it leads, by what somebody is, and where they begin."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NoReturn

import pytest

from tests.webapp.services.offers import an_activity
from tests.webapp.sites import a_company, a_programme, as_actor
from tests.webapp.views.after import After, hand_in
from tests.webapp.views.browsing import Browser, anonymous, text_of
from webapp.errors import OutOfReach


@pytest.fixture
def after(tmp_path: Path) -> After:
    return hand_in(tmp_path)


def head(browser: Browser, path: str = "/account") -> list[tuple[str, str]]:
    """The links of the head: where to, and their words."""
    page = browser.get(path).text
    nav = page.split('<nav class="site-nav"')[1].split("</nav>")[0]
    links = re.findall(r'(?s)<a class="ds-link" href="([^"]+)"[^>]*>(.*?)</a>', nav)
    return [(address, re.sub(r"<[^>]+>", "|", words).strip("|")) for address, words in links]


def start(browser: Browser) -> str:
    """Where the front page leads somebody who is signed in."""
    return browser.get("/", 303).headers["Location"]


def test_an_advisor_begins_with_the_companies_and_has_no_empty_list(after: After) -> None:
    browser = after.browser(after.advisor)

    assert start(browser) == "/nb/portfolio"
    assert browser.get("/assessments", 303).headers["Location"] == "/nb/portfolio"
    assert [link for link in head(browser) if "account" not in link[0]] == [("/nb/portfolio", "Bedriftene")]


def test_who_runs_one_programme_and_nothing_else_begins_there(after: After) -> None:
    browser = after.browser(after.staff)
    programme = f"/nb/programme/{after.programme}"

    assert start(browser) == programme
    assert head(browser)[0] == (programme, "Programmet")
    assert "Egenvurderinger" not in [words for _, words in head(browser)]
    assert 'class="back"' not in browser.get(programme).text


def test_who_runs_several_programmes_chooses(after: After) -> None:
    a_programme(after.site, "Et annet program", staff=[after.staff])
    browser = after.browser(after.staff)

    assert start(browser) == "/nb/portfolio"
    assert head(browser)[0] == ("/nb/portfolio", "Programmene")
    assert "Programmene dine" in text_of(browser.get("/portfolio"))
    assert 'class="back"' in browser.get(f"/programme/{after.programme}").text


def test_a_company_has_its_assessments_and_its_own_page(after: After) -> None:
    browser = after.browser(after.member)

    assert start(browser) == "/nb/assessments"
    assert head(browser) == [
        ("/nb/assessments", "Egenvurderinger"),
        (f"/nb/organisations/{after.company}", "Virksomheten"),
        ("/nb/account", "Ola Nordmann||Min side"),
    ]
    assert "/nb/assessments" in browser.page(browser.get(f"/organisations/{after.company}")).links[4:]


def test_who_answers_for_several_companies_gets_the_list(after: After) -> None:
    a_company(after.site, "Enda en AS", None, owners=[after.owner])

    assert head(after.browser(after.owner))[1] == ("/nb/account#organisations", "Virksomhetene deres")


def test_who_answers_for_one_company_and_advises_others_has_both(after: After) -> None:
    own = a_company(after.site, "Rådgiverne AS", None, owners=[after.advisor])

    assert head(after.browser(after.advisor))[:3] == [
        ("/nb/assessments", "Egenvurderinger"),
        ("/nb/portfolio", "Bedrifter du følger"),
        (f"/nb/organisations/{own}", "Virksomheten"),
    ]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_language_is_a_link_on_every_page(after: After, language: str) -> None:
    for browser in (anonymous(after.app, language), after.browser(after.advisor, language)):
        links = browser.page(browser.get("/about/help")).links

        assert [f"/{one}/about/help" in links for one in ("nb", "nn", "en")] == [True] * 3


def test_activities_are_there_once_a_programme_of_the_company_has_one(after: After) -> None:
    elsewhere = a_programme(after.site, "Et annet program", staff=[after.staff])
    an_activity(after.site, as_actor(after.site, after.staff), elsewhere)
    link = ("/nb/activities", "Aktiviteter")
    assert link not in head(after.browser(after.owner))

    an_activity(after.site, as_actor(after.site, after.staff), after.programme)

    assert link in head(after.browser(after.owner))
    assert link in head(after.browser(after.member))
    assert link not in head(after.browser(after.advisor))
    assert link not in head(after.browser(after.stranger))


def test_the_page_one_is_on_is_marked(after: After) -> None:
    page = after.browser(after.owner).get("/assessments").text

    assert '<a class="ds-link" href="/nb/assessments" aria-current="page">' in page


def test_the_head_stands_also_where_the_database_is_out_of_reach(
    after: After, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the page that says so would need what is away."""
    browser = after.browser(after.owner)
    browser.get("/account")

    def away(*_: object) -> NoReturn:
        raise OutOfReach

    monkeypatch.setattr("webapp.views.account.list_own", away)

    page = text_of(browser.get("/account", 503))
    assert "Kretsløp" in page
