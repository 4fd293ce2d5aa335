"""The pages of an advisor team, and what a company sees and does about its advisors."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.webapp.services.post import mails
from tests.webapp.sites import NOW, a_company
from tests.webapp.views.after import After, hand_in
from tests.webapp.views.browsing import Browser, anonymous, text_of
from webapp.db.tables.organisations import AdvisorAssignment, Participation, ProgrammeAdvisor
from webapp.db.tables.people import Person
from webapp.services.jobs import claim
from webapp.services.mailchoice import mail_token
from webapp.services.mailing import send_mail


@pytest.fixture
def after(tmp_path: Path) -> After:
    return hand_in(tmp_path)


@pytest.fixture
def staff(after: After) -> Browser:
    return after.browser(after.staff)


def place(after: After, rest: str = "") -> str:
    return f"/programme/{after.programme}/advisors{rest}"


def add(after: After, staff: Browser, email: str = "liv@fylke.no") -> str:
    """The id of somebody who was added to the team by its page."""
    staff.post(place(after), {"email": email})
    with after.site.database.read() as session:
        return session.scalars(select(Person.id).where(Person.email == email)).one()


def assignment(after: After, person: str) -> AdvisorAssignment:
    with after.site.database.read() as session:
        statement = select(AdvisorAssignment).where(AdvisorAssignment.person_id == person)
        return session.scalars(statement).one()


def test_the_programme_leads_to_its_advisors(after: After, staff: Browser) -> None:
    page = staff.get(f"/programme/{after.programme}")

    assert f'href="/nb{place(after)}">Rådgivere</a>' in page.text
    assert "Ingen rådgivere ennå." in text_of(staff.get(place(after)))


def test_somebody_is_added_by_address_and_told(after: After, staff: Browser) -> None:
    add(after, staff)

    page = text_of(staff.get(place(after)))

    assert "liv@fylke.no er lagt til, og får en e-post." in page
    assert "Har ikke vært her ennå" in page
    assert "Følger ingen bedrifter." in page
    [job_id] = after.site.queue.ids[-1:]  # type: ignore[attr-defined]  # the queue of the tests
    claimed = claim(after.site.database, job_id, datetime.now(UTC))
    assert claimed is not None
    send_mail(after.site, claimed.body, datetime.now(UTC))
    assert [mail["To"] for mail in mails(after.site)] == ["liv@fylke.no"]


@pytest.mark.parametrize("typed", ["", "ingen adresse", "ø@fylke.no"])
def test_what_is_no_address_is_said_so(after: After, staff: Browser, typed: str) -> None:
    page = staff.post(place(after), {"email": typed}, 400)

    assert "data-error-summary" in page.text
    with after.site.database.read() as session:
        assert session.scalars(select(ProgrammeAdvisor)).all() == []


def test_who_is_there_already_is_not_added_again(after: After, staff: Browser) -> None:
    add(after, staff)

    page = staff.post(place(after), {"email": "liv@fylke.no"}, 409)

    assert "Denne adressen er allerede lagt til som rådgiver." in text_of(page)


def test_a_company_is_given_an_advisor_until_a_day(after: After, staff: Browser) -> None:
    person = add(after, staff)
    form = {"advisor": person, "company": after.company, "begins": "", "until": "31.12.2099"}

    staff.post(place(after, "/assignments/new"), form)

    held = assignment(after, person)
    assert held.until_utc == datetime(2099, 12, 31, 23, tzinfo=UTC)
    page = text_of(staff.get(place(after))).replace("\u00a0", " ")
    assert "til og med 31. desember 2099" in page
    assert "Uten rådgiver" not in page


def test_companies_that_nobody_of_the_team_follows_are_named(after: After, staff: Browser) -> None:
    add(after, staff)

    page = text_of(staff.get(place(after)))

    assert "Uten rådgiver" in page
    assert page.index("Uten rådgiver") < page.index("Eksempel Møbelverksted AS")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"advisor": ""}, "Velg en rådgiver"),
        ({"company": "A" * 22}, "Velg en bedrift"),
        ({"begins": "1.1.2020"}, "Velg i dag eller en dag som kommer"),
        ({"until": "i morgen"}, "Skriv dagen slik: 31.12.2027"),
        ({"begins": "2.1.2099", "until": "1.1.2099"}, "Siste dag må være samme dag som første dag"),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    after: After, staff: Browser, wrong: dict[str, str], said: str
) -> None:
    person = add(after, staff)
    form = {"advisor": person, "company": after.company, "begins": "", "until": "", **wrong}

    page = staff.post(place(after, "/assignments/new"), form, 400)

    assert text_of(page).count(said) == 2  # in the summary, and at the field
    with after.site.database.read() as session:
        assert session.scalars(select(AdvisorAssignment.person_id)).all() == [after.advisor]


def a_given_advisor(after: After) -> str:
    """The place of the advisor's assignment, the advisor being in the team."""
    with after.site.database.write() as session:
        where = {"programme_id": after.programme, "person_id": after.advisor}
        session.add(ProgrammeAdvisor(**where, since_utc=NOW))
    return place(after, f"/{after.advisor}/companies/{after.company}")


