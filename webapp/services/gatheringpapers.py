"""The papers of a gathering: ordered, found, and handed out whole and up to date, or not at all.

Who may have what: staff of the programme what they print for the room; everybody who comes their own sheet.
A paper that would say something else now, also because a company has taken its consent back, is
``outdated``: it is never handed out, and made again when somebody asks. Source: decision 0043.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy.orm import Session

from questionnaires.values import LANGUAGES, Language
from webapp.db import queries_gatherings as queries
from webapp.db.ids import is_id
from webapp.db.queries_work import find_job
from webapp.db.tables.activities import ProgrammeActivity as ActivityRow
from webapp.db.tables.gatherings import GatheringPaper
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.documents import Pdf, whole_file
from webapp.services.gatheringmaterial import STAFF_KINDS, Asked, PaperKind, asked_of, has_content, mark_of
from webapp.services.gatheringreader import reader_of
from webapp.services.gatherings import Room, gathering_row, open_room, room_in
from webapp.services.jobs import do_again
from webapp.services.queueing import enqueue
from webapp.services.reports import slug
from webapp.services.site import Site

PaperState: TypeAlias = Literal["none", "waiting", "ready", "failed", "outdated", "empty"]
"""``none``: nobody has asked for it; ``empty``: there is nothing to print."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it stands. ``id``: empty where nobody has asked for it."""

    kind: PaperKind
    language: Language
    state: PaperState
    id: str
    size_bytes: int | None


def list_papers(site: Site, actor: Actor, programme_id: str, activity_id: str) -> tuple[Paper, ...]:
    """What staff can print, each kind in every language. Raises NotThere."""
    room = open_room(site, actor, programme_id, activity_id)
    with site.database.read() as session:
        rows = {(row.kind, row.language): row for row in queries.papers_of(session, activity_id)}
        return tuple(
            _seen(session, site, room, Asked(kind, language), rows.get((kind, language)))
            if has_content(room, kind)
            else Paper(kind, language, "empty", "", None)
            for kind in STAFF_KINDS
            for language in LANGUAGES
        )


def own_papers(site: Site, actor: Actor, activity_id: str, now: datetime) -> tuple[Paper, ...]:
    """Somebody's own sheet in every language; nothing for who does not come. Raises NotThere."""
    with site.database.read() as session:
        reader = reader_of(session, site, actor, activity_id, now)
        if reader.own is None:
            return ()
        rows = {row.language: row for row in queries.papers_of(session, activity_id, actor.person_id)}
        return tuple(
            _seen(session, site, reader.room, Asked("own", language, actor.person_id), rows.get(language))
            for language in LANGUAGES
        )


def order_paper(
    site: Site, actor: Actor, programme_id: str, activity_id: str, kind: str, *, language: str, now: datetime
) -> str | None:
    """Have a paper made, again where it is outdated; the id of the job, None where there is nothing to do.

    Raises NotThere, NotSaved.
    """
    papers = list_papers(site, actor, programme_id, activity_id)
    wanted = next((one for one in papers if (one.kind, one.language) == (kind, language)), None)
    if wanted is None or wanted.state == "empty":
        raise NotThere
    return _order(site, activity_id, wanted, None, now)


def order_own(site: Site, actor: Actor, activity_id: str, language: str, now: datetime) -> str | None:
    """The same of one's own sheet. Raises NotThere, NotSaved."""
    papers = own_papers(site, actor, activity_id, now)
    wanted = next((one for one in papers if one.language == language), None)
    if wanted is None:
        raise NotThere
    return _order(site, activity_id, wanted, actor.person_id, now)


def _order(site: Site, activity_id: str, wanted: Paper, person_id: str | None, now: datetime) -> str | None:
    if wanted.state in ("ready", "waiting"):
        return None
    with site.database.write() as session:
        queries.find_gathering(session, activity_id, is_locked=True)
        rows = queries.papers_of(session, activity_id, person_id)
        found = (row for row in rows if (row.kind, row.language) == (wanted.kind, wanted.language))
        paper = next(found, None)
        if paper is None:
            paper = GatheringPaper(
                activity_id=activity_id,
                person_id=person_id,
                kind=wanted.kind,
                language=wanted.language,
                created_utc=now,
            )
            session.add(paper)
            session.flush()
        return _have_made(session, paper, now)


def _have_made(session: Session, paper: GatheringPaper, now: datetime) -> str:
    key = job_key(paper.id)
    do_again(session, key, now)
    return enqueue(session, now, "render_paper", key, paper=paper.id).id


def job_key(paper_id: str) -> str:
    """What the job that makes a paper is known by."""
    return f"paper:{paper_id}"


def open_paper(site: Site, actor: Actor, paper_id: str, now: datetime) -> Pdf:
    """A paper that is whole and says what it would say now. Any other is made anew, and never handed out.

    Raises NotThere, and Refused for one that is not ready or could not be made.
    """
    with site.database.read() as session:
        paper, room = _reach(session, site, actor, paper_id, now)
        seen = _seen(session, site, room, asked_of(paper), paper)
    if seen.state == "failed":
        raise Refused("gatherings.failed")
    if seen.state == "waiting":
        raise Refused("gatherings.waiting")
    content = whole_file(site, paper) if seen.state == "ready" else None
    if content is None:
        with site.database.write() as session:
            again = session.get(GatheringPaper, paper_id, with_for_update=True)
            if again is None:
                raise NotThere
            job_id = _have_made(session, again, now)
        site.queue.poke(job_id)
        raise Refused("gatherings.waiting")
    title = slug(getattr(room.activity.title, seen.language)) or "gathering"
    return Pdf(f"{title}-{seen.kind}-{seen.language}.pdf", content)


def _reach(
    session: Session, site: Site, actor: Actor, paper_id: str, now: datetime
) -> tuple[GatheringPaper, Room]:
    """A paper somebody may have. Raises NotThere."""
    paper = session.get(GatheringPaper, paper_id) if is_id(paper_id) else None
    if paper is None:
        raise NotThere
    if paper.person_id is not None:
        reader = reader_of(session, site, actor, paper.activity_id, now)
        if paper.person_id != actor.person_id or reader.own is None:
            raise NotThere
        return paper, reader.room
    activity = session.get_one(ActivityRow, paper.activity_id)
    if activity.programme_id not in actor.programmes:
        raise NotThere
    _, row = gathering_row(session, activity.programme_id, activity.id)
    assert row is not None
    return paper, room_in(session, activity, row)


def _seen(session: Session, site: Site, room: Room, asked: Asked, row: GatheringPaper | None) -> Paper:
    if row is None:
        return Paper(asked.kind, asked.language, "none", "", None)
    job = find_job(session, job_key(row.id))
    state: PaperState = "ready"
    if job is not None and job.state in ("waiting", "running"):
        state = "waiting"
    elif row.mark != mark_of(session, site, room, asked):
        is_failed = row.mark is None or (job is not None and job.state == "failed")
        state = "failed" if is_failed else "outdated"
    return Paper(asked.kind, asked.language, state, row.id, row.size_bytes)
