"""The companies an advisor follows: where each has come, what has changed, and what waits for whom.

No answer stands in it; the levels do, since an advisor may read the result.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import cast

from sqlalchemy.orm import Session

from webapp.db import queries_portfolio as queries
from webapp.db.queries_portfolio import FollowedCompany, HandedIn, Round, TakesPart
from webapp.db.tables.organisations import REVIEW_DAYS
from webapp.services.actor import Actor
from webapp.services.attention import STANDS, WAITS, Attention, Stand, Waits, attention, rank, shortest
from webapp.services.judging import choices_to_rate
from webapp.services.paging import paged
from webapp.services.shelf import Shelved
from webapp.services.since import Since, outcome, since
from webapp.services.site import Site

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see of their list; empty: everything. ``name``: a part of the company's."""

    name: str = ""
    state: str = ""
    waits: str = ""
    questionnaire: str = ""
    programme: str = ""
    page: int = 1


EVERYTHING = Wish()


@dataclass(frozen=True, slots=True)
class Followed:
    """One assessment as an advisor's list has it. ``level``: the company's own; None where it is withheld.

    ``is_approved``: it stands signed off, at ``approved_level``. ``is_hidden``: its advisors are to rate
    before they see a level. ``coverage``: None where nothing counts, and while it is hidden.
    """

    id: str
    shelved: Shelved
    period: str
    depth: str
    round: int
    state: str
    level: int | None
    is_approved: bool
    approved_level: int | None
    at_utc: datetime
    coverage: Fraction | None = None
    since: Since | None = None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an advisor's list: a hand-in, or a company that has none yet."""

    company_id: str
    company: str
    stand: Stand
    attention: Attention
    programmes: frozenset[str]
    rates_blind: bool
    assessment: Followed | None
    source: HandedIn | None

    @property
    def waits(self) -> Waits:
        """Whose turn it is."""
        return self.attention.waits


@dataclass(frozen=True, slots=True)
class Run:
    """A programme somebody runs, or advises in."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What an advisor follows, of what was wanted the lines of one page.

    ``companies``: how many there are in all; ``found``: lines that were wanted; ``overdue``, ``waiting``:
    how many of those are late, and wait for the reader. ``questionnaires``, ``programmes``: to choose from.
    """

    lines: tuple[Line, ...]
    found: int
    page: int
    pages: int
    companies: int
    overdue: int
    waiting: int
    questionnaires: tuple[Shelved, ...]
    programmes: tuple[Run, ...]
    runs: tuple[Run, ...]
    wish: Wish


def open_portfolio(site: Site, actor: Actor, now: datetime, wish: Wish = EVERYTHING) -> Portfolio:
    """The companies an actor advises, what needs attention first, and the programmes they run.

    What is no choice counts as none. The same few questions to the database however many companies there are.
    """
    with site.database.read() as session:
        ids = actor.organisations("advisor")
        companies = queries.followed_companies(session, ids, now)
        parts = queries.taking_part(session, ids)
        rows = queries.handed_in(session, ids)
        every = _lines(site, companies, rows, parts, now, teams=actor.teams)
        shelved = {one.assessment.shelved.id: one.assessment.shelved for one in every if one.assessment}
        programmes = dict.fromkeys((part.programme_id, part.name) for part in parts)
        wish = _cleaned(wish, shelved, {id_ for id_, _ in programmes})
        wanted = sorted(
            (line for line in every if _is_wanted(line, wish)),
            key=lambda line: rank(line.attention, line.source.at_utc if line.source else None, line.company),
        )
        shown, page, pages = paged(wanted, wish.page, PAGE_SIZE)
        runs = queries.programmes_named(session, actor.programmes)
        return Portfolio(
            lines=_with_results(session, shown),
            found=len(wanted),
            page=page,
            pages=pages,
            companies=len(companies),
            overdue=sum(line.attention.is_overdue for line in wanted),
            waiting=sum(line.waits == "you" for line in wanted),
            questionnaires=tuple(shelved[id_] for id_ in sorted(shelved)),
            programmes=tuple(Run(*one) for one in programmes),
            runs=tuple(Run(one.id, one.name) for one in runs),
            wish=replace(wish, page=page),
        )


def _cleaned(wish: Wish, questionnaires: Container[str], programmes: Container[str]) -> Wish:
    """A wish without what is no choice."""
    return replace(
        wish,
        state=wish.state if wish.state in STANDS else "",
        waits=wish.waits if wish.waits in WAITS else "",
        questionnaire=wish.questionnaire if wish.questionnaire in questionnaires else "",
        programme=wish.programme if wish.programme in programmes else "",
    )


def _lines(
    site: Site,
    companies: Sequence[FollowedCompany],
    rows: Iterable[HandedIn],
    parts: Iterable[TakesPart],
    now: datetime,
    *,
    teams: frozenset[str],
) -> list[Line]:
    found: dict[str, list[HandedIn]] = defaultdict(list)
    for row in rows:
        found[row.organisation_id].append(row)
    taken: dict[str, list[TakesPart]] = defaultdict(list)
    for part in parts:
        taken[part.organisation_id].append(part)
    return [
        _line(site, company, row, taken[company.id], now, teams=teams)
        for company in companies
        for row in _or_none(found[company.id])
    ]


