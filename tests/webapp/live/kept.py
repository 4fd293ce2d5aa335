"""What must be in the database after everything: all that somebody was told is saved, once, and whole."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.webapp.live.colleague import FACT, Colleague
from tests.webapp.live.hammer import Answerer
from tests.webapp.live.serving import Crew
from webapp.db import queries_assessments as queries
from webapp.db.tables.assessments import (
    AnswerChange,
    Assessment,
    Comment,
    EvidenceFile,
    StoredAnswer,
    Submission,
)
from webapp.db.tables.work import AuditEvent, Document
from webapp.services.documents import FIRST
from webapp.services.site import Site


def assert_all_there(site: Site, crew: Crew) -> None:
    """Everything that was acknowledged is there, exactly once, and the database is sound."""
    colleague = crew.colleague
    with site.database.read() as session:
        if site.settings.database.startswith("sqlite"):
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        _assert_answers(session, crew.answerers)
        _assert_fact(session, crew.company, colleague)
        _assert_said_once(
            session.scalars(select(Comment.body)), colleague.comments, colleague.trying, "comments"
        )
        _assert_hand_ins(session, colleague)
        _assert_files(site, session, colleague)


def _assert_answers(session: Session, people: Iterable[Answerer]) -> None:
    """Every answer is in the history, and the newest of all stands."""
    id_ = next(iter(people)).assessment
    kept = {
        (change.question_id, change.version): json.loads(change.body)["comment"]
        for change in session.scalars(select(AnswerChange).filter_by(assessment_id=id_))
    }
    acknowledged = [one for person in people for one in person.acknowledged]
    lost = [(q, v, t) for q, v, t in acknowledged if kept.get((q, v)) != t]
    assert lost == [], lost
    rows = session.scalars(select(StoredAnswer).filter_by(assessment_id=id_))
    standing = {row.question_id: row.version for row in rows}
    assert queries.answers_of(session, id_).keys() == standing.keys()
    assert standing == {question: max(v for q, v in kept if q == question) for question in standing}


def _assert_fact(session: Session, company: str, colleague: Colleague) -> None:
    """The fact stands as it was last told, or as it was being told; each telling is one version."""
    fact = queries.facts_of(session, company)[FACT]
    told = fact.version - colleague.fact_version
    possible = [*colleague.facts, colleague.trying]
    assert told in (len(colleague.facts), len(colleague.facts) + 1)
    assert json.loads(fact.value) == possible[told - 1]


def _assert_said_once(kept: Iterable[str], told: Collection[str], trying: str, what: str) -> None:
    """Each of ``told`` is kept once, and nothing else but what was being tried."""
    counted = Counter(kept)
    assert {one: counted[one] for one in told if counted[one] != 1} == {}, what
    assert set(counted) - set(told) <= {trying}, what
    assert max(counted.values(), default=1) == 1, what


def _assert_hand_ins(session: Session, colleague: Colleague) -> None:
    """One submission for each time it was handed in, with one line in the record and its documents."""
    id_ = colleague.other
    numbers = list(
        session.scalars(select(Submission.number).filter_by(assessment_id=id_).order_by(Submission.number))
    )
    deeds = select(AuditEvent.id).filter_by(assessment_id=id_, action="assessment_submitted")
    assert len(numbers) in (colleague.hand_ins, colleague.hand_ins + 1)
    assert numbers == list(range(1, len(numbers) + 1))
    assert session.get_one(Assessment, id_).submissions == len(numbers)
    assert len(list(session.scalars(deeds))) == len(numbers)
    assert len(list(session.scalars(select(Document.id)))) == len(FIRST) * len(numbers)


def _assert_files(site: Site, session: Session, colleague: Colleague) -> None:
    """Each file is there once, with the very bytes that were sent; no row is without its file."""
    rows = {row.name: row for row in session.scalars(select(EvidenceFile))}
    names = session.scalars(select(EvidenceFile.name))
    _assert_said_once(names, colleague.files, f"{colleague.trying.replace(' ', '-')}.csv", "files")
    contents = {name: site.files.get(row.key) for name, row in rows.items()}
    assert {name: contents[name] for name in colleague.files} == colleague.files
    assert {name: hashlib.sha256(one).hexdigest() for name, one in contents.items()} == {
        name: row.sha256 for name, row in rows.items()
    }
