"""The progress of a cohort: for every company how far it has come and whom it waits for, and never more.

A handful of questions to the database, however many companies there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.db import queries_cohorts as queries
from webapp.db.queries_cohorts import Work
from webapp.db.tables.cohorts import Cohort, CohortInvitation
from webapp.db.tables.organisations import Programme
from webapp.errors import NotThere
from webapp.services.actor import Actor
from webapp.services.cohorts import CohortLine, cohort_in, lines_of, prework_of
from webapp.services.cohortstanding import STEPS, WAITING, Advice, Standing, standing
from webapp.services.paging import paged
from webapp.services.site import Site

PAGE_SIZE = 100
MAX_ASKED = 100


@dataclass(frozen=True, slots=True)
class ProgressWish:
    """What somebody wants to see; empty: everything. ``name``: a part of the name, or of the number."""

    name: str = ""
    step: str = ""
    waits: str = ""
    page: int = 1


ALL = ProgressWish()


@dataclass(frozen=True, slots=True)
class MemberStanding:
    """A company that is in a cohort now, and where it stands."""

    organisation_id: str
    name: str
    orgnr: str | None
    joined_utc: datetime
    standing: Standing


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """A company in the table. ``since_utc``: when it was invited, said no, joined or left.

    ``invitation_id``: of one that can be taken back. ``email``: of who was invited and has not answered;
    both empty for the others.
    """

    name: str
    orgnr: str
    standing: Standing
    since_utc: datetime
    invitation_id: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """The table, one page of it. ``steps``, ``waits``: how many companies by each, of all of them.

    ``found``: how many lines were wanted.
    """

    programme_id: str
    programme: str
    cohort: CohortLine
    lines: tuple[ProgressLine, ...]
    steps: Mapping[str, int]
    waits: Mapping[str, int]
    found: int
    page: int
    pages: int
    wish: ProgressWish


def open_progress(
    site: Site, actor: Actor, programme_id: str, cohort_id: str, *, now: datetime, wish: ProgressWish = ALL
) -> Progress:
    """The progress table for somebody who runs the programme. Raises NotThere."""
    programme, cohort, every = _every(site, actor, programme_id, cohort_id, now)
    wish = _cleaned(wish)
    wanted = [line for line in every if _is_wanted(line, wish)]
    lines, page, pages = paged(wanted, wish.page, PAGE_SIZE)
    return Progress(
        programme_id=programme_id,
        programme=programme,
        cohort=cohort,
        lines=lines,
        steps=_counted((line.standing.step for line in every), STEPS),
        waits=_counted((line.standing.waits for line in every), WAITING),
        found=len(wanted),
        page=page,
        pages=pages,
        wish=replace(wish, page=page),
    )


def all_progress(
    site: Site, actor: Actor, programme_id: str, cohort_id: str, now: datetime
) -> tuple[CohortLine, tuple[ProgressLine, ...]]:
    """A cohort with every line of its table. Raises NotThere."""
    _, cohort, every = _every(site, actor, programme_id, cohort_id, now)
    return cohort, tuple(every)


def _every(
    site: Site, actor: Actor, programme_id: str, cohort_id: str, now: datetime
) -> tuple[str, CohortLine, list[ProgressLine]]:
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        row = cohort_in(session, programme_id, cohort_id)
        programme = session.get_one(Programme, programme_id)
        [cohort] = lines_of(session, site, [row], now)
        members = standings_in(session, row, now)
        inside = {one.orgnr for one in members}
        found = [ProgressLine(one.name, one.orgnr or "", one.standing, one.joined_utc) for one in members]
        found += [
            ProgressLine(company.name, company.orgnr or "", Standing("left", "nobody"), member.left_utc)
            for member, company in queries.members_in(session, row.id)
            if member.left_utc is not None
        ]
        found += [
            _invited(one)
            for one in queries.invitations_in(session, row.id)
            if one.used_utc is None and one.orgnr not in inside
        ]
    return programme.name, cohort, sorted(found, key=lambda one: (one.name.casefold(), one.orgnr))


def _invited(row: CohortInvitation) -> ProgressLine:
    is_declined = row.declined_utc is not None
    return ProgressLine(
        name=row.name,
        orgnr=row.orgnr,
        standing=Standing("declined", "nobody") if is_declined else Standing("invited", "answer"),
        since_utc=row.declined_utc or row.told_utc or row.created_utc,
        invitation_id=row.id,
        email="" if is_declined else row.email,
    )


def standings_in(
    session: Session, cohort: Cohort, now: datetime, only: str | None = None
) -> list[MemberStanding]:
    """Where the companies of a cohort stand, or one of them."""
    prework = prework_of(cohort)
    work: dict[str, list[Work]] = {}
    for one in queries.work_in(session, cohort.id, only):
        work.setdefault(one.organisation_id, []).append(one)
    advised = queries.advised_in(session, cohort.id, now)
    willing = queries.consenting(session, cohort.id, "advisor")
    return [
        MemberStanding(
            company.id,
            company.name,
            company.orgnr,
            member.joined_utc,
            standing(prework, work.get(company.id, ()), advice=_advice(company.id, advised, willing)),
        )
        for member, company in queries.members_in(session, cohort.id, only)
        if member.left_utc is None
    ]


def _advice(company_id: str, advised: set[str], willing: set[str]) -> Advice:
    if company_id in advised:
        return "given"
    return "wanted" if company_id in willing else "none"


def _cleaned(wish: ProgressWish) -> ProgressWish:
    """What is no choice counts as none."""
    return replace(
        wish,
        name=wish.name.strip()[:MAX_ASKED],
        step=wish.step if wish.step in STEPS else "",
        waits=wish.waits if wish.waits in WAITING else "",
    )


def _is_wanted(line: ProgressLine, wish: ProgressWish) -> bool:
    asked = wish.name.casefold()
    return (
        (not asked or asked in line.name.casefold() or asked.replace(" ", "") in line.orgnr)
        and wish.step in ("", line.standing.step)
        and wish.waits in ("", line.standing.waits)
    )


def _counted(values: Iterable[str], order: tuple[str, ...]) -> dict[str, int]:
    """How many of each, in order, those there are none of left out."""
    counts = Counter(values)
    return {one: counts[one] for one in order if counts[one]}
