"""Killed at random moments, the web server loses nothing that it said was saved, and does nothing twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.webapp.live.hammer import PATIENCE_SECONDS, Hammer, wait_for_saves
from tests.webapp.live.kept import assert_all_there
from tests.webapp.live.serving import a_crew, at_work, serving
from tests.webapp.sites import make_site
from webapp.services.site import Site

KILLS = 10_000 if os.environ.get("KRETSLOP_HOSTILE") else 24
MOST_SECONDS = 1.0


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def kill_children(server: subprocess.Popen[str], people: list[Hammer], count: int) -> None:
    """Kill each life of the server a moment after it has saved something for one of them, by turns.

    The moment falls anywhere within what they have begun since then, or a little after; however slow the
    machine is just now. The parent of the killed one starts the next.
    """
    chance = random.Random(4)  # noqa: S311  # moments, not secrets
    assert server.stdout is not None
    for at in range(count):
        child = int(server.stdout.readline())
        person = people[at % len(people)]
        wait_for_saves([person], 1)
        time.sleep(chance.uniform(0, min(1.5 * person.paces.get(person.at, 0.05), MOST_SECONDS)))
        os.kill(child, signal.SIGKILL)


def test_nothing_acknowledged_is_lost_or_done_twice_however_often_the_server_is_killed(
    site: Site, tmp_path: Path
) -> None:
    crew = a_crew(site, tmp_path / "web.sock")
    people = crew.everybody
    site.database.close()

    with serving(site, people[0]) as server, at_work(people):
        kill_children(server, people, KILLS)

    colleague = crew.colleague
    told = (colleague.facts, colleague.comments, colleague.files, range(colleague.hand_ins))
    assert sum(person.saves for person in people) >= KILLS
    assert min(len(one) for one in told) >= KILLS // (len(people) * len(told))
    assert_all_there(site, crew)
    assert max(person.longest_unsaved for person in people) < PATIENCE_SECONDS
