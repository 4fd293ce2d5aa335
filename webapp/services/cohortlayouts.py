"""The fixed layout of a cohort's figures, one for each questionnaire: settled at the first release.

Nobody chooses it. It follows from the questionnaire, from what the programme offers and from where the
companies are, all of it as it stands when the first release is made; from then on it never changes.
Places that fewer than six owners share are not named: a municipality is what somebody typed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from assessment.cohort.audit import LARGE
from assessment.cohort.layout import Layout
from assessment.routing import questions_at
from questionnaires.values import Depth
from webapp.db import queries_releases as queries
from webapp.db.queries_activities import activities_of
from webapp.db.tables.cohorts import Cohort
from webapp.services.offering import in_code_order
from webapp.services.shelf import Shelved

MAX_REGIONS = 40
"""How many are named at most: those that most owners share."""

MAX_ACTIVITIES = 12
_ATTENDED: tuple[str, ...] = ("webinar", "gathering")
_REGION, _SECTOR = "municipality", "nace"
_SECTIONS = (
    *((3, "a"), (9, "b"), (33, "c"), (35, "d"), (39, "e"), (43, "f"), (47, "g"), (53, "h"), (56, "i")),
    *((63, "j"), (66, "k"), (68, "l"), (75, "m"), (82, "n"), (84, "o"), (85, "p"), (88, "q"), (93, "r")),
    *((96, "s"), (98, "t"), (99, "u")),
)
"""The last division of each section of NACE Rev. 2 (Regulation (EC) No 1893/2006, annex I)."""

SECTORS = tuple(section for _, section in _SECTIONS)


@dataclass(frozen=True, slots=True)
class CohortLayout:
    """The layout of a questionnaire's figures, and the version whose words they are told in."""

    version: str
    layout: Layout


@dataclass(frozen=True, slots=True)
class Located:
    """Where a company is, and in which section of NACE; None where it has not said."""

    region: str | None = None
    sector: str | None = None


NOWHERE = Located()


def located_in(session: Session, cohort_id: str) -> dict[str, Located]:
    """Where the companies of a cohort are, by company, from the facts of their profiles."""
    found: dict[str, dict[str, str]] = {}
    for company, fact, value in queries.facts_in(session, cohort_id, (_REGION, _SECTOR)):
        found.setdefault(company, {})[fact] = str(json.loads(value))
    return {
        company: Located(" ".join(facts.get(_REGION, "").split()) or None, section_of(facts.get(_SECTOR, "")))
        for company, facts in found.items()
    }


def section_of(nace: str) -> str | None:
    """The section of NACE a code belongs to, in small letters; None for what is no code."""
    digits = nace.strip()[:2]
    if not (digits.isascii() and digits.isdecimal() and len(digits) == 2) or digits == "00":
        return None
    return next((section for last, section in _SECTIONS if int(digits) <= last), None)


def layout_in(cohort: Cohort, questionnaire: str) -> CohortLayout | None:
    """The layout of a questionnaire's figures; None before the first release."""
    held = _held(cohort).get(questionnaire)
    if held is None:
        return None
    lists = {name: tuple(ids) for name, ids in held["layout"].items() if name != "questionnaire"}
    return CohortLayout(str(held["version"]), Layout(questionnaire, **lists))


def keep_layout(cohort: Cohort, found: CohortLayout) -> None:
    """Have a layout stand for good, within a transaction that holds the cohort."""
    held = _held(cohort)
    held.setdefault(found.layout.questionnaire, {"version": found.version, "layout": asdict(found.layout)})
    cohort.layout = json.dumps(held, sort_keys=True)


def _held(cohort: Cohort) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(cohort.layout or "{}")
    return found


def new_layout(
    session: Session, cohort: Cohort, shelved: Shelved, depth: Depth, counted: Iterable[Located]
) -> CohortLayout:
    """The layout that a first release settles. ``counted``: where each owner is that is counted."""
    everybody = list(counted)
    sectors = {one.sector for one in everybody}
    rows = in_code_order(activities_of(session, [cohort.programme_id]))
    offered = [row.id for row in rows if row.kind in _ATTENDED and row.cancelled_utc is None]
    layout = Layout(
        shelved.id,
        dimensions=tuple(one.dimension.id for one in shelved.plan.dimensions),
        questions=tuple(
            one.question.id for one in questions_at(shelved.plan, depth) if one.score is not None
        ),
        regions=named_regions(everybody),
        sectors=tuple(section for section in SECTORS if section in sectors),
        activities=tuple(offered[:MAX_ACTIVITIES]),
    )
    return CohortLayout(shelved.number, layout)


def named_regions(counted: Iterable[Located]) -> tuple[str, ...]:
    """The places that enough owners share to be named, by name; of too many the commonest."""
    counts = Counter(one.region for one in counted if one.region is not None)
    shared = sorted(name for name, count in counts.items() if count >= LARGE)
    return tuple(sorted(sorted(shared, key=lambda name: -counts[name])[:MAX_REGIONS]))
