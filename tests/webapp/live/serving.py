"""The server that is made to be killed, and people who work at it at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
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
    named = {
        "KRETSLOP_DATA_DIR": str(site.settings.data_dir),
        "KRETSLOP_DATABASE_URL": site.settings.database,
        "KRETSLOP_SECRET_KEY": "a secret of the tests",
        "KRETSLOP_REGISTER_OFFLINE": "true",
        "PYTHONPATH": str(ROOT),
    }
    page = f"/nb/assessments/{person.assessment}/sections/strategy"
    program = [sys.executable, "-m", "tests.webapp.live.forking"]
    command = [*within, *program, person.socket_path, person.session, page]
    server = subprocess.Popen(
        command,
        env={**os.environ, **named},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        _wait_for_socket(server, Path(person.socket_path))
        yield server
    finally:
        assert server.stdin is not None
        with suppress(BrokenPipeError):
            server.stdin.write("end\n")
            server.stdin.close()
        server.wait(timeout=PATIENCE_SECONDS)
        assert server.stdout is not None
        server.stdout.close()


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
