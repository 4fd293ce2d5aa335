"""A database restarted under load: nothing acknowledged is lost, and all goes on without hand work."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.webapp.live.hammer import PATIENCE_SECONDS, wait_for_saves
from tests.webapp.live.kept import assert_all_there
from tests.webapp.live.serving import a_crew, at_work, serving
from tests.webapp.postgres import Cluster, start_cluster
from tests.webapp.sites import make_site

MODES = ("fast", "immediate", "fast", "immediate")
SAVES = 3
"""How many things everybody has saved before each restart, and again after it."""


@pytest.fixture
def own_cluster() -> Cluster:
    """A server that no other test uses."""
    return start_cluster()


@pytest.fixture
def database_kind() -> str:
    """Not the kind every test runs on: a server of its own."""
    return "postgresql"


def test_what_is_saved_survives_restarts_of_postgresql_and_saving_goes_on(
    tmp_path: Path, own_cluster: Cluster
) -> None:
    site = make_site(tmp_path, database_url=own_cluster.new_database())
    crew = a_crew(site, tmp_path / "web.sock")
    people = crew.everybody
    site.database.close()

    with serving(site, people[0]), at_work(people):
        wait_for_saves(people, SAVES)
        for mode in MODES:
            own_cluster.control("-m", mode, "restart")
            wait_for_saves(people, SAVES)

    assert_all_there(site, crew)
    assert max(person.longest_unsaved for person in people) < PATIENCE_SECONDS