def test_the_last_day_can_be_set_and_taken_away(after: After, staff: Browser) -> None:
    at = a_given_advisor(after)

    staff.post(at, {"until": "1.6.2099"})
    shown = staff.get(at).text
    set_to = assignment(after, after.advisor).until_utc
    staff.post(at, {"until": ""})

    assert set_to == datetime(2099, 6, 1, 22, tzinfo=UTC)
    assert 'name="until" value="1.6.2099"' in shown
    assert assignment(after, after.advisor).until_utc is None
    assert "Skriv dagen slik" in text_of(staff.post(at, {"until": "snart"}, 400))


def test_an_end_at_once_is_one_at_the_advisors_next_request(after: After, staff: Browser) -> None:
    at, advisor = a_given_advisor(after), after.browser(after.advisor)
    pages = [after.path("result"), after.path("review"), after.path("documents"), after.path("export.json")]
    for page in pages:
        advisor.get(page)

    staff.post(f"{at}/end")

    for page in pages:
        advisor.get(page, 404)
    assert "Du følger ingen bedrifter ennå." in text_of(advisor.get("/portfolio"))
    assert "avsluttet" in text_of(staff.get(place(after)))
    staff.get(at, 404)


def test_who_is_taken_out_of_the_team_is_out_of_its_companies(after: After, staff: Browser) -> None:
    a_given_advisor(after)
    asked = text_of(staff.get(place(after, f"/{after.advisor}/removal")))

    staff.post(place(after, f"/{after.advisor}/removal"))

    assert "Dette gjelder: Eksempel Møbelverksted AS" in asked
    after.browser(after.advisor).get(after.path("result"), 404)
    assert "Ingen rådgivere ennå." in text_of(staff.get(place(after)))


def test_a_name_is_written_as_it_is(after: After, staff: Browser) -> None:
    wild = a_company(after.site, "<b>Fet & Feit</b> AS", None)
    with after.site.database.write() as session:
        session.add(Participation(programme_id=after.programme, organisation_id=wild, since_utc=NOW))
    person = add(after, staff)
    staff.post(place(after, "/assignments/new"), {"advisor": person, "company": wild})

    page = staff.get(place(after)).text

    assert "&lt;b&gt;Fet &amp; Feit&lt;/b&gt; AS" in page
    assert "<b>Fet" not in page


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_pages_speak_every_language(after: After, language: str) -> None:
    at, browser = a_given_advisor(after), after.browser(after.staff, language)

    for page in (
        place(after),
        place(after, "/assignments/new"),
        at,
        place(after, f"/{after.advisor}/removal"),
    ):
        assert "Rådgivere" not in text_of(browser.get(page))


# --- the company ---------------------------------------------------------------------------------


def test_a_company_sees_its_advisors_and_until_when(after: After) -> None:
    with after.site.database.write() as session:
        session.scalars(select(AdvisorAssignment)).one().until_utc = datetime(2099, 5, 31, 22, tzinfo=UTC)

    for person in (after.owner, after.member):
        page = text_of(after.browser(person).get(f"/organisations/{after.company}")).replace("\u00a0", " ")
        assert "Rådgiver Eksempel har vært rådgiveren deres siden 2. mars 2026" in page
        assert "Siste dag er 31. mai 2099." in page
        assert ("Avslutt tilgangen" in page) is (person == after.owner)


def test_an_advisor_who_is_to_come_is_named_so(after: After) -> None:
    with after.site.database.write() as session:
        session.scalars(select(AdvisorAssignment)).one().from_utc = datetime(2099, 5, 31, 22, tzinfo=UTC)

    page = text_of(after.browser(after.owner).get(f"/organisations/{after.company}")).replace("\u00a0", " ")

    assert "Rådgiver Eksempel blir rådgiveren deres 1. juni 2099" in page


def test_an_owner_ends_an_advisors_access(after: After) -> None:
    owner, advisor = after.browser(after.owner), after.browser(after.advisor)
    at = f"/organisations/{after.company}/advisors/{after.advisor}"
    asked = text_of(owner.get(at))
    advisor.get(after.path("result"))

    owner.post(at)

    assert "Avslutte tilgangen for Rådgiver Eksempel?" in asked
    advisor.get(after.path("result"), 404)
    page = text_of(owner.get(f"/organisations/{after.company}"))
    assert "Tilgangen er avsluttet." in page
    assert "har vært rådgiveren deres" not in page
    owner.get(at, 404)


def test_a_member_cannot(after: After) -> None:
    member = after.browser(after.member)

    member.get(f"/organisations/{after.company}/advisors/{after.advisor}", 403)
    member.post(f"/organisations/{after.company}/advisors/{after.advisor}", status=403)

    after.browser(after.advisor).get(after.path("result"))


def test_mail_is_turned_off_from_a_mail_without_signing_in(after: After) -> None:
    visitor, at = anonymous(after.app), f"/mail/{mail_token(after.site.settings, after.owner)}"

    asked = text_of(visitor.get(at))
    with after.site.database.read() as session:
        still = session.get_one(Person, after.owner).wants_mail
    answer = visitor.post(at)

    assert "Slå av e-post fra Kretsløp?" in asked
    assert still is True
    assert "E-post er slått av" in text_of(visitor.get(answer.headers["Location"]))
    with after.site.database.read() as session:
        assert session.get_one(Person, after.owner).wants_mail is False
    visitor.get(f"/mail/{'A' * 54}", 404)
    assert re.search("kari|@", asked) is None
