"""A hand-in with everything an advisor looks at: the round before, files, and two advisors who rate it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.answers import Answer
from tests.webapp.apps import app_of
from tests.webapp.kinds import Kind, current_kind, lasting
from tests.webapp.sites import (
    NOW,
    a_company,
    a_person,
    a_programme,
    an_assessment,
    answer_like,
    as_actor,
    example_answers,
    make_site,
    submitted,
)
from tests.webapp.views.browsing import Browser, browser_of
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.organisations import AdvisorAssignment, Programme
from webapp.services.actor import Actor
from webapp.services.answering import Said, save_answers
from webapp.services.evidence import Upload, add_file
from webapp.services.judging import Judgement, judge
from webapp.services.opening import open_assessment
from webapp.services.reviewing import decide
from webapp.services.site import Site
from webapp.services.submitting import submit
from webapp.settings import Settings

LATER = NOW + timedelta(days=1)
LAST_YEAR = NOW - timedelta(days=360)
AMBITION, MEASURED = "strategy.ambition", "insight.measurement"
"""The company says 3 and 0 to these, and a rule says that the two do not fit together."""

STAYED = "design.durability"
THEN = "Sist hadde vi bare ett mål, for emballasje."
"""What the company wrote beside its ambition the round before, when it said 2."""


@dataclass
class Reviewed:
    """``id``: of what was handed in; ``files``: ids of a picture and a table beside the ambition."""

    site: Site
    app: Any
    id: str
    company: str
    programme: str
    owner: str
    advisor: str
    colleague: str
    stranger: str
    picture: str
    table: str

    def actor(self, person: str) -> Actor:
        """Somebody with the roles they have."""
        return as_actor(self.site, person)

    def browser(self, person: str | None = None, language: str = "nb") -> Browser:
        """A browser somebody is signed in with; the advisor where nobody is named."""
        return browser_of(self.app, self.site, person or self.advisor, language)

    def at(self, rest: str = "") -> str:
        """A place of the review."""
        return f"/assessments/{self.id}/review{f'/{rest}' if rest else ''}"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """The database."""
        with self.site.database.read() as session:
            yield session

    def state(self) -> str:
        """The state it is in."""
        with self.reading() as session:
            return session.get_one(Assessment, self.id).state

    def begin(self, *, is_blind: bool = False) -> Reviewed:
        """With the review begun, where wanted in a programme that rates blind."""
        if is_blind:
            self.blind()
        decide(self.site, self.actor(self.advisor), self.id, "start_review", LATER)
        return self

    def blind(self) -> Reviewed:
        """In a programme that rates blind."""
        with self.site.database.write() as session:
            session.get_one(Programme, self.programme).rates_blind = True
        return self

    def rate(self, question: str, rating: str | None, *, by: str = "", base: int = 0, **more: Any) -> None:
        """Have an advisor rate a question."""
        actor = self.actor(by or self.advisor)
        said = Judgement(rating, **more)
        assert judge(self.site, actor, self.id, question, LATER, judgement=said, base=base).clash is None

    def end_assignment(self) -> None:
        """Take the company from the advisor, now."""
        with self.site.database.write() as session:
            own = AdvisorAssignment.person_id == self.advisor
            session.scalars(select(AdvisorAssignment).where(own)).one().until_utc = NOW

    def resubmit(self, question: str, value: str) -> None:
        """Send it back, have the company change one answer, hand it in again, and begin anew."""
        advisor, owner = self.actor(self.advisor), self.actor(self.owner)
        decide(self.site, advisor, self.id, "send_back", LATER, reason="Se på målene igjen.")
        held = open_assessment(self.site, owner, self.id).held[question]
        said = Said(question, replace(held.answer, value=value), held.version)
        assert save_answers(self.site, owner, self.id, [said], LATER).clashes == ()
        submit(self.site, owner, self.id, 1, LATER)
        decide(self.site, advisor, self.id, "start_review", LATER)


def reviewed(folder: Path) -> Reviewed:
    """An installation of its own with all of it."""
    made, ids = _made(current_kind())
    site = make_site(folder, like=made)
    return Reviewed(site=site, app=app_of(site), **ids)


@cache
def _made(kind: Kind) -> tuple[Settings, dict[str, str]]:
    """Made once a kind and copied for each test."""
    folder = tempfile.TemporaryDirectory(prefix="kretslop-reviewed-")
    _KEPT.append(folder)
    with lasting():
        site = make_site(Path(folder.name))
    ids = fill(site)
    site.database.close()
    return site.settings, ids


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def fill(site: Site, orgnr: str | None = "311046276") -> dict[str, str]:
    """Make all of it in an installation; the ids by name."""
    people = {
        "owner": a_person(site),
        "advisor": a_person(site, "radgiver@fylke.no", "Rita Rådgiver"),
        "colleague": a_person(site, "kollega@fylke.no", "Kåre Kollega"),
        "stranger": a_person(site, "else@eksempel.no", "Else Fremmed"),
    }
    company = a_company(
        site, orgnr=orgnr, owners=[people["owner"]], advisors=[people["advisor"], people["colleague"]]
    )
    programme = a_programme(site, companies=[company])
    owner = as_actor(site, people["owner"])
    before = submitted(site, owner, company, period="2024", now=LAST_YEAR).id
    _was(site, owner, before)
    id_ = an_assessment(site, owner, company, period="2025")
    with site.database.write() as session:
        session.get_one(Assessment, id_).previous_id = before
    answer_like(site, owner, id_, example_answers())
    files = {
        name: add_file(site, owner, id_, AMBITION, NOW, upload=upload).id
        for name, upload in (
            ("picture", Upload("maaltavle.png", a_picture())),
            ("table", Upload("avfall 2025.csv", b"fraksjon;tonn\ntre;12,5\n")),
        )
    }
    submit(site, owner, id_, 0, NOW)
    return {"id": id_, "company": company, "programme": programme, **people, **files}


def _was(site: Site, owner: Actor, id_: str) -> None:
    """The round before, handed in a second time with another ambition."""
    with site.database.write() as session:
        session.get_one(Assessment, id_).state = "reopened"
    held = open_assessment(site, owner, id_).held[AMBITION]
    answer = Answer("answered", "2", comment=THEN)
    assert save_answers(site, owner, id_, [Said(AMBITION, answer, held.version)], LAST_YEAR).clashes == ()
    submit(site, owner, id_, 1, LAST_YEAR)


def a_picture() -> bytes:
    """A small PNG."""
    written = BytesIO()
    Image.new("RGB", (640, 360), "#9cc5a1").save(written, "PNG")
    return written.getvalue()
