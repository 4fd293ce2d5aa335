"""Asking for mails with the deed they belong to, and sending them.

A job says which mail by ids; who gets it and whether it still applies is looked up at the last moment. A
mail may be sent twice when a worker is killed in between; then the last link works. Of the daily mail both
have one id, by which programs for mail know them as one.
"""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.db import queries_people as people_queries
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Invitation, Person
from webapp.mail import MailFailed, send
from webapp.services.activitymailing import note_reminded
from webapp.services.jobs import Body, JobFailed
from webapp.services.mails import MAILS
from webapp.services.queueing import enqueue
from webapp.services.site import Site
from webapp.services.telling import note_told

log = logging.getLogger(__name__)


def send_mail(site: Site, body: Body, now: datetime) -> None:
    """Write and send the mail a job asks for. Raises JobFailed."""
    write = MAILS.get(str(body.get("mail")))
    if write is None:
        raise JobFailed("unknown_mail", is_final=True)
    with site.database.write() as session:
        written = write(session, site, body, now)
    if written is None:
        log.info("a mail (%s) does not apply any more", body["mail"])
        return
    try:
        send(site.settings, written, now)
    except MailFailed as failure:
        raise JobFailed(failure.code, is_final=failure.is_final) from None
    if body["mail"] == "waiting":
        note_told(site, body, now)
    if body["mail"] == "activity_soon":
        note_reminded(site, body, now)


def order_invitation(session: Session, invitation: Invitation, now: datetime) -> str:
    """Have an invitation sent, or sent again; the id of the job."""
    key = f"invitation:{invitation.id}:{_stamp(now)}"
    return enqueue(session, now, "send_mail", key, mail="invitation", invitation=invitation.id).id


def order_section_given(session: Session, assessment_id: str, section_id: str, now: datetime) -> str:
    """Have a colleague told that a section is theirs; the id of the job."""
    key = f"section_given:{assessment_id}:{section_id}:{_stamp(now)}"
    body = {"assessment": assessment_id, "section": section_id}
    return enqueue(session, now, "send_mail", key, mail="section_given", **body).id


def order_handed_in(
    session: Session, submission: Submission, assessment: Assessment, now: datetime
) -> tuple[str, ...]:
    """Have every owner get the receipt of a hand-in; the ids of the jobs."""
    return _to_owners(session, assessment, "handed_in", now, submission=submission.id)


def order_sent_back(session: Session, assessment: Assessment, now: datetime) -> tuple[str, ...]:
    """Have every owner told that their assessment was sent back; the ids of the jobs."""
    return _to_owners(session, assessment, "sent_back", now)


def order_reopened(session: Session, assessment: Assessment, now: datetime) -> tuple[str, ...]:
    """Have every owner told that their assessment was opened again; the ids of the jobs."""
    return _to_owners(session, assessment, "reopened", now)


def order_advisor_added(
    session: Session, programme_id: str, person_id: str, by_person_id: str, now: datetime
) -> str:
    """Have somebody told that they are in a programme's advisor team; the id of the job."""
    key = f"advisor_added:{programme_id}:{person_id}:{_stamp(now)}"
    body = {"programme": programme_id, "person": person_id, "by": by_person_id}
    return enqueue(session, now, "send_mail", key, mail="advisor_added", **body).id


def _to_owners(
    session: Session, assessment: Assessment, mail: str, now: datetime, **body: str
) -> tuple[str, ...]:
    company = session.get_one(Organisation, assessment.organisation_id)
    owners = people_queries.owners_of(session, company.id)
    if not owners and company.parent_id is not None:
        owners = people_queries.owners_of(session, company.parent_id)
    return tuple(
        enqueue(
            session,
            now,
            "send_mail",
            f"{mail}:{assessment.id}:{_stamp(now)}:{owner.person_id}",
            mail=mail,
            assessment=assessment.id,
            person=owner.person_id,
            **body,
        ).id
        for owner in owners
        if session.get_one(Person, owner.person_id).email is not None
    )


def _stamp(now: datetime) -> str:
    """Tells two mails of one kind apart that are asked for at different times."""
    return f"{now:%Y%m%dT%H%M%S%f}"
