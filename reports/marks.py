"""What a PDF says about its own making, as its keywords: enough to make the same report again.

Written into the page's head by the template, from where the renderer takes it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from reports.branding import NO_BRANDING, Branding
from reports.identity import identify
from reports.material import Material

PROGRAM = "kretslop"
NO_MARK = "none"
REVIEW, BESIDE = "review", "beside"
"""Keywords of a report that says something of a review, and of one that says what is not attached."""

_KEYWORD = re.compile(r"([a-z]+) ([0-9A-Za-z.+_-]{1,80})")


def marks_of(material: Material) -> tuple[str, ...]:
    """The keywords of a report, each ``name value``: program, edition, status, branding, id and code.

    Where a review is in it also ``review``, and ``beside`` where it says something that is not attached.
    """
    identity = identify(material.result)
    held = material.review.for_edition(material.edition) if material.review else None
    beside = beside_mark(material)
    return (
        f"{PROGRAM} {program_version()}",
        f"edition {material.edition}",
        f"status {'draft' if material.is_draft else 'final'}",
        f"branding {branding_mark(material.branding)}",
        f"id {identity.id}",
        f"code {identity.code}",
        *((f"{REVIEW} {'approved' if held.is_approved else 'open'}",) if held else ()),
        *((f"{BESIDE} {beside}",) if beside != NO_MARK else ()),
    )


def beside_mark(material: Material) -> str:
    """``none``, or twelve hexadecimal digits that tell one content beside the attachments from another's.

    That is what a report says and nobody can make again from what it carries: reasons, notes, requests, the
    plan, what programmes offer.
    """
    held = material.review.for_edition(material.edition) if material.review else None
    plan = () if material.edition == "share" else material.plan
    offer = None if material.edition == "share" else material.offer
    parts = (dict(held.reasons), held.notes, held.asked_again) if held else ({}, (), ())
    if not any((*parts, plan)) and offer is None:
        return NO_MARK
    said: list[object] = [parts[0], *([asdict(one) for one in some] for some in (*parts[1:], plan))]
    if offer is not None:
        said.append([repr(offer.activities), dict(offer.kinds), sorted(offer.done), offer.zone])
    text = json.dumps(said, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:12]


def file_id(material: Material) -> str:
    """64 hexadecimal digits that name one file: every edition, language, draft and look has its own."""
    text = " ".join((*marks_of(material), material.language))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def read_marks(keywords: str) -> Mapping[str, str]:
    """The values of a PDF's keywords by name; what is not written as we write it is left out."""
    parts = (_KEYWORD.fullmatch(part.strip()) for part in keywords.split(","))
    return {part[1]: part[2] for part in parts if part}


@cache
def program_version() -> str:
    """The version of this program; ``unknown`` where it runs without being installed."""
    try:
        return version(PROGRAM)
    except PackageNotFoundError:
        return "unknown"


def branding_mark(branding: Branding) -> str:
    """``none``, or twelve hexadecimal digits that tell one programme's look from another's."""
    if branding == NO_BRANDING:
        return NO_MARK
    text = json.dumps(asdict(branding), sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:12]


def _plain(value: object) -> str:
    assert isinstance(value, bytes)
    return value.hex()