def _line(
    site: Site,
    company: FollowedCompany,
    row: HandedIn | None,
    parts: Sequence[TakesPart],
    now: datetime,
    *,
    teams: frozenset[str],
) -> Line:
    programmes = frozenset(part.programme_id for part in parts)
    can_set_up = company.is_pending and not programmes.isdisjoint(teams)
    stand = cast(Stand, row.state) if row is not None else _stand_of(company, can_set_up=can_set_up)
    return Line(
        company_id=company.id,
        company=company.name,
        stand=stand,
        attention=attention(
            stand,
            now.astimezone(site.zone).date(),
            handed_in_on=None if row is None else row.at_utc.astimezone(site.zone).date(),
            review_days=shortest((part.review_days for part in parts), REVIEW_DAYS),
            due_on=None if row is None else row.due_on,
        ),
        programmes=programmes,
        rates_blind=any(part.rates_blind for part in parts),
        assessment=None if row is None else _followed(site, row),
        source=row,
    )


def _or_none(rows: Sequence[HandedIn]) -> Sequence[HandedIn | None]:
    return rows or [None]


def _stand_of(company: FollowedCompany, *, can_set_up: bool) -> Stand:
    if not can_set_up:
        return "nothing"
    return "invited" if company.is_invited else "setting_up"


def _is_wanted(line: Line, wish: Wish) -> bool:
    questionnaire = "" if line.assessment is None else line.assessment.shelved.id
    return (
        wish.name.casefold() in line.company.casefold()
        and wish.state in ("", line.stand)
        and wish.waits in ("", line.waits)
        and wish.questionnaire in ("", questionnaire)
        and (not wish.programme or wish.programme in line.programmes)
    )


def _followed(site: Site, row: HandedIn) -> Followed:
    return Followed(
        id=row.id,
        shelved=site.shelf.open(row.questionnaire, row.version),
        period=row.period,
        depth=row.depth,
        round=row.round,
        state=row.state,
        level=row.level,
        is_approved=row.approval_id is not None,
        approved_level=row.approved_level,
        at_utc=row.at_utc,
    )


def _with_results(session: Session, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with what only the stored results say: read for those that are shown, and no others."""
    rows = [line.source for line in lines if line.source is not None]
    rounds = queries.earlier_rounds(session, {row.previous_id for row in rows if row.previous_id})
    before = {row.id: _round_before(row, rounds) for row in rows}
    others = [one for one in before.values() if one is not None]
    submissions = {row.submission_id for row in rows} | {one.submission_id for one in others}
    approvals = {row.approval_id for row in rows} | {one.approval_id for one in others}
    results = queries.results_of(session, submissions)
    results |= queries.approved_results(session, [id_ for id_ in approvals if id_])
    told = [_with_result(line, before, results) for line in lines]
    blind = {line.source.submission_id for line in lines if line.source and _is_blind(line)}
    rated = queries.rated_first(session, blind) if blind else {}
    return tuple(_blinded(line, results, rated) if _is_blind(line) else line for line in told)


def _is_blind(line: Line) -> bool:
    """Whether the reader is to rate before they see; once it was signed off all of it was shown."""
    is_open = line.source is None or line.stand in ("approved", "reopened")
    return line.rates_blind and not is_open


def _blinded(line: Line, results: Mapping[str, str], rated: Mapping[str, set[str]]) -> Line:
    """A line without its levels while one of the choices is not rated: as the result itself is closed.

    Nor how much was answered: once all but one are rated that says whether the last is a "don't know".
    """
    row, followed = line.source, line.assessment
    assert row is not None
    assert followed is not None
    states = outcome(results[row.submission_id]).states
    is_open = choices_to_rate(followed.shelved, states) <= rated.get(row.submission_id, set())
    hidden = replace(followed, level=None, coverage=None, since=None, is_hidden=True)
    return line if is_open else replace(line, assessment=hidden)


def _round_before(row: HandedIn, rounds: Iterable[Round]) -> Round | None:
    """The last hand-in of the round before that came no later: what the report compares with, too."""
    return next(
        (
            one
            for one in reversed(list(rounds))
            if one.assessment_id == row.previous_id and one.at_utc <= row.at_utc
        ),
        None,
    )


def _with_result(line: Line, rounds: Mapping[str, Round | None], results: Mapping[str, str]) -> Line:
    row, followed = line.source, line.assessment
    if row is None or followed is None:
        return line
    own = outcome(results[row.submission_id])
    change, before = None, rounds[row.id]
    if before is not None:
        both = (row.approval_id, before.approval_id)
        is_approved = None not in both
        now_id, then_id = both if is_approved else (row.submission_id, before.submission_id)
        change = since(
            own if now_id == row.submission_id else outcome(results[str(now_id)]),
            outcome(results[str(then_id)]),
            period=before.period,
            is_same_scale=(row.version, row.depth) == (before.version, before.depth),
            is_approved=is_approved,
        )
    return replace(line, assessment=replace(followed, coverage=own.coverage, since=change))
