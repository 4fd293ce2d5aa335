"""Who is counted in a cohort's figures, and as what. Nothing here is for anybody's eyes.

Counted is a company that is in the cohort, consents now to be counted, and has handed in within the round
what goes deep enough: the newest such hand-in, as approved where it is.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from assessment.cohort.figures import CohortFigures, Counted
from assessment.cohort.layout import Layout
from assessment.cohort.members import Gap, Member, Standing, one_for_each_owner
from questionnaires.lacks import Lack
from webapp.db import queries_releases as queries
from webapp.db.queries_activities import attended_by
from webapp.db.queries_cohorts import consenting
from webapp.db.queries_portfolio import approved_results, results_of
from webapp.db.queries_releases import HandIn
from webapp.db.tables.cohorts import Cohort
from webapp.services.cohortlayouts import NOWHERE, Located
from webapp.services.cohortrounds import Round
from webapp.services.cohorts import prework_of
from webapp.services.cohortstanding import DEPTHS
from webapp.services.site import Site, midnight

USE = "aggregate"
Results: TypeAlias = Mapping[str, Mapping[str, Any]]
"""What was handed in or approved by id, as the contracts have it."""

_UNSAID = Standing(None, None)


def counted_hand_ins(
    session: Session, site: Site, cohort: Cohort, questionnaire: str, round_: Round
) -> tuple[HandIn, ...]:
    """The hand-in that counts for each company that is counted now, by company."""
    rows = queries.standing_hand_ins(session, cohort.id, questionnaire, midnight(site.zone, round_.begins_on))
    willing = consenting(session, cohort.id, USE)
    return _newest((row for row in rows if row.organisation_id in willing), cohort, questionnaire)


def _newest(rows: Iterable[HandIn], cohort: Cohort, questionnaire: str) -> tuple[HandIn, ...]:
    wanted = DEPTHS.index(prework_of(cohort).get(questionnaire, "basic"))
    newest = {row.organisation_id: row for row in rows if DEPTHS.index(row.depth) >= wanted}
    return tuple(newest[company] for company in sorted(newest))


def who_counts(session: Session, rows: Sequence[HandIn], layout: Layout, round_: Round) -> CohortFigures:
    """Which owners are counted with which result, and nothing of where they stand.

    Enough to say whether there could be a release. Results are read of groups alone: there the company that
    answered most counts.
    """
    sizes = Counter(row.owner for row in rows)
    results = results_by_id(session, [row for row in rows if sizes[row.owner] > 1])
    bare = [
        Member(row.organisation_id, row.owner, row.submission_id, _UNSAID, _coverage(results.get(row.result)))
        for row in rows
    ]
    counted = (Counted(one.owner, one.result, (), (), ()) for one in one_for_each_owner(bare))
    return CohortFigures(layout, round_.number, tuple(counted))


def results_by_id(session: Session, rows: Iterable[HandIn]) -> Results:
    """The results that count, by what names them."""
    every = list(rows)
    found = results_of(session, [row.submission_id for row in every if row.approval_id is None])
    found |= approved_results(session, [row.approval_id for row in every if row.approval_id is not None])
    return {id_: json.loads(text) for id_, text in found.items()}


def levels_before(
    session: Session, site: Site, cohort: Cohort, questionnaire: str, round_: Round
) -> dict[str, int]:
    """The level of the round before by company, for those that had one."""
    if round_.before_on is None:
        return {}
    since, until = midnight(site.zone, round_.before_on), midnight(site.zone, round_.begins_on)
    rows = queries.earlier_hand_ins(session, cohort.id, questionnaire, since, until)
    levels = {
        row.organisation_id: row.level if row.approval_id is None else row.approved_level
        for row in _newest(rows, cohort, questionnaire)
    }
    return {company: level for company, level in levels.items() if level is not None}


def attendance_in(session: Session, rows: Iterable[HandIn]) -> dict[str, frozenset[str]]:
    """The activities each company was at."""
    found: dict[str, set[str]] = {}
    for activity, company in attended_by(session, [row.organisation_id for row in rows]):
        found.setdefault(company, set()).add(activity)
    return {company: frozenset(ids) for company, ids in found.items()}


def members_of(
    rows: Iterable[HandIn],
    results: Results,
    *,
    before: Mapping[str, int],
    located: Mapping[str, Located],
    attended: Mapping[str, frozenset[str]],
    lacks: Mapping[str, Lack],
) -> list[Member]:
    """The companies as the figures take them."""
    return [
        _member(
            row,
            results[row.result],
            before=before.get(row.organisation_id),
            located=located.get(row.organisation_id, NOWHERE),
            attended=attended.get(row.organisation_id, frozenset()),
            lacks=lacks,
        )
        for row in rows
    ]


def _member(
    row: HandIn,
    result: Mapping[str, Any],
    *,
    before: int | None,
    located: Located,
    attended: frozenset[str],
    lacks: Mapping[str, Lack],
) -> Member:
    return Member(
        company=row.organisation_id,
        owner=row.owner,
        result=row.submission_id,  # an approval mostly says the same, and everybody may know
        overall=_standing(result["overall"]),
        coverage=_coverage(result),
        dimensions={one["id"]: _standing(one) for one in result["dimensions"]},
        gaps=tuple(_gap(one["question"], lacks) for one in _heaviest_first(result["gaps"])),
        strengths=frozenset(one["question"] for one in result["strengths"]),
        previous=before,
        region=located.region,
        sector=located.sector,
        attended=attended,
    )


def _heaviest_first(gaps: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    return sorted(gaps, key=lambda gap: -Fraction(gap["value"]))


def _gap(question: str, lacks: Mapping[str, Lack]) -> Gap:
    lack = lacks.get(question, "none")
    return Gap(question, None if lack == "none" else lack)


def _standing(found: Mapping[str, Any]) -> Standing:
    score = found["score"]
    return Standing(found["level"], None if score is None else Fraction(score))


def _coverage(result: Mapping[str, Any] | None) -> Fraction | None:
    coverage = None if result is None else result["overall"]["coverage"]
    return None if coverage is None else Fraction(coverage)
