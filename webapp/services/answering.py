"""Saving answers so that two people never overwrite each other unseen.

Every answer has a version. What comes in says which version it was made from; see :func:`_judged` for what
follows. Saved means that the commit has returned.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy.orm import Session

from assessment.answers import Answer, answer_json
from assessment.review.lifecycle import is_editable
from questionnaires.model import Question, asked_at
from webapp.db import queries_assessments as queries
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.organisations import Organisation
from webapp.db.writing_answers import Written, keep_answers, note_activity
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.metrics import count_answers
from webapp.services.opening import NOTHING, Held, held_answer, reach, stored_answer
from webapp.services.shelf import Shelved
from webapp.services.site import Site

_Verdict: TypeAlias = Literal["same", "save", "clash"]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said to one question, and the version their form was made from.

    ``is_touched``: they changed it, also where it reads like what the form was made from; a whole form
    that comes in with its button does not tell.
    """

    question_id: str
    answer: Answer
    base: int
    is_touched: bool = False


@dataclass(frozen=True, slots=True)
class Clash:
    """Two people said different things. ``before``: what both started from."""

    question_id: str
    mine: Answer
    theirs: Held
    before: Answer


@dataclass(frozen=True, slots=True)
class Saved:
    """``held``: every question that came in, as it stands now. ``changed``: those with a new version."""

    held: Mapping[str, Held]
    changed: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = field(default=())

    @property
    def versions(self) -> dict[str, int]:
        """The version of every question that came in."""
        return {id_: held.version for id_, held in self.held.items()}


def save_answers(
    site: Site,
    actor: Actor,
    assessment_id: str,
    said: Iterable[Said],
    now: datetime,
    *,
    confirms: bool = False,
) -> Saved:
    """Keep what was said, but for what clashes with somebody else's answer.

    ``confirms``: answers carried over from last time that came in unchanged count as looked at.
    Raises NotThere, NotAllowed, NotSaved, and Refused when the assessment takes no answers now.
    """
    said = list(said)
    with site.database.write(is_alone=False) as session:
        row, organisation, shelved = lock_for_answers(session, site, actor, assessment_id)
        pen = _Pen(session, row, shelved, {one.question_id for one in said}, by=actor.person_id, now=now)
        for one in said:
            pen.write(one, confirms=confirms)
        if pen.written:
            keep_answers(session, row, pen.written, actor.person_id, now)
            note_activity(organisation, now)
            record(
                session,
                now,
                "answers_saved",
                person_id=actor.person_id,
                organisation_id=organisation.id,
                assessment_id=row.id,
                count=len(pen.written),
            )
        saved = Saved(dict(pen.said), tuple(one.question_id for one in pen.written), tuple(pen.clashes))
    count_answers(len(saved.changed), len(saved.clashes))
    return saved


def lock_for_answers(
    session: Session, site: Site, actor: Actor, assessment_id: str
) -> tuple[Assessment, Organisation, Shelved]:
    """An assessment that takes answers, held against submission until the transaction ends."""
    row, organisation = reach(session, actor, assessment_id, is_locked=True)
    actor.needs(organisation.id, "owner", "member")
    shelved = site.shelf.open(row.questionnaire, row.version)
    if not is_editable(row.state):
        raise Refused("wizard.locked")
    if not shelved.is_intact:
        raise Refused("wizard.definition_changed")
    return row, organisation, shelved


class _Pen:
    """Gathers the answers of one request. ``said``: every question that came in, as it stands then.

    ``written``: those to keep.
    """

    def __init__(
        self,
        session: Session,
        row: Assessment,
        shelved: Shelved,
        questions: Collection[str],
        *,
        by: str,
        now: datetime,
    ) -> None:
        self.session = session
        self.row = row
        self.by = by
        self.now = now
        self.questions: dict[str, Question] = {
            planned.question.id: planned.question
            for planned in shelved.plan.questions
            if asked_at(planned.question, row.depth)
        }
        self.stored = queries.answers_of(session, row.id, questions)
        self.said: dict[str, Held] = {}
        self.written: list[Written] = []
        self.clashes: list[Clash] = []

    def write(self, said: Said, *, confirms: bool) -> None:
        """Keep one answer, or note what it clashes with. Raises NotThere for a question not asked here."""
        question = self.questions.get(said.question_id)
        if question is None or question.kind == "computed":
            raise NotThere
        current = self._current(question)
        self.said[question.id] = current
        before = current.answer if said.base == current.version else self._before(question, said.base)
        match _judged(said, current, before, by=self.by):
            case "save":
                self._save(question.id, said.answer, current)
            case "clash":
                self.clashes.append(Clash(question.id, said.answer, current, before))
            case "same" if confirms and current.is_carried:
                self.stored[question.id].is_carried = False
                self.said[question.id] = replace(current, is_carried=False)

    def _current(self, question: Question) -> Held:
        if question.id in self.said:
            return self.said[question.id]
        row = self.stored.get(question.id)
        return Held() if row is None else held_answer(question, row)

    def _before(self, question: Question, base: int) -> Answer:
        if base < 1:
            return NOTHING
        change = queries.find_change(self.session, self.row.id, question.id, base)
        return NOTHING if change is None else stored_answer(question, change.body)

    def _save(self, id_: str, answer: Answer, current: Held) -> None:
        body = json.dumps(answer_json(answer), sort_keys=True)
        version = current.version + 1
        self.said[id_] = Held(answer, version, self.by, self.now)
        self.written.append(Written(id_, body, version))


def _judged(said: Said, current: Held, before: Answer, *, by: str) -> _Verdict:
    """What to do with an answer.

    It says what stands already: nothing. Its form was made from what stands: save. Its form shows what
    it was made from, so nobody touched it: nothing. What stands is the same person's own: save, as
    nobody else's word goes under. Else two people changed it: a clash.
    """
    if said.answer == current.answer:
        return "same"
    if said.base == current.version:
        return "save"
    if said.answer == before and not said.is_touched:
        return "same"
    return "save" if current.by_person_id == by else "clash"
