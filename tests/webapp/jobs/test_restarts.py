"""A database that is restarted under a worker: it goes on by itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.webapp import sites
from tests.webapp.jobs.test_kills import (
    RECOVERY_SECONDS,
    assert_all_ready,
    next_life,
    reader_of,
    wait_for,
    wait_until_all_are_ready,
    working,
)
from tests.webapp.postgres import Cluster, start_cluster
from webapp.services.documents import count_unfinished
from webapp.services.site import Site


@pytest.fixture
def own_cluster() -> Cluster:
    """A server that no other test uses."""
    return start_cluster()


@pytest.fixture
def database_kind() -> str:
    """Not the kind every test runs on: a server of its own."""
    return "postgresql"


def test_a_worker_goes_on_whenever_its_database_comes_back(tmp_path: Path, own_cluster: Cluster) -> None:
    site = sites.make_site(tmp_path, database_url=own_cluster.new_database())
    reader = reader_of(site, 4)

    with working(site, "quick") as worker:
        life = next_life(worker)
        seconds = [wait_for_a_document(site)]
        for mode in ("fast", "immediate"):
            own_cluster.control("-m", mode, "restart")
            seconds.append(wait_for_a_document(site))
        wait_until_all_are_ready(site)
        os.kill(life, 0)  # the same process still

    assert max(seconds) < 2 * RECOVERY_SECONDS
    assert_all_ready(reader)


def wait_for_a_document(site: Site) -> float:
    """Seconds until one more is ready."""
    before = count_unfinished(site)
    return wait_for(lambda: count_unfinished(site) < before, "another document is ready")
