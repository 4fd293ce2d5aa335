"""What the companies of a gathering have handed in: whether their pre-work is done, and their results."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessment.gathering.prework import (
    Readiness,
    Sheet,
    Weights,
    participant_sheet,
    readiness,
    weights,
)
from questionnaires.values import Depth
from webapp.db import queries_gatherings as queries
from webapp.db.queries_assessments import submissions_with
from webapp.db.queries_gatherings import HandedIn
from webapp.services.cohortstanding import DEPTHS
from webapp.services.gatherings import Room
from webapp.services.site import Site
from webapp.services.submitted import ResultDiffers, given_of, given_result

log = logging.getLogger(__name__)

MOST_KNOWN = 2_000
"""Of how many companies a process remembers what they bring."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a company brings to a gathering. ``questionnaires``: those it is worked out from."""

    questionnaires: tuple[str, ...]
    sheet: Sheet
    weights: Weights


_KNOWN: dict[tuple[str, ...], Brought] = {}
"""By the ids of the hand-ins, which stay the same for ever."""


def counting(
    session: Session, organisations: Collection[str], prework: Mapping[str, Depth]
) -> dict[str, dict[str, HandedIn]]:
    """The hand-in that counts, by company and questionnaire: the newest that goes deep enough.

    Where nothing is asked for, the newest of each questionnaire.
    """
    found: dict[str, dict[str, HandedIn]] = {id_: {} for id_ in organisations}
    for one in queries.handed_in_by(session, organisations):
        if prework and one.questionnaire not in prework:
            continue
        if DEPTHS.index(one.depth) >= DEPTHS.index(prework.get(one.questionnaire, "basic")):
            found[one.organisation_id][one.questionnaire] = one
    return found


def readiness_in(session: Session, room: Room, organisations: Collection[str]) -> dict[str, Readiness]:
    """Whether the pre-work of each company is done."""
    held = counting(session, organisations, room.prework)
    return {id_: readiness(room.prework, held[id_].keys()) for id_ in organisations}


def brought_in(
    session: Session, site: Site, room: Room, organisations: Collection[str]
) -> dict[str, Brought]:
    """What companies bring, by company; those that have handed in nothing that counts are left out.

    A hand-in that cannot be recomputed any more is left out.
    """
    counts = counting(session, organisations, room.prework)
    wanted = {
        id_: tuple(held[name].submission_id for name in sorted(held))
        for id_, held in sorted(counts.items())
        if held
    }
    known = {ids: held for ids in wanted.values() if (held := _KNOWN.get(ids)) is not None}
    known |= _worked_out(session, site, set(wanted.values()) - known.keys())
    return {id_: known[ids] for id_, ids in wanted.items() if ids in known}


def _worked_out(
    session: Session, site: Site, missing: Collection[tuple[str, ...]]
) -> dict[tuple[str, ...], Brought]:
    """What hand-ins bring. They never change, so it is remembered as long as the process lives."""
    wanted = {id_ for ids in missing for id_ in ids}
    rows = {one.id: given_of(one, whose) for one, whose in submissions_with(session, wanted)}
    found = {}
    for ids in missing:
        results = []
        for given in (rows[id_] for id_ in ids):
            try:
                results.append(given_result(site, given))
            except ResultDiffers:
                log.error("a hand-in of %s is left out of a gathering", given.questionnaire)
        if results:
            answered = tuple(result.answers.questionnaire for result in results)
            found[ids] = Brought(answered, participant_sheet(results), weights(results))
    if len(_KNOWN) + len(found) > MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN.update(found)
    return found
