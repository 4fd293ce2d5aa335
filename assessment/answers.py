"""The answers of one assessment as frozen values, and their one canonical text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from questionnaires.values import Depth

Status: TypeAlias = Literal["answered", "unknown", "not_applicable", "missing"]
"""What the company has said; whether the question is asked at all is routing's."""

EvidenceKind: TypeAlias = Literal["file", "link", "document"]

Row: TypeAlias = Mapping[str, str | Decimal]
"""One table row by column id; a cell that was left out is absent."""

AnswerValue: TypeAlias = str | bool | Decimal | date | tuple[str, ...] | tuple[Row, ...]
"""By kind of question: option id or text; yes/no; number; date; option ids; table rows."""

FactValue: TypeAlias = bool | int | str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that shows an answer to be so. It documents only with both a title and a kind."""

    title: str | None = None
    kind: EvidenceKind | None = None
    date: date | None = None

    @property
    def is_complete(self) -> bool:
        """Whether it counts as documentation (docs/scoring.md section 1)."""
        return bool(self.title and self.title.strip()) and self.kind is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to one question; ``value`` only when the status is ``answered``."""

    status: Status
    value: AnswerValue | None = None
    reason: str | None = None
    comment: str | None = None
    evidence: tuple[Evidence, ...] = ()
    estimate: bool = False

    @property
    def has_evidence(self) -> bool:
        """Whether some evidence is complete."""
        return any(item.is_complete for item in self.evidence)


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who answers. ``orgnr``: nine digits with a valid check digit, where given."""

    name: str | None = None
    orgnr: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """All answers of one assessment; question ids as keys, in no particular order."""

    questionnaire: str
    version: str
    depth: Depth
    period: str
    completed_on: date | None = None
    organisation: Organisation = Organisation()
    profile: Mapping[str, FactValue] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Review:
    """An advisor's part: a file of its own, never inside the answers.

    ``confirmed``: questions whose answers are documented or seen; ``accepted``: dimensions whose
    share of not applicable is accepted; ``ratings``: the advisor's own choice by question.
    """

    confirmed: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()
    ratings: Mapping[str, str] = field(default_factory=dict)
    by: str | None = None
    on: date | None = None


def to_json(answers: AnswerSet) -> dict[str, Any]:
    """The answer file (design contract); reading it gives the same answer set again."""
    organisation = _without_nothing(name=answers.organisation.name, orgnr=answers.organisation.orgnr)
    head = _without_nothing(
        questionnaire=answers.questionnaire,
        version=answers.version,
        depth=answers.depth,
        period=answers.period,
        completed_on=_plain(answers.completed_on),
    )
    body = {id_: answer_json(answer) for id_, answer in answers.answers.items()}
    return {**head, "organisation": organisation, "profile": dict(answers.profile), "answers": body}


def answer_json(answer: Answer) -> dict[str, Any]:
    """One entry of an answer file."""
    said: dict[str, Any] = {"value": _plain(answer.value)}
    if answer.status in ("unknown", "not_applicable"):
        said = {"status": answer.status}
    evidence = [
        _without_nothing(title=item.title, kind=item.kind, date=_plain(item.date)) for item in answer.evidence
    ]
    return {
        **said,
        **_without_nothing(reason=answer.reason, comment=answer.comment),
        **({"evidence": evidence} if evidence else {}),
        **({"estimate": True} if answer.estimate else {}),
    }


def review_json(review: Review) -> dict[str, Any]:
    """The review file; reading it gives the same review again. Empty when there is nothing in it."""
    return {
        **({"confirmed": sorted(review.confirmed)} if review.confirmed else {}),
        **({"accepted": sorted(review.accepted)} if review.accepted else {}),
        **({"ratings": dict(review.ratings)} if review.ratings else {}),
        **_without_nothing(by=review.by, on=_plain(review.on)),
    }


def _without_nothing(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return plain_number(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value]
        case Mapping():
            return {name: _plain(cell) for name, cell in value.items()}
        case _:
            return value


def plain_number(value: Decimal) -> str:
    """A number as people write it: no exponent, no trailing zeros, ``-0`` is ``0``."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def answers_checksum(answers: AnswerSet) -> str:
    """SHA-256 (hex) of the canonical answer file: key order, spacing and number form do not matter."""
    text = json.dumps(to_json(answers), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
