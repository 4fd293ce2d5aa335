"""What a report is called: an id that follows from what it was computed from, and its short code.

Every edition and language of one assessment has the same id, so that a reader of the share edition
can compare its code with that of the company's own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from assessment.answers import answers_checksum, review_json
from assessment.result import AssessmentResult

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a code can be read aloud and typed."""

_BITS = 60
_GROUP = 4


@dataclass(frozen=True, slots=True)
class Identity:
    """``id``: 64 hexadecimal digits. ``code``: its first 60 bits as three groups of four signs."""

    id: str
    code: str


def identify(result: AssessmentResult) -> Identity:
    """The id of a result: the same answers, review, definition and engine give the same."""
    return identity_of(
        answers_checksum(result.answers), result.plan.sha256, result.engine, review_json(result.review)
    )


def identity_of(
    answers_sha256: str, definition_sha256: str, engine: str, review: Mapping[str, Any] = MappingProxyType({})
) -> Identity:
    """The id by its parts; ``review`` as its file holds it, empty when there was none."""
    parts = {
        "answers_sha256": answers_sha256,
        "definition_sha256": definition_sha256,
        "engine": engine,
        "review": dict(review),
    }
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode("ascii")).hexdigest()
    return Identity(digest, code_of(digest))


def code_of(digest: str) -> str:
    """The short code of an id."""
    number = int(digest, 16) >> (len(digest) * 4 - _BITS)
    signs = [_ALPHABET[(number >> shift) & 31] for shift in range(_BITS - 5, -1, -5)]
    groups = ["".join(signs[at : at + _GROUP]) for at in range(0, len(signs), _GROUP)]
    return "-".join(groups)


def content_id(document: DataclassInstance) -> str:
    """64 hexadecimal digits that name the content of a document, whatever it holds."""
    text = json.dumps(asdict(document), sort_keys=True, default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
