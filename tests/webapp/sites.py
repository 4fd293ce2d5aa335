"""Installations for tests: a database and files in a folder of the test, and people, companies, assessments.

Everything that has a use case goes through it, so that what stands in the tables is what the program writes.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from pydantic_settings import BaseSettings
from pydantic_settings import PydanticBaseSettingsSource as Source
from sqlalchemy import text

from assessment.answers import AnswerSet
from assessment.jsontext import read_json
from assessment.reading import read_answers
from questionnaires.model import asked_at
from questionnaires.values import Depth
from tests.webapp.kinds import new_database_url, remember
from webapp.db.engine import Database
from webapp.db.migrating import heads
from webapp.db.tables.all import METADATA
from webapp.db.tables.organisations import (
    AdvisorAssignment,
    Organisation,
    Participation,
    Programme,
    ProgrammeStaff,
)
from webapp.db.tables.people import Membership, Person
from webapp.evidence.storage import open_store
from webapp.register.choose import register_of
from webapp.services.actor import Actor
from webapp.services.answering import Said, save_answers
from webapp.services.assessments import Wanted, start_assessment
from webapp.services.definitions import Definitions
from webapp.services.opening import open_assessment
from webapp.services.profile import SaidFact, open_profile, save_profile
from webapp.services.sessions import actor_of
from webapp.services.shelf import Shelf
from webapp.services.site import Site
from webapp.services.submitting import Receipt, submit
from webapp.settings import Settings

EXAMPLES = Path(__file__).parents[2] / "questionnaires" / "examples"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WORKSHOP = "eksempel_mobelverksted/circular_business_models"
SHELF = Shelf(Definitions())
"""The shipped definitions, read once for all tests of a process."""


@dataclass
class Pokes:
    """A queue that remembers what it was told."""

    ids: list[str] = field(default_factory=list)

    def poke(self, job_id: str) -> None:
        """Remember a job."""
        self.ids.append(job_id)


class _Chosen(Settings):
    """What a test chooses; the environment, which is slow to read, says nothing."""

    @classmethod
    def settings_customise_sources(
        cls, _of: type[BaseSettings], init_settings: Source, **_: Source
    ) -> tuple[Source, ...]:
        return (init_settings,)


def make_site(folder: Path, like: Settings | None = None, **chosen: Any) -> Site:
    """An installation with empty tables. ``chosen``: settings; nothing in it reaches for a network.

    On the kind of database that the test runs on (:mod:`tests.webapp.kinds`). ``like``: the settings of
    another on the same kind, to have its rows and files too; nobody writes to it after it was made.
    """
    rows_of = None if like is None else like.database
    is_made = "database_url" not in chosen and (url := new_database_url(rows_of)) is not None
    if is_made:
        chosen["database_url"] = url
    settings = _Chosen(
        **{
            "data_dir": folder / "site",
            "secret_key": SecretStr("a secret of the tests"),
            "register_offline": True,
            **chosen,
        }
    )
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    if settings.database_url is None:
        shutil.copy(empty_database(), settings.data_dir / "kretslop.db")
    if like is not None:
        if settings.database_url is None:
            _copy_rows(like.data_dir / "kretslop.db", settings.data_dir / "kretslop.db")
        shutil.copytree(like.data_dir / "files", settings.data_dir / "files", dirs_exist_ok=True)
    database = remember(Database(settings.database))
    if settings.database_url is not None and not is_made:
        METADATA.create_all(database.engine)
    return Site(settings, database, SHELF, open_store(settings), register_of(settings), Pokes())


def migrated(site: Site) -> Site:
    """The same, which says of its tables, made at once, what migrations would have said."""
    with site.database.write() as session:
        session.execute(
            text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        )
        session.execute(text("DELETE FROM alembic_version"))
        session.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": heads()[0]})
    return site


def _copy_rows(model: Path, copy: Path) -> None:
    """The file alone may lack what is in its log while somebody has it open."""
    with closing(sqlite3.connect(model)) as one, closing(sqlite3.connect(copy)) as other:
        one.backup(other)


@cache
def empty_database() -> Path:
    """A SQLite file with all tables and no rows, to be copied."""
    folder = tempfile.TemporaryDirectory(prefix="kretslop-tables-")
    _KEPT.append(folder)
    file = Path(folder.name) / "empty.db"
    database = Database(f"sqlite:///{file}")
    METADATA.create_all(database.engine)
    database.close()
    return file


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def a_person(
    site: Site, email: str = "kari@eksempel.no", name: str = "Kari Nordmann", language: str = "nb"
) -> str:
    """The id of a new person."""
    with site.database.write() as session:
        person = Person(email=email, name=name, language=language, created_utc=NOW, seen_utc=NOW)
        session.add(person)
        session.flush()
        return person.id


def as_actor(site: Site, person_id: str, now: datetime = NOW) -> Actor:
    """A person with the roles they have now."""
    with site.database.read() as session:
        return actor_of(session, session.get_one(Person, person_id), now)


def a_company(
    site: Site,
    name: str = "Eksempel Møbelverksted AS",
    orgnr: str | None = "311046276",
    *,
    owners: Iterable[str] = (),
    members: Iterable[str] = (),
    advisors: Iterable[str] = (),
    parent: str | None = None,
) -> str:
    """The id of a new organisation. ``owners``, ``members``, ``advisors``: ids of people."""
    with site.database.write() as session:
        company = Organisation(
            name=name,
            orgnr=orgnr,
            kind="unit" if parent else "main",
            parent_id=parent,
            created_utc=NOW,
            active_utc=NOW,
        )
        session.add(company)
        session.flush()
        roles = [(id_, "owner") for id_ in owners] + [(id_, "member") for id_ in members]
        for id_, role in roles:
            session.add(Membership(organisation_id=company.id, person_id=id_, role=role, since_utc=NOW))
        for id_ in advisors:
            session.add(AdvisorAssignment(organisation_id=company.id, person_id=id_, from_utc=NOW))
        return company.id


def a_programme(
    site: Site,
    name: str = "Sirkulær region",
    *,
    staff: Iterable[str] = (),
    companies: Iterable[str] = (),
    branding: str | None = None,
) -> str:
    """The id of a new programme. ``staff``: ids of people; ``branding``: JSON."""
    with site.database.write() as session:
        programme = Programme(
            name=name,
            controller="Eksempel fylkeskommune",
            contact="program@eksempel.no",
            purpose="Forberede samlingene.",
            retention_days=1095,
            branding=branding,
            created_utc=NOW,
        )
        session.add(programme)
        session.flush()
        session.add_all(
            ProgrammeStaff(programme_id=programme.id, person_id=id_, since_utc=NOW) for id_ in staff
        )
        session.add_all(
            Participation(programme_id=programme.id, organisation_id=id_, since_utc=NOW) for id_ in companies
        )
        return programme.id


def example_answers(example: str = WORKSHOP) -> AnswerSet:
    """The answers of a shipped file, such as ``eksempel_bygg/circular_business_models``."""
    source = read_json((EXAMPLES / f"{example}.json").read_bytes(), example)
    reading = read_answers(source, SHELF.definitions.questionnaire, SHELF.definitions.shared_facts)
    assert reading.answers is not None, reading.problems
    return reading.answers


def an_assessment(
    site: Site,
    actor: Actor,
    company: str,
    questionnaire: str = "circular_business_models",
    *,
    depth: Depth = "basic",
    period: str = "2025",
    now: datetime = NOW,
) -> str:
    """The id of a new assessment without answers."""
    return start_assessment(site, actor, Wanted(company, questionnaire, depth, period), now)


def answer_like(
    site: Site, actor: Actor, assessment: str, answers: AnswerSet, *, now: datetime = NOW
) -> None:
    """Save a whole profile and every answer the assessment asks for, over whatever stands there."""
    opened = open_assessment(site, actor, assessment)
    company = opened.organisation.id
    facts = open_profile(site, actor, company)
    said_facts = [
        SaidFact(id_, value, facts[id_].version if id_ in facts else 0)
        for id_, value in answers.profile.items()
    ]
    assert save_profile(site, actor, company, said_facts, now) == ()
    asked = {p.question.id for p in opened.shelved.plan.questions if asked_at(p.question, opened.depth)}
    held = opened.held
    said = [
        Said(id_, answer, held[id_].version if id_ in held else 0)
        for id_, answer in answers.answers.items()
        if id_ in asked
    ]
    assert save_answers(site, actor, assessment, said, now).clashes == ()


@dataclass(frozen=True)
class HandedIn:
    """An assessment that was handed in."""

    id: str
    submission_id: str
    receipt: Receipt


def submitted(
    site: Site,
    actor: Actor,
    company: str,
    example: str = WORKSHOP,
    *,
    period: str = "2025",
    now: datetime = NOW,
) -> HandedIn:
    """A new assessment of an owner's company, answered as an example's and handed in."""
    answers = example_answers(example)
    id_ = an_assessment(
        site, actor, company, answers.questionnaire, depth=answers.depth, period=period, now=now
    )
    answer_like(site, actor, id_, answers, now=now)
    receipt = submit(site, actor, id_, 0, now)
    return HandedIn(id_, receipt.submission_id, receipt)


def a_workshop(site: Site, language: str = "nb") -> tuple[Actor, str]:
    """An owner, and the id of the company they own: what most tests begin with."""
    owner = a_person(site, language=language)
    company = a_company(site, owners=[owner])
    return as_actor(site, owner), company
