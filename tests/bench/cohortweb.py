"""A cohort on the web as it grows: progress table, releasing its figures, reading the report; on SQLite."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient
from sqlalchemy import select

from tests.bench.cohort import FEW, GROWTH, MANY, SECONDS, USUAL
from tests.bench.disk import disk_folder
from tests.bench.table import cpu_timed, progress, say
from tests.webapp.services.crowds import CIRCULAR, a_crowd, hand_in
from tests.webapp.services.intakes import Intake
from tests.webapp.sites import NOW
from tests.webapp.views.browsing import browser_of
from webapp.app import create_app
from webapp.db.tables.releases import CohortRelease
from webapp.services import cohortinviting, releasing

PAGE_SECONDS = 3
"""What a page of a cohort of ``USUAL`` companies may take once its numbers are there."""

_TURNS = 5
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
"""Of the digits of an organisation number, for its last one (Brønnøysundregistrene)."""


@dataclass(frozen=True)
class _Cohort:
    """One cohort with a release. ``releasing``: seconds it took; ``pages``: how to ask for each."""

    releasing: float
    pages: dict[str, Callable[[], float]]


def bench_cohort_web() -> None:
    """The pages of a small, a usual and a large cohort by turns, and releasing their figures."""
    with tempfile.TemporaryDirectory(dir=disk_folder()) as name:
        cohorts = {size: _cohort(Path(name) / str(size), size) for size in (FEW, USUAL, MANY)}
        taken = {size: cohort.releasing for size, cohort in cohorts.items()}
        _say("releasing figures", taken, SECONDS)
        for page in cohorts[FEW].pages:
            turns = [{size: one.pages[page]() for size, one in cohorts.items()} for _ in range(_TURNS)]
            _say(page, {size: median(turn[size] for turn in turns) for size in cohorts}, PAGE_SECONDS)
        _inviting(Path(name))


def _say(what: str, taken: dict[int, float], budget: int) -> None:
    usual = taken[USUAL]
    progress(f"{what}: " + ", ".join(f"{size:,}: {seconds:.2f} s" for size, seconds in taken.items()))
    say(f"{what}, {USUAL:,} companies", f"{usual:.2f} s", f"at most {budget} s", holds=usual <= budget)
    growth = taken[MANY] / usual * USUAL / MANY
    line = f"{what}, a company: cohort of {MANY:,} over {USUAL:,}"
    say(line, f"{growth:.2f}x", f"at most {GROWTH}x", holds=growth <= GROWTH)


def _cohort(folder: Path, size: int) -> _Cohort:
    intake = Intake(folder)
    site = intake.site
    now = site.now()
    companies = a_crowd(site, intake.programme, intake.cohort, size)
    hand_in(site, companies, "2025", now)
    body = {"cohort": intake.cohort, "questionnaire": CIRCULAR, "round": 1}
    seconds = cpu_timed(partial(releasing.release, site, body, now + timedelta(minutes=1)))
    with site.database.read() as session:
        release = session.scalars(select(CohortRelease.id)).one()
    local = replace(site, settings=site.settings.model_copy(update={"public_url": "http://localhost"}))
    client = browser_of(create_app(local), local, intake.staff.person_id).client
    desk = f"/nb/programme/{intake.programme}/cohorts/{intake.cohort}"
    return _Cohort(
        seconds,
        {
            "progress table": partial(_page, client, desk),
            "what can be released": partial(_page, client, f"{desk}/figures"),
            "cohort report as a page": partial(_page, client, f"/nb/cohort-figures/{release}"),
        },
    )


def _page(client: FlaskClient, address: str) -> float:
    def ask() -> None:
        assert client.get(address).status_code == 200

    return cpu_timed(ask)


def _inviting(folder: Path) -> None:
    """A list of as many rows as one may have, beside a short one."""
    taken = {}
    for size in (FEW, USUAL):
        intake = Intake(folder / f"list-{size}")
        rows = (f"Eksempel {at} AS;{_number(at)};;post@{at}.eksempel.no" for at in range(size))
        text = "\n".join(("navn;orgnr;kontakt;epost", *rows))
        taken[size] = cpu_timed(partial(_invite, intake, text))
    say(
        f"inviting {USUAL:,}",
        f"{taken[USUAL]:.2f} s",
        f"at most {PAGE_SECONDS} s",
        holds=taken[USUAL] <= PAGE_SECONDS,
    )
    growth = taken[USUAL] / taken[FEW] * FEW / USUAL
    what = f"inviting, a company: list of {USUAL:,} over {FEW:,}"
    say(what, f"{growth:.2f}x", f"at most {GROWTH}x", holds=growth <= GROWTH)


def _invite(intake: Intake, text: str) -> None:
    count, _ = cohortinviting.invite_all(
        intake.site,
        intake.staff,
        intake.programme,
        intake.cohort,
        text=text,
        language="nb",
        now=NOW,
    )
    assert count == text.count("\n")


def _number(at: int) -> str:
    """An organisation number with the right last digit; those that have none are passed over."""
    base = 31_000_000 + at * 7
    while True:
        rest = -sum(int(digit) * weight for digit, weight in zip(str(base), _WEIGHTS, strict=True)) % 11
        if rest < 10:
            return f"{base}{rest}"
        base += 1
