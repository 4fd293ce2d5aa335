"""A new round of something handed in: what would come with it, and starting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from assessment.change.moving import Dropped, Move, move_answers
from assessment.errors import IllegalTransition
from assessment.review.lifecycle import move
from assessment.routing import questions_at
from questionnaires.values import Depth
from webapp.db.tables.assessments import Assessment, StateChange
from webapp.db.tables.organisations import Organisation
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.assessments import Wanted, start_in
from webapp.services.audit import record
from webapp.services.choices import Offer, offer
from webapp.services.opening import answer_set, held_answers, reach
from webapp.services.shelf import Shelved
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class Preview:
    """What a new round would begin with. ``carried``: how many answers come with it at the same depth.

    ``periods``: years, the newest first; ``period``: the one most often wanted.
    """

    row: Assessment
    organisation: Organisation
    old: Shelved
    new: Shelved
    carried: int
    dropped: tuple[Dropped, ...]
    new_questions: tuple[str, ...]
    periods: tuple[str, ...]
    period: str

    @property
    def is_other_version(self) -> bool:
        """Whether the questionnaire has changed since."""
        return self.old.plan.sha256 != self.new.plan.sha256


def preview_round(site: Site, actor: Actor, assessment_id: str, now: datetime) -> Preview:
    """What would come with a new round. Raises NotThere, NotAllowed, and Refused: it is not handed in."""
    with site.database.read() as session:
        row, organisation = _reach(session, actor, assessment_id)
        _check(row)
        old, new = site.shelf.open(row.questionnaire, row.version), site.shelf.newest(row.questionnaire)
        if new is None:
            raise Refused("assessments.no_questionnaire")
        moved = _moved(session, row, organisation, old, new)
    offered = offer(site, actor, now)
    asked = {p.question.id for p in questions_at(new.plan, row.depth)}
    return Preview(
        row=row,
        organisation=organisation,
        old=old,
        new=new,
        carried=len(asked.intersection(moved.carried)),
        dropped=moved.dropped,
        new_questions=moved.new_questions,
        periods=offered.periods,
        period=_period(row.period, offered),
    )


def start_round(
    site: Site,
    actor: Actor,
    assessment_id: str,
    now: datetime,
    *,
    depth: Depth,
    period: str,
    carries: bool,
) -> str:
    """The id of the new assessment; the one it comes from stays as it is.

    Raises NotThere, NotAllowed, NotSaved, and Refused: not handed in, or one is open for that period.
    """
    with site.database.write() as session:
        row, organisation = _reach(session, actor, assessment_id)
        session.refresh(row, with_for_update=True)
        _check(row)
        carry_from = row.id if carries else None
        wanted = Wanted(organisation.id, row.questionnaire, depth, period, carry_from)
        new_id = start_in(session, site, actor, wanted, now)
        _note(session, actor, row, new_id, now)
        return new_id


def _reach(session: Session, actor: Actor, assessment_id: str) -> tuple[Assessment, Organisation]:
    row, organisation = reach(session, actor, assessment_id)
    if actor.answers_for(organisation.id):
        return row, organisation
    is_seen = row.submissions > 0 and actor.is_any_of(organisation.id, "advisor")
    raise NotAllowed if is_seen else NotThere


def _check(row: Assessment) -> None:
    try:
        move(row.state, "start_new_round", "company")
    except IllegalTransition as error:
        raise Refused("rounds.not_handed_in") from error


def _note(session: Session, actor: Actor, row: Assessment, new_id: str, now: datetime) -> None:
    session.add(
        StateChange(
            assessment_id=row.id,
            event="start_new_round",
            state=row.state,
            by_person_id=actor.person_id,
            at_utc=now,
        )
    )
    record(
        session,
        now,
        "round_started",
        person_id=actor.person_id,
        organisation_id=row.organisation_id,
        assessment_id=row.id,
        following=new_id,
    )


def _moved(session: Session, row: Assessment, organisation: Organisation, old: Shelved, new: Shelved) -> Move:
    held = held_answers(session, row.id, old)
    answers = answer_set(session, row, organisation, old, held)
    return move_answers(answers, old.plan.questionnaire, new.plan.questionnaire, new.number)


def _period(last: str, offered: Offer) -> str:
    """The year after the last where it can be chosen."""
    following = str(int(last) + 1) if last.isdecimal() else ""
    return following if following in offered.periods else offered.period
