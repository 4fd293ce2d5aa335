"""Turning off mail without signing in, by a link that stands in each mail that can be turned off.

The link proves that somebody got the mail: its token is the person's id with a keyed hash. Nothing of it is
stored, and it is good for nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.db.ids import ID_LENGTH
from webapp.db.tables.people import Person
from webapp.errors import NotThere
from webapp.services.audit import record
from webapp.services.site import Site
from webapp.settings import Settings

_PROOF_LENGTH = 32


def mail_token(settings: Settings, person_id: str) -> str:
    """What a link holds that turns somebody's mail off."""
    return person_id + _proof(settings, person_id)


def gets_mail(site: Site, token: str) -> bool:
    """Whether whoever a link belongs to gets mail. Raises NotThere."""
    with site.database.read() as session:
        return _person(session, site.settings, token).wants_mail


def turn_off(site: Site, token: str, now: datetime) -> None:
    """Send no more mail but links to sign in. Raises NotThere, NotSaved."""
    with site.database.write() as session:
        person = _person(session, site.settings, token)
        if person.wants_mail:
            person.wants_mail = False
            record(session, now, "mail_turned_off", person_id=person.id)


def _person(session: Session, settings: Settings, token: str) -> Person:
    person_id, proof = token[:ID_LENGTH], token[ID_LENGTH:]
    is_ours = token.isascii() and hmac.compare_digest(proof, _proof(settings, person_id))
    person = session.get(Person, person_id) if is_ours else None
    if person is None:
        raise NotThere
    return person


def _proof(settings: Settings, person_id: str) -> str:
    text = f"mail off {person_id}".encode()
    return hmac.new(settings.secret, text, hashlib.sha256).hexdigest()[:_PROOF_LENGTH]
