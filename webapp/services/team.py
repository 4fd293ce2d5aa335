"""The advisor team of a programme, and which of its companies each of them is given, from when until when.

Being in a team opens no company. An assignment does, between its first and its last moment; whoever leaves
the team has none any more to the programme's companies. Everything is asked anew in the transaction that
changes it: a page may be older than somebody's right to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from questionnaires.values import Language
from webapp.db import queries_team as queries
from webapp.db.ids import is_id
from webapp.db.queries_organisations import count_deeds
from webapp.db.queries_people import find_person_by_email
from webapp.db.queries_portfolio import participants_of
from webapp.db.tables.organisations import AdvisorAssignment, Organisation, Programme, ProgrammeAdvisor
from webapp.db.tables.people import Invitation, Person
from webapp.errors import NotThere, Refused, TooOften
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.holders import end_invitations
from webapp.services.independence import refuse_own_people
from webapp.services.limits import DAY, count_letter
from webapp.services.mailing import order_advisor_added
from webapp.services.site import Site
from webapp.services.terms import begin, end, last_day
from webapp.services.uses import may_be_advised

ADDED_A_DAY = 30
"""By one person, each a mail."""

_DEED = "advisor_added"


@dataclass(frozen=True, slots=True)
class Assigned:
    """A company an advisor is given. ``from_on``, ``until_on``: first and last day, None: no last day.

    ``is_now``: it opens the company at this moment; ``has_ended``: it did.
    """

    person_id: str
    company_id: str
    company: str
    from_on: date
    until_on: date | None
    is_now: bool
    has_ended: bool


@dataclass(frozen=True, slots=True)
class TeamAdvisor:
    """One advisor. ``name``: empty until they have been here since they were added.

    Nobody learns by adding an address whether it has an account, or whose it is.
    """

    person_id: str
    name: str
    email: str
    since_utc: datetime
    was_here: bool
    assigned: tuple[Assigned, ...]

    @property
    def called(self) -> str:
        """What a page calls them."""
        return self.name or self.email


@dataclass(frozen=True, slots=True)
class Team:
    """The advisors of a programme. ``companies``: ids and names of those that take part."""

    programme_id: str
    programme: str
    advisors: tuple[TeamAdvisor, ...]
    companies: tuple[tuple[str, str], ...]

    def find(self, person_id: str) -> TeamAdvisor:
        """One of them. Raises NotThere."""
        for one in self.advisors:
            if one.person_id == person_id:
                return one
        raise NotThere

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The ids of them all, and what each is called."""
        return tuple((one.person_id, one.called) for one in self.advisors)

    @property
    def without(self) -> tuple[str, ...]:
        """The names of the companies that nobody of the team follows now."""
        followed = {given.company_id for one in self.advisors for given in one.assigned if given.is_now}
        return tuple(name for id_, name in self.companies if id_ not in followed)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An assignment somebody wants to make. ``from_on``: None is now; ``until_on``: None is for good."""

    person_id: str
    company_id: str
    from_on: date | None = None
    until_on: date | None = None


def open_team(site: Site, actor: Actor, programme_id: str, now: datetime) -> Team:
    """The advisors of a programme for somebody who runs it. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        programme = session.get_one(Programme, programme_id)
        given: dict[str, list[Assigned]] = {}
        for row, company in queries.assignments_in(session, programme_id):
            given.setdefault(row.person_id, []).append(_assigned(site, row, company.name, now))
        return Team(
            programme_id=programme.id,
            programme=programme.name,
            advisors=tuple(
                _advisor(row, person, seen, given.get(person.id, []))
                for row, person, seen in queries.team_of(session, programme_id)
            ),
            companies=tuple((one.id, one.name) for one in participants_of(session, programme_id)),
        )


def _assigned(site: Site, row: AdvisorAssignment, company: str, now: datetime) -> Assigned:
    has_ended = row.until_utc is not None and row.until_utc <= now
    return Assigned(
        person_id=row.person_id,
        company_id=row.organisation_id,
        company=company,
        from_on=row.from_utc.astimezone(site.zone).date(),
        until_on=last_day(site.zone, row.until_utc),
        is_now=row.from_utc <= now and not has_ended,
        has_ended=has_ended,
    )


