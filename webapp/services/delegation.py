"""Giving a section of an assessment to somebody, taking it back, and who has what.

It is a task, not a right: everybody in the company answers what they know, whoever a section was given to.
A section that goes to an address nobody here has waits until its owner has joined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy.orm import Session

from assessment.review.lifecycle import is_editable
from questionnaires.model import asked_at
from questionnaires.values import LANGUAGES
from webapp.db import queries_delegation as queries
from webapp.db.queries_organisations import count_deeds, find_organisation, invitation_for
from webapp.db.queries_people import roles_of
from webapp.db.tables.assessments import Assessment, SectionTask
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Invitation, Person
from webapp.errors import NotAllowed, NotThere, Refused, TooOften
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.services.answering import lock_for_answers
from webapp.services.audit import record
from webapp.services.holders import holders_in, refuse_trial
from webapp.services.invitations import AGAIN_AFTER, invite_in
from webapp.services.limits import count_letter
from webapp.services.mailing import order_section_given
from webapp.services.people import called, names_of
from webapp.services.shelf import Shelved
from webapp.services.site import Site

GIVEN_A_DAY = 100
"""Sections by one person: each is a mail to a colleague."""

_DAY = timedelta(days=1)
_DEED = "section_given"

Titles: TypeAlias = Mapping[str, str]
"""A title by language."""


@dataclass(frozen=True, slots=True)
class GivenSection:
    """A section somebody was given. ``by``: who gave it. ``is_done``: marked so since."""

    assessment_id: str
    section_id: str
    title: Titles
    questionnaire: Titles
    organisation: str
    period: str
    by: str
    given_utc: datetime
    is_done: bool


@dataclass(frozen=True, slots=True)
class Given:
    """What came of giving. ``job_ids``: of the mail; none to oneself, or where today was enough already."""

    who: str
    is_invited: bool
    is_self: bool
    job_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came of taking back. ``is_withdrawn``: the invitation that came with the section is gone too."""

    who: str
    is_withdrawn: bool


def sections_of(site: Site, actor: Actor) -> tuple[GivenSection, ...]:
    """What an actor was given and can answer now: what is left first, then the latest first."""
    with site.database.read() as session:
        rows = queries.given_to_person(session, actor.person_id, actor.organisations(*COMPANY_ROLES))
    givers = names_of(site, [task.by_person_id for task, _, _ in rows])
    found = [
        _given(site, task, row, organisation, givers.get(task.by_person_id or "", ""))
        for task, row, organisation in rows
        if is_editable(row.state)
    ]
    return tuple(sorted((one for one in found if one.title), key=lambda one: one.is_done))


def _given(
    site: Site, task: SectionTask, row: Assessment, organisation: Organisation, by: str
) -> GivenSection:
    shelved = site.shelf.open(row.questionnaire, row.version)
    assert task.given_utc is not None
    return GivenSection(
        assessment_id=row.id,
        section_id=task.section_id,
        title=_titles(shelved, f"sections/{task.section_id}/title"),
        questionnaire=_titles(shelved, "questionnaire/title"),
        organisation=organisation.name,
        period=row.period,
        by=by,
        given_utc=task.given_utc,
        is_done=task.done_utc is not None,
    )


def _titles(shelved: Shelved, key: str) -> dict[str, str]:
    texts = {language: shelved.plan.questionnaire.words(language) for language in LANGUAGES}
    return {language: words[key] for language, words in texts.items() if key in words}


def give_section(
    site: Site,
    actor: Actor,
    assessment_id: str,
    section_id: str,
    now: datetime,
    *,
    email: str,
    language: str | None = None,
) -> Given:
    """Make a section somebody's task, whoever had it before, and have them told.

    ``email``: a colleague's, or one that an owner invites with it, in ``language``.
    Raises NotThere, NotAllowed, NotSaved, TooOften, and Refused: the address is nobody's here and the
    actor is no owner, or the assessment takes no answers now.
    """
    address = email.strip().lower()
    with site.database.write() as session:
        row, organisation = _at_work(session, site, actor, assessment_id, section_id)
        colleague = _colleague(session, organisation, address)
        if colleague is None and not _is_owner(session, actor, organisation, now):
            raise Refused("delegation.owners_invite")
        _limit(session, actor, now)
        task = _task(session, row.id, section_id)
        is_repeated = colleague is not None and _is_repeated(task, colleague, now)
        task.person_id = None if colleague is None else colleague.id
        task.email = address if colleague is None else None
        task.by_person_id, task.done_utc = actor.person_id, None
        task.given_utc = task.given_utc if is_repeated else now
        session.flush()
        _record(session, now, _DEED, actor, task)
        if colleague is not None:
            is_counted = is_repeated or colleague.id == actor.person_id
            is_told = is_counted or _may_write(session, site, colleague, now)
            return _tell(session, actor, task, colleague, is_told=is_told)
        job_ids = _invite(session, site, now, task, language or actor.language)
        return Given(address, is_invited=True, is_self=False, job_ids=job_ids)


def _at_work(
    session: Session, site: Site, actor: Actor, assessment_id: str, section_id: str
) -> tuple[Assessment, Organisation]:
    """A section that can be given; the assessment's state and the company's people stay as they are."""
    row, organisation, shelved = lock_for_answers(session, site, actor, assessment_id)
    refuse_trial(actor)
    _find_section(shelved, row, section_id)
    find_organisation(session, organisation.id, is_locked=True)
    return row, organisation


