"""The pages by which people and companies take and erase what is theirs."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from tests.webapp.apps import app_of
from tests.webapp.services.canaries import Nest, a_copied_nest
from tests.webapp.sites import a_person
from tests.webapp.views.browsing import Browser, anonymous, browser_of, text_of
from webapp.auth.cookies import session_cookie
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Membership, Person
from webapp.services.trial import start_trial


@dataclass
class World:
    """An installation with a company, and browsers."""

    nest: Nest
    app: Flask

    def browser(self, person_id: str, language: str = "nb") -> Browser:
        return browser_of(self.app, self.nest.site, person_id, language)

    @property
    def owner(self) -> Browser:
        return self.browser(self.nest.owner_id)

    @property
    def member(self) -> Browser:
        return self.browser(self.nest.member_id)

    @property
    def company(self) -> str:
        return f"/organisations/{self.nest.company}"

    def is_there(self, table: type[Person] | type[Organisation], id_: str) -> bool:
        with self.nest.site.database.read() as session:
            return session.get(table, id_) is not None


@pytest.fixture
def world(tmp_path: Path) -> World:
    nest = a_copied_nest(tmp_path)
    return World(nest, app_of(nest.site))


@pytest.fixture
def trial(world: World) -> Browser:
    site = world.nest.site
    browser = anonymous(world.app)
    token = start_trial(site.database, "nb", datetime.now(UTC), site.settings)
    browser.client.set_cookie(session_cookie(site.settings), token, domain="localhost")
    return browser


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_stands_in_every_language(world: World, language: str) -> None:
    owner, member = (
        world.browser(world.nest.owner_id, language),
        world.browser(world.nest.member_id, language),
    )

    for path in ("/account/copy", "/account/erasure", f"{world.company}/copy", f"{world.company}/erasure"):
        owner.get(path, 200)
    member.get("/account/erasure", 200)


def test_account_company_and_privacy_notice_lead_there(world: World, trial: Browser) -> None:
    owner = world.owner
    account, notice = owner.get("/account").text, owner.get("/about/privacy").text

    assert "/nb/account/copy" in account
    assert "/nb/account/erasure" in account
    assert f"/nb{world.company}/erasure" in owner.get(world.company).text
    assert "/nb/account/erasure" in notice
    assert "/nb/account/erasure" in trial.get("/about/privacy").text
    assert f"/nb{world.company}/erasure" not in world.member.get(world.company).text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "Tall vises først når minst fem virksomheter er med"),
        ("nn", "Tal blir viste først når minst fem verksemder er med"),
        ("en", "Figures are shown only once at least five organisations are in them"),
    ],
)
def test_the_notice_says_that_ratings_are_compared(world: World, language: str, said: str) -> None:
    page = text_of(world.browser(world.nest.owner_id, language).get("/about/privacy"))

    assert said in page


def test_reading_takes_nothing_and_erases_nothing(world: World) -> None:
    world.member.get("/account/erasure")

    assert world.is_there(Person, world.nest.member_id)


def test_a_person_saves_a_file_about_themselves(world: World) -> None:
    answer = world.member.post("/account/copy", status=200)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="kretslop-om-meg.json"'
    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert json.loads(answer.data)["profile"]["email"] == "kanari-kollega@a.example"


def test_an_erased_person_is_signed_out_and_told(world: World) -> None:
    member = world.member
    answer = member.post("/account/erasure")

    assert not world.is_there(Person, world.nest.member_id)
    assert "Kontoen din er slettet." in text_of(member.client.get(answer.headers["Location"]))
    assert member.client.get("/nb/account").status_code == 303


def test_what_goes_and_what_stays_is_said_before(world: World) -> None:
    page = text_of(world.member.get("/account/erasure"))

    assert "Kommentarene dine, som «tidligere kollega»." in page
    assert "Det kan ikke angres." in page


def test_the_last_owner_is_shown_the_two_ways_out(world: World) -> None:
    page = world.owner.get("/account/erasure")
    refused = world.owner.post("/account/erasure", status=409)

    for shown in (page, refused):
        assert "1 kollega har tilgang" in text_of(shown)
        assert f"/nb{world.company}/erasure" in shown.text
        assert '/account/erasure"' not in shown.text.partition("<main")[2].partition("</main>")[0]
    assert world.is_there(Person, world.nest.owner_id)


def test_somebody_who_tried_erases_all_of_it(world: World, trial: Browser) -> None:
    page = text_of(trial.get("/account/erasure"))
    answer = trial.post("/account/erasure")

    assert "Slett alt du har lagt inn" in page
    assert "Alt du la inn, er slettet." in text_of(trial.client.get(answer.headers["Location"]))
    with world.nest.site.database.read() as session:
        assert list(session.scalars(select(Person.id).where(Person.is_trial))) == []
        assert list(session.scalars(select(Organisation.id))) == [world.nest.company]


def test_an_owner_saves_everything_the_company_has(world: World) -> None:
    answer = world.owner.post(f"{world.company}/copy", status=200)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="kanarifirma_as.zip"'
    assert answer.content_length == len(answer.data)
    assert "kanarifirma_as/company.json" in ZipFile(io.BytesIO(answer.data)).namelist()


def test_the_name_must_be_typed(world: World) -> None:
    owner = world.owner
    for typed in ({}, {"name": ""}, {"name": "Kanarifirma"}, {"name": "x" * 10_000}):
        answer = owner.post(f"{world.company}/erasure", typed, 400)
        assert "Skriv navnet slik det står" in text_of(answer)

    assert world.is_there(Organisation, world.nest.company)


def test_an_owner_erases_the_company(world: World) -> None:
    owner = world.owner
    page = text_of(owner.get(f"{world.company}/erasure"))
    answer = owner.post(f"{world.company}/erasure", {"name": " kanarifirma AS"})

    assert "2 egenvurderinger med svar" in page
    assert "2 opplastede filer" in page
    assert not world.is_there(Organisation, world.nest.company)
    assert "Virksomheten er slettet." in text_of(owner.client.get(answer.headers["Location"]))
    owner.get(world.company, 404)
    world.member.get(f"/assessments/{world.nest.draft}", 404)


def test_a_company_without_a_name_needs_none_typed(world: World) -> None:
    with world.nest.site.database.write() as session:
        session.get_one(Organisation, world.nest.company).name = ""
    owner = world.owner

    owner.get(f"{world.company}/copy")
    owner.get(f"{world.company}/erasure")
    owner.post(f"{world.company}/erasure")

    assert not world.is_there(Organisation, world.nest.company)


def test_members_and_strangers_reach_nothing_of_it(world: World) -> None:
    stranger = world.browser(a_person(world.nest.site, "fremmed@b.example"))

    for browser, status in ((world.member, 403), (stranger, 404)):
        for what in ("copy", "erasure"):
            browser.get(f"{world.company}/{what}", status)
            browser.post(f"{world.company}/{what}", {"name": "Kanarifirma AS"}, status)
    assert world.is_there(Organisation, world.nest.company)


def test_somebody_who_tries_erases_no_company_by_its_page(world: World, trial: Browser) -> None:
    with world.nest.site.database.read() as session:
        own = session.scalars(select(Membership.organisation_id).join(Person).where(Person.is_trial)).one()

    trial.get(f"/organisations/{own}/erasure", 403)
    assert trial.post(f"/organisations/{own}/copy", status=200).data.startswith(b"PK")


def test_whoever_is_not_signed_in_is_asked_to(world: World) -> None:
    nobody = anonymous(world.app)

    for path in ("/account/copy", "/account/erasure", f"{world.company}/copy", f"{world.company}/erasure"):
        nobody.get(path, 303)
        nobody.post(path, status=401)
