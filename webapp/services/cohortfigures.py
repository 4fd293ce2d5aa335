"""A cohort's figures for those who run its programme: what could be released now, and what was.

What stands in the way is asked of who takes part, never of where anybody stands, so it says nothing of that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from sqlalchemy.orm import Session

from assessment.cohort.layout import Layout
from assessment.cohort.publishing import Reason, Refusal, refusal_of
from assessment.cohort.stored import read_release
from webapp.db import queries_releases as queries
from webapp.db.queries_cohorts import consenting
from webapp.db.queries_work import find_job
from webapp.db.tables.cohorts import Cohort
from webapp.db.tables.organisations import Programme
from webapp.errors import NotThere
from webapp.services.actor import Actor
from webapp.services.cohortcounting import USE, counted_hand_ins, who_counts
from webapp.services.cohortlayouts import layout_in
from webapp.services.cohortrounds import Round, round_now
from webapp.services.cohorts import CohortLine, cohort_in, lines_of, prework_of
from webapp.services.releaseowners import owned_as_now
from webapp.services.releasepages import ReleaseLine, lines_in
from webapp.services.releasing import REFUSED, job_key
from webapp.services.shelf import Shelved
from webapp.services.site import Site

_OVER = ("round_over", "not_asked")
BLOCKS: tuple[str, ...] = (*get_args(Reason), *_OVER, "other")
"""Everything that can stand in the way, as words name it."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """One questionnaire in the round the cohort is in.

    ``handed_in``: companies that consent and have handed in; ``owners``: how many that counts as.
    ``refusal``: what stands in the way. ``is_working``: a release is being worked out; ``failed``: one of
    ``BLOCKS``, why the last attempt came to none; empty where none was made, or where what stood in its way
    does no more. ``is_released``: this round has its release.
    """

    shelved: Shelved
    handed_in: int
    owners: int
    refusal: Refusal | None
    is_working: bool
    failed: str
    is_released: bool

    @property
    def can_be_released(self) -> bool:
        """Whether somebody may order it."""
        return self.refusal is None and not self.is_working and not self.is_released


@dataclass(frozen=True, slots=True)
class FiguresDesk:
    """The figures of a cohort. ``consenting``: companies that let themselves be counted."""

    programme_id: str
    programme: str
    cohort: CohortLine
    round: Round
    consenting: int
    questionnaires: tuple[Readiness, ...]
    releases: tuple[ReleaseLine, ...]

    @property
    def could_be_told(self) -> bool:
        """Whether there are figures that a new round would leave untold."""
        return any(one.can_be_released or one.is_working for one in self.questionnaires)

    def of(self, questionnaire: str) -> Readiness:
        """One questionnaire. Raises NotThere."""
        for one in self.questionnaires:
            if one.shelved.id == questionnaire:
                return one
        raise NotThere


def open_figures(site: Site, actor: Actor, programme_id: str, cohort_id: str, now: datetime) -> FiguresDesk:
    """The figures of a cohort for somebody who runs its programme. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        cohort = cohort_in(session, programme_id, cohort_id)
        [line] = lines_of(session, site, [cohort], now)
        round_ = round_now(session, cohort)
        return FiguresDesk(
            programme_id=programme_id,
            programme=session.get_one(Programme, programme_id).name,
            cohort=line,
            round=round_,
            consenting=len(consenting(session, cohort.id, USE)),
            questionnaires=tuple(
                _readiness(session, site, cohort, shelved, round_)
                for id_ in prework_of(cohort)
                if (shelved := site.shelf.newest(id_)) is not None
            ),
            releases=lines_in(session, site, cohort.id),
        )


def _readiness(session: Session, site: Site, cohort: Cohort, shelved: Shelved, round_: Round) -> Readiness:
    rows = counted_hand_ins(session, site, cohort, shelved.id, round_)
    held = layout_in(cohort, shelved.id)
    layout = Layout(shelved.id, ()) if held is None else held.layout
    figures = who_counts(session, rows, layout, round_)
    last = queries.releases_with_basis(session, cohort.id, shelved.id, last=1)
    earlier = [read_release(one.told, one.basis, layout) for one in last]
    refusal = refusal_of(figures, owned_as_now(earlier, [figures]))
    is_released = bool(last) and last[0].round == round_.number
    job = None if is_released else find_job(session, job_key(cohort.id, shelved.id, round_.number))
    state = "" if job is None else job.state
    return Readiness(
        shelved=shelved,
        handed_in=len(rows),
        owners=len(figures.counted),
        refusal=refusal,
        is_working=state in ("waiting", "running"),
        failed=_failed(job.error or "") if job is not None and state == "failed" else "",
        is_released=is_released,
    )


def _failed(error: str) -> str:
    """Why a job came to no release, as far as that holds whoever takes part."""
    reason = error.removeprefix(REFUSED) if error.startswith(REFUSED) else "other"
    return reason if reason in ("would_expose", *_OVER, "other") else ""
