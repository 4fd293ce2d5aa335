"""Files in the store that no row names: what a kill between two steps has left."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from webapp.db import queries_retention as queries
from webapp.db.ids import is_id
from webapp.db.queries_activities import programme_keys
from webapp.db.queries_gatherings import paper_keys
from webapp.db.queries_releases import document_keys
from webapp.db.tables.organisations import Programme
from webapp.services.evidence import FOLDER as EVIDENCE
from webapp.services.evidence import MOST_ORPHANS
from webapp.services.gatheringprinting import FOLDER as PAPERS
from webapp.services.health import PROBES
from webapp.services.programmefiles import FOLDER as PROGRAMMES
from webapp.services.programmefiles import is_made_here
from webapp.services.releaseprinting import FOLDER as RELEASES
from webapp.services.site import Site

log = logging.getLogger(__name__)

FILE_DAYS = 1
"""How old a file must be before it can be one that nothing names: those of a minute ago get their row yet."""

ENDINGS = ("organisation_erased", "organisation_ended")
"""What the record calls the end of an organisation."""

DOCUMENTS = "documents"
_NAMED: Mapping[str, Callable[[Session, str], Collection[str]]] = {
    DOCUMENTS: queries.keys_of,
    EVIDENCE: queries.keys_of,
    PAPERS: paper_keys,
    RELEASES: document_keys,
    PROGRAMMES: programme_keys,
}
"""The files that rows name, by folder: of an organisation, a gathering, a release, a programme."""


def nobodys_files(site: Site, now: datetime) -> Iterator[str]:
    """Files that no row names and that nobody misses.

    A document can be made again. Evidence cannot, so it goes here only when its organisation was erased, and
    else by its own sweep; nor can the files of a programme. Both are careful about a database that is not the
    right one.
    """
    stale = list(site.files.list_stale(now - timedelta(days=FILE_DAYS)))
    for (folder, owner), keys in groupby(stale, key=_place_of):
        if folder == PROBES:
            yield from keys
        elif folder in _NAMED and is_id(owner):
            yield from _unnamed(site, folder, owner, keys)


def remove_nobodys_files(site: Site, now: datetime) -> int:
    """Remove them; how many there were.

    Those of one owner are looked for right before: a job that is done again may have named one meanwhile.
    """
    count = 0
    for key in nobodys_files(site, now):
        site.files.delete(key)
        count += 1
    return count


def _place_of(key: str) -> tuple[str, str]:
    """The first two parts of a key: what kind of file, and whose."""
    folder, _, rest = key.partition("/")
    return folder, rest.partition("/")[0]


def _unnamed(site: Site, folder: str, owner: str, keys: Iterable[str]) -> list[str]:
    with site.database.read() as session:
        named = set(_NAMED[folder](session, owner))
        found = [key for key in keys if key not in named]
        if folder == EVIDENCE:
            return found if queries.was_ended(session, owner, ENDINGS) else []
        if folder == PROGRAMMES:
            return _of_programme(session, owner, found, named)
    return found


def _of_programme(session: Session, programme_id: str, unnamed: list[str], named: set[str]) -> list[str]:
    """Those that may go: we made them, the programme is there, and they are not suspiciously many."""
    found = [key for key in unnamed if is_made_here(key)]
    if session.get(Programme, programme_id) is None:
        return []
    if len(found) > max(MOST_ORPHANS, len(named)):
        log.error("%d files of a programme have no row: is this the right database?", len(found))
        return []
    return found
