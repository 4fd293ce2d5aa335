"""The pages of advisors and programme staff."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.webapp.sites import a_company
from tests.webapp.views.after import LATER, After, hand_in
from tests.webapp.views.browsing import Browser, text_of
from webapp.auth.cookies import session_cookie
from webapp.db.tables.organisations import AdvisorAssignment
from webapp.services import portfolio
from webapp.services.reviewing import decide
from webapp.services.sharing import share

CANARIES = ("Strategien fra 2024", "Vi måler ikke noe ennå", "Under utvikling", "nivå 2", "63,0")


@pytest.fixture
def after(tmp_path: Path) -> After:
    found = hand_in(tmp_path)
    found.print()
    return found


def reached(browser: Browser, start: str, wanted: str) -> set[str]:
    """What can be reached by plain links, of those that look like what is wanted."""
    waiting, seen, found = [start], {start}, set[str]()
    while waiting:
        answer = browser.client.get(waiting.pop())
        if answer.mimetype == wanted:
            found.add(answer.request.path)
        links = (
            re.findall(r'<a [^>]*href="(/nb/[^"#]*)', answer.text) if answer.mimetype == "text/html" else []
        )
        for link in set(links) - seen:
            seen.add(link)
            waiting.append(link)
    return found


def test_an_advisor_comes_from_the_start_to_a_finished_report(after: After) -> None:
    found = reached(after.browser(after.advisor), "/nb/", "application/pdf")

    assert len(found) == 2


def test_staff_come_from_the_start_to_a_finished_report_where_one_is_shared(after: After) -> None:
    staff = after.browser(after.staff)
    assert reached(staff, "/nb/", "application/pdf") == set()

    share(after.site, after.actor(after.owner), after.id, LATER, is_shared=True)

    assert len(reached(staff, "/nb/", "application/pdf")) == 1


def test_a_colleague_comes_to_the_companys_reports(after: After) -> None:
    assert len(reached(after.browser(after.member), "/nb/", "application/pdf")) == 2


def test_an_advisor_sees_level_coverage_and_deadline(after: After) -> None:
    page = text_of(after.browser(after.advisor).get("/portfolio")).replace("\u00a0", " ")

    assert "Eksempel Møbelverksted AS : Sirkulære forretningsmodeller 2025 Sendt inn" in page
    assert "Nivå 2, Under utvikling 96 % besvart" in page
    assert "16. mars 2026" in page  # handed in on 2 March, and 14 days


def test_what_is_late_is_apart_from_what_waits_for_nobody(after: After) -> None:
    """The hand-in is of 2 March 2026, and the clock of the pages is a real one."""
    before = text_of(after.browser(after.advisor).get("/portfolio"))
    decide(after.site, after.actor(after.advisor), after.id, "start_review", LATER)
    decide(after.site, after.actor(after.advisor), after.id, "approve", LATER)

    page = text_of(after.browser(after.advisor).get("/portfolio"))

    assert "1 er over fristen. 1 venter på deg." in before
    assert "Over fristen" in before
    assert "Ingen innsendinger venter på deg nå." in page
    assert "Venter ikke på noen" in page
    assert "Godkjent nivå 2, Under utvikling" in page
    assert "Over fristen" not in page


def test_what_changed_since_last_time_stands_in_the_line(after: After) -> None:
    after.again()

    page = text_of(after.browser(after.advisor).get("/portfolio"))

    assert "Siden 2025: samme nivå." in page


def test_choices_stand_in_the_address_and_in_the_form(after: After) -> None:
    page = after.browser(after.advisor).get("/portfolio?waits=you&name=verk&state=tull&programme=tull")

    assert '<option value="you" selected>Venter på deg</option>' in page.text
    assert 'name="name" value="verk"' in page.text
    assert "1 treff" in text_of(page)
    assert '<details class="sift" open>' in page.text
    assert '<details class="sift">' in after.browser(after.advisor).get("/portfolio").text


def test_a_choice_that_fits_nothing_says_so_and_can_be_taken_back(after: After) -> None:
    page = after.browser(after.advisor).get("/portfolio?name=%22%3E%3Cscript%3E")

    assert "0 treff" in text_of(page)
    assert "<script>" not in page.text.partition("</head>")[2]
    assert '<a class="ds-link" href="/nb/portfolio">Vis alle</a>' in page.text


CHOICES = "waits=you&name=verksted"


def test_the_way_back_leads_to_the_list_as_it_was_chosen(after: After) -> None:
    browser = after.browser(after.advisor)
    browser.get(f"/portfolio?{CHOICES}")
    back = "/nb/portfolio?name=verksted&amp;waits=you"

    for page in (after.path("result"), after.path("review")):
        assert back in browser.get(page).text, page
    assert 'href="/nb/portfolio"' in browser.get("/account").text  # the head leads to everything


def test_who_asks_for_everything_again_is_led_back_to_everything(after: After) -> None:
    browser = after.browser(after.advisor)
    browser.get(f"/portfolio?{CHOICES}")

    browser.get("/portfolio")

    assert "waits=you" not in browser.get(after.path("review")).text


def test_nobody_else_is_led_to_what_somebody_chose(after: After) -> None:
    """Also in the same browser, which keeps the cookie that remembers it."""
    with after.site.database.write() as session:
        place = {"organisation_id": after.company, "person_id": after.stranger}
        session.add(AdvisorAssignment(**place, from_utc=LATER))
    browser, other = after.browser(after.advisor), after.browser(after.stranger)
    browser.get(f"/portfolio?{CHOICES}")
    name = session_cookie(after.site.settings)
    theirs = other.client.get_cookie(name)
    assert theirs is not None

    browser.client.set_cookie(name, theirs.value, domain="localhost")

    assert "waits=you" not in browser.get(after.path("review")).text


@pytest.mark.parametrize("address", ["https://ond.example", "//ond.example", "javascript:alert(1)"])
def test_no_address_from_outside_becomes_the_way_back(after: After, address: str) -> None:
    browser = after.browser(after.advisor)

    browser.get("/portfolio", query_string={"name": address, "next": address, "from": address})

    links = browser.page(browser.get(after.path("review"))).links
    assert [link for link in links if link.startswith("/nb/portfolio?")] != []
    assert [link for link in links if not link.startswith(("/", "#"))] == []


def test_what_is_remembered_is_forgotten_with_the_session(after: After) -> None:
    browser = after.browser(after.advisor)
    browser.get(f"/portfolio?{CHOICES}")
    with browser.client.session_transaction() as session:
        session["followed"]["at"] -= (after.site.settings.session_minutes + 1) * 60
        session.modified = True

    assert "waits=you" not in browser.get(after.path("review")).text


def test_a_long_list_has_pages_that_keep_what_was_chosen(
    after: After, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portfolio, "PAGE_SIZE", 1)
    for name in ("Alm AS", "Bjørk AS"):
        a_company(after.site, name, None, advisors=[after.advisor])
    browser = after.browser(after.advisor)

    page = browser.get("/portfolio?waits=company&page=2")

    assert "Side 2 av 2" in text_of(page)
    assert "Bjørk AS" in text_of(page)
    assert "Alm AS" not in text_of(page)
    assert 'href="/nb/portfolio?waits=company"' in page.text
    assert "page=2&amp;waits=company" in browser.get(after.path("review")).text


@pytest.mark.parametrize("is_shared", [False, True])
def test_no_level_and_no_answer_stands_on_the_programmes_page(after: After, is_shared: bool) -> None:
    share(after.site, after.actor(after.owner), after.id, LATER, is_shared=is_shared)
    staff = after.browser(after.staff)

    for path in (f"/programme/{after.programme}", "/portfolio", "/account"):
        page = text_of(staff.get(path)).replace("\u00a0", " ")
        assert [canary for canary in CANARIES if canary in page] == []


def test_the_share_edition_that_staff_see_holds_no_answer_and_no_comment(after: After) -> None:
    share(after.site, after.actor(after.owner), after.id, LATER, is_shared=True)

    page = text_of(after.browser(after.staff).get(after.path("report?edition=share")))

    assert [canary for canary in CANARIES[:2] if canary in page] == []


def test_the_programme_says_who_has_come_how_far(after: After) -> None:
    after.draft()

    page = text_of(after.browser(after.staff).get(f"/programme/{after.programme}"))

    assert "1 bedrift er med. 1 har sendt inn. 0 har delt en rapport." in page
    assert "De har sendt inn 1 egenvurdering. Slik står den nå: Sendt inn 1" in page
    assert "Rapporten er ikke delt." in page
    assert "Under arbeid" not in page


def test_a_report_that_is_shared_is_opened_from_the_programme(after: After) -> None:
    share(after.site, after.actor(after.owner), after.id, LATER, is_shared=True)
    staff = after.browser(after.staff)

    page = staff.get(f"/programme/{after.programme}")
    address = f"/nb/assessments/{after.id}/report?edition=share"

    assert f'href="{address}">Åpne rapporten<' in page.text
    assert "Last ned som PDF" in text_of(staff.get(address))


@pytest.mark.parametrize("who", ["owner", "advisor", "stranger"])
def test_a_programme_is_not_there_for_others(after: After, who: str) -> None:
    browser = after.browser(getattr(after, who))

    browser.get(f"/programme/{after.programme}", 404)
    browser.get(f"/programme/{'A' * 22}", 404)


def test_the_pages_are_for_people_with_an_account(after: After) -> None:
    visitor = Browser(after.app.test_client())
    visitor.post("/nb/try")

    visitor.get("/portfolio", 403)


def test_somebody_who_follows_nobody_is_told_so(after: After) -> None:
    assert "Du følger ingen bedrifter nå." in text_of(after.browser(after.stranger).get("/portfolio"))


@pytest.mark.parametrize("language", ["nn", "en"])
def test_they_speak_every_language(after: After, language: str) -> None:
    advisor, staff = after.browser(after.advisor, language), after.browser(after.staff, language)

    assert {"nn": "Verksemdene dine", "en": "Your companies"}[language] in text_of(advisor.get("/portfolio"))
    staff.get(f"/programme/{after.programme}")
