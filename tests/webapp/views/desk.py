"""An owner at a new assessment in a browser, and what stands in the forms of the wizard.

Tests that begin here run on one kind of database: what the pages do with the other, the services' tests show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from questionnaires.values import Depth, Language
from tests.webapp.apps import app_of
from tests.webapp.sites import (
    NOW,
    SHELF,
    a_company,
    a_person,
    an_assessment,
    answer_like,
    as_actor,
    example_answers,
    make_site,
)
from tests.webapp.views.browsing import Browser, browser_of
from webapp.db.tables.assessments import StoredAnswer
from webapp.db.tables.people import Membership
from webapp.services.opening import Opened, open_assessment
from webapp.services.site import Site
from webapp.words import Words, words_of


@dataclass
class Desk:
    """An owner at a new assessment."""

    site: Site
    app: Any
    owner: str
    company: str
    id: str
    browser: Browser
    language: Language

    @property
    def words(self) -> Words:
        """The texts of the pages."""
        return words_of(self.language)

    def at(self, rest: str = "") -> str:
        """A place of the assessment."""
        return f"/assessments/{self.id}{rest}"

    def form(self, rest: str, button: str = "next") -> dict[str, Any]:
        """What a browser would send for a page as it is, with one of its buttons."""
        return filled(self.browser.get(self.at(rest)), button)

    def stored(self) -> dict[str, str]:
        """What stands as answers, as JSON by question."""
        with self.site.database.read() as session:
            rows = session.scalars(select(StoredAnswer).where(StoredAnswer.assessment_id == self.id))
            return {row.question_id: row.body for row in rows}

    def opened(self) -> Opened:
        """The assessment as it stands."""
        return open_assessment(self.site, as_actor(self.site, self.owner), self.id)

    def answer_all(self) -> Desk:
        """With every question answered."""
        answer_like(self.site, as_actor(self.site, self.owner), self.id, example_answers())
        return self

    def colleague(self) -> Browser:
        """A browser of somebody else in the company."""
        id_ = a_person(self.site, "ola@eksempel.no", "Ola Nordmann")
        with self.site.database.write() as session:
            session.add(Membership(organisation_id=self.company, person_id=id_, role="member", since_utc=NOW))
        return browser_of(self.app, self.site, id_, self.browser.language)


def filled(page: TestResponse, button: str = "next") -> dict[str, Any]:
    """What stands in the form of a page: texts as they are, boxes as they are ticked."""
    form = re.search(
        r'(?s)<form class="wizard".*?</form>|<form method="post" action="[^"]+/profile".*?</form>', page.text
    )
    assert form is not None
    return {**dict(_standing(form[0])), "action": button}


def _standing(form: str) -> Iterator[tuple[str, str]]:
    for tag in re.findall(r"<input\b[^>]*>", form):
        found = {name: unescape(value) for name, value in re.findall(r'([a-z-]+)="([^"]*)"', tag)}
        is_ticked = re.search(r"\schecked\b", tag) is not None
        if "name" in found and (found.get("type") not in ("radio", "checkbox") or is_ticked):
            yield found["name"], found.get("value", "")
    for name, text in re.findall(r'(?s)<textarea\b[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form):
        yield name, unescape(text)


def links(page: str) -> list[str]:
    """Where the links of the error summary lead; each place is on the page."""
    found = re.search(r'(?s)<div class="ds-error-summary".*?</div>', page)
    assert found is not None
    places = re.findall(r'href="#([^"]+)"', found[0])
    assert all(f'id="{place}"' in page for place in places), places
    return places


def text(key: str, language: Language) -> str:
    """What the questionnaire says."""
    plan = SHELF.open("circular_business_models", "1.0.0").plan
    return plan.questionnaire.words(language)[key]


def make_desk(folder: Path, language: Language = "nb", *, depth: Depth = "basic") -> Desk:
    """A desk on an installation in a folder."""
    site = make_site(folder)
    owner = a_person(site, language=language)
    company = a_company(site, owners=[owner])
    id_ = an_assessment(site, as_actor(site, owner), company, depth=depth)
    app = app_of(site)
    return Desk(site, app, owner, company, id_, browser_of(app, site, owner, language), language)
