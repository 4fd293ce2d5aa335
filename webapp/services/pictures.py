"""Pictures among the evidence, shown on a page: only those that were made anew from their pixels by us."""

from __future__ import annotations

from webapp.errors import NotThere
from webapp.evidence.kinds import MEDIA_TYPES
from webapp.services.actor import Actor
from webapp.services.evidence import Download, fetch_file
from webapp.services.site import Site

SHOWN = ("png", "jpeg")
"""The kinds of files that are shown; all others are to be saved."""

_BEGINNINGS = {MEDIA_TYPES["png"]: b"\x89PNG\r\n\x1a\n", MEDIA_TYPES["jpeg"]: b"\xff\xd8\xff"}


def fetch_picture(site: Site, actor: Actor, assessment_id: str, file_id: str) -> Download:
    """A picture to show. Raises NotThere, also for a file of another kind, NotAllowed and Refused."""
    file = fetch_file(site, actor, assessment_id, file_id)
    beginning = _BEGINNINGS.get(file.media_type)
    if beginning is None or not file.content.startswith(beginning):
        raise NotThere
    return file
