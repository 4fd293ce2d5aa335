"""What tests do with mails: have one sent, and read it."""

from __future__ import annotations

import email
import re
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP

from questionnaires.values import Language
from tests.webapp.sites import NOW
from webapp.db.tables.people import Invitation
from webapp.db.tables.work import Job
from webapp.services import mailing
from webapp.services.actor import Actor
from webapp.services.jobs import Body, Claimed, claim
from webapp.services.signin import ask_for_link
from webapp.services.site import Site

SOON = NOW + timedelta(minutes=1)
ADDRESS = "https://kretslop.example.org"


def body_of(site: Site, job_id: str) -> Body:
    """What a waiting job says."""
    claimed = claim(site.database, job_id, SOON)
    assert isinstance(claimed, Claimed)
    return claimed.body


def mails(site: Site) -> list[EmailMessage]:
    """Every mail that was sent, in no order."""
    folder = site.settings.data_dir / "mail"
    files = sorted(folder.iterdir()) if folder.exists() else []
    return [email.message_from_bytes(file.read_bytes(), policy=SMTP) for file in files]  # type: ignore[misc]  # as the policy says


def sent(site: Site, job_id: str) -> EmailMessage:
    """The mail a job sends."""
    before = {mail["Message-ID"] for mail in mails(site)}
    mailing.send_mail(site, body_of(site, job_id), SOON)
    (new,) = (mail for mail in mails(site) if mail["Message-ID"] not in before)
    return new


def not_sent(site: Site, job_id: str) -> bool:
    """Whether a job sends nothing."""
    before = len(mails(site))
    mailing.send_mail(site, body_of(site, job_id), SOON)
    return len(mails(site)) == before


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    """What a mail says, as text or as a page."""
    part = mail.get_body((kind,))
    assert part is not None
    text: str = part.get_content()
    return text.replace("\u00a0", " ").replace("\r\n", "\n")


def link_in(mail: EmailMessage) -> str:
    """The link that stands by itself in the text."""
    found = re.search(r"^https://\S+$", text_of(mail), re.MULTILINE)
    assert found is not None
    return found[0]


def asked(site: Site, language: Language = "nb") -> str:
    """The job of a mail with a link to sign in."""
    return ask_for_link(
        site.database,
        "Kari@Eksempel.no",
        language=language,
        browser="this browser",
        asker="somewhere",
        now=NOW,
        settings=site.settings,
    ).job_id


def invited(site: Site, owner: Actor, company: str, assessment: str | None = None) -> str:
    """The job of an invitation, in nynorsk."""
    with site.database.write() as session:
        invitation = Invitation(
            organisation_id=company,
            email="ola@eksempel.no",
            role="member",
            language="nn",
            assessment_id=assessment,
            section_id="design" if assessment else None,
            by_person_id=owner.person_id,
            created_utc=NOW,
            ends_utc=NOW + timedelta(days=14),
        )
        session.add(invitation)
        session.flush()
        return mailing.order_invitation(session, invitation, NOW)


def mail_jobs(site: Site, mail: str) -> list[str]:
    """The jobs of one kind of mail."""
    with site.database.read() as session:
        return [job.id for job in session.query(Job).order_by(Job.id) if f'"mail": "{mail}"' in job.body]