def _is_repeated(task: SectionTask, colleague: Person, now: datetime) -> bool:
    """Whether the same colleague was given the section just now, so that their mail is on its way."""
    if task.person_id != colleague.id or task.given_utc is None or task.done_utc is not None:
        return False
    return now - task.given_utc < AGAIN_AFTER


def _may_write(session: Session, site: Site, colleague: Person, now: datetime) -> bool:
    """Whether one more mail today is not too many for a colleague; it is counted."""
    try:
        count_letter(session, site.settings, colleague.email or "", now)
    except TooOften:
        return False
    return True


def _tell(session: Session, actor: Actor, task: SectionTask, colleague: Person, *, is_told: bool) -> Given:
    who = called(colleague.name, colleague.email)
    if colleague.id == actor.person_id:
        return Given(who, is_invited=False, is_self=True, job_ids=())
    if not is_told or task.given_utc is None:
        return Given(who, is_invited=False, is_self=False, job_ids=())
    job_id = order_section_given(session, task.assessment_id, task.section_id, task.given_utc)
    return Given(who, is_invited=False, is_self=False, job_ids=(job_id,))


def _invite(session: Session, site: Site, now: datetime, task: SectionTask, language: str) -> tuple[str, ...]:
    """The job of the mail; none where the address has had enough, but a link that works already.

    Whoever uses that gets every section that waits for them. Raises TooOften.
    """
    assert task.email is not None
    assert task.by_person_id is not None
    row = session.get_one(Assessment, task.assessment_id)
    try:
        _, job_id = invite_in(
            session,
            site.settings,
            now,
            by_person_id=task.by_person_id,
            organisation_id=row.organisation_id,
            email=task.email,
            role="member",
            language=language,
            assessment_id=row.id,
            section_id=task.section_id,
        )
    except TooOften:
        waiting = invitation_for(session, row.organisation_id, task.email)
        if waiting is None or waiting.used_utc is not None or waiting.ends_utc <= now:
            raise
        return ()
    return (job_id,)


def take_back(
    site: Site, actor: Actor, assessment_id: str, section_id: str, now: datetime
) -> TakenBack | None:
    """Make a section nobody's task again; None when it was nobody's.

    An invitation that was sent with it stops working, unless it has more to give. Raises as giving does;
    NotAllowed where an invitation would have to be withdrawn by somebody who is no owner.
    """
    with site.database.write() as session:
        row, organisation = _at_work(session, site, actor, assessment_id, section_id)
        task = session.get(SectionTask, (row.id, section_id))
        if task is None or task.given_utc is None:
            return None
        holder, email = holders_in(session, row.id).get(section_id), task.email
        is_waiting = task.person_id is None and email is not None
        if is_waiting and not _is_owner(session, actor, organisation, now):
            raise NotAllowed
        task.person_id = task.email = task.by_person_id = task.given_utc = None
        session.flush()
        _record(session, now, "section_taken_back", actor, task)
        is_withdrawn = is_waiting and _withdraw(session, actor, organisation, str(email), now)
        return TakenBack("" if holder is None else holder.who, is_withdrawn)


def _withdraw(session: Session, actor: Actor, organisation: Organisation, email: str, now: datetime) -> bool:
    """Whether nothing was left of an invitation, so that it is gone."""
    invitation = invitation_for(session, organisation.id, email)
    if invitation is None or invitation.used_utc is not None:
        return False
    left = queries.waiting_tasks(session, organisation.id, email)
    invitation.assessment_id = left[0].assessment_id if left else None
    invitation.section_id = left[0].section_id if left else None
    if left or invitation.role == "owner":
        return False
    session.delete(invitation)
    record(
        session,
        now,
        "invitation_withdrawn",
        person_id=actor.person_id,
        organisation_id=organisation.id,
        invitation=invitation.id,
    )
    return True


def taken_up(session: Session, invitation: Invitation, person: Person) -> None:
    """Give somebody who has just joined what was sent to the address they were invited at.

    The address is forgotten: from now on the person says who has it, as long as there is one.
    """
    for task in queries.waiting_tasks(session, invitation.organisation_id, invitation.email):
        task.person_id, task.email = person.id, None


def _find_section(shelved: Shelved, row: Assessment, section_id: str) -> None:
    """Raises NotThere for a section without a question of the assessment's depth."""
    for section in shelved.plan.questionnaire.sections:
        if section.id == section_id and any(asked_at(q, row.depth) for q in section.questions):
            return
    raise NotThere


def _colleague(session: Session, organisation: Organisation, email: str) -> Person | None:
    people = queries.people_who_answer(session, organisation)
    return next((person for person in people if person.email == email), None)


def _is_owner(session: Session, actor: Actor, organisation: Organisation, now: datetime) -> bool:
    """As things stand in this transaction, not only when the page was made."""
    return (organisation.id, "owner") in roles_of(session, actor.person_id, now)


def _limit(session: Session, actor: Actor, now: datetime) -> None:
    if count_deeds(session, actor.person_id, _DEED, now - _DAY) >= GIVEN_A_DAY:
        raise TooOften(24 * 60)


def _task(session: Session, assessment_id: str, section_id: str) -> SectionTask:
    task = session.get(SectionTask, (assessment_id, section_id))
    if task is None:
        task = SectionTask(assessment_id=assessment_id, section_id=section_id)
        session.add(task)
    return task


def _record(session: Session, now: datetime, action: str, actor: Actor, task: SectionTask) -> None:
    row = session.get_one(Assessment, task.assessment_id)
    record(
        session,
        now,
        action,
        person_id=actor.person_id,
        organisation_id=row.organisation_id,
        assessment_id=row.id,
        section=task.section_id,
    )
