"""What the company's own people say to each other about a question; nobody else ever sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy.orm import Session

from reports.formatting import paragraphs
from webapp.db import queries_discussion as queries
from webapp.db.ids import is_id
from webapp.db.queries_evidence import count_files
from webapp.db.tables.assessments import Comment
from webapp.errors import NotAllowed, NotThere, Refused, TooOften
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.authors import Author, author_of
from webapp.services.question import OpenedQuestion, reach_question
from webapp.services.site import Site

MAX_COMMENT = 5_000
"""Characters."""

COMMENTS_AN_HOUR = 60
"""By one person: more than anybody types, few enough that a script does no harm."""

_HOUR = timedelta(hours=1)
_TWICE = timedelta(minutes=1)
"""The same words again within this time are a button that was pressed twice."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands beside one question. ``changes``: versions its answer has had.

    ``last_by``, ``last_at``: who answered last; without a name where it was a trial. ``is_last_gone``: they
    are no longer known to us.
    """

    comments: int = 0
    files: int = 0
    changes: int = 0
    last_by: str = ""
    last_at: datetime | None = None
    is_last_gone: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment. ``lines``: none when it was removed. ``is_own``: the reader wrote it."""

    id: str
    by: Author
    at_utc: datetime
    lines: tuple[str, ...]
    is_removed: bool
    is_own: bool


def marks(site: Site, assessment_id: str) -> Mapping[str, Marks]:
    """What stands beside each question that has anything, for a page that may show the assessment."""
    with site.database.read() as session:
        comments = queries.count_comments(session, assessment_id)
        files = count_files(session, assessment_id)
        found = {id_: Marks(comments.get(id_, 0), files.get(id_, 0)) for id_ in {*comments, *files}}
        for question_id, version, at_utc, person in queries.last_answers(session, assessment_id):
            by = author_of(person)
            found[question_id] = Marks(
                comments=comments.get(question_id, 0),
                files=files.get(question_id, 0),
                changes=version,
                last_by=by.name,
                last_at=at_utc,
                is_last_gone=by.is_gone,
            )
    return found


def thread_of(site: Site, actor: Actor, at: OpenedQuestion) -> tuple[Remark, ...]:
    """What was said about a question, the oldest first."""
    with site.database.read() as session:
        rows = queries.comments_of(session, at.opened.id, at.question.id)
        return tuple(
            Remark(
                id=row.id,
                by=author_of(person),
                at_utc=row.at_utc,
                lines=paragraphs(row.body),
                is_removed=row.removed_utc is not None,
                is_own=row.person_id == actor.person_id,
            )
            for row, person in rows
        )


def write_comment(
    site: Site, actor: Actor, assessment_id: str, question_id: str, now: datetime, *, text: str
) -> str:
    """Say something about a question; the id of the comment. The same words twice at once are one comment.

    Raises NotThere, NotAllowed, NotSaved, TooOften, and Refused for a text that is empty or too long.
    """
    body = "\n".join(paragraphs(text))
    if not body:
        raise Refused("discussion.empty")
    if len(body) > MAX_COMMENT:
        raise Refused("discussion.too_long", limit=MAX_COMMENT)
    with site.database.write() as session:
        row, organisation, question = reach_question(session, site, actor, assessment_id, question_id)
        if actor.is_trial:
            raise NotAllowed
        comment = Comment(
            assessment_id=row.id, question_id=question.id, person_id=actor.person_id, body=body, at_utc=now
        )
        if (same := _just_said(session, comment)) is not None:
            return same
        _limit(session, actor, now)
        session.add(comment)
        session.flush()
        organisation.active_utc = now
        _record(session, now, "comment_written", comment, organisation.id)
        return comment.id


def remove_comment(
    site: Site, actor: Actor, assessment_id: str, question_id: str, now: datetime, *, comment_id: str
) -> None:
    """Take back what one has said oneself; its words are gone, the place stays.

    Raises NotThere, NotSaved, and NotAllowed for what somebody else said.
    """
    with site.database.write() as session:
        row, organisation, question = reach_question(session, site, actor, assessment_id, question_id)
        comment = session.get(Comment, comment_id) if is_id(comment_id) else None
        if comment is None or (comment.assessment_id, comment.question_id) != (row.id, question.id):
            raise NotThere
        if comment.person_id != actor.person_id:
            raise NotAllowed
        if comment.removed_utc is None:
            comment.body, comment.removed_utc = "", now
            _record(session, now, "comment_removed", comment, organisation.id)


def _just_said(session: Session, comment: Comment) -> str | None:
    """The id of the last comment of the thread, when it is the same one sent twice."""
    thread = queries.comments_of(session, comment.assessment_id, comment.question_id)
    if not thread:
        return None
    last = thread[-1][0]
    is_same = (last.person_id, last.body) == (comment.person_id, comment.body)
    return last.id if is_same and comment.at_utc - last.at_utc <= _TWICE else None


def _limit(session: Session, actor: Actor, now: datetime) -> None:
    times = queries.comment_times(session, actor.person_id, now - _HOUR)
    if len(times) >= COMMENTS_AN_HOUR:
        waits = times[-COMMENTS_AN_HOUR] + _HOUR - now
        raise TooOften(max(1, ceil(waits.total_seconds() / 60)))


def _record(session: Session, now: datetime, action: str, comment: Comment, organisation_id: str) -> None:
    record(
        session,
        now,
        action,
        person_id=comment.person_id,
        organisation_id=organisation_id,
        assessment_id=comment.assessment_id,
        comment=comment.id,
    )
