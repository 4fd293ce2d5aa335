"""What those who run a programme do to it: set it up, copy it, and carry it elsewhere.

A programme is a template: what is copied is what it offers, never a company, a registration or who was there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from questionnaires.errors import DefinitionError, Problem
from questionnaires.model import Questionnaire
from questionnaires.programme import ProgrammeTemplate, blank_copy
from questionnaires.programme_file import DEFAULT_TEMPLATE, parse_template, read_template, write_template
from webapp.db import queries_activities as queries
from webapp.db import queries_team as team_queries
from webapp.db.queries_staffing import find_programme
from webapp.db.tables.activities import Partner
from webapp.db.tables.organisations import Programme, ProgrammeStaff
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.formbase import base_of
from webapp.services.offering import frame_of, in_all, put_frame, put_template, template_in
from webapp.services.reports import slug
from webapp.services.site import Site

MAX_FILE_BYTES = 1_000_000
RETENTION_DAYS = 1095
"""How long a new programme keeps what nobody uses, until somebody decides otherwise."""


class FileProblems(Exception):
    """A file that is no programme. ``problems``: everything that is wrong, with its place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} problems")


@dataclass(frozen=True, slots=True)
class NewProgramme:
    """What a new programme is called and who answers for it. ``contact``: whom people write to."""

    name: str
    controller: str
    contact: str
    purpose: str = ""

    @property
    def base(self) -> str:
        """What a form of it carries."""
        return base_of(self.name, self.controller, self.contact, self.purpose)


@dataclass(frozen=True, slots=True)
class Desk:
    """A programme for somebody who runs it, as the one value it is."""

    id: str
    name: str
    template: ProgrammeTemplate
    partners: tuple[Partner, ...]


def own_programmes(site: Site, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The ids and names of the programmes an actor runs.

    Whoever runs one may set up more; the first is the operator's to set up. Raises NotThere for all others.
    """
    if not actor.programmes:
        raise NotThere
    with site.database.read() as session:
        return tuple((one.id, one.name) for one in queries.programmes_open_to(session, (), actor.programmes))


def shipped_template(site: Site) -> ProgrammeTemplate:
    """The template that comes with the program."""
    return read_template(DEFAULT_TEMPLATE, _questionnaires(site))


def read_programme_file(site: Site, content: bytes, name: str) -> ProgrammeTemplate:
    """A programme from a file that somebody sent. Raises FileProblems, and Refused: too large, no text."""
    if len(content) > MAX_FILE_BYTES:
        raise Refused("programme.file_large", limit=MAX_FILE_BYTES // 1_000_000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("programme.file_text") from error
    try:
        return parse_template(text, name, _questionnaires(site))
    except DefinitionError as error:
        raise FileProblems(tuple(error.problems)) from error


def copied_template(site: Site, actor: Actor, programme_id: str) -> ProgrammeTemplate:
    """What another programme starts from: without partners, dates, places and people. Raises NotThere."""
    return blank_copy(open_desk(site, actor, programme_id).template)


def set_up(site: Site, actor: Actor, wanted: NewProgramme, template: ProgrammeTemplate, now: datetime) -> str:
    """A new programme that the actor runs; its id. Raises NotThere for those who run none, NotSaved."""
    with site.database.write() as session:
        if not any(team_queries.runs(session, id_, actor.person_id) for id_ in sorted(actor.programmes)):
            raise NotThere
        programme = _add(session, wanted, template, actor.person_id, now)
        session.add(ProgrammeStaff(programme_id=programme.id, person_id=actor.person_id, since_utc=now))
        record(session, now, "programme_set_up", person_id=actor.person_id, programme=programme.id)
        return programme.id


def open_about(site: Site, actor: Actor, programme_id: str) -> NewProgramme:
    """What a programme says of itself, for somebody who runs it. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        return _about(session.get_one(Programme, programme_id))


def _about(row: Programme) -> NewProgramme:
    return NewProgramme(row.name, row.controller, row.contact, row.purpose)


def change_about(
    site: Site, actor: Actor, programme_id: str, wanted: NewProgramme, *, base: str, now: datetime
) -> None:
    """Have a programme say something else of itself.

    ``base``: of what the form was made from. Raises NotThere, NotSaved, and Refused: changed since.
    """
    with running(site, actor, programme_id) as session:
        row = session.get_one(Programme, programme_id)
        if base != _about(row).base:
            raise Refused("programme.changed_since")
        if wanted.name != row.name:
            put_frame(row, frame_of(row).model_copy(update={"name": in_all(wanted.name)}))
        row.name, row.controller = wanted.name, wanted.controller
        row.contact, row.purpose = wanted.contact, wanted.purpose
        record(session, now, "programme_changed", person_id=actor.person_id, programme=row.id)


def set_up_by_operator(site: Site, wanted: NewProgramme, template: ProgrammeTemplate, now: datetime) -> str:
    """A new programme that nobody runs yet; its id. Raises NotSaved."""
    with site.database.write() as session:
        programme = _add(session, wanted, template, None, now)
        record(session, now, "programme_set_up_by_operator", programme=programme.id)
        return programme.id


def _add(
    session: Session, wanted: NewProgramme, template: ProgrammeTemplate, person_id: str | None, now: datetime
) -> Programme:
    programme = Programme(
        name=wanted.name,
        controller=wanted.controller,
        contact=wanted.contact,
        purpose=wanted.purpose,
        retention_days=RETENTION_DAYS,
        created_utc=now,
    )
    session.add(programme)
    session.flush()
    if wanted.name not in template.name.model_dump().values():
        template = template.model_copy(update={"name": in_all(wanted.name)})
    put_template(session, programme, template, person_id, now)
    return programme


def every_programme(site: Site) -> tuple[tuple[str, str, int], ...]:
    """Id, name and number of activities of every programme, by name."""
    with site.database.read() as session:
        rows = session.scalars(select(Programme).order_by(Programme.name, Programme.id))
        return tuple((row.id, row.name, len(queries.activities_of(session, [row.id]))) for row in rows)


def exported(site: Site, programme: str) -> bytes:
    """The file that carries a programme, given by its id or its name. Raises NotThere."""
    with site.database.read() as session:
        found = find_programme(session, programme)
        if found is None:
            raise NotThere
        return write_template(template_in(session, found)).encode()


def open_desk(site: Site, actor: Actor, programme_id: str) -> Desk:
    """A programme for somebody who runs it. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        programme = session.get_one(Programme, programme_id)
        return Desk(
            id=programme.id,
            name=programme.name,
            template=template_in(session, programme),
            partners=tuple(queries.partners_of(session, programme_id)),
        )


def programme_file(site: Site, actor: Actor, programme_id: str) -> tuple[str, bytes]:
    """The name and the content of the one file that carries a programme: what it offers and no company.

    Raises NotThere.
    """
    desk = open_desk(site, actor, programme_id)
    return f"{slug(desk.name) or 'programme'}.yaml", write_template(desk.template).encode()


@contextmanager
def running(site: Site, actor: Actor, programme_id: str) -> Iterator[Session]:
    """A transaction in which the actor runs the programme and nobody else changes it.

    Raises NotThere, NotSaved.
    """
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.write() as session:
        session.get(Programme, programme_id, with_for_update=True)
        if not team_queries.runs(session, programme_id, actor.person_id):
            raise NotThere
        yield session


def _questionnaires(site: Site) -> list[Questionnaire]:
    return [one.plan.questionnaire for one in site.shelf.offered]