def _advisor(row: ProgrammeAdvisor, person: Person, seen: datetime, given: list[Assigned]) -> TeamAdvisor:
    was_here = seen > row.since_utc
    return TeamAdvisor(
        person_id=person.id,
        name=person.name if was_here else "",
        email=person.email or "",
        since_utc=row.since_utc,
        was_here=was_here,
        assigned=tuple(given),
    )


def get_assignment(
    site: Site, actor: Actor, programme_id: str, person_id: str, company_id: str, *, now: datetime
) -> tuple[TeamAdvisor, Assigned]:
    """One assignment that is or will be, with whose it is. Raises NotThere."""
    advisor = open_team(site, actor, programme_id, now).find(person_id)
    for one in advisor.assigned:
        if one.company_id == company_id and not one.has_ended:
            return advisor, one
    raise NotThere


def add(site: Site, actor: Actor, programme_id: str, now: datetime, *, email: str, language: Language) -> str:
    """Take somebody into a team, and have them told; the id of the mail's job.

    Raises NotThere, TooOften, NotSaved, and Refused: they are in it.
    """
    address = email.strip().lower()
    with _running(site, actor, programme_id) as session:
        person = find_person_by_email(session, address)
        if person is not None and queries.find_advisor(session, programme_id, person.id) is not None:
            raise Refused("team.already_here")
        if count_deeds(session, actor.person_id, _DEED, now - DAY) >= ADDED_A_DAY:
            raise TooOften(24 * 60)
        count_letter(session, site.settings, address, now)
        if person is None:
            person = Person(email=address, language=language, created_utc=now, seen_utc=now)
            session.add(person)
            session.flush()
        session.add(ProgrammeAdvisor(programme_id=programme_id, person_id=person.id, since_utc=now))
        session.flush()
        _record(session, actor, programme_id, now, _DEED, person_id=person.id)
        return order_advisor_added(session, programme_id, person.id, actor.person_id, now)


def remove(site: Site, actor: Actor, programme_id: str, person_id: str, now: datetime) -> int:
    """Take somebody out of a team, and end what they were given of its companies; how many that were.

    Raises NotThere, NotSaved.
    """
    with _running(site, actor, programme_id) as session:
        held = _in_team(session, programme_id, person_id)
        ended = end_all(session, programme_id, now, person_id=person_id)
        session.delete(held)
        _record(session, actor, programme_id, now, "advisor_removed", person_id=person_id, count=ended)
        return ended


def assign(site: Site, actor: Actor, programme_id: str, wanted: Wanted, now: datetime) -> None:
    """Give a company an advisor of the team. One who has it already keeps their first day.

    Raises NotThere, NotSaved, and Refused: they belong to the company, a day that is over, or the last before
    the first.
    """
    with _running(site, actor, programme_id) as session:
        _in_team(session, programme_id, wanted.person_id)
        _taking_part(session, programme_id, wanted.company_id)
        refuse_own_people(session, wanted.person_id, wanted.company_id, now)
        if not may_be_advised(session, programme_id, wanted.company_id):
            raise Refused("cohorts.no_advisor")
        begins = begin(site.zone, wanted.from_on, now)
        held = queries.find_assignment(session, wanted.company_id, wanted.person_id)
        if held is None:
            held = AdvisorAssignment(organisation_id=wanted.company_id, person_id=wanted.person_id)
            session.add(held)
        elif held.from_utc <= now and (held.until_utc is None or held.until_utc > now):
            begins = held.from_utc
        held.from_utc = begins
        held.until_utc = end(site.zone, wanted.until_on, begins, now)
        deed, company = "advisor_assigned", wanted.company_id
        _record(session, actor, programme_id, now, deed, person_id=wanted.person_id, organisation_id=company)


