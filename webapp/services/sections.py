"""Marking sections as done."""

from __future__ import annotations

from datetime import datetime

from webapp.db import queries_assessments as queries
from webapp.db.tables.assessments import SectionTask
from webapp.services.actor import Actor
from webapp.services.answering import lock_for_answers
from webapp.services.site import Site


def mark_section(
    site: Site, actor: Actor, assessment_id: str, section_id: str, now: datetime, *, is_done: bool
) -> None:
    """Say that a section is done, or that it is not. Raises as saving answers does."""
    with site.database.write() as session:
        row, _, _ = lock_for_answers(session, site, actor, assessment_id)
        task = queries.tasks_of(session, row.id).get(section_id)
        if task is None:
            task = SectionTask(assessment_id=row.id, section_id=section_id)
            session.add(task)
        if is_done is (task.done_utc is None):
            task.done_utc = now if is_done else None
