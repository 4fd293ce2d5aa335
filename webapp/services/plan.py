"""The plan of a company, to be read: what it and its advisors agreed to do, and how far that has come."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from assessment.review.plan import ActionStatus, Agreed, find_status, is_live, is_overdue, place
from reports.material import PlannedAction
from webapp.db import queries_plans as queries
from webapp.db.queries_assessments import assessments_of
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Person
from webapp.db.tables.plans import AgreedAction
from webapp.errors import NotThere
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.services.authors import Author, author_of
from webapp.services.blindness import refuse_unrated
from webapp.services.directory import directory_of
from webapp.services.opening import reach
from webapp.services.referrals import Referred, referrals_in
from webapp.services.shelf import Shelved
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class Entry:
    """One agreed action. ``period``: of the round it was agreed over; ``is_earlier``: one before this one.

    ``shelved``: the version of the questionnaire its question belongs to. ``version``: the newest;
    ``by``, ``at_utc``: of that one.
    """

    id: str
    agreed: Agreed
    period: str
    is_earlier: bool
    is_overdue: bool
    shelved: Shelved
    version: int
    started_by: Author
    started_utc: datetime
    by: Author
    at_utc: datetime

    @property
    def is_live(self) -> bool:
        """Whether something is still to be done."""
        return is_live(self.agreed.status)


@dataclass(frozen=True, slots=True)
class OpenedPlan:
    """The plan of an assessment. ``entries``: what is left first; ``is_own``: the reader is the company's.

    ``referrals``: the newest first; ``has_directory``: there is somebody to refer the company to.
    """

    row: Assessment
    organisation: Organisation
    shelved: Shelved
    entries: tuple[Entry, ...]
    is_own: bool
    reads_result: bool
    referrals: tuple[Referred, ...] = ()
    has_directory: bool = False

    @property
    def id(self) -> str:
        """The assessment's id."""
        return self.row.id

    def entry(self, action_id: str) -> Entry:
        """One of them. Raises NotThere."""
        for entry in self.entries:
            if entry.id == action_id:
                return entry
        raise NotThere

    @property
    def left(self) -> Left:
        """How much of it is to be done."""
        return _left(entry.is_overdue for entry in self.entries if entry.is_live)


@dataclass(frozen=True, slots=True)
class Left:
    """How many actions are still to be done, and how many of them should have been by now."""

    live: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an action. ``before``: the one before it; None for the first."""

    number: int
    agreed: Agreed
    before: Agreed | None
    by: Author
    at_utc: datetime


def open_plan(site: Site, actor: Actor, assessment_id: str, now: datetime) -> OpenedPlan:
    """The plan, for the company's own people and its advisors.

    Raises NotThere, and Refused: the reader has answers to rate first.
    """
    with site.database.read() as session:
        row, organisation = reach_plan(session, site, actor, assessment_id)
        return OpenedPlan(
            row=row,
            organisation=organisation,
            shelved=site.shelf.open(row.questionnaire, row.version),
            entries=entries_of(session, site, row, now),
            is_own=actor.answers_for(organisation.id),
            reads_result=row.submissions > 0,
            referrals=referrals_in(session, row),
            has_directory=bool(directory_of(session, organisation.id)),
        )


def reach_plan(
    session: Session, site: Site, actor: Actor, assessment_id: str, *, is_locked: bool = False
) -> tuple[Assessment, Organisation]:
    """An assessment whose plan the actor reads and writes. Raises NotThere and Refused.

    ``is_locked``: nobody takes it back, or writes to its plan, until the transaction ends.
    """
    row, organisation = reach(session, actor, assessment_id, is_locked=is_locked)
    if not actor.is_any_of(organisation.id, *COMPANY_ROLES, "advisor"):
        raise NotThere
    refuse_unrated(session, site, actor, row)
    return row, organisation


def entries_of(session: Session, site: Site, row: Assessment, now: datetime) -> tuple[Entry, ...]:
    """The actions on the plan of an assessment, what is left first, the nearest deadline before others."""
    today = now.astimezone(site.zone).date()
    found = queries.actions_for(session, row)
    people = queries.people_of(session, [action for action, _ in found])
    entries = [_entry(site, row, one, people, today) for one in found]
    return tuple(sorted(entries, key=lambda one: place(one.agreed.status, one.agreed.due_on)))


def planned_actions(session: Session, row: Assessment) -> tuple[PlannedAction, ...]:
    """The plan of an assessment as a report takes it, in the page's order. Access is decided elsewhere."""
    found = [(action, agreed_of(action)) for action, _ in queries.actions_for(session, row)]
    return tuple(
        PlannedAction(
            id=action.id,
            question_id=agreed.question_id,
            text=agreed.text,
            owner=agreed.owner,
            due_on=agreed.due_on,
            effort=agreed.effort,
            status=agreed.status,
            remark=agreed.remark,
            is_earlier=action.assessment_id != row.id,
        )
        for action, agreed in sorted(found, key=lambda one: place(one[1].status, one[1].due_on))
    )


