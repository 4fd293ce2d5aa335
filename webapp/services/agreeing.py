"""Agreeing on what to do, changing it, and following it up, so that two people never overwrite each other.

Every action has a version. What comes in says which version its page showed: where others have changed
something else since, both changes stand; where two changed the same, nothing is saved and both are shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import get_args

from sqlalchemy.orm import Session

from assessment.review.plan import Agreed, find_status, merged, parted
from questionnaires.values import Effort
from reports.formatting import paragraphs
from webapp.db import queries_plans as queries
from webapp.db.ids import is_id
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Person
from webapp.db.tables.plans import AgreedAction, AgreedActionChange
from webapp.db.writing_answers import note_activity
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.authors import Author, author_of
from webapp.services.plan import agreed_from, agreed_json, agreed_of, reach_plan
from webapp.services.shelf import Shelved
from webapp.services.site import Site

MAX_TEXT = 1_000
MAX_OWNER = 200
MAX_REMARK = 2_000
MAX_ACTIONS = 100
"""Agreed over one assessment: more than anybody does, few enough that a script does no harm."""

EFFORTS: tuple[Effort, ...] = get_args(Effort)
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
"""What can be a deadline; anything else is a slip of the finger."""

_TWICE = timedelta(minutes=1)
"""The same words again within this time are a button that was pressed twice."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants an action to say, but for how far it has come."""

    text: str
    owner: str = ""
    due_on: date | None = None
    effort: str | None = None
    question_id: str | None = None


