"""The partners of a programme: naming one, saying something else of one, and naming one no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from questionnaires.programme import MAX_PARTNERS, PartnerRole
from reports.branding import MAX_LOGO_BYTES
from reports.errors import ImageRefused
from reports.images import reencode_limited
from webapp.db import queries_activities as queries
from webapp.db.ids import is_id
from webapp.db.tables.activities import Partner
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.formbase import base_of
from webapp.services.programmedesk import running
from webapp.services.programmefiles import new_key
from webapp.services.putting import forget_file, forgotten_if_refused
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class NewPartner:
    """An organisation to stand behind a programme. ``url``: its pages; ``logo``: as sent; empty for none."""

    name: str
    roles: tuple[PartnerRole, ...]
    url: str = ""
    logo: bytes = b""


def open_partner(site: Site, actor: Actor, programme_id: str, partner_id: str) -> Partner:
    """A partner for somebody who runs the programme. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        return _own(session, programme_id, partner_id)


def state_of(partner: Partner) -> str:
    """What a form carries to know whether the partner says the same still when it is sent."""
    return base_of(partner.name, partner.roles, partner.url, partner.logo)


def add_partner(site: Site, actor: Actor, programme_id: str, wanted: NewPartner, now: datetime) -> str:
    """Name a partner; its id. Its logo stands in documents, made anew from its pixels.

    The picture is in the store before the row names it. Raises NotThere, NotSaved, and Refused: it is there
    already, there are too many, or its logo is no picture.
    """
    with running(site, actor, programme_id) as session:
        _refuse_new(session, programme_id, wanted)
    key = _keep_logo(site, programme_id, wanted.logo) if wanted.logo else None
    with forgotten_if_refused(site, key), running(site, actor, programme_id) as session:
        _refuse_new(session, programme_id, wanted)
        partner = Partner(
            programme_id=programme_id,
            name=wanted.name,
            roles=" ".join(wanted.roles),
            url=wanted.url,
            logo=key,
            since_utc=now,
        )
        session.add(partner)
        session.flush()
        _record(session, actor, partner, "partner_added", now)
        return partner.id


def save_partner(
    site: Site,
    actor: Actor,
    programme_id: str,
    partner_id: str,
    wanted: NewPartner,
    *,
    base: str,
    keeps_logo: bool,
    now: datetime,
) -> None:
    """Have a partner say something else. A logo that is sent takes the place of the one there is.

    ``base``: what ``state_of`` said; ``keeps_logo``: whether the one there is stays where none is sent.
    Raises NotThere, NotSaved, and Refused: changed since, another has the name, or the logo is no picture.
    """
    with running(site, actor, programme_id) as session:
        _refuse_other(session, _own(session, programme_id, partner_id), wanted, base)
    key = _keep_logo(site, programme_id, wanted.logo) if wanted.logo else None
    with forgotten_if_refused(site, key), running(site, actor, programme_id) as session:
        partner = _own(session, programme_id, partner_id)
        _refuse_other(session, partner, wanted, base)
        was = partner.logo
        partner.name, partner.roles, partner.url = wanted.name, " ".join(wanted.roles), wanted.url
        if key is not None or not keeps_logo:
            partner.logo = key
        is_gone = was != partner.logo
        _record(session, actor, partner, "partner_changed", now)
    if was is not None and is_gone:
        forget_file(site, was)


def remove_partner(site: Site, actor: Actor, programme_id: str, partner_id: str, now: datetime) -> None:
    """Name a partner no more. Raises NotThere, NotSaved."""
    with running(site, actor, programme_id) as session:
        partner = _own(session, programme_id, partner_id)
        key = partner.logo
        _record(session, actor, partner, "partner_removed", now)
        session.delete(partner)
    if key is not None:
        forget_file(site, key)


def _own(session: Session, programme_id: str, partner_id: str) -> Partner:
    partner = session.get(Partner, partner_id) if is_id(partner_id) else None
    if partner is None or partner.programme_id != programme_id:
        raise NotThere
    return partner


def _refuse_new(session: Session, programme_id: str, wanted: NewPartner) -> None:
    held = queries.partners_of(session, programme_id)
    _refuse_name(held, wanted)
    if len(held) >= MAX_PARTNERS:
        raise Refused("programme.partners_many", limit=MAX_PARTNERS)


def _refuse_other(session: Session, partner: Partner, wanted: NewPartner, base: str) -> None:
    if base != state_of(partner):
        raise Refused("programme.changed_since")
    held = queries.partners_of(session, partner.programme_id)
    _refuse_name([one for one in held if one.id != partner.id], wanted)


def _refuse_name(held: list[Partner], wanted: NewPartner) -> None:
    if any(one.name.casefold() == wanted.name.casefold() for one in held):
        raise Refused("programme.partner_there", name=wanted.name)


def _keep_logo(site: Site, programme_id: str, logo: bytes) -> str:
    """Where the store has a picture now, made anew. Raises Refused."""
    if len(logo) > MAX_LOGO_BYTES:
        raise Refused("programme.logo_wrong")
    try:
        clean = reencode_limited(logo).png
    except ImageRefused as error:
        raise Refused("programme.logo_wrong") from error
    key = new_key(programme_id, ".png")
    site.files.put(key, clean)
    return key


def _record(session: Session, actor: Actor, partner: Partner, action: str, now: datetime) -> None:
    programme = partner.programme_id
    record(session, now, action, person_id=actor.person_id, programme=programme, partner=partner.id)
