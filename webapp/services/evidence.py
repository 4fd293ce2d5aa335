"""Files that show an answer to be so: kept, listed, fetched, removed, and swept.

A file is in the store before its row is there, and its row is gone before it leaves the store: whatever
happens in between leaves a file nobody knows, never a row without its file. The sweep finds such files.
What was handed in stays as it was: nobody removes it, also when the assessment is open again.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy.orm import Session

from assessment.review.lifecycle import is_editable
from questionnaires.model import asked_at
from webapp.db import queries_evidence as queries
from webapp.db.ids import is_id, new_id
from webapp.db.queries_organisations import count_deeds
from webapp.db.tables.assessments import Assessment, EvidenceFile
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Person
from webapp.errors import NotAllowed, NotThere, Refused, TooOften
from webapp.evidence.inspection import Accepted, inspect_file
from webapp.evidence.kinds import MEDIA_TYPES, FileKind
from webapp.evidence.problems import FileRefused
from webapp.evidence.storage import FileMissing
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.services.answering import lock_for_answers
from webapp.services.audit import record
from webapp.services.authors import Author, author_of
from webapp.services.opening import reach
from webapp.services.putting import forget_file, forgotten_if_refused
from webapp.services.question import find_question
from webapp.services.shelf import Shelved
from webapp.services.site import Site
from webapp.settings import MEGABYTE, Settings

FOLDER = "evidence"
"""Keys are ``evidence/<organisation id>/<random id>``."""

MAX_FILES = 20
"""For one question."""

FILES_AN_HOUR = 60
"""Sent by one person, kept or not: each may take seconds to look through."""

ORPHAN_AGE = timedelta(hours=1)
"""How long a file may be without a row: longer than any request takes."""

MOST_ORPHANS = 100
"""More than this, and more than there are files with a row, looks like a wrong or an older database."""

_DEED = "file_added"
_TRY = "file_sent"
_HOUR = timedelta(hours=1)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Filed:
    """One file. ``is_kept``: it stays, although the assessment is open again, since it was handed in.

    ``may_remove``: for the reader, now.
    """

    id: str
    question_id: str
    name: str
    kind: FileKind
    size_bytes: int
    by: Author
    at_utc: datetime
    is_kept: bool
    may_remove: bool


@dataclass(frozen=True, slots=True)
class Room:
    """How much room an organisation's files take, of how much."""

    used_bytes: int
    limit_bytes: int


@dataclass(frozen=True, slots=True)
class Binder:
    """The files of an assessment that a reader may have. ``room``: for the company's own people."""

    row: Assessment
    organisation: Organisation
    shelved: Shelved
    files: tuple[Filed, ...]
    room: Room | None

    def beside(self, question_id: str) -> tuple[Filed, ...]:
        """The files of one question."""
        return tuple(file for file in self.files if file.question_id == question_id)


@dataclass(frozen=True, slots=True)
class Download:
    """A file to be saved by whoever asked."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept, with the name it goes by."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did. ``left``: too many files without a row to remove them unasked.

    ``missing``: keys of rows whose file is not there. Both are for somebody to look into.
    """

    removed: int
    left: int
    missing: tuple[str, ...]


def open_binder(site: Site, actor: Actor, assessment_id: str) -> Binder:
    """The files of an assessment: all for the company, what was handed in for its advisors.

    Raises NotThere and NotAllowed.
    """
    with site.database.read() as session:
        row, organisation = reach(session, actor, assessment_id)
        actor.needs(organisation.id, *COMPANY_ROLES, "advisor")
        is_own = actor.answers_for(organisation.id)
        shelved = site.shelf.open(row.questionnaire, row.version)
        files = tuple(
            _filed(actor, row, shelved, file, person)
            for file, person in queries.authored_files(session, row.id)
            if is_own or _is_handed_in(row, file)
        )
        room = _room(session, site.settings, organisation.id) if is_own else None
        return Binder(row, organisation, shelved, files, room)


