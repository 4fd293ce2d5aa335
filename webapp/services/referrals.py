"""The referrals of a company, to be read: to whom, over what, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from assessment.support.outcomes import Outcome
from webapp.db import queries_support as queries
from webapp.db.tables.assessments import Assessment
from webapp.services.authors import Author, author_of


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a referral, as somebody said then."""

    outcome: Outcome
    note: str
    by: Author
    at_utc: datetime


@dataclass(frozen=True, slots=True)
class Referred:
    """A referral. ``actor_id``: None where the directory has the organisation no more.

    ``history``: the oldest first; empty while nothing came of it.
    """

    id: str
    question_id: str | None
    actor_id: str | None
    actor: str
    offer: str
    url: str
    note: str
    is_earlier: bool
    by: Author
    at_utc: datetime
    history: tuple[Came, ...]

    @property
    def outcome(self) -> Outcome | None:
        """How it stands."""
        return self.history[-1].outcome if self.history else None

    @property
    def is_live(self) -> bool:
        """Whether something is still to come of it."""
        return self.outcome in (None, "contacted")


def referrals_in(session: Session, row: Assessment) -> tuple[Referred, ...]:
    """The referrals over an assessment and its earlier rounds, the newest first.

    Access is decided elsewhere.
    """
    rows = queries.referrals_for(session, row)
    people = queries.people_behind(session, rows)
    history: dict[str, list[Came]] = {}
    for came, person in queries.outcomes_of(session, [one.id for one in rows]):
        outcome: Outcome = came.outcome  # type: ignore[assignment]  # the table holds outcomes only
        held = history.setdefault(came.referral_id, [])
        held.append(Came(outcome, came.note, author_of(person), came.at_utc))
    return tuple(
        Referred(
            id=one.id,
            question_id=one.question_id,
            actor_id=one.actor_id,
            actor=one.actor,
            offer=one.offer,
            url=one.url,
            note=one.note,
            is_earlier=one.assessment_id != row.id,
            by=author_of(people.get(one.by_person_id or "")),
            at_utc=one.at_utc,
            history=tuple(history.get(one.id, ())),
        )
        for one in rows
    )