def history_of(site: Site, entry: Entry) -> tuple[Version, ...]:
    """Every version of an action somebody has before them, the newest first."""
    with site.database.read() as session:
        rows = queries.versions_of(session, [entry.id])
        said = [agreed_from(change.body) for change, _ in rows]
        versions = [
            Version(change.version, agreed, before, author_of(person), change.at_utc)
            for (change, person), agreed, before in zip(rows, said, [None, *said], strict=False)
        ]
    return tuple(reversed(versions))


def what_is_left(site: Site, actor: Actor, now: datetime) -> dict[str, Left]:
    """What one's own companies have still to do, by the newest assessment of each questionnaire."""
    today = now.astimezone(site.zone).date()
    companies = actor.organisations(*COMPANY_ROLES)
    with site.database.read() as session:
        found = queries.left_of(session, companies)
        newest = _newest(assessments_of(session, companies)) if found else {}
        late: dict[str, list[bool]] = {}
        for action, row in found:
            said = agreed_of(action)
            id_ = newest[row.organisation_id, row.questionnaire]
            late.setdefault(id_, []).append(is_overdue(said.status, said.due_on, today))
    return {id_: _left(flags) for id_, flags in late.items()}


def agreed_of(row: AgreedAction) -> Agreed:
    """What an action says as it stands."""
    return Agreed(
        text=row.body,
        owner=row.owner,
        due_on=row.due_on,
        effort=row.effort,
        question_id=row.question_id,
        status=_status(row.status),
        remark=row.remark,
    )


def agreed_json(agreed: Agreed) -> str:
    """What an action says, as its history keeps it."""
    said = {
        "body": agreed.text,
        "owner": agreed.owner,
        "due_on": None if agreed.due_on is None else agreed.due_on.isoformat(),
        "effort": agreed.effort,
        "question_id": agreed.question_id,
        "status": agreed.status,
        "remark": agreed.remark,
    }
    return json.dumps(said, sort_keys=True)


def agreed_from(body: str) -> Agreed:
    """What an action said in a version of its history."""
    said = json.loads(body)
    return Agreed(
        text=said["body"],
        owner=said["owner"],
        due_on=date.fromisoformat(said["due_on"]) if said["due_on"] else None,
        effort=said["effort"],
        question_id=said["question_id"],
        status=_status(said["status"]),
        remark=said["remark"],
    )


def _status(text: str) -> ActionStatus:
    """A status as the tables hold it."""
    found = find_status(text)
    assert found is not None
    return found


def _entry(
    site: Site,
    row: Assessment,
    found: tuple[AgreedAction, Assessment],
    people: Mapping[str, Person],
    today: date,
) -> Entry:
    action, of = found
    agreed = agreed_of(action)
    return Entry(
        id=action.id,
        agreed=agreed,
        period=of.period,
        is_earlier=of.id != row.id,
        is_overdue=is_overdue(agreed.status, agreed.due_on, today),
        shelved=site.shelf.open(of.questionnaire, of.version),
        version=action.version,
        started_by=author_of(people.get(action.started_by or "")),
        started_utc=action.started_utc,
        by=author_of(people.get(action.by_person_id or "")),
        at_utc=action.at_utc,
    )


def _newest(rows: Sequence[Assessment]) -> dict[tuple[str, str], str]:
    """The assessment that was started last, by organisation and questionnaire."""
    in_order = sorted(rows, key=lambda row: (row.started_utc, row.id))
    return {(row.organisation_id, row.questionnaire): row.id for row in in_order}


def _left(overdue: Iterable[bool]) -> Left:
    found = Counter(overdue)
    return Left(found[True] + found[False], found[True])
