"""The advisors' notes: private ones for the advisors of a company alone, shared ones for the company too.

A private note leaves this module for advisors only; everything else asks for ``shared_notes``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from reports.formatting import paragraphs
from webapp.db import queries_reviews as queries
from webapp.db.ids import is_id
from webapp.db.tables.people import Person
from webapp.db.tables.reviews import ReviewNote
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.authors import Author, author_of
from webapp.services.judging import UnderReview, reach_review
from webapp.services.opening import reach
from webapp.services.site import Site

MAX_NOTE = 5_000
"""Characters."""

PRIVATE_DEEDS = frozenset(("note_written", "note_removed"))
"""What the record calls deeds that the company learns nothing of: not even that there is a private note."""

_TWICE = timedelta(minutes=1)
"""The same words again within this time are a button that was pressed twice."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note. ``question_id``: None for one about the whole; ``number``: of the hand-in it was written to.

    ``lines``: none when it was removed. ``is_own``: the reader wrote it.
    """

    id: str
    question_id: str | None
    number: int
    by: Author
    at_utc: datetime
    lines: tuple[str, ...]
    is_shared: bool
    is_removed: bool
    is_own: bool


def write_note(
    site: Site,
    actor: Actor,
    assessment_id: str,
    now: datetime,
    *,
    text: str,
    is_shared: bool,
    question_id: str | None = None,
) -> str:
    """Write a note about a question, or the whole; its id. The same words twice at once are one note.

    A locked assessment takes private notes only: what the company has been told stays as it was. Raises
    NotThere, NotSaved, and Refused for a text that is empty or too long, and for a shared one when locked.
    """
    body = _read(text)
    with site.database.write() as session:
        at = _held_review(session, site, actor, assessment_id)
        if question_id is not None and question_id not in at.states:
            raise NotThere
        if is_shared and at.row.state == "approved":
            raise Refused("review.locked")
        note = ReviewNote(
            assessment_id=at.row.id,
            question_id=question_id,
            number=at.number,
            body=body,
            is_shared=is_shared,
            person_id=actor.person_id,
            at_utc=now,
        )
        if (same := _just_written(session, note)) is not None:
            return same
        session.add(note)
        session.flush()
        _record(session, now, "shared_note_written" if is_shared else "note_written", at, note)
        return note.id


def _read(text: str) -> str:
    """A note as plain lines that can be kept. Raises Refused for one that is empty or too long."""
    body = "\n".join(paragraphs(text))
    if not body:
        raise Refused("review.note_empty")
    if len(body) > MAX_NOTE:
        raise Refused("review.note_long", limit=MAX_NOTE)
    return body


def share_note(site: Site, actor: Actor, assessment_id: str, now: datetime, *, note_id: str) -> None:
    """Let the company read a note one has written; there is no way back, they may have read it.

    Raises NotThere, NotSaved, NotAllowed for a colleague's note, and Refused when locked.
    """
    with site.database.write() as session:
        at, note = _own_note(session, site, actor, assessment_id, note_id)
        if at.row.state == "approved":
            raise Refused("review.locked")
        if not note.is_shared and note.removed_utc is None:
            note.is_shared = True
            _record(session, now, "note_shared", at, note)


def remove_note(site: Site, actor: Actor, assessment_id: str, now: datetime, *, note_id: str) -> None:
    """Take back a private note one has written; its words are gone, the place stays.

    Raises NotThere, NotSaved, NotAllowed for a colleague's note, and Refused for one the company has.
    """
    with site.database.write() as session:
        at, note = _own_note(session, site, actor, assessment_id, note_id)
        if note.is_shared:
            raise Refused("review.note_shared")
        if note.removed_utc is None:
            note.body, note.removed_utc = "", now
            _record(session, now, "note_removed", at, note)


def all_notes(session: Session, actor: Actor, at: UnderReview) -> tuple[Note, ...]:
    """Every note, for one of the company's advisors: ``at`` is theirs alone."""
    return tuple(_notes(queries.notes_of(session, at.row.id), actor))


def shared_notes(site: Site, actor: Actor, assessment_id: str) -> tuple[Note, ...]:
    """What the advisors have written to the company, for both. Raises NotThere."""
    with site.database.read() as session:
        row, organisation = reach(session, actor, assessment_id)
        if not actor.is_any_of(organisation.id, "owner", "member", "advisor"):
            raise NotThere
        return tuple(_notes(queries.shared_notes_of(session, row.id), actor))


def _notes(rows: Iterable[tuple[ReviewNote, Person | None]], actor: Actor) -> Iterable[Note]:
    for row, person in rows:
        yield Note(
            id=row.id,
            question_id=row.question_id,
            number=row.number,
            by=author_of(person),
            at_utc=row.at_utc,
            lines=tuple(paragraphs(row.body)),
            is_shared=row.is_shared,
            is_removed=row.removed_utc is not None,
            is_own=row.person_id == actor.person_id,
        )


def _held_review(session: Session, site: Site, actor: Actor, assessment_id: str) -> UnderReview:
    """A hand-in that nobody locks, and nobody else writes a note to, until the transaction ends."""
    at = reach_review(session, site, actor, assessment_id)
    session.refresh(at.row, with_for_update=True)
    return at


def _own_note(
    session: Session, site: Site, actor: Actor, assessment_id: str, note_id: str
) -> tuple[UnderReview, ReviewNote]:
    at = _held_review(session, site, actor, assessment_id)
    note = session.get(ReviewNote, note_id, with_for_update=True) if is_id(note_id) else None
    if note is None or note.assessment_id != at.row.id:
        raise NotThere
    if note.person_id != actor.person_id:
        raise NotAllowed
    return at, note


def _just_written(session: Session, note: ReviewNote) -> str | None:
    """The id of the last note, when it is the same one sent twice."""
    thread = queries.notes_of(session, note.assessment_id)
    if not thread:
        return None
    last = thread[-1][0]
    is_same = (last.person_id, last.question_id, last.body, last.is_shared) == (
        note.person_id,
        note.question_id,
        note.body,
        note.is_shared,
    )
    return last.id if is_same and note.at_utc - last.at_utc <= _TWICE else None


def _record(session: Session, now: datetime, action: str, at: UnderReview, note: ReviewNote) -> None:
    record(
        session,
        now,
        action,
        person_id=note.person_id,
        organisation_id=at.organisation.id,
        assessment_id=note.assessment_id,
        note=note.id,
    )
