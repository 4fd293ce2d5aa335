"""The morning on which people are told what waits for them, for tests of the daily mail."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

from tests.webapp.services.advising import Crew
from tests.webapp.services.post import mails
from tests.webapp.sites import NOW, submitted
from webapp.db.tables.plans import AgreedAction
from webapp.db.tables.work import Job
from webapp.services import mailing, telling
from webapp.services.jobs import claim, finish
from webapp.services.reviewing import decide
from webapp.services.site import Site

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MORNING = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
"""Seven o'clock in Oslo, on the day after everything began."""

SECRET = "Kjøp en vekt til containeren"  # noqa: S105  # an agreed action


def told(site: Site, now: datetime = MORNING) -> list[EmailMessage]:
    """The mails of one run: ordered and sent."""
    before = {mail["Message-ID"] for mail in mails(site)}
    for job_id in telling.tell(site, now):
        send(site, job_id, now)
    return [mail for mail in mails(site) if mail["Message-ID"] not in before]


def send(site: Site, job_id: str, now: datetime) -> None:
    """Have a worker send one mail."""
    with site.database.read() as session:
        body = session.get_one(Job, job_id).body
    claimed = claim(site.database, job_id, now)
    assert claimed is not None, body
    mailing.send_mail(site, claimed.body, now + timedelta(seconds=5))
    assert finish(site.database, claimed, now + timedelta(seconds=5))


def to(found: list[EmailMessage]) -> list[str]:
    """To whom, in order."""
    return sorted(str(mail["To"]) for mail in found)


def sent_back(crew: Crew, *, due_on: date | None = None, event: str = "send_back") -> str:
    """An assessment that is the company's again since the beginning."""
    id_ = submitted(crew.site, crew.owner, crew.company).id
    decide(crew.site, crew.advisor, id_, "start_review", NOW)
    if event == "reopen":
        decide(crew.site, crew.advisor, id_, "approve", NOW)
    decide(crew.site, crew.advisor, id_, event, NOW, reason="Hemmelig grunn.", due_on=due_on)
    return id_


def an_action(crew: Crew, due_on: date, *, status: str = "open", at: datetime = NOW) -> None:
    """Something the company has agreed to do."""
    id_ = submitted(crew.site, crew.owner, crew.company, period="2019").id
    decide(crew.site, crew.advisor, id_, "start_review", NOW)
    decide(crew.site, crew.advisor, id_, "approve", NOW)
    with crew.site.database.write() as session:
        session.add(
            AgreedAction(
                organisation_id=crew.company,
                assessment_id=id_,
                body=SECRET,
                due_on=due_on,
                status=status,
                version=1,
                started_utc=at,
                at_utc=at,
            )
        )
