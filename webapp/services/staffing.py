"""What an operator does for people at the terminal: who there is, who runs what, who advises whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.orm import Session

from questionnaires.values import Language
from webapp.db import queries_staffing as queries
from webapp.db.engine import Database
from webapp.db.queries_activities import give_up_places
from webapp.db.queries_people import find_person_by_email, programmes_of, roles_of
from webapp.db.tables.organisations import (
    AdvisorAssignment,
    Organisation,
    Participation,
    Programme,
    ProgrammeStaff,
)
from webapp.db.tables.people import Person
from webapp.errors import NotThere, Refused
from webapp.services.audit import record
from webapp.services.consents import leave_all
from webapp.services.independence import refuse_own_people
from webapp.services.sessions import end_sessions_of
from webapp.services.signin import unbound_link
from webapp.services.team import end_all
from webapp.services.terms import begin, end
from webapp.settings import Settings


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody, with what they are to how many. ``roles``: such as ``owner`` 2, ``advisor`` 5."""

    id: str
    email: str | None
    name: str
    is_trial: bool
    created_utc: datetime
    seen_utc: datetime
    roles: dict[str, int]


def list_people(database: Database, now: datetime, *, with_trials: bool = False) -> list[Listed]:
    """Everybody, by address; trials only where they are asked for."""
    with database.read() as session:
        return [_listed(session, person, now) for person in queries.people(session, with_trials=with_trials)]


def _listed(session: Session, person: Person, now: datetime) -> Listed:
    roles: dict[str, int] = {}
    held = {(id_, role) for id_, role in roles_of(session, person.id, now)}
    for _, role in held:
        roles[role] = roles.get(role, 0) + 1
    programmes = len(programmes_of(session, person.id))
    if programmes:
        roles["programmes"] = programmes
    return Listed(
        person.id, person.email, person.name, person.is_trial, person.created_utc, person.seen_utc, roles
    )


def make_link(database: Database, email: str, now: datetime, settings: Settings) -> tuple[str, str]:
    """The token of a link that signs somebody in once, in any browser, and their language.

    Raises NotThere, NotSaved.
    """
    with database.write() as session:
        person = _known(session, email)
        token = unbound_link(session, person, now, settings)
        record(session, now, "link_made_by_operator", person_id=person.id)
        return token, person.language


def add_staff(
    database: Database,
    email: str,
    programme: str,
    now: datetime,
    *,
    name: str = "",
    language: Language,
    is_method_owner: bool | None = None,
) -> str:
    """Have somebody run a programme, given by its id or its name; the id of the person.

    ``is_method_owner``: whether they see how its companies and advisors agree; None leaves it as it is.
    Raises NotSaved, and Refused: no address, or no such programme.
    """
    with database.write() as session:
        found = queries.find_programme(session, programme)
        if found is None:
            known = ", ".join(one.name for one in session.scalars(select(Programme).order_by(Programme.name)))
            raise Refused("no_programme", known=known)
        person = _known_or_new(session, email, name, language, now)
        held = session.get(ProgrammeStaff, (found.id, person.id))
        if held is None:
            held = ProgrammeStaff(
                programme_id=found.id, person_id=person.id, is_method_owner=False, since_utc=now
            )
            session.add(held)
            record(session, now, "staff_added_by_operator", person_id=person.id, programme=found.id)
        if is_method_owner not in (None, held.is_method_owner):
            held.is_method_owner = bool(is_method_owner)
            action = f"method_owner_{'added' if is_method_owner else 'removed'}_by_operator"
            record(session, now, action, person_id=person.id, programme=found.id)
        return person.id


@dataclass(frozen=True, slots=True)
class Term:
    """From when until when somebody advises an organisation; None: from now on, and for good."""

    from_utc: datetime | None = None
    until_utc: datetime | None = None


FOR_GOOD = Term()


def term_of(zone: ZoneInfo, first: date | None, last: date | None, now: datetime) -> Term:
    """A term by its first and last day. Raises Refused: a day that is over, or the last before the first."""
    begins = begin(zone, first, now)
    return Term(None if first is None else begins, end(zone, last, begins, now))


def add_advisor(
    database: Database,
    email: str,
    organisation: str,
    now: datetime,
    *,
    name: str = "",
    language: Language,
    term: Term = FOR_GOOD,
) -> str:
    """Have somebody advise an organisation, given by its id or its number; the person's id.

    Whoever advises it already keeps their first day; their last one is changed where one is given.
    Raises NotSaved, and Refused: no address, no such organisation, several with that number, or they belong
    to it.
    """
    with database.write() as session:
        found = queries.organisations_called(session, organisation)
        if len(found) != 1:
            ids = ", ".join(one.id for one in found)
            raise Refused("several_organisations" if found else "no_organisation", ids=ids)
        person = _known_or_new(session, email, name, language, now)
        refuse_own_people(session, person.id, found[0].id, now)
        _assign(session, person, found[0], term, now)
        return person.id


