"""Every version an answer has had, and taking an earlier one up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assessment.answers import Answer
from webapp.db import queries_assessments as assessment_queries
from webapp.db import queries_discussion as queries
from webapp.errors import NotThere
from webapp.services.actor import Actor
from webapp.services.answering import Said, Saved, save_answers
from webapp.services.authors import Author, author_of
from webapp.services.opening import NOTHING, stored_answer
from webapp.services.question import OpenedQuestion, reach_question
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an answer. ``before``: the one it came after; nothing was said before the first."""

    number: int
    answer: Answer
    before: Answer
    by: Author
    at_utc: datetime


def history_of(site: Site, at: OpenedQuestion) -> tuple[Version, ...]:
    """Every version of the answer to a question, the newest first."""
    versions: list[Version] = []
    with site.database.read() as session:
        for change, person in queries.versions_of(session, at.opened.id, at.question.id):
            versions.append(
                Version(
                    number=change.version,
                    answer=stored_answer(at.question, change.body),
                    before=versions[-1].answer if versions else NOTHING,
                    by=author_of(person),
                    at_utc=change.at_utc,
                )
            )
    return tuple(reversed(versions))


def restore(
    site: Site, actor: Actor, assessment_id: str, question_id: str, now: datetime, *, version: int, base: int
) -> Saved:
    """Save an earlier version as a new one. ``base``: the version the reader saw as the newest.

    What stands is left alone where somebody has answered since then: that is a clash. Raises as saving
    answers does, and NotThere for a version that never was.
    """
    with site.database.read() as session:
        row, _, question = reach_question(session, site, actor, assessment_id, question_id)
        change = assessment_queries.find_change(session, row.id, question.id, version)
        if change is None:
            raise NotThere
        answer = stored_answer(question, change.body)
    return save_answers(site, actor, row.id, [Said(question.id, answer, base)], now)
