"""Scoring everything that was ever handed in once more, and comparing with the result it was given then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from assessment.assess import assess
from assessment.errors import UnknownEngine
from assessment.jsontext import read_json
from assessment.reading import read_answers
from assessment.result import result_json
from questionnaires.errors import DefinitionError, UnknownDefinition
from questionnaires.model import Questionnaire
from reports.verifying.verification import compare
from webapp.db import queries_rescoring as queries
from webapp.db.queries_rescoring import HandIn
from webapp.services.site import Site

BATCH = 100
MAX_PATHS = 20

Reason: TypeAlias = Literal[
    "result_differs",
    "level_differs",
    "definition_changed",
    "definition_unusable",
    "unknown_engine",
    "answers_unreadable",
]


@dataclass(frozen=True, slots=True)
class Rescored:
    """One hand-in, scored again. ``reason``: why it is not what it was; None where it is.

    ``paths``: where the two results differ, as paths in the JSON; no values.
    """

    submission_id: str
    assessment_id: str
    number: int
    questionnaire: str
    version: str
    reason: Reason | None = None
    paths: tuple[str, ...] = ()


def count(site: Site) -> int:
    """How many hand-ins there are."""
    with site.database.read() as session:
        return queries.count_hand_ins(session)


def rescore_all(site: Site) -> Iterator[Rescored]:
    """Every hand-in, a few at a time: no transaction is open while they are scored."""
    after = ""
    while True:
        with site.database.read() as session:
            some = queries.hand_ins_after(session, after, BATCH)
        if not some:
            return
        for hand_in in some:
            yield _rescored(site, hand_in)
        after = some[-1].id


def _rescored(site: Site, hand_in: HandIn) -> Rescored:
    reason, paths = _judged(site, hand_in)
    return Rescored(
        hand_in.id,
        hand_in.assessment_id,
        hand_in.number,
        hand_in.questionnaire,
        hand_in.version,
        reason,
        paths,
    )


def _judged(site: Site, hand_in: HandIn) -> tuple[Reason | None, tuple[str, ...]]:
    try:
        shelved = site.shelf.open(hand_in.questionnaire, hand_in.version)
    except (DefinitionError, UnknownDefinition):
        return "definition_unusable", ()
    if shelved.plan.sha256 != hand_in.definition_sha256:
        return "definition_changed", ()

    def find(_id: str, _number: str) -> Questionnaire:
        return shelved.plan.questionnaire

    source = read_json(hand_in.answers.encode("utf-8", "surrogatepass"), "answers.json")
    answers = read_answers(source, find, site.shelf.definitions.shared_facts).answers
    if answers is None:
        return "answers_unreadable", ()
    try:
        result = assess(shelved.plan, answers, engine=hand_in.engine)
    except UnknownEngine:
        return "unknown_engine", ()
    again = result_json(result)
    if _canonical(again) == _canonical(_read(hand_in.result)):
        return (None, ()) if result.overall.level == hand_in.level else ("level_differs", ())
    differing = compare(_read(hand_in.result), json.loads(json.dumps(again)))
    return "result_differs", tuple(difference.path for difference in differing[:MAX_PATHS])


def _canonical(result: Any) -> bytes:
    """One text for one result: keys in order, nothing between them."""
    return json.dumps(result, sort_keys=True, separators=(",", ":")).encode()


def _read(text: str) -> Any:
    """A stored result; what is no JSON at all is no result."""
    try:
        return json.loads(text)
    except ValueError:
        return None
