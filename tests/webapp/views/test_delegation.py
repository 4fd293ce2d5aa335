"""The page that gives a section away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from flask import Flask

from tests.webapp.apps import app_of
from tests.webapp.sites import NOW, Pokes, a_company, a_person, an_assessment, as_actor, make_site
from tests.webapp.views.browsing import Browser, browser_of, text_of, timeless
from webapp.services import limits
from webapp.services.delegation import give_section
from webapp.services.site import Site

OLA, NORA = "ola@eksempel.no", "nora@eksempel.no"


@dataclass(frozen=True)
class Office:
    """A company with an owner and a member, each at their browser."""

    site: Site
    app: Flask
    kari: str
    ola: str
    assessment: str
    owner: Browser
    member: Browser

    @property
    def path(self) -> str:
        """The page of the first section."""
        return f"/assessments/{self.assessment}/sections/strategy"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    site = make_site(tmp_path)
    kari, ola = a_person(site), a_person(site, OLA, "Ola Hansen")
    company = a_company(site, owners=[kari], members=[ola])
    app = app_of(site)
    id_ = an_assessment(site, as_actor(site, kari), company)
    return Office(site, app, kari, ola, id_, browser_of(app, site, kari), browser_of(app, site, ola))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", ("Gi delen til en kollega", "En som ikke er med ennå", "Slik er delene fordelt")),
        ("nn", ("Gi delen til ein kollega", "Ein som ikkje er med enno", "Slik er delane fordelte")),
        ("en", ("Give the section to a colleague", "Someone who has not joined", "Who has which section")),
    ],
)
def test_an_owner_chooses_among_colleagues_or_invites(
    office: Office, language: str, said: tuple[str, ...]
) -> None:
    page = text_of(office.owner.get(f"/{language}{office.path}/give"))

    assert all(text in page for text in said)
    assert OLA in page


def test_a_member_chooses_among_colleagues_only(office: Office) -> None:
    page = office.member.get(f"{office.path}/give")

    assert "Be en eier om å sende en invitasjon." in text_of(page)
    assert 'name="email"' not in page.text


def test_a_colleague_gets_the_section_a_mail_and_a_line_in_their_list(office: Office) -> None:
    sent = office.owner.post(f"{office.path}/give", {"who": office.ola})

    assert sent.headers["Location"] == f"/nb/assessments/{office.assessment}"
    tasks = text_of(office.owner.get(sent.headers["Location"]))
    assert "Ola Hansen har fått delen" in tasks
    assert "gitt til Ola Hansen" in tasks
    assert len(cast(Pokes, office.site.queue).ids) == 1
    assert "Deler du har fått" in text_of(office.member.get("/assessments"))


def test_a_colleague_who_has_had_enough_mail_today_is_to_be_told_in_person(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LETTERS_A_DAY", 0)

    sent = office.owner.post(f"{office.path}/give", {"who": office.ola})

    tasks = text_of(office.owner.get(sent.headers["Location"]))
    assert "Ola Hansen har fått delen, men ingen e-post om det." in tasks
    assert cast(Pokes, office.site.queue).ids == []


def test_somebody_new_is_invited_with_the_section(office: Office) -> None:
    sent = office.owner.post(f"{office.path}/give", {"who": "other", "email": f" {NORA.upper()} "})

    assert f"{NORA} er invitert" in text_of(office.owner.get(sent.headers["Location"]))
    page = text_of(office.member.get(f"{office.path}/give"))
    assert f"{NORA} er invitert, men har ikke blitt med ennå." in page
    assert "Bare en eier kan trekke invitasjonen tilbake." in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Velg hvem som skal svare"),
        ({"who": "nobody"}, "Velg hvem som skal svare"),
        ({"who": "other"}, "Skriv e-postadressen"),
        ({"who": "other", "email": "nora"}, "Sjekk e-postadressen."),
        ({"who": "other", "email": "a" * 300 + "@eksempel.no"}, "Sjekk e-postadressen."),
        ({"who": "other", "email": "nora@eksempel.no\r\nBcc: a@b.no"}, "Sjekk e-postadressen."),
        ({"who": "\x00", "email": "\x00"}, "Velg hvem som skal svare"),
    ],
    ids=["nothing", "unknown", "no address", "half", "long", "two lines", "nul"],
)
def test_a_form_that_says_too_little_comes_back(office: Office, data: dict[str, str], said: str) -> None:
    page = office.owner.post(f"{office.path}/give", data, 400)

    assert said in text_of(page)
    assert "data-error-summary" in page.text


def test_a_member_who_names_another_address_is_told_to_choose(office: Office) -> None:
    page = office.member.post(f"{office.path}/give", {"who": "other", "email": NORA}, 400)

    assert "Velg hvem som skal svare" in text_of(page)


def test_a_colleague_removed_meanwhile_is_no_choice_any_more(office: Office) -> None:
    stranger = a_person(office.site, NORA)

    office.member.post(f"{office.path}/give", {"who": stranger}, 400)


def test_a_section_is_taken_back(office: Office) -> None:
    owner = as_actor(office.site, office.kari)
    give_section(office.site, owner, office.assessment, "strategy", NOW, email=OLA)

    pages = [
        text_of(office.member.get(office.member.post(f"{office.path}/take-back").headers["Location"]))
        for _ in range(2)
    ]

    assert "Delen er tatt tilbake fra Ola Hansen." in pages[0]
    assert "Ingen hadde denne delen." in pages[1]


def test_an_invitation_goes_with_its_section(office: Office) -> None:
    office.owner.post(f"{office.path}/give", {"who": "other", "email": NORA})

    office.member.post(f"{office.path}/take-back", status=403)
    office.owner.post(f"{office.path}/take-back")

    page = text_of(office.owner.get(f"{office.path}/give"))
    assert f"invitasjonen til {NORA} virker ikke lenger" in page


def test_the_language_can_be_changed_after_a_refusal(office: Office) -> None:
    refused = office.owner.post(f"{office.path}/give", {}, 400)

    assert f'href="/en{office.path}/give"' in refused.text


def test_a_stranger_cannot_tell_the_page_from_one_that_never_was(office: Office) -> None:
    stranger = browser_of(office.app, office.site, a_person(office.site, "else@eksempel.no"))

    foreign = stranger.get(f"{office.path}/give", 404)
    unknown = stranger.get(f"/assessments/{'x' * 22}/sections/strategy/give", 404)

    assert timeless(foreign.text.replace(office.assessment, "x" * 22)) == timeless(unknown.text)
    office.owner.get(f"/assessments/{office.assessment}/sections/no_such/give", 404)