def _assign(session: Session, person: Person, organisation: Organisation, term: Term, now: datetime) -> None:
    assigned = queries.find_assignment(session, organisation.id, person.id)
    from_utc = term.from_utc or now
    if assigned is None:
        times = {"from_utc": from_utc, "until_utc": term.until_utc}
        session.add(AdvisorAssignment(organisation_id=organisation.id, person_id=person.id, **times))
    elif assigned.until_utc is not None and assigned.until_utc <= now:
        assigned.from_utc, assigned.until_utc = from_utc, term.until_utc
    elif term.until_utc is not None and assigned.until_utc != term.until_utc:
        assigned.until_utc = term.until_utc
    else:
        return
    record(session, now, "advisor_added_by_operator", person_id=person.id, organisation_id=organisation.id)


def remove_staff(database: Database, email: str, programme: str, now: datetime) -> str:
    """Have somebody run a programme no more, from their next request on; the id of the person.

    Raises NotThere, NotSaved, and Refused: no such programme, or they do not run it.
    """
    with database.write() as session:
        person, found = _known(session, email), queries.find_programme(session, programme)
        held = None if found is None else session.get(ProgrammeStaff, (found.id, person.id))
        if held is None:
            raise Refused("no_staff")
        session.delete(held)
        record(session, now, "staff_removed_by_operator", person_id=person.id, programme=held.programme_id)
        return person.id


def remove_advisor(database: Database, email: str, organisation: str, now: datetime) -> str:
    """Have somebody advise an organisation no more, from their next request on; the id of the person.

    Of several organisations with that number they leave those they advise. Raises NotThere, NotSaved,
    and Refused: they advise no such organisation.
    """
    with database.write() as session:
        person = _known(session, email)
        found = [
            assigned
            for one in queries.organisations_called(session, organisation)
            if (assigned := queries.find_assignment(session, one.id, person.id)) is not None
            and (assigned.until_utc is None or assigned.until_utc > now)
        ]
        if not found:
            raise Refused("no_advisor")
        for assigned in found:
            assigned.until_utc = now
            action, company = "advisor_removed_by_operator", assigned.organisation_id
            record(session, now, action, person_id=person.id, organisation_id=company)
        return person.id


def end_participation(database: Database, programme: str, organisation: str, now: datetime) -> list[str]:
    """Take an organisation out of a programme; the ids of those that were in it.

    What the programme's advisors were given of it ends, and so do its people's registrations.
    Raises NotSaved, and Refused: it takes no part.
    """
    with database.write() as session:
        found = queries.find_programme(session, programme)
        companies = queries.organisations_called(session, organisation)
        held = [session.get(Participation, (found.id, one.id)) for one in companies] if found else []
        gone = [one for one in held if one is not None]
        if not gone:
            raise Refused("no_participation")
        for one in gone:
            leave_all(session, one.programme_id, one.organisation_id, now)
            end_all(session, one.programme_id, now, company_id=one.organisation_id)
            give_up_places(session, [one.organisation_id], programme_id=one.programme_id)
            session.delete(one)
            record(
                session,
                now,
                "participation_ended_by_operator",
                organisation_id=one.organisation_id,
                programme=one.programme_id,
            )
        return [one.organisation_id for one in gone]


def end_sessions(database: Database, email: str, now: datetime) -> int:
    """Sign somebody out everywhere; in how many browsers they were. Raises NotThere, NotSaved."""
    with database.write() as session:
        person = _known(session, email)
        ended = end_sessions_of(session, person.id)
        record(session, now, "sessions_ended_by_operator", person_id=person.id, count=ended)
        return ended


def find_id(database: Database, email: str) -> str:
    """The id of the person with an address. Raises NotThere."""
    with database.read() as session:
        return _known(session, email).id


def _known(session: Session, email: str) -> Person:
    person = find_person_by_email(session, email.strip().lower())
    if person is None:
        raise NotThere
    return person


def _known_or_new(session: Session, email: str, name: str, language: Language, now: datetime) -> Person:
    address = _address(email)
    person = find_person_by_email(session, address)
    if person is None:
        person = Person(email=address, name=name, language=language, created_utc=now, seen_utc=now)
        session.add(person)
        session.flush()
        record(session, now, "person_added_by_operator", person_id=person.id)
    elif name:
        person.name = name
    return person


def _address(text: str) -> str:
    """An address in small letters. Raises Refused."""
    try:
        validate_email(text.strip(), check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise Refused("no_address") from error
    return text.strip().lower()