def _filed(
    actor: Actor, row: Assessment, shelved: Shelved, file: EvidenceFile, person: Person | None
) -> Filed:
    is_open, is_handed_in = is_editable(row.state) and shelved.is_intact, _is_handed_in(row, file)
    return Filed(
        id=file.id,
        question_id=file.question_id,
        name=file.name,
        kind=_kind_of(file),
        size_bytes=file.size_bytes,
        by=author_of(person),
        at_utc=file.at_utc,
        is_kept=is_open and is_handed_in and actor.answers_for(file.organisation_id),
        may_remove=is_open and not is_handed_in and _is_theirs(actor, file),
    )


def _kind_of(file: EvidenceFile) -> FileKind:
    return cast(FileKind, file.kind)  # only what was inspected has a row


def _is_handed_in(row: Assessment, file: EvidenceFile) -> bool:
    return row.submissions > file.submissions_before


def _is_theirs(actor: Actor, file: EvidenceFile) -> bool:
    """Whether somebody may remove a file: who uploaded it, and the owners."""
    return file.by_person_id == actor.person_id or actor.is_any_of(file.organisation_id, "owner")


def _room(session: Session, settings: Settings, organisation_id: str) -> Room:
    used = queries.stored_bytes(session, organisation_id)
    return Room(used, settings.organisation_files_mb * MEGABYTE)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came. ``name``: what it was called where it came from; empty where none was chosen."""

    name: str
    content: bytes


def add_file(
    site: Site, actor: Actor, assessment_id: str, question_id: str, now: datetime, *, upload: Upload
) -> Kept:
    """Keep a file beside an answer. The same file again is the one that is there.

    Raises NotThere, NotAllowed, NotSaved, TooOften, FileRefused for the file itself, and Refused when the
    assessment takes none now.
    """
    with site.database.write() as session:
        row = _lock(session, site, actor, assessment_id, question_id)
        _refuse_too_much(session, site, row, question_id, len(upload.content))
        if upload.content:
            _count(session, actor, row, now)
        key = f"{FOLDER}/{row.organisation_id}/{new_id()}"
    accepted = inspect_file(upload.name, upload.content, site.settings.file_mb)
    site.files.put(key, accepted.content)
    with forgotten_if_refused(site, key):
        place = assessment_id, question_id
        kept = _write_row(site, actor, place, now, accepted=accepted, key=key)
    if kept.key != key:
        forget_file(site, key)
    return Kept(kept.id, kept.name)


def _lock(session: Session, site: Site, actor: Actor, assessment_id: str, question_id: str) -> Assessment:
    row, _, shelved = lock_for_answers(session, site, actor, assessment_id)
    _, question = find_question(shelved, question_id)
    if question.kind == "computed" or not asked_at(question, row.depth):
        raise NotThere
    if actor.is_trial:
        raise NotAllowed
    return row


def _count(session: Session, actor: Actor, row: Assessment, now: datetime) -> None:
    """Count a file before it is looked at, whatever becomes of it. Raises TooOften."""
    if count_deeds(session, actor.person_id, _TRY, now - _HOUR) >= FILES_AN_HOUR:
        raise TooOften(60)
    place = {"organisation_id": row.organisation_id, "assessment_id": row.id}
    record(session, now, _TRY, person_id=actor.person_id, **place)


def _refuse_too_much(
    session: Session, site: Site, row: Assessment, question_id: str, size_bytes: int
) -> None:
    if len(queries.files_beside(session, row.id, question_id)) >= MAX_FILES:
        raise Refused("evidence.too_many", limit=MAX_FILES)
    room = _room(session, site.settings, row.organisation_id)
    if room.used_bytes + size_bytes > room.limit_bytes:
        raise FileRefused("quota_full", limit=site.settings.organisation_files_mb)


def _write_row(
    site: Site, actor: Actor, place: tuple[str, str], now: datetime, *, accepted: Accepted, key: str
) -> EvidenceFile:
    """The row of a file, or the one that the same file has beside the same question."""
    assessment_id, question_id = place
    sha256 = hashlib.sha256(accepted.content).hexdigest()
    with site.database.write() as session:
        row = _lock(session, site, actor, assessment_id, question_id)
        for other in queries.files_beside(session, row.id, question_id):
            if other.sha256 == sha256:
                return other
        _refuse_too_much(session, site, row, question_id, len(accepted.content))
        file = EvidenceFile(
            assessment_id=row.id,
            organisation_id=row.organisation_id,
            question_id=question_id,
            name=accepted.name,
            kind=accepted.kind,
            size_bytes=len(accepted.content),
            sha256=sha256,
            key=key,
            submissions_before=row.submissions,
            by_person_id=actor.person_id,
            at_utc=now,
        )
        session.add(file)
        session.flush()
        _touch(session, row, now)
        _record(session, now, _DEED, actor, file)
        return file


def _touch(session: Session, row: Assessment, now: datetime) -> None:
    row.changed_utc = session.get_one(Organisation, row.organisation_id).active_utc = now


def remove_file(site: Site, actor: Actor, assessment_id: str, file_id: str, now: datetime) -> str:
    """Remove a file for good; the question it stood beside.

    Raises NotThere, NotSaved, NotAllowed for a colleague's file, and Refused for what was handed in.
    """
    with site.database.write() as session:
        row, _, _ = lock_for_answers(session, site, actor, assessment_id)
        file, _ = _find(session, row.id, file_id)
        if _is_handed_in(row, file):
            raise Refused("evidence.handed_in")
        if not _is_theirs(actor, file):
            raise NotAllowed
        session.delete(file)
        _touch(session, row, now)
        _record(session, now, "file_removed", actor, file)
    forget_file(site, file.key)
    return file.question_id


def _find(session: Session, assessment_id: str, file_id: str) -> tuple[EvidenceFile, Assessment]:
    found = queries.find_file(session, file_id) if is_id(file_id) else None
    if found is None or found[1].id != assessment_id:
        raise NotThere
    return found


def fetch_file(site: Site, actor: Actor, assessment_id: str, file_id: str) -> Download:
    """A file to save: any for the company, what was handed in for its advisors.

    Raises NotThere, NotAllowed, and Refused for a file that is not what was stored.
    """
    with site.database.read() as session:
        row, organisation = reach(session, actor, assessment_id)
        actor.needs(organisation.id, *COMPANY_ROLES, "advisor")
        file, _ = _find(session, row.id, file_id)
        if not actor.answers_for(organisation.id) and not _is_handed_in(row, file):
            raise NotThere
    try:
        content = site.files.get(file.key)
    except FileMissing:
        with site.database.read() as session:
            _find(session, assessment_id, file_id)  # a colleague may have removed it meanwhile
        content = b""
    if hashlib.sha256(content).hexdigest() != file.sha256:
        log.error("evidence file %s is not what was stored", file.id)
        raise Refused("evidence.damaged")
    return Download(file.name, MEDIA_TYPES[_kind_of(file)], content)


def sweep_orphans(site: Site, now: datetime) -> Swept:
    """Remove files that have had no row for an hour, and name the rows whose file is not there."""
    stale = list(site.files.list_stale(now - ORPHAN_AGE, FOLDER))
    stored = set(site.files.list_keys(FOLDER))
    with site.database.read() as session:
        known = queries.known_keys(session, stale)
        expected = [key for key in queries.every_key(session) if key not in stored]
    missing = _still_missing(site, expected)
    if missing:
        log.error("%d evidence files are not in the store", len(missing))
    orphans = [key for key in stale if key not in known]
    if len(orphans) > max(MOST_ORPHANS, len(known)):
        log.error("%d files have no row: is this the right database?", len(orphans))
        return Swept(0, len(orphans), missing)
    for key in orphans:
        forget_file(site, key)
    return Swept(len(orphans), 0, missing)


def _still_missing(site: Site, keys: list[str]) -> tuple[str, ...]:
    """Those that were neither stored nor removed while the sweep was looking."""
    gone = [key for key in keys if not site.files.exists(key)]
    with site.database.read() as session:
        return tuple(sorted(queries.known_keys(session, gone)))


def _record(session: Session, now: datetime, action: str, actor: Actor, file: EvidenceFile) -> None:
    record(
        session,
        now,
        action,
        person_id=actor.person_id,
        organisation_id=file.organisation_id,
        assessment_id=file.assessment_id,
        file=file.id,
        kind=file.kind,
        size_bytes=file.size_bytes,
    )
