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

_KEYWORD = re.compile(r"([a-z]+) ([0-9A-Za-z.+_-]{1,80})")


def marks_of(material: Material) -> tuple[str, ...]:
    """The keywords of a report: program, edition, status, branding, id and code, each ``name value``."""
    identity = identify(material.result)
    return (
        f"{PROGRAM} {program_version()}",
        f"edition {material.edition}",
        f"status {'draft' if material.is_draft else 'final'}",
        f"branding {branding_mark(material.branding)}",
        f"id {identity.id}",
        f"code {identity.code}",
    )


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
