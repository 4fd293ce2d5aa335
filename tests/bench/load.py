"""Many people at the wizard at once, beside what the same disk takes for a bare synced insert.

The server is the one people get (``kretslop serve``, two processes); everybody reads a section and saves an
answer, with three seconds to think after each. A run is short; its slowest hundredth is what counts, and only
where nothing was refused or failed.
"""

from __future__ import annotations

import http.client
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from tests.bench.disk import disk_folder
from tests.bench.table import ROOT, progress, say
from tests.bench.visitor import Tally, Visitor
from tests.webapp.sites import (
    a_company,
    a_person,
    an_assessment,
    answer_like,
    as_actor,
    example_answers,
    make_site,
)
from webapp.db import migrating
from webapp.db.engine import Database, make_engine
from webapp.db.tables.people import Person
from webapp.services.sessions import open_session
from webapp.services.site import Site

RUN_SECONDS = 60
WARM_SECONDS = 8
INSERTS = 400
RUNS: tuple[tuple[int, int | None, Fraction], ...] = ((32, 20, Fraction(0)), (128, None, Fraction(1, 100)))
"""People, the most a save may take in bare inserts, and which share of requests may be refused or fail."""


def bench_load() -> None:
    """Reading and saving with 32 and with 128 people."""
    for people, most_ratio, most_unexpected in RUNS:
        with tempfile.TemporaryDirectory(dir=disk_folder()) as name:
            before = _bare_inserts(Path(name))
            tallies = _visit(Path(name), people)
            insert = _percentile(before + _bare_inserts(Path(name)))
        _say_failures(people, tallies, most_unexpected)
        saves = [seconds for tally in tallies for seconds in tally.saves]
        reads = [seconds for tally in tallies for seconds in tally.reads]
        _say_saves(people, _percentile(saves), insert, most_ratio)
        say(f"{people} people: p99 of a page", f"{_percentile(reads) * 1e3:.0f} ms")
        medians = f"{statistics.median(saves) * 1e3:.0f} ms, {statistics.median(reads) * 1e3:.0f} ms"
        say(f"{people} people: median of a save, of a page", medians)


def _say_failures(people: int, tallies: list[Tally], most: Fraction) -> None:
    asked = sum(tally.asked for tally in tallies)
    refused, failed = (sum(counts) for counts in zip(*((t.refused, t.failed) for t in tallies), strict=True))
    bound = "none" if most == 0 else f"at most {float(most):.0%}"
    is_idle = any(tally.asked == 0 for tally in tallies)
    holds = not is_idle and refused + failed <= most * asked
    say(
        f"{people} people: refused, failed, of requests",
        f"{refused}, {failed} of {asked}",
        bound,
        holds=holds,
    )


def _say_saves(people: int, save: float, insert: float, most: int | None) -> None:
    figure = f"{save / insert:.1f}x ({save * 1e3:.0f} ms)"
    holds = None if most is None else save / insert <= most
    bound = "" if most is None else f"at most {most}x"
    say(f"{people} people: p99 of a save over a bare synced insert", figure, bound, holds=holds)


def _visit(folder: Path, people: int) -> list[Tally]:
    url = f"sqlite:///{folder / 'load.db'}"
    empty = Database(url)
    migrating.upgrade(empty)
    empty.close()
    site, port = make_site(folder, database_url=url), _free_port()
    visitors = [_visitor(site, port, at) for at in range(people)]
    site.database.close()
    progress(f"{people} people for {RUN_SECONDS} s")
    with _serving(site, port):
        ends = time.monotonic() + WARM_SECONDS + RUN_SECONDS
        threads = [threading.Thread(target=visitor.run, args=(ends,)) for visitor in visitors]
        for thread in threads:
            thread.start()
        time.sleep(WARM_SECONDS)
        for visitor in visitors:
            visitor.tally = Tally()
        for thread in threads:
            thread.join()
    progress("")
    return [visitor.tally for visitor in visitors]


def _visitor(site: Site, port: int, at: int) -> Visitor:
    owner = as_actor(site, a_person(site, f"person{at}@eksempel.no"))
    company = a_company(site, f"Eksempel {at} AS", None, owners=[owner.person_id])
    owner = as_actor(site, owner.person_id)
    id_ = an_assessment(site, owner, company)
    answer_like(site, owner, id_, example_answers())
    with site.database.write() as session:
        token = open_session(
            session, session.get_one(Person, owner.person_id), datetime.now(UTC), site.settings
        )
    return Visitor(port, token, id_, at)


@contextmanager
def _serving(site: Site, port: int) -> Iterator[None]:
    named = {
        "KRETSLOP_DATA_DIR": str(site.settings.data_dir),
        "KRETSLOP_DATABASE_URL": site.settings.database,
        "KRETSLOP_SECRET_KEY": "a secret of the bench",
        "KRETSLOP_REGISTER_OFFLINE": "true",
        "KRETSLOP_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "webapp.cli.main", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env={**os.environ, **named}, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/nb/")
            assert connection.getresponse().status == 200
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server does not answer")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _bare_inserts(folder: Path) -> list[float]:
    """Seconds of single inserts into a table of one column, synced as ours are, one after the other."""
    file = folder / f"bare-{time.monotonic_ns()}.db"
    engine = make_engine(f"sqlite:///{file}")
    engine.connect().close()
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute(f"PRAGMA synchronous = {3 if _mode(connection) == 'delete' else 2}")
    connection.execute("CREATE TABLE bare (body TEXT)")
    found = []
    for number in range(INSERTS):
        start = time.perf_counter()
        connection.execute("INSERT INTO bare VALUES (?)", (f"note {number}",))
        found.append(time.perf_counter() - start)
    connection.close()
    engine.dispose()
    return found


def _mode(connection: sqlite3.Connection) -> str:
    return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def _percentile(values: list[float]) -> float:
    """The 99th of a hundred."""
    return statistics.quantiles(values, n=100)[98]
