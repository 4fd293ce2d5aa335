"""Asking for people, programmes and companies by what an operator knows of them."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.db.tables.organisations import AdvisorAssignment, Organisation, Programme
from webapp.db.tables.people import Person


def people(session: Session, *, with_trials: bool) -> list[Person]:
    """Everybody by address, those without one last."""
    statement = select(Person).order_by(Person.email.is_(None), Person.email, Person.created_utc)
    if not with_trials:
        statement = statement.where(Person.is_trial.is_(False))
    return list(session.scalars(statement))


def find_programme(session: Session, named: str) -> Programme | None:
    """The programme with that id or that name."""
    statement = select(Programme).where(or_(Programme.id == named, Programme.name == named))
    return session.scalar(statement.order_by(Programme.id).limit(1))


def organisations_called(session: Session, named: str) -> list[Organisation]:
    """The organisations with that id or that number: several people may have set the same one up."""
    is_it = or_(Organisation.id == named, Organisation.orgnr == named.replace(" ", ""))
    return list(session.scalars(select(Organisation).where(is_it).order_by(Organisation.created_utc)))


def find_assignment(session: Session, organisation_id: str, person_id: str) -> AdvisorAssignment | None:
    """Whether somebody advises a company, or has advised it."""
    return session.scalar(
        select(AdvisorAssignment).where(
            AdvisorAssignment.organisation_id == organisation_id, AdvisorAssignment.person_id == person_id
        )
    )
