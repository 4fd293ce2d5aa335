"""The server that is made to be killed, and people who work at it at the same time."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from tests.webapp.live.colleague import FACT, Colleague
from tests.webapp.live.hammer import PATIENCE_SECONDS, Answerer, Hammer
from tests.webapp.sites import a_workshop, an_assessment, answer_like, example_answers
from webapp.db.tables.people import Person
from webapp.services.profile import open_profile
from webapp.services.sessions import open_session
from webapp.services.site import Site

ROOT = Path(__file__).parents[3]
QUESTIONS = ("strategy.ambition", "strategy.responsibility")
START_SECONDS = 60


@dataclass(frozen=True)
class Crew:
    """Two who answer the same questions, and one who does all else; all of one company."""

    answerers: tuple[Answerer, Answerer]
    colleague: Colleague
    company: str

    @property
    def everybody(self) -> list[Hammer]:
        """All of them."""
        return [*self.answerers, self.colleague]


def a_crew(site: Site, path: Path) -> Crew:
    """People who are signed in, an assessment to answer, and a whole one to hand in."""
    owner, company = a_workshop(site)
    id_, other = an_assessment(site, owner, company), an_assessment(site, owner, company, period="2026")
    answer_like(site, owner, other, example_answers())
    version = open_profile(site, owner, company)[FACT].version
    tokens = _sign_in(site, owner.person_id, 3)
    first, second = (
        Answerer(
            socket_path=str(path), session=token, assessment=id_, name=f"person {at}", questions=QUESTIONS
        )
        for at, token in enumerate(tokens[:2])
    )
    colleague = Colleague(
        socket_path=str(path),
        session=tokens[2],
        assessment=id_,
        name="colleague",
        other=other,
        fact_version=version,
        questions=QUESTIONS,
    )
    return Crew((first, second), colleague, company)


def _sign_in(site: Site, person_id: str, times: int) -> list[str]:
    with site.database.write() as session:
        person = session.get_one(Person, person_id)
        return [open_session(session, person, datetime.now(UTC), site.settings) for _ in range(times)]


@contextmanager
def serving(site: Site, person: Hammer, within: Sequence[str] = ()) -> Iterator[subprocess.Popen[str]]:
    """The server that is made to be killed, once it listens. ``within``: the command that becomes it."""
    settings = {
        "data_dir": str(site.settings.data_dir),
        "database_url": site.settings.database,
        "secret_key": "a secret of the tests",
        "register_offline": True,
    }
    page = f"/nb/assessments/{person.assessment}/sections/strategy"
    order = {"settings": settings, "socket": person.socket_path, "session": person.session, "page": page}
    server = _start(within) if within else _shared()
    try:
        _tell(server, json.dumps(order))
        _wait_for_socket(server, Path(person.socket_path))
        yield server
    finally:
        _stop(server)
        if within:
            server.communicate(timeout=PATIENCE_SECONDS)


@cache
def _shared() -> subprocess.Popen[str]:
    """The one for all tests of a process, gone when they end."""
    server = _start()
    atexit.register(server.communicate, timeout=PATIENCE_SECONDS)
    return server


def _start(within: Sequence[str] = ()) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*within, sys.executable, "-m", "tests.webapp.live.forking"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def _stop(server: subprocess.Popen[str]) -> None:
    """Have it serve no more."""
    _tell(server, "end")
    assert server.stdout is not None
    while server.stdout.readline().strip():
        continue


def _tell(server: subprocess.Popen[str], line: str) -> None:
    assert server.stdin is not None
    with suppress(BrokenPipeError):
        server.stdin.write(f"{line}\n")
        server.stdin.flush()


def _wait_for_socket(server: subprocess.Popen[str], path: Path) -> None:
    """Until the server listens for the first time; starting from nothing is not what is measured."""
    ends = time.monotonic() + START_SECONDS
    while not path.exists():
        assert server.poll() is None, "the server ended before it listened"
        assert time.monotonic() < ends, "the server does not listen"
        time.sleep(0.05)


@contextmanager
def at_work(people: Sequence[Hammer]) -> Iterator[None]:
    """Have people work meanwhile; afterwards none of them may have given up or be stuck."""
    threads = [threading.Thread(target=person.run, daemon=True) for person in people]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for person in people:
            person.stop.set()
        for thread in threads:
            thread.join(timeout=2 * PATIENCE_SECONDS)
    assert [person.failure for person in people] == [None] * len(people)
    assert not any(thread.is_alive() for thread in threads)
