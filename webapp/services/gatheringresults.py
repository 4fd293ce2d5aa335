"""What the companies of a gathering have handed in: whether their pre-work is done, and their results."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from assessment.cohort.prework import Readiness, readiness
from assessment.result import AssessmentResult
from questionnaires.values import Depth
from webapp.db import queries_gatherings as queries
from webapp.db.queries_gatherings import HandedIn
from webapp.services.cohortstanding import DEPTHS
from webapp.services.gatherings import Room
from webapp.services.site import Site
from webapp.services.submitted import ResultDiffers, given_of, given_result

log = logging.getLogger(__name__)


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


def results_in(
    session: Session, site: Site, room: Room, organisations: Collection[str]
) -> dict[str, tuple[AssessmentResult, ...]]:
    """The results that count, by company. One that cannot be recomputed any more is left out."""
    counts = counting(session, organisations, room.prework)
    wanted = {one.submission_id for held in counts.values() for one in held.values()}
    found: dict[str, list[AssessmentResult]] = {id_: [] for id_ in sorted(organisations)}
    for submission, assessment in queries.submissions_with(session, wanted):
        try:
            result = given_result(site, given_of(submission, assessment))
        except ResultDiffers:
            log.error("a hand-in of %s is left out of a gathering", assessment.questionnaire)
            continue
        found[assessment.organisation_id].append(result)
    return {id_: tuple(results) for id_, results in found.items()}
