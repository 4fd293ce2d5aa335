"""Who has which section of an assessment, and who else could have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from questionnaires.model import Section
from webapp.db import queries_delegation as queries
from webapp.db.tables.people import Invitation, Person
from webapp.errors import NotAllowed, Refused
from webapp.services.actor import Actor
from webapp.services.opening import Opened, opened_in
from webapp.services.people import called
from webapp.services.site import Site
from webapp.services.wizard import find_section


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a section. ``person_id``: None while they have not joined; then ``who`` is an address."""

    section_id: str
    who: str
    person_id: str | None
    given_utc: datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a section can be given to without inviting them."""

    person_id: str
    name: str
    email: str
    is_self: bool


@dataclass(frozen=True, slots=True)
class Handing:
    """What there is to know before a section is given away. ``may_invite``: they are an owner."""

    opened: Opened
    section: Section
    candidates: tuple[Candidate, ...]
    holders: Mapping[str, Holder]
    may_invite: bool

    @property
    def holder(self) -> Holder | None:
        """Who has the section now."""
        return self.holders.get(self.section.id)

    @property
    def may_take_back(self) -> bool:
        """Whether they can free the section: an invitation is the owners' to withdraw."""
        return self.holder is not None and (self.holder.person_id is not None or self.may_invite)


def look_at(site: Site, actor: Actor, assessment_id: str, section_id: str) -> Handing:
    """What somebody sees who wants to give a section away. Raises NotThere, NotAllowed, Refused."""
    with site.database.read() as session:
        opened = opened_in(session, site, actor, assessment_id)
        refuse_trial(actor)
        if not opened.is_editable:
            raise Refused("wizard.locked")
        people = queries.people_who_answer(session, opened.organisation)
        return Handing(
            opened=opened,
            section=find_section(opened, section_id),
            candidates=tuple(sorted((_candidate(one, actor) for one in people), key=_by_name)),
            holders=holders_in(session, opened.id),
            may_invite=actor.is_any_of(opened.organisation.id, "owner"),
        )


def _candidate(person: Person, actor: Actor) -> Candidate:
    assert person.email is not None
    name = called(person.name, person.email)
    return Candidate(person.id, name, person.email, is_self=person.id == actor.person_id)


def _by_name(one: Candidate) -> str:
    return one.name.casefold()


def holders_in(session: Session, assessment_id: str) -> dict[str, Holder]:
    """Who has which section, by section; what an erased person had is nobody's."""
    found = {}
    for task, person in queries.holders_of(session, assessment_id):
        who = task.email if person is None else called(person.name, person.email)
        if who and task.given_utc is not None:
            found[task.section_id] = Holder(task.section_id, who, task.person_id, task.given_utc)
    return found


def let_go(session: Session, organisation_id: str, email: str) -> None:
    """Make nobody's what waits for somebody who will not join: they said no, or are not wanted any more."""
    for task in queries.waiting_tasks(session, organisation_id, email):
        task.email = task.by_person_id = task.given_utc = None


def end_invitations(session: Session, *which: ColumnElement[bool]) -> None:
    """Take invitations back: their links let nobody in, and what waited for their addresses is nobody's."""
    for invitation in session.scalars(select(Invitation).where(*which)).all():
        let_go(session, invitation.organisation_id, invitation.email)
        session.delete(invitation)
    session.flush()


def refuse_trial(actor: Actor) -> None:
    """Who has no address has no colleagues. Raises NotAllowed."""
    if actor.is_trial:
        raise NotAllowed
