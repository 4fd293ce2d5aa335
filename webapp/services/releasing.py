"""Releasing a cohort's figures: ordered by somebody who runs it, worked out by a worker, told once for good.

A release is of one questionnaire in one round. Who is counted is asked twice: before working it out, and in
the transaction that writes it. Where that has changed meanwhile, because somebody withdrew their consent or
handed in anew, or another cohort was told something, it is worked out again. A job that is done twice, and
two people who press at once, give one release.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from assessment.cohort.figures import cohort_figures
from assessment.cohort.members import Member, one_for_each_owner
from assessment.cohort.publishing import Refusal, Release, publish, release_text
from assessment.cohort.stored import basis_text, read_release
from questionnaires.values import LANGUAGES, Depth
from webapp.db import queries_releases as queries
from webapp.db.queries_cohorts import find_cohort
from webapp.db.queries_releases import HandIn
from webapp.db.tables.cohorts import Cohort
from webapp.db.tables.people import Person
from webapp.db.tables.releases import CohortRelease, ReleaseDocument
from webapp.errors import NotThere
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.cohortcounting import (
    attendance_in,
    counted_hand_ins,
    levels_before,
    members_of,
    results_by_id,
)
from webapp.services.cohortlayouts import (
    NOWHERE,
    CohortLayout,
    Located,
    keep_layout,
    layout_in,
    located_in,
    new_layout,
)
from webapp.services.cohortrounds import round_now
from webapp.services.cohorts import at_cohort, prework_of
from webapp.services.jobs import Body, JobFailed
from webapp.services.queueing import enqueue
from webapp.services.releaseowners import owned_as_now
from webapp.services.releasesbeside import told_beside
from webapp.services.site import Site

ATTEMPTS = 3
"""How often it is worked out anew when who is counted changes meanwhile, before the job is put off."""

REFUSED = "refused."
"""What the code of a job begins with that came to no release; the reason follows."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    cohort_id: str
    questionnaire: str
    round: int
    person_id: str | None


@dataclass(frozen=True, slots=True)
class _Read:
    """Everything a release is made of. ``rows``: which hand-ins count, by which a change is seen.

    ``beside``: what other cohorts were told, by id.
    """

    rows: tuple[HandIn, ...]
    members: tuple[Member, ...]
    layout: CohortLayout
    depth: Depth
    earlier: tuple[Release, ...]
    beside: Mapping[str, Release]


def job_key(cohort_id: str, questionnaire: str, round_: int) -> str:
    """What the job of a release is known by."""
    return f"release:{cohort_id}:{questionnaire}:{round_}"


def document_key(release: str, language: str) -> str:
    """What the job of a release's document is known by."""
    return f"release-document:{release}:{language}"


def have_document_made(session: Session, document: ReleaseDocument, now: datetime) -> str:
    """Have a worker make a document of a release; the id of the job."""
    parts = {"release": document.release_id, "language": document.language}
    return enqueue(session, now, "render_release", document_key(**parts), **parts).id


def order_release(
    site: Site,
    actor: Actor,
    programme_id: str,
    cohort_id: str,
    *,
    questionnaire: str,
    round_: int,
    now: datetime,
) -> str | None:
    """Have this round's figures of a questionnaire released; the id of the job, None where they are.

    ``round_``: the one somebody has seen; another than the cohort is in by now is not there. Raises NotThere,
    NotSaved.
    """
    with at_cohort(site, actor, programme_id, cohort_id) as (session, cohort):
        if questionnaire not in prework_of(cohort) or round_ != round_now(session, cohort).number:
            raise NotThere
        if queries.release_in(session, cohort.id, questionnaire, round_) is not None:
            return None
        job = enqueue(
            session,
            now,
            "release_cohort",
            job_key(cohort.id, questionnaire, round_),
            cohort=cohort.id,
            questionnaire=questionnaire,
            round=round_,
            person=actor.person_id,
        )
        return job.id