@dataclass(frozen=True, slots=True)
class Parting:
    """Two people changed the same. ``before``: what both started from; ``parts``: what they differ in.

    ``by``, ``at_utc``: who saved theirs and when; ``version``: of theirs.
    """

    before: Agreed
    mine: Agreed
    theirs: Agreed
    parts: tuple[str, ...]
    by: Author
    at_utc: datetime
    version: int

    @property
    def both(self) -> Agreed:
        """Theirs with mine in its place: what it would say if mine were saved now."""
        return merged(self.before, self.mine, self.theirs)


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of saving. ``parting``: nothing was kept, since somebody else changed the same."""

    version: int
    parting: Parting | None = None


def agree(site: Site, actor: Actor, assessment_id: str, now: datetime, *, wanted: Wanted) -> str:
    """Put an action on the plan; its id. The same words twice at once are one action.

    Raises NotThere, NotSaved, and Refused: without text, too long, too many, no such question or effort, or
    the writer has answers to rate first.
    """
    with site.database.write() as session:
        row, organisation = reach_plan(session, site, actor, assessment_id, is_locked=True)
        agreed = _checked(site.shelf.open(row.questionnaire, row.version), wanted)
        own = queries.own_actions(session, row.id)
        if (same := _just_agreed(own, agreed, actor, now)) is not None:
            return same
        if len(own) >= MAX_ACTIONS:
            raise Refused("plan.too_many", limit=MAX_ACTIONS)
        action = AgreedAction(
            organisation_id=organisation.id,
            assessment_id=row.id,
            version=0,
            started_by=actor.person_id,
            started_utc=now,
        )
        session.add(action)
        _write(session, action, agreed, actor, now)
        _note(session, actor, now, "action_agreed", at=(row, organisation), action=action)
        return action.id


def revise(
    site: Site,
    actor: Actor,
    assessment_id: str,
    action_id: str,
    now: datetime,
    *,
    wanted: Wanted,
    base: int,
) -> Kept:
    """Have an action say something else. ``base``: the version the page showed. Raises as ``agree``."""

    def change(before: Agreed, shelved: Shelved) -> Agreed:
        said = _checked(shelved, wanted, stood=before)
        return replace(said, status=before.status, remark=before.remark)

    return _change(
        site, actor, assessment_id, action_id, now, change=change, base=base, deed="action_revised"
    )


def follow_up(
    site: Site,
    actor: Actor,
    assessment_id: str,
    action_id: str,
    now: datetime,
    *,
    status: str,
    remark: str,
    base: int,
) -> Kept:
    """Say how far an action has come. What is dropped needs a remark. Raises as ``agree``."""
    known = find_status(status)
    if known is None:
        raise Refused("plan.status_missing")
    said = "\n".join(paragraphs(remark))
    if len(said) > MAX_REMARK:
        raise Refused("plan.remark_long", limit=MAX_REMARK)
    if known == "dropped" and not said:
        raise Refused("plan.remark_missing")

    def change(before: Agreed, _shelved: Shelved) -> Agreed:
        return replace(before, status=known, remark=said)

    return _change(
        site, actor, assessment_id, action_id, now, change=change, base=base, deed="action_followed_up"
    )


def _change(
    site: Site,
    actor: Actor,
    assessment_id: str,
    action_id: str,
    now: datetime,
    *,
    change: Callable[[Agreed, Shelved], Agreed],
    base: int,
    deed: str,
) -> Kept:
    with site.database.write() as session:
        row, organisation = reach_plan(session, site, actor, assessment_id, is_locked=True)
        action, of = _reach_action(session, row, action_id)
        before = _version(session, action, base)
        mine = change(before, site.shelf.open(of.questionnaire, of.version))
        theirs = agreed_of(action)
        if parts := parted(before, mine, theirs):
            by = session.get(Person, action.by_person_id) if action.by_person_id else None
            parting = Parting(before, mine, theirs, parts, author_of(by), action.at_utc, action.version)
            return Kept(action.version, parting)
        wanted = merged(before, mine, theirs)
        if wanted != theirs:
            _write(session, action, wanted, actor, now)
            _note(session, actor, now, deed, at=(row, organisation), action=action)
        return Kept(action.version)


def _reach_action(session: Session, row: Assessment, action_id: str) -> tuple[AgreedAction, Assessment]:
    """An action on the plan of an assessment, held until the transaction ends. Raises NotThere."""
    on_it = {action.id: of for action, of in queries.actions_for(session, row)}
    if not is_id(action_id) or action_id not in on_it:
        raise NotThere
    action = queries.lock_action(session, action_id)
    if action is None:  # erased meanwhile
        raise NotThere
    return action, on_it[action_id]


def _version(session: Session, action: AgreedAction, base: int) -> Agreed:
    found = queries.find_version(session, action.id, base)
    if found is None:
        raise Refused("plan.damaged")
    return agreed_from(found.body)


def _checked(shelved: Shelved, wanted: Wanted, stood: Agreed | None = None) -> Agreed:
    """What is wanted as it can be kept. ``stood``: what may stay, though nobody could choose it now."""
    text = "\n".join(paragraphs(wanted.text))
    owner = " ".join(" ".join(paragraphs(wanted.owner)).split())
    if not text:
        raise Refused("plan.text_missing")
    if len(text) > MAX_TEXT:
        raise Refused("plan.text_long", limit=MAX_TEXT)
    if len(owner) > MAX_OWNER:
        raise Refused("plan.owner_long", limit=MAX_OWNER)
    _check_choices(shelved, wanted, stood)
    return Agreed(text, owner, wanted.due_on, wanted.effort, wanted.question_id)


def _check_choices(shelved: Shelved, wanted: Wanted, stood: Agreed | None) -> None:
    if wanted.due_on is not None and not FIRST_DAY <= wanted.due_on <= LAST_DAY:
        raise Refused("plan.due_unlikely")
    if wanted.effort is not None and wanted.effort not in EFFORTS:
        raise Refused("plan.no_such_effort")
    known = {planned.question.id for planned in shelved.plan.questions}
    stays = stood is not None and wanted.question_id == stood.question_id
    if wanted.question_id is not None and wanted.question_id not in known and not stays:
        raise Refused("plan.no_such_question")


def _just_agreed(own: list[AgreedAction], agreed: Agreed, actor: Actor, now: datetime) -> str | None:
    """The id of the last action, when it is the same one sent twice."""
    last = own[-1] if own else None
    if last is None or last.started_by != actor.person_id or now - last.started_utc > _TWICE:
        return None
    return last.id if agreed_of(last) == agreed else None


def _write(session: Session, action: AgreedAction, agreed: Agreed, actor: Actor, now: datetime) -> None:
    """Save what an action says as its next version, and remember that version."""
    action.body, action.owner, action.due_on = agreed.text, agreed.owner, agreed.due_on
    action.effort, action.question_id = agreed.effort, agreed.question_id
    action.status, action.remark = agreed.status, agreed.remark
    action.version += 1
    action.by_person_id, action.at_utc = actor.person_id, now
    session.flush()
    session.add(
        AgreedActionChange(
            action_id=action.id,
            version=action.version,
            body=agreed_json(agreed),
            by_person_id=actor.person_id,
            at_utc=now,
        )
    )
    session.flush()


def _note(
    session: Session,
    actor: Actor,
    now: datetime,
    deed: str,
    *,
    at: tuple[Assessment, Organisation],
    action: AgreedAction,
) -> None:
    row, organisation = at
    if actor.answers_for(organisation.id):
        note_activity(organisation, now)
    record(
        session,
        now,
        deed,
        person_id=actor.person_id,
        organisation_id=organisation.id,
        assessment_id=row.id,
        agreed=action.id,
        version=action.version,
    )