def change_end(
    site: Site,
    actor: Actor,
    programme_id: str,
    person_id: str,
    company_id: str,
    *,
    until_on: date | None,
    now: datetime,
) -> None:
    """Have an assignment end on another day, or on none. Raises as ``assign`` does."""
    with _running(site, actor, programme_id) as session:
        held = _standing(session, programme_id, person_id, company_id, now)
        held.until_utc = end(site.zone, until_on, held.from_utc, now)
        deed = "assignment_changed"
        _record(session, actor, programme_id, now, deed, person_id=person_id, organisation_id=company_id)


def end_now(
    site: Site, actor: Actor, programme_id: str, person_id: str, company_id: str, *, now: datetime
) -> None:
    """End an assignment from the next request on. Raises NotThere, NotSaved."""
    with _running(site, actor, programme_id) as session:
        held = _standing(session, programme_id, person_id, company_id, now)
        end_assignment(session, held, now)
        deed = "assignment_ended"
        _record(session, actor, programme_id, now, deed, person_id=person_id, organisation_id=company_id)


def end_assignment(session: Session, held: AdvisorAssignment, now: datetime) -> None:
    """End an assignment within a transaction; where nobody has taken over, with what its advisor sent out."""
    held.until_utc = now
    held.from_utc = min(held.from_utc, now)
    session.flush()
    company = session.get_one(Organisation, held.organisation_id)
    if queries.is_pending(session, company):
        end_invitations(
            session,
            Invitation.organisation_id == company.id,
            Invitation.by_person_id == held.person_id,
            Invitation.used_utc.is_(None),
        )


def end_all(
    session: Session,
    programme_id: str,
    now: datetime,
    *,
    person_id: str | None = None,
    company_id: str | None = None,
) -> int:
    """End what a team, or one of it, was given of a programme's companies, or of one; how many there were."""
    found = [
        row
        for row, _ in queries.assignments_in(session, programme_id, person_id)
        if (row.until_utc is None or row.until_utc > now) and company_id in (None, row.organisation_id)
    ]
    for row in found:
        end_assignment(session, row, now)
    return len(found)


def teams_of(site: Site, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The ids and names of the programmes whose advisors an actor is among."""
    with site.database.read() as session:
        return tuple((one.id, one.name) for one in queries.teams_with(session, actor.person_id))


@contextmanager
def _running(site: Site, actor: Actor, programme_id: str) -> Iterator[Session]:
    """A transaction in which the actor runs the programme. Raises NotThere, NotSaved."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.write() as session:
        if not queries.runs(session, programme_id, actor.person_id):
            raise NotThere
        yield session


def _in_team(session: Session, programme_id: str, person_id: str) -> ProgrammeAdvisor:
    """Somebody's place in the team, held until the transaction ends: of two changes, one comes after."""
    found = (
        queries.find_advisor(session, programme_id, person_id, is_locked=True) if is_id(person_id) else None
    )
    if found is None:
        raise NotThere
    return found


def _taking_part(session: Session, programme_id: str, company_id: str) -> None:
    if not is_id(company_id) or not queries.takes_part(session, programme_id, company_id):
        raise NotThere


def _standing(
    session: Session, programme_id: str, person_id: str, company_id: str, now: datetime
) -> AdvisorAssignment:
    """An assignment that has not ended. Raises NotThere."""
    _in_team(session, programme_id, person_id)
    _taking_part(session, programme_id, company_id)
    held = queries.find_assignment(session, company_id, person_id)
    if held is None or (held.until_utc is not None and held.until_utc <= now):
        raise NotThere
    return held


def _record(
    session: Session,
    actor: Actor,
    programme_id: str,
    now: datetime,
    action: str,
    *,
    person_id: str,
    organisation_id: str | None = None,
    **detail: int,
) -> None:
    record(
        session,
        now,
        action,
        person_id=actor.person_id,
        organisation_id=organisation_id,
        programme=programme_id,
        person=person_id,
        **detail,  # type: ignore[arg-type]  # counts, never one of the names before
    )
