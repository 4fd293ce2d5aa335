"""A company that has handed in, with everybody who may look at it, each in a browser."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tests.webapp.apps import app_of
from tests.webapp.kinds import Kind, current_kind, lasting
from tests.webapp.services.printing import print_all
from tests.webapp.sites import (
    NOW,
    WORKSHOP,
    a_company,
    a_person,
    a_programme,
    an_assessment,
    as_actor,
    make_site,
    submitted,
)
from tests.webapp.views.browsing import Browser, browser_of
from webapp.db.tables.assessments import Assessment
from webapp.services.actor import Actor
from webapp.services.site import Site
from webapp.settings import Settings

LATER = NOW + timedelta(hours=1)


@dataclass
class After:
    """``id``: of what was handed in; people by their ids."""

    site: Site
    app: Any
    id: str
    company: str
    programme: str
    owner: str
    member: str
    advisor: str
    staff: str
    stranger: str

    def browser(self, person: str, language: str = "nb") -> Browser:
        """A browser somebody is signed in with."""
        return browser_of(self.app, self.site, person, language)

    def actor(self, person: str) -> Actor:
        """Somebody with the roles they have."""
        return as_actor(self.site, person)

    def path(self, rest: str) -> str:
        """The address of a page about what was handed in."""
        return f"/assessments/{self.id}/{rest}"

    def state(self) -> str:
        """The state it is in."""
        with self.site.database.read() as session:
            return session.get_one(Assessment, self.id).state

    def draft(self) -> str:
        """The id of another assessment, which is not handed in."""
        return an_assessment(self.site, self.actor(self.owner), self.company, "sustainability_reporting")

    def again(self, period: str = "2026") -> str:
        """The id of the same handed in for another year."""
        return submitted(self.site, self.actor(self.owner), self.company, period=period, now=LATER).id

    def print(self) -> None:
        """Have the documents made that were ordered."""
        print_all(self.site, self.actor(self.owner), self.id)


def hand_in(folder: Path, example: str = WORKSHOP, name: str = "Eksempel Møbelverksted AS") -> After:
    """A company of which everybody has something to do with an assessment, and a stranger."""
    made, ids = _handed_in(current_kind(), example, name)
    site = make_site(folder, like=made)
    return After(site=site, app=app_of(site), **ids)


@cache
def _handed_in(kind: Kind, example: str, name: str) -> tuple[Settings, dict[str, str]]:
    """An installation with all of it, made once a kind and copied for each test, and the ids of all in it."""
    folder = tempfile.TemporaryDirectory(prefix="kretslop-after-")
    _KEPT.append(folder)
    with lasting():
        site = make_site(Path(folder.name))
    people = {
        "owner": a_person(site),
        "member": a_person(site, "ola@eksempel.no", "Ola Nordmann"),
        "advisor": a_person(site, "radgiver@fylke.no", "Rådgiver Eksempel"),
        "staff": a_person(site, "program@fylke.no", "Programleder Eksempel"),
        "stranger": a_person(site, "else@eksempel.no", "Else Fremmed"),
    }
    company = a_company(
        site, name, owners=[people["owner"]], members=[people["member"]], advisors=[people["advisor"]]
    )
    programme = a_programme(site, staff=[people["staff"]], companies=[company])
    id_ = submitted(site, as_actor(site, people["owner"]), company, example).id
    site.database.close()
    return site.settings, {"id": id_, "company": company, "programme": programme, **people}


_KEPT: list[tempfile.TemporaryDirectory[str]] = []
