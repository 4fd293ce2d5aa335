"""Inviting companies to a cohort from a list: what it would do, doing it all or not at all, taking one back.

A list that is sent twice invites nobody twice: whoever is invited or takes part already is left as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from questionnaires.values import Language
from webapp.db import queries_cohorts as queries
from webapp.db.ids import is_id
from webapp.db.tables.cohorts import Cohort, CohortInvitation
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.cohortmailing import INVITATION_DAYS, order_inviting
from webapp.services.cohorts import at_cohort, cohort_in, cohort_state
from webapp.services.invitees import Invitee, ListProblem, read_list
from webapp.services.programmedesk import running
from webapp.services.site import Site

MAX_COHORT = 10_000


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list would do. ``known``: rows that are invited or take part already, and stay as they are.

    ``problems``: where there is one, nothing is imported.
    """

    new: tuple[Invitee, ...]
    known: tuple[Invitee, ...]
    problems: tuple[ListProblem, ...]

    @property
    def may_import(self) -> bool:
        """Whether there is something to import and nothing wrong."""
        return bool(self.new) and not self.problems


def preview(
    site: Site, actor: Actor, programme_id: str, cohort_id: str, *, text: str, language: Language
) -> Preview:
    """What a list would do to a cohort. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        cohort_in(session, programme_id, cohort_id)
        return _compared(session, cohort_id, text, language)


def _compared(session: Session, cohort_id: str, text: str, language: Language) -> Preview:
    found = read_list(text, language)
    invitations = queries.invitations_in(session, cohort_id)
    inside = {one.orgnr for member, one in queries.members_in(session, cohort_id) if member.left_utc is None}
    held, addresses = inside | {one.orgnr for one in invitations}, {one.email for one in invitations}
    known = tuple(one for one in found.invitees if one.orgnr in held)
    new = tuple(one for one in found.invitees if one.orgnr not in held)
    taken = tuple(
        ListProblem(one.row, "email", "address_taken", one.email) for one in new if one.email in addresses
    )
    problems = sorted((*found.problems, *taken), key=lambda one: one.row)
    return Preview(new, known, tuple(problems))


def invite_all(
    site: Site,
    actor: Actor,
    programme_id: str,
    cohort_id: str,
    *,
    text: str,
    language: Language,
    now: datetime,
) -> tuple[int, str | None]:
    """Invite everybody new of a list: how many, and the job that has them told; None where there is nobody.

    Raises NotThere, NotSaved, and Refused: something is wrong with the list, or the cohort is closed.
    """
    with at_cohort(site, actor, programme_id, cohort_id) as (session, cohort):
        _refuse_closed(site, cohort, now)
        found = _compared(session, cohort.id, text, language)
        if found.problems:
            raise Refused("cohorts.list_wrong")
        if not found.new:
            return 0, None
        if len(queries.invitations_in(session, cohort.id)) + len(found.new) > MAX_COHORT:
            raise Refused("cohorts.too_large", limit=MAX_COHORT)
        ends = now + timedelta(days=INVITATION_DAYS)
        session.add_all(_invitation(cohort, one, actor, now, ends=ends) for one in found.new)
        session.flush()
        record(
            session,
            now,
            "cohort_invited",
            person_id=actor.person_id,
            programme=programme_id,
            cohort=cohort.id,
            count=len(found.new),
        )
        return len(found.new), order_inviting(session, cohort.id, now)


def _invitation(
    cohort: Cohort, one: Invitee, actor: Actor, now: datetime, *, ends: datetime
) -> CohortInvitation:
    return CohortInvitation(
        cohort_id=cohort.id,
        name=one.name,
        orgnr=one.orgnr,
        contact=one.contact,
        email=one.email,
        language=one.language,
        by_person_id=actor.person_id,
        created_utc=now,
        ends_utc=ends,
        told=0,
    )


def _refuse_closed(site: Site, cohort: Cohort, now: datetime) -> None:
    if cohort_state(site, cohort, now) == "closed":
        raise Refused("cohorts.closed")


def take_back(
    site: Site, actor: Actor, programme_id: str, cohort_id: str, *, invitation_id: str, now: datetime
) -> None:
    """Take an invitation back that nobody has accepted; its link stops working. Raises NotThere, NotSaved."""
    with running(site, actor, programme_id) as session:
        cohort = cohort_in(session, programme_id, cohort_id)
        found = (
            session.get(CohortInvitation, invitation_id, with_for_update=True)
            if is_id(invitation_id)
            else None
        )
        if found is None or found.cohort_id != cohort.id or found.used_utc is not None:
            raise NotThere
        session.delete(found)
        record(
            session,
            now,
            "cohort_invitation_withdrawn",
            person_id=actor.person_id,
            cohort=cohort.id,
            invitation=invitation_id,
        )
