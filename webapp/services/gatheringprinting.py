"""What a worker does for a paper of a gathering: gather what it says, and keep the file when it is there.

Between the two stands the renderer, and no transaction. What changed meanwhile, such as a consent, makes it
start again: a paper is ready only while it says what it would say now.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.gathering.pack import build_pack
from reports.render import gathering_job
from reports.rendering.job import PdfJob
from webapp.db.tables.activities import ProgrammeActivity as ActivityRow
from webapp.db.tables.gatherings import Gathering, GatheringPaper
from webapp.services.documents import is_whole_pdf
from webapp.services.gatheringmaterial import asked_of, mark_of, pack_material
from webapp.services.gatherings import Room, room_in
from webapp.services.jobs import JobFailed
from webapp.services.site import Site

FOLDER = "gatherings"
"""Where the file store has papers."""

_MARK = 32
"""How many digits of the mark stand in the name of a file."""


@dataclass(frozen=True, slots=True)
class PaperToPrint:
    """A paper to be made. ``mark``: of what it says; ``key``: where its file goes."""

    paper_id: str
    mark: str
    key: str
    job: PdfJob


def prepare_paper(site: Site, paper_id: str) -> PaperToPrint | None:
    """What the renderer gets for a paper; None where there is nothing left to do.

    Raises JobFailed where nobody is left to be on it.
    """
    with site.database.read() as session:
        found = _paper(session, site, paper_id)
        if found is None or found[0].mark == found[2]:
            return None
        paper, room, mark = found
        asked = asked_of(paper)
        material = pack_material(session, site, room, asked)
    document = build_pack("participants" if asked.kind == "own" else asked.kind, material)
    if not document.pages:
        raise JobFailed("nothing_to_print", is_final=True)
    key = f"{FOLDER}/{room.activity_id}/{paper_id}.{mark[:_MARK]}.pdf"
    return PaperToPrint(paper_id, mark, key, gathering_job(document))


def keep_paper(site: Site, to_print: PaperToPrint, pdf: bytes) -> None:
    """Store what was rendered. Raises JobFailed for half a PDF, and where it is outdated by now."""
    if not is_whole_pdf(pdf):
        raise JobFailed("not_whole")
    site.files.put(to_print.key, pdf)
    before = None
    with site.database.write() as session:
        session.get(GatheringPaper, to_print.paper_id, with_for_update=True)
        found = _paper(session, site, to_print.paper_id)
        is_current = found is not None and found[2] == to_print.mark
        if found is not None and is_current:
            paper = found[0]
            before = paper.key
            paper.mark, paper.key = to_print.mark, to_print.key
            paper.sha256, paper.size_bytes = hashlib.sha256(pdf).hexdigest(), len(pdf)
    if not is_current:
        site.files.delete(to_print.key)
        if found is not None:
            raise JobFailed("changed_meanwhile")
    elif before is not None and before != to_print.key:
        site.files.delete(before)


def _paper(session: Session, site: Site, paper_id: str) -> tuple[GatheringPaper, Room, str] | None:
    """A paper with the gathering it is of, and the mark of what it would say now."""
    paper = session.get(GatheringPaper, paper_id)
    if paper is None:
        return None
    row = session.get_one(Gathering, paper.activity_id)
    room = room_in(session, session.get_one(ActivityRow, paper.activity_id), row)
    return paper, room, mark_of(session, site, room, asked_of(paper))
