"""What a full database does to pages and to a save: 100,000 companies at work beside 100, by turns."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import func, select

from assessment.answers import Answer
from tests.bench.crowd import FOLLOWED, Model, fill
from tests.bench.disk import disk_folder
from tests.bench.table import TURNS, progress, say, timed
from tests.webapp.sites import (
    a_person,
    a_workshop,
    an_assessment,
    answer_like,
    as_actor,
    example_answers,
    make_site,
)
from webapp.app import create_app
from webapp.db import queries_assessments as queries
from webapp.db.tables.all import METADATA
from webapp.db.tables.people import Person
from webapp.services.actor import Actor
from webapp.services.answering import Said, save_answers
from webapp.services.opening import open_assessment
from webapp.services.sessions import open_session
from webapp.services.site import Site
from webapp.services.wizard import shown_of

FEW, MANY = 100, 100_000
MOST = 1.5
QUESTION = "strategy.ambition"
COPIED = 8
"""How many answers each of the others has."""


@dataclass(frozen=True)
class Filled:
    """A full database, an owner at work in it, and an advisor; both at their browsers."""

    site: Site
    owner: Actor
    assessment: str
    at_home: FlaskClient
    at_the_advisors: FlaskClient
    numbers: count[int] = field(default_factory=lambda: count(1))


def bench_growth() -> None:
    """Pages as they are served, and the use cases behind them."""
    with tempfile.TemporaryDirectory(dir=disk_folder()) as folder:
        few, many = (_filled(Path(folder) / str(size), size) for size in (FEW, MANY))
        for what, run in MEASURED.items():
            _compare(what, run, few, many)
        _say_size(many)
        for one in (few, many):
            one.site.database.close()


def _compare(what: str, run: Callable[[Filled], object], few: Filled, many: Filled) -> None:
    run(few), run(many)
    pairs = [(timed(lambda: run(few), 10), timed(lambda: run(many), 10)) for _ in range(TURNS)]
    ratio = statistics.median(b / a for a, b in pairs)
    figure = f"{ratio:.2f}x ({statistics.median(b for _, b in pairs) * 1e3:.1f} ms)"
    say(f"{what}: {MANY:,} companies over {FEW}", figure, f"at most {MOST}x", holds=ratio <= MOST)


def _say_size(many: Filled) -> None:
    with many.site.database.read() as session:
        rows = {
            table.name: int(session.scalar(select(func.count()).select_from(table)) or 0)
            for table in METADATA.sorted_tables
        }
    megabytes = (many.site.settings.data_dir / "kretslop.db").stat().st_size / 1e6
    say("the full database: rows", f"{sum(rows.values()):,} ({megabytes:.0f} MB)")
    largest = sorted(rows.items(), key=lambda one: -one[1])
    progress(", ".join(f"{name} {number:,}" for name, number in largest if number > FEW))


def _filled(folder: Path, size: int) -> Filled:
    """A database with that many companies at work, and one more with its advisor."""
    site = make_site(folder)
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    for period in ("2024", "2023"):
        an_assessment(site, owner, company, period=period)
    answer_like(site, owner, id_, example_answers())
    with site.database.read() as session:
        questions = sorted(queries.answers_of(session, id_))[:COPIED]
    advisor = as_actor(site, a_person(site, "raadgiver@eksempel.no", "Rådgiver"))
    fill(site, Model(id_, company, questions), size, advisor.person_id)
    return Filled(site, owner, id_, _browser(site, owner), _browser(site, advisor))


def _browser(site: Site, actor: Actor) -> FlaskClient:
    with site.database.write() as session:
        person = session.get_one(Person, actor.person_id)
        token = open_session(session, person, datetime.now(UTC), site.settings)
    client = create_app(site).test_client()
    client.set_cookie("kretslop", token, domain="localhost")
    return client


def _get(client: FlaskClient, path: str, shows: int = 1, what: str = "<h1") -> None:
    """A page, with as much on it as there should be."""
    answer = client.get(path)
    found = answer.get_data(as_text=True).count(what)
    assert (answer.status_code, found >= shows) == (200, True), (answer.status, found)


def _open(filled: Filled) -> object:
    return shown_of(open_assessment(filled.site, filled.owner, filled.assessment))


def _save(filled: Filled) -> object:
    number = next(filled.numbers)
    said = Said(QUESTION, Answer("answered", "2", comment=f"note {number}"), number)
    now = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(seconds=number)
    saved = save_answers(filled.site, filled.owner, filled.assessment, [said], now)
    assert not saved.clashes
    return saved


MEASURED: dict[str, Callable[[Filled], object]] = {
    "opening a section": _open,
    "saving an answer": _save,
    "page of a section": lambda one: _get(one.at_home, f"/nb/assessments/{one.assessment}/sections/strategy"),
    "page of the parts": lambda one: _get(one.at_home, f"/nb/assessments/{one.assessment}"),
    "page of a question": lambda one: _get(
        one.at_home, f"/nb/assessments/{one.assessment}/questions/{QUESTION}"
    ),
    "page of the overview": lambda one: _get(one.at_home, "/nb/assessments", 3, "/nb/assessments/"),
    f"page of an advisor's {FOLLOWED} companies": lambda one: _get(
        one.at_the_advisors, "/nb/portfolio", FOLLOWED, "/result"
    ),
}