def release(site: Site, body: Body, now: datetime) -> tuple[str, ...]:
    """Do what was ordered; the ids of the jobs that make its documents. Raises JobFailed."""
    wanted = _Wanted(
        str(body["cohort"]), str(body["questionnaire"]), int(body["round"] or 0), _text(body.get("person"))
    )
    for _ in range(ATTEMPTS):
        read = _read(site, wanted)
        if read is None:
            return ()
        figures = cohort_figures(read.members, read.layout.layout, wanted.round)
        beside = tuple(read.beside.values())
        known = [*(one.basis for one in beside), *(one.basis for one in read.earlier), figures]
        made = publish(figures, owned_as_now(read.earlier, known), owned_as_now(beside, known))
        if isinstance(made, Refusal):
            raise JobFailed(f"{REFUSED}{made.reason}", is_final=True)
        jobs = _keep(site, wanted, read, made, now)
        if jobs is not None:
            return jobs
    raise JobFailed("changed_meanwhile")


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _read(site: Site, wanted: _Wanted) -> _Read | None:
    """What a release is made of; None where there is nothing left to do. Raises JobFailed: it is over."""
    with site.database.read() as session:
        cohort = find_cohort(session, wanted.cohort_id)
        if cohort is None or _is_there(session, wanted):
            return None
        round_ = round_now(session, cohort)
        if round_.number != wanted.round:
            raise JobFailed(f"{REFUSED}round_over", is_final=True)
        depth = prework_of(cohort).get(wanted.questionnaire)
        if depth is None:
            raise JobFailed(f"{REFUSED}not_asked", is_final=True)
        rows = counted_hand_ins(session, site, cohort, wanted.questionnaire, round_)
        located = located_in(session, cohort.id)
        members = members_of(
            rows,
            results_by_id(session, rows),
            before=levels_before(session, site, cohort, wanted.questionnaire, round_),
            located=located,
            attended=attendance_in(session, rows),
            lacks=site.shelf.lacks(wanted.questionnaire),
        )
        layout = _layout(session, site, cohort, (wanted.questionnaire, depth), _places(members, located))
        kept = queries.releases_with_basis(session, cohort.id, wanted.questionnaire)
        earlier = tuple(read_release(one.told, one.basis, layout.layout) for one in kept)
        beside = told_beside(session, cohort.id, wanted.questionnaire)
    return _Read(rows, tuple(members), layout, depth, earlier, beside)


def _is_there(session: Session, wanted: _Wanted) -> bool:
    return queries.release_in(session, wanted.cohort_id, wanted.questionnaire, wanted.round) is not None


def _places(members: Iterable[Member], located: Mapping[str, Located]) -> list[Located]:
    return [located.get(one.company, NOWHERE) for one in one_for_each_owner(members)]


def _layout(
    session: Session, site: Site, cohort: Cohort, asked: tuple[str, Depth], counted: Sequence[Located]
) -> CohortLayout:
    """The cohort's layout; before the first release the one that it would settle."""
    questionnaire, depth = asked
    held = layout_in(cohort, questionnaire)
    if held is not None:
        return held
    shelved = site.shelf.newest(questionnaire)
    if shelved is None:
        raise JobFailed(f"{REFUSED}not_asked", is_final=True)
    return new_layout(session, cohort, shelved, depth, counted)


def _keep(site: Site, wanted: _Wanted, read: _Read, made: Release, now: datetime) -> tuple[str, ...] | None:
    """Write it; None where who is counted, what is asked, or what other cohorts were told has changed.

    The ids of the jobs of its documents.
    """
    with site.database.write() as session:
        cohort = find_cohort(session, wanted.cohort_id, is_locked=True)
        if cohort is None or _is_there(session, wanted):
            return ()
        round_ = round_now(session, cohort)
        rows = counted_hand_ins(session, site, cohort, wanted.questionnaire, round_)
        beside = queries.ids_beside(session, cohort.id, wanted.questionnaire)
        if rows != read.rows or round_.number != wanted.round or beside != read.beside.keys():
            return None
        if prework_of(cohort).get(wanted.questionnaire) != read.depth:
            return None
        keep_layout(cohort, read.layout)
        row = _row(session, wanted, read.layout, made, now)
        session.add(row)
        session.flush()
        record(
            session,
            now,
            "cohort_released",
            person_id=row.by_person_id,
            programme=cohort.programme_id,
            cohort=cohort.id,
            release=row.id,
            round=row.round,
            count=made.owners,
        )
        return tuple(_order_document(session, row.id, language, now) for language in LANGUAGES)


def _row(
    session: Session, wanted: _Wanted, layout: CohortLayout, made: Release, now: datetime
) -> CohortRelease:
    person = session.get(Person, wanted.person_id) if wanted.person_id else None
    return CohortRelease(
        cohort_id=wanted.cohort_id,
        questionnaire=wanted.questionnaire,
        version=layout.version,
        round=made.round,
        number=made.number,
        told=release_text(made),
        basis=basis_text(made),
        sha256=made.sha256,
        by_person_id=None if person is None else person.id,  # they may be erased meanwhile
        released_utc=now,
    )


def _order_document(session: Session, release_id: str, language: str, now: datetime) -> str:
    document = ReleaseDocument(release_id=release_id, language=language)
    session.add(document)
    session.flush()
    return have_document_made(session, document, now)
