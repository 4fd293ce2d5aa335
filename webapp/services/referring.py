"""Referring a company to somebody who can help, and following up what came of it.

A referral stands beside the plan: whoever reads and writes the one does so with the other. Nothing is sent to
anybody. What came of it is only added to; the newest counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from assessment.support.outcomes import OUTCOMES
from questionnaires.support import SupportActor, SupportOffer
from questionnaires.values import Language
from reports.formatting import paragraphs
from webapp.db import queries_support as queries
from webapp.db.ids import is_id
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.support import Referral, ReferralOutcome
from webapp.db.writing_answers import note_activity
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.directory import directory_of
from webapp.services.plan import reach_plan
from webapp.services.site import Site

MAX_NOTE = 2_000
MAX_REFERRALS = 50
"""Over one assessment: more than anybody follows up."""

MAX_OUTCOMES = 50
_TWICE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class OpenReferring:
    """What a company can be referred to. ``directory``: by id, those with offers."""

    directory: Mapping[str, SupportActor]

    def find(self, wanted: str) -> tuple[str, SupportActor, SupportOffer] | None:
        """The offer of a key ``<actor>.<offer>``; None where there is none."""
        actor_id, _, offer_id = wanted.partition(".")
        actor = self.directory.get(actor_id)
        offer = next((one for one in actor.offers if one.id == offer_id), None) if actor else None
        return None if actor is None or offer is None else (actor_id, actor, offer)


def open_referring(site: Site, actor: Actor, assessment_id: str) -> OpenReferring:
    """Whom a company can be referred to. Raises NotThere, and Refused: there is something to rate."""
    with site.database.read() as session:
        _, organisation = reach_plan(session, site, actor, assessment_id)
        return OpenReferring(directory_of(session, organisation.id))


def refer(
    site: Site,
    actor: Actor,
    assessment_id: str,
    now: datetime,
    *,
    offer: str,
    question_id: str | None,
    note: str,
    language: Language,
) -> str:
    """Refer a company to an offer; the referral's id. The same again at once is one referral.

    Raises NotThere, NotSaved, Refused: no such offer or question, the note is too long, too many.
    """
    said = _note(note)
    with site.database.write() as session:
        row, organisation = reach_plan(session, site, actor, assessment_id, is_locked=True)
        found = OpenReferring(directory_of(session, organisation.id)).find(offer)
        if found is None:
            raise Refused("support.offer_missing")
        plan = site.shelf.open(row.questionnaire, row.version).plan
        if question_id is not None and question_id not in {one.question.id for one in plan.questions}:
            raise Refused("plan.no_such_question")
        actor_id, helper, chosen = found
        referral = Referral(
            organisation_id=organisation.id,
            assessment_id=row.id,
            question_id=question_id,
            actor_id=actor_id,
            actor=helper.name,
            offer=getattr(chosen.title, language),
            url=chosen.url or helper.url or "",
            note=said,
            by_person_id=actor.person_id,
            at_utc=now,
        )
        return _kept(session, actor, organisation, referral)


def _kept(session: Session, actor: Actor, organisation: Organisation, referral: Referral) -> str:
    """The id of a new referral, or of the same one a moment ago. Raises Refused: too many."""
    own = queries.own_referrals(session, referral.assessment_id)
    for one in own:
        if _said(one) == _said(referral) and referral.at_utc - one.at_utc < _TWICE:
            return one.id
    if len(own) >= MAX_REFERRALS:
        raise Refused("support.referrals_many", limit=MAX_REFERRALS)
    session.add(referral)
    session.flush()
    _record(session, actor, organisation, referral, action="referred", now=referral.at_utc)
    return referral.id


def _said(one: Referral) -> tuple[str | None, ...]:
    return one.actor_id, one.offer, one.question_id, one.note, one.by_person_id


def follow_up(
    site: Site,
    actor: Actor,
    assessment_id: str,
    referral_id: str,
    now: datetime,
    *,
    outcome: str,
    note: str,
) -> None:
    """Say what came of a referral.

    Raises NotThere, NotSaved, Refused: no such outcome, too long, too many.
    """
    said = _note(note)
    known = next((one for one in OUTCOMES if one == outcome), None)
    if known is None:
        raise Refused("support.outcome_missing")
    with site.database.write() as session:
        row, organisation = reach_plan(session, site, actor, assessment_id, is_locked=True)
        held = {one.id: one for one in queries.referrals_for(session, row)} if is_id(referral_id) else {}
        if referral_id not in held:
            raise NotThere
        came = [one for one, _ in queries.outcomes_of(session, [referral_id])]
        if came and (came[-1].outcome, came[-1].note) == (known, said):
            return
        if len(came) >= MAX_OUTCOMES:
            raise Refused("support.outcomes_many", limit=MAX_OUTCOMES)
        session.add(
            ReferralOutcome(
                referral_id=referral_id,
                outcome=known,
                note=said,
                by_person_id=actor.person_id,
                at_utc=now,
            )
        )
        _record(session, actor, organisation, held[referral_id], action="referral_followed_up", now=now)


def _note(text: str) -> str:
    said = "\n".join(paragraphs(text))
    if len(said) > MAX_NOTE:
        raise Refused("support.note_long", limit=MAX_NOTE)
    return said


def _record(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    referral: Referral,
    *,
    action: str,
    now: datetime,
) -> None:
    if actor.answers_for(organisation.id):
        note_activity(organisation, now)
    record(
        session,
        now,
        action,
        person_id=actor.person_id,
        organisation_id=organisation.id,
        assessment_id=referral.assessment_id,
        referral=referral.id,
    )
