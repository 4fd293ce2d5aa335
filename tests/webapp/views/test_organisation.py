"""The pages of an organisation, from the number to the colleague who joins."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.webapp.apps import app_of
from tests.webapp.registers import OSLO, WORKSHOP, ListedRegister, site_with_register
from tests.webapp.sites import a_company, a_person, a_programme, as_actor
from tests.webapp.views.browsing import anonymous, browser_of, text_of, timeless
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Invitation, Membership, Person
from webapp.services import registering
from webapp.services.registering import Wanted
from webapp.services.site import Site
from webapp.services.tokens import hash_of

NEW = "/organisations/new"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Site, ListedRegister]:
    return site_with_register(tmp_path)


@pytest.fixture
def site(pair: tuple[Site, ListedRegister]) -> Site:
    return pair[0]


@pytest.fixture
def app(site: Site) -> Any:
    return app_of(site)


@pytest.fixture
def kari(site: Site) -> str:
    return a_person(site)


def ids(site: Site) -> list[str]:
    """Every organisation there is, the oldest first."""
    with site.database.read() as session:
        return list(session.scalars(select(Organisation.id).order_by(Organisation.created_utc)))


def invitation_of(site: Site, secret: str) -> str:
    """The id of the only invitation, whose mail carries that secret from now on."""
    with site.database.write() as session:
        row = session.scalars(select(Invitation)).one()
        row.hash = hash_of(secret)
        return row.id


def test_a_company_is_found_confirmed_and_shown(app: Any, site: Site, kari: str) -> None:
    browser = browser_of(app, site, kari)

    found = browser.post(NEW, {"number": "NO 311 046 276 MVA"})
    page = browser.get(found.headers["Location"])
    kept = browser.post(found.headers["Location"], {"answer_for": [WORKSHOP.orgnr, OSLO.orgnr]})
    shown = text_of(browser.get(kept.headers["Location"]))

    assert "Aksjeselskap (AS)" in text_of(page)
    assert "EKSEMPEL MØBEL BERGEN" in text_of(page)
    assert "EKSEMPEL MØBELVERKSTED AS" in shown
    assert "31.010 fra Enhetsregisteret" in shown
    assert "EKSEMPEL MØBEL OSLO" in shown
    assert "EKSEMPEL MØBEL BERGEN" not in shown
    assert len(site.queue.ids) == 0  # type: ignore[attr-defined]  # the tests' own queue


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Skriv organisasjonsnummeret"),
        ("31104627", "har ni siffer"),
        ("311046275", "kan ikke være et organisasjonsnummer"),
        ("<b>9\x00", "har ni siffer"),
    ],
    ids=["nothing", "eight digits", "a wrong check digit", "hostile"],
)
def test_a_wrong_number_is_told_and_stays(app: Any, site: Site, kari: str, typed: str, said: str) -> None:
    page = browser_of(app, site, kari).post(NEW, {"number": typed}, 400)

    assert said in text_of(page)


@pytest.mark.parametrize("path", ["311046275", "nothing", "31104627", "%00"])
def test_an_address_with_no_number_leads_nowhere(app: Any, site: Site, kari: str, path: str) -> None:
    page = browser_of(app, site, kari).get(f"{NEW}/{path}", 404)

    assert "Vi fant ikke siden" in text_of(page)


def test_a_silent_register_asks_for_the_name(app: Any, pair: tuple[Site, ListedRegister], kari: str) -> None:
    site, register = pair
    register.is_silent = True
    browser, path = browser_of(app, site, kari), f"{NEW}/{WORKSHOP.orgnr}"

    assert "Enhetsregisteret svarer ikke akkurat nå" in text_of(browser.get(path))
    assert "Skriv navnet på virksomheten" in text_of(browser.post(path, {"name": "  "}, 400))
    kept = browser.post(path, {"name": "Møbelverkstedet"})

    assert "Møbelverkstedet" in text_of(browser.get(kept.headers["Location"]))


def test_a_number_that_is_not_there_asks_for_the_name(app: Any, site: Site, kari: str) -> None:
    page = browser_of(app, site, kari, "nn").get(f"{NEW}/310028142")

    assert "Vi fann ikkje 310\N{NO-BREAK SPACE}028\N{NO-BREAK SPACE}142" in page.text


def test_an_organisation_needs_no_number(app: Any, site: Site, kari: str) -> None:
    browser = browser_of(app, site, kari, "en")

    browser.get(f"{NEW}/unnumbered")
    kept = browser.post(f"{NEW}/unnumbered", {"name": "Bygdekafeen"})

    assert "Without an organisation number" in text_of(browser.get(kept.headers["Location"]))


def test_nothing_tells_that_a_number_is_here_already(app: Any, site: Site, kari: str) -> None:
    path, liv = f"{NEW}/{WORKSHOP.orgnr}", a_person(site, "liv@annen.no", "Liv")
    before = browser_of(app, site, liv).get(path)
    browser_of(app, site, kari).post(path, {"answer_for": WORKSHOP.orgnr})

    after = browser_of(app, site, liv).get(path)
    browser_of(app, site, liv).post(path, {"answer_for": WORKSHOP.orgnr})

    assert text_of(before) == text_of(after)
    assert len(ids(site)) == 2
    assert "Du har allerede lagt til denne" in text_of(browser_of(app, site, liv).get(path))


def test_whom_to_answer_for_must_be_chosen(app: Any, site: Site, kari: str) -> None:
    path = f"{NEW}/{WORKSHOP.orgnr}"

    page = browser_of(app, site, kari).post(path, {"answer_for": "974760673"}, 400)

    assert text_of(page).count("Velg hvem dere svarer for") == 2
    assert ids(site) == []


def test_a_trial_names_what_it_has_and_comes_back(app: Any, site: Site) -> None:
    browser = anonymous(app)
    browser.post("/nb/try")

    kept = browser.post(f"{NEW}/{WORKSHOP.orgnr}?next=/nb/assessments", {})

    (id_,) = ids(site)
    assert kept.headers["Location"] == "/nb/assessments"
    assert "EKSEMPEL MØBELVERKSTED AS" in text_of(browser.get(f"/organisations/{id_}"))
    browser.get(f"/organisations/{id_}/units", 403)
    browser.get(f"/organisations/{id_}/invitations/new", 403)


def test_units_and_companies_are_added_under_it(app: Any, site: Site, kari: str) -> None:
    company = a_company(site, owners=[kari])
    browser = browser_of(app, site, kari)

    assert OSLO.name in text_of(browser.get(f"/organisations/{company}/units"))
    browser.post(f"/organisations/{company}/units", {"answer_for": OSLO.orgnr})
    assert "1 avdeling er lagt til." in text_of(browser.get(f"/organisations/{company}"))
    child = browser.post(f"{NEW}/974760673?parent={company}")

    assert child.headers["Location"] == f"/nb/organisations/{company}"
    shown = text_of(browser.get(f"/organisations/{company}"))
    assert OSLO.name in shown
    assert "EKSEMPEL KOMMUNE" in shown


def test_the_register_is_asked_again(app: Any, pair: tuple[Site, ListedRegister], kari: str) -> None:
    site, register = pair
    company = a_company(site, owners=[kari])
    browser, path = browser_of(app, site, kari), f"/organisations/{company}/register"

    browser.post(path)
    assert "hentet på nytt" in text_of(browser.get(f"/organisations/{company}"))
    register.is_silent = True
    browser.post(path)

    assert "Enhetsregisteret svarte ikke" in text_of(browser.get(f"/organisations/{company}"))


def test_who_sees_what_is_said_in_words(app: Any, site: Site, kari: str) -> None:
    ragnhild = a_person(site, "ragnhild@raad.no", "Ragnhild Rådgiver")
    company = a_company(site, owners=[kari], advisors=[ragnhild])
    a_programme(site, companies=[company])

    shown = text_of(browser_of(app, site, kari).get(f"/organisations/{company}"))

    assert "Ragnhild Rådgiver har vært rådgiveren deres siden 2. mars 2026" in shown.replace("\xa0", " ")
    assert "Sirkulær region (Eksempel fylkeskommune) ser hvilke egenvurderinger" in shown


@pytest.mark.parametrize("page", ["", "/units", "/invitations/new", "/leaving", "/people/{kari}"])
def test_foreign_pages_are_not_there(app: Any, site: Site, kari: str, page: str) -> None:
    company, liv = a_company(site, owners=[kari]), a_person(site, "liv@annen.no", "Liv")
    browser, path = browser_of(app, site, liv), page.format(kari=kari)

    foreign = browser.get(f"/organisations/{company}{path}", 404)
    unknown = browser.get(f"/organisations/{'x' * 22}{path}", 404)

    assert timeless(text_of(foreign)) == timeless(text_of(unknown))


def test_an_advisor_does_not_come_to_its_pages(app: Any, site: Site, kari: str) -> None:
    ragnhild = a_person(site, "ragnhild@raad.no", "Ragnhild")
    company = a_company(site, owners=[kari], advisors=[ragnhild])

    page = browser_of(app, site, ragnhild).get(f"/organisations/{company}", 403)

    assert "Dette har du ikke tilgang til" in text_of(page)


def test_an_invitation_without_an_address_asks_for_the_colleagues(app: Any, site: Site, kari: str) -> None:
    company = a_company(site, owners=[kari])
    owner = browser_of(app, site, kari)

    page = owner.post(f"/organisations/{company}/invitations/new", {"email": "", "role": "member"}, 400)

    assert "Skriv e-postadressen til den du vil invitere" in text_of(page)


def test_a_colleague_is_invited_joins_is_made_owner_and_removed(app: Any, site: Site, kari: str) -> None:
    company = a_company(site, owners=[kari])
    owner, colleague = browser_of(app, site, kari), anonymous(app)

    owner.post(f"/organisations/{company}/invitations/new", {"email": "ola@eksempel.no", "role": "member"})
    assert "ola@eksempel.no" in text_of(owner.get(f"/organisations/{company}"))
    invitation_of(site, "secret")
    offered = colleague.get("/invitation/secret")
    joined = colleague.post("/invitation/secret", {"name": "Ola Hansen"})
    ola = _id_of(site, "ola@eksempel.no")

    assert len(site.queue.ids) == 1  # type: ignore[attr-defined]  # the tests' own queue
    assert "Kari Nordmann inviterer deg" in text_of(offered)
    assert joined.headers["Location"] == "/nb/assessments"
    assert "Du er med i Eksempel Møbelverksted AS" in text_of(colleague.get("/assessments"))
    assert "Ola Hansen" in text_of(owner.get(f"/organisations/{company}"))

    owner.post(f"/organisations/{company}/people/{ola}/role", {"role": "owner"})
    colleague.get(f"/organisations/{company}/people/{kari}")
    owner.post(f"/organisations/{company}/people/{ola}/removal")

    assert colleague.client.get(f"/nb/organisations/{company}").headers["Location"].startswith("/nb/signin")
    assert "Ola Hansen" not in text_of(owner.get(f"/organisations/{company}"))


def _id_of(site: Site, email: str) -> str:
    with site.database.read() as session:
        return session.scalars(select(Person.id).where(Person.email == email)).one()


def test_a_link_says_why_it_is_good_for_nothing(app: Any, site: Site, kari: str) -> None:
    company = a_company(site, owners=[kari])
    owner, visitor = browser_of(app, site, kari), anonymous(app)
    owner.post(f"/organisations/{company}/invitations/new", {"email": "ola@eksempel.no", "role": "member"})
    id_ = invitation_of(site, "secret")

    visitor.get("/invitation/another", 404)
    visitor.post("/invitation/secret")
    used = anonymous(app).post("/invitation/secret", status=410)
    with site.database.write() as session:
        row = session.get_one(Invitation, id_)
        row.used_utc, row.ends_utc = None, datetime(2026, 1, 1, tzinfo=UTC)
    expired = anonymous(app).get("/invitation/secret", 410)

    assert "Invitasjonen er brukt" in text_of(used)
    assert "Invitasjonen har gått ut" in text_of(expired)


def test_an_open_invitation_is_sent_again_and_withdrawn(app: Any, site: Site, kari: str) -> None:
    company = a_company(site, owners=[kari])
    owner = browser_of(app, site, kari)
    path = f"/organisations/{company}/invitations"
    owner.post(f"{path}/new", {"email": "ola@eksempel.no", "role": "owner"})
    id_ = invitation_of(site, "secret")

    owner.post(f"{path}/{id_}/again")
    assert "sendt på nytt" in text_of(owner.get(f"/organisations/{company}"))
    owner.post(f"{path}/{id_}/withdrawal")

    assert "ola@eksempel.no" not in text_of(owner.get(f"/organisations/{company}"))
    anonymous(app).get("/invitation/secret", 404)


def test_a_wrong_address_stays_in_the_form(app: Any, site: Site, kari: str) -> None:
    company = a_company(site, owners=[kari])
    path = f"/organisations/{company}/invitations/new"

    page = browser_of(app, site, kari).post(path, {"email": "ola@", "role": "king"}, 400)

    assert 'value="ola@"' in page.text
    assert text_of(page).count("Velg en rolle") == 2


def test_the_last_owner_is_told_why_they_stay(app: Any, site: Site, kari: str) -> None:
    company = a_company(site, owners=[kari])
    owner = browser_of(app, site, kari)

    page = owner.post(f"/organisations/{company}/leaving", status=409)

    assert "Virksomheten må ha minst én eier" in text_of(page)
    assert "Gjør en annen til eier først" in text_of(owner.get(f"/organisations/{company}/people/{kari}"))


def test_a_member_leaves(app: Any, site: Site, kari: str) -> None:
    ola = a_person(site, "ola@eksempel.no", "Ola")
    company = a_company(site, owners=[kari], members=[ola])
    browser = browser_of(app, site, ola)

    browser.get(f"/organisations/{company}/leaving")
    left = browser.post(f"/organisations/{company}/leaving")

    assert left.headers["Location"] == "/nb/account"
    assert "Du har forlatt virksomheten" in text_of(browser.get("/account"))
    browser.get(f"/organisations/{company}", 404)


def test_an_invitation_warns_whoever_is_signed_in_as_somebody_else(app: Any, site: Site, kari: str) -> None:
    company, liv = a_company(site, owners=[kari]), a_person(site, "liv@annen.no", "Liv")
    browser_of(app, site, kari).post(
        f"/organisations/{company}/invitations/new", {"email": "ola@eksempel.no", "role": "member"}
    )
    invitation_of(site, "secret")
    browser = browser_of(app, site, liv)

    assert "Du er logget inn med en annen adresse nå" in text_of(browser.get("/invitation/secret"))
    browser.post("/invitation/secret")

    assert "ola@eksempel.no" in text_of(browser.get("/account"))
    with site.database.read() as session:
        assert not session.scalars(select(Membership).where(Membership.person_id == liv)).all()


def test_names_that_lure_are_only_text(app: Any, site: Site, kari: str) -> None:
    name = "<script>alert(1)</script> & «Sønner»"
    id_ = registering.set_up(site, as_actor(site, kari), Wanted(None, name), datetime.now(UTC))

    page = browser_of(app, site, kari).get(f"/organisations/{id_}")

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


def test_every_page_is_there_in_three_languages(app: Any, site: Site, kari: str) -> None:
    ola = a_person(site, "ola@eksempel.no", "Ola")
    company = a_company(site, owners=[kari], members=[ola])
    browser = browser_of(app, site, kari)

    for language in ("nb", "nn", "en"):
        for page in ("", "/units", "/invitations/new", "/leaving", f"/people/{ola}"):
            assert browser.get(f"/{language}/organisations/{company}{page}")
        for page in ("", "/unnumbered", f"/{WORKSHOP.orgnr}", f"?own={company}", f"?parent={company}"):
            assert browser.get(f"/{language}/organisations/new{page}")
