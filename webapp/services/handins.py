"""Every time an assessment was handed in, for whoever may have a document of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from webapp.db.queries_portfolio import submissions_of
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.organisations import Organisation
from webapp.errors import NotThere
from webapp.services.actor import Actor
from webapp.services.beside import DocumentKind
from webapp.services.blindness import refuse_unrated
from webapp.services.documents import editions_open_to
from webapp.services.opening import reach
from webapp.services.shelf import Shelved
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class HandIn:
    """One time it was handed in. ``receipt``: what people can quote."""

    number: int
    receipt: str
    at_utc: datetime


@dataclass(frozen=True, slots=True)
class HandIns:
    """An assessment with its hand-ins, the newest first. ``reads_result``: whether its answers are open."""

    row: Assessment
    organisation: Organisation
    shelved: Shelved
    hand_ins: tuple[HandIn, ...]
    editions: tuple[DocumentKind, ...]
    reads_result: bool


def hand_ins_of(site: Site, actor: Actor, assessment_id: str) -> HandIns:
    """The hand-ins of an assessment. Raises Refused, and NotThere where the reader may have no edition."""
    with site.database.read() as session:
        row, organisation = reach(session, actor, assessment_id)
        editions = editions_open_to(actor, row)
        refuse_unrated(session, site, actor, row)
        hand_ins = tuple(HandIn(*one) for one in submissions_of(session, row.id))
    if not editions or not hand_ins:
        raise NotThere
    return HandIns(
        row=row,
        organisation=organisation,
        shelved=site.shelf.open(row.questionnaire, row.version),
        hand_ins=hand_ins,
        editions=editions,
        reads_result=actor.is_any_of(organisation.id, "owner", "member", "advisor"),
    )
