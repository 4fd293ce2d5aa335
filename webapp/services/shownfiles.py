"""Files that were shown at an activity: kept by those who run the programme, for all who may see it.

A file is looked through and made harmless as evidence is. It is in the store before its row is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webapp.db import queries_activities as queries
from webapp.db.ids import is_id
from webapp.db.queries_organisations import count_deeds
from webapp.db.tables.activities import ActivityFile, ProgrammeActivity
from webapp.errors import NotThere, Refused, TooOften
from webapp.evidence.inspection import inspect_file
from webapp.evidence.kinds import MEDIA_TYPES, FileKind
from webapp.evidence.storage import FileMissing
from webapp.services.activities import reach_activity
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.evidence import Download, Upload
from webapp.services.programmedesk import running
from webapp.services.programmefiles import new_key
from webapp.services.putting import forget_file, forgotten_if_refused
from webapp.services.site import Site

MAX_FILES = 20
"""For one activity."""

FILES_AN_HOUR = 60
_DEED = "activity_file_sent"


@dataclass(frozen=True, slots=True)
class Shown:
    """One file."""

    id: str
    name: str
    kind: FileKind
    size_bytes: int


def shown_at(site: Site, activity_id: str) -> tuple[Shown, ...]:
    """The files of an activity; whether the reader may see it is decided elsewhere."""
    with site.database.read() as session:
        return _shown(queries.files_of(session, activity_id))


def _shown(rows: Sequence[ActivityFile]) -> tuple[Shown, ...]:
    return tuple(
        Shown(row.id, row.name, row.kind, row.size_bytes)  # type: ignore[arg-type]  # the table holds kinds only
        for row in rows
    )


def add_file(
    site: Site, actor: Actor, programme_id: str, activity_id: str, *, upload: Upload, now: datetime
) -> str:
    """Keep a file; what it is called. The same file again is the one that is there.

    Raises NotThere, NotSaved, TooOften, FileRefused for the file itself, and Refused: there are too many.
    """
    with running(site, actor, programme_id) as session:
        _refuse_too_many(session, _own(session, programme_id, activity_id))
        if count_deeds(session, actor.person_id, _DEED, now - timedelta(hours=1)) >= FILES_AN_HOUR:
            raise TooOften(60)
        record(session, now, _DEED, person_id=actor.person_id, activity=activity_id)
    accepted = inspect_file(upload.name, upload.content, site.settings.file_mb)
    key = new_key(programme_id)
    site.files.put(key, accepted.content)
    sha256 = hashlib.sha256(accepted.content).hexdigest()
    with forgotten_if_refused(site, key), running(site, actor, programme_id) as session:
        row = _own(session, programme_id, activity_id)
        is_known = any(one.sha256 == sha256 for one in queries.files_of(session, row.id))
        if not is_known:
            _refuse_too_many(session, row)
            session.add(
                ActivityFile(
                    activity_id=row.id,
                    name=accepted.name,
                    kind=accepted.kind,
                    size_bytes=len(accepted.content),
                    sha256=sha256,
                    key=key,
                    by_person_id=actor.person_id,
                    at_utc=now,
                )
            )
            _record(session, actor, row, "activity_file_added", now)
    if is_known:
        forget_file(site, key)
    return accepted.name


def remove_file(
    site: Site, actor: Actor, programme_id: str, activity_id: str, *, file_id: str, now: datetime
) -> None:
    """Remove a file for good. Raises NotThere, NotSaved."""
    with running(site, actor, programme_id) as session:
        row = _own(session, programme_id, activity_id)
        file = _file(session, row, file_id)
        session.delete(file)
        _record(session, actor, row, "activity_file_removed", now)
    forget_file(site, file.key)


def fetch_file(site: Site, actor: Actor, activity_id: str, file_id: str) -> Download:
    """A file to save, for whoever may see the activity. Raises NotThere, and Refused where it is lost."""
    with site.database.read() as session:
        row, _ = reach_activity(session, actor, activity_id)
        file = _file(session, row, file_id)
    try:
        content = site.files.get(file.key)
    except FileMissing as error:
        with site.database.read() as session:
            _file(session, row, file_id)  # somebody may have removed it meanwhile
        raise Refused("activities.file_lost") from error
    return Download(file.name, MEDIA_TYPES[file.kind], content)  # type: ignore[index]  # as above


def _own(session: Session, programme_id: str, activity_id: str) -> ProgrammeActivity:
    """An activity of the programme, held until the transaction ends. Raises NotThere."""
    found = queries.find_activity(session, activity_id, is_locked=True) if is_id(activity_id) else None
    if found is None or found[0].programme_id != programme_id:
        raise NotThere
    return found[0]


def _file(session: Session, row: ProgrammeActivity, file_id: str) -> ActivityFile:
    file = session.get(ActivityFile, file_id) if is_id(file_id) else None
    if file is None or file.activity_id != row.id:
        raise NotThere
    return file


def _refuse_too_many(session: Session, row: ProgrammeActivity) -> None:
    if len(queries.files_of(session, row.id)) >= MAX_FILES:
        raise Refused("activities.files_many", limit=MAX_FILES)


def _record(session: Session, actor: Actor, row: ProgrammeActivity, action: str, now: datetime) -> None:
    place = {"activity": row.id, "programme": row.programme_id}
    record(session, now, action, person_id=actor.person_id, **place)
