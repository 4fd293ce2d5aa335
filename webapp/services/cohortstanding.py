"""How far each company of a cohort has come, and whom it waits for. Pure: from rows to words.

No answer and no level stands in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, get_args

from assessment.review.lifecycle import is_editable
from questionnaires.values import Depth
from webapp.db.queries_cohorts import Work

CohortState: TypeAlias = Literal["coming", "open", "closed"]
Step: TypeAlias = Literal["invited", "declined", "joined", "started", "handed_in", "approved", "left"]
"""How far a company has come; of several questionnaires the one that is least far counts."""

STEPS: tuple[Step, ...] = get_args(Step)
Waiting: TypeAlias = Literal["answer", "company", "programme", "advisor", "nobody"]
"""Whom a company waits for; ``programme``: it has handed in and wants an advisor, but has none."""

WAITING: tuple[Waiting, ...] = get_args(Waiting)
Advice: TypeAlias = Literal["given", "wanted", "none"]
"""Whether a company has an advisor, or has said that it may have one."""

DEPTHS: tuple[Depth, ...] = get_args(Depth)

_AFTER: Mapping[Advice, Waiting] = {"given": "advisor", "wanted": "programme", "none": "nobody"}
_FAR: tuple[Step, ...] = ("joined", "started", "handed_in", "approved")
_URGENT: tuple[Waiting, ...] = ("company", "programme", "advisor", "nobody")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one company stands, or one questionnaire of it."""

    step: Step
    waits: Waiting


def state_of(opens_on: date, closes_on: date | None, *, is_closed: bool, today: date) -> CohortState:
    """Whether a cohort takes companies in: from its first day to its last, unless somebody closed it."""
    if is_closed or (closes_on is not None and closes_on < today):
        return "closed"
    return "coming" if today < opens_on else "open"


def standing(prework: Mapping[str, Depth], work: Sequence[Work], *, advice: Advice) -> Standing:
    """Where a company in a cohort stands. ``work``: its assessments, whatever the questionnaire.

    Without pre-work there is nothing to wait for.
    """
    each = [
        _one(depth, [one for one in work if one.questionnaire == id_], advice)
        for id_, depth in prework.items()
    ]
    if not each:
        return Standing("joined", "nobody")
    step = min((one.step for one in each), key=_FAR.index)
    return Standing(step, min((one.waits for one in each), key=_URGENT.index))


def _one(depth: Depth, work: Iterable[Work], advice: Advice) -> Standing:
    """One questionnaire: the newest hand-in that goes deep enough, else the newest that was begun."""
    deep = sorted(
        (one for one in work if DEPTHS.index(one.depth) >= DEPTHS.index(depth)),
        key=lambda one: (one.submissions > 0, one.at_utc),
    )
    if not deep:
        return Standing("joined", "company")
    newest = deep[-1]
    if newest.state == "approved":
        return Standing("approved", "nobody")
    if is_editable(newest.state):
        return Standing("started", "company")
    return Standing("handed_in", _AFTER[advice])
