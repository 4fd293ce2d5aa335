"""An installation as operators run it: several processes, one set of figures, one JSON line a request."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from tests.webapp.live.operated import Served, free_port, make_tables, named, served

REQUESTS, PEOPLE = 40, 4


def count(found: Served) -> float:
    """How many requests for the front page there were, by whichever process is asked."""
    wanted = 'kretslop_request_seconds_count{endpoint="start.front",status="200"}'
    _, figures = found.get("/metrics")
    lines = [line for line in figures.splitlines() if line.startswith(wanted)]
    return float(lines[0].rpartition(" ")[2]) if lines else 0.0


def ask_often(found: Served) -> None:
    for _ in range(REQUESTS):
        assert found.get("/nb/?q=kanari-sti", Cookie="kretslop=kanari-kake")[0] == 200


@pytest.mark.usefixtures("loopback")
def test_several_processes_give_one_set_of_figures_and_one_line_a_request(tmp_path: Path) -> None:
    port = free_port()
    settings = named(tmp_path, port)
    make_tables(tmp_path / "data")

    with served(tmp_path, port, settings, processes=2) as found:
        threads = [threading.Thread(target=ask_often, args=(found,)) for _ in range(PEOPLE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert {count(found) for _ in range(12)} == {float(REQUESTS * PEOPLE)}
        for _ in range(6):
            status, text = found.get("/health/ready")
            assert (status, json.loads(text)["status"]) == (200, "ready")
        assert found.get("/metrics", **{"X-Forwarded-For": "127.0.0.1"})[0] == 403

    log = found.log.read_text()
    front = [line for line in map(json.loads, log.splitlines()) if line.get("endpoint") == "start.front"]
    assert len(front) == REQUESTS * PEOPLE
    assert len({line["request_id"] for line in front}) == len(front)
    assert "kanari" not in log
    assert [path for path in tmp_path.iterdir() if path.name.startswith("kretslop-metrics-")] == []
