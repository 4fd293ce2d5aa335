"""The command that does the background work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from webapp.db import migrating
from webapp.installation import make_site
from webapp.services.signin import ask_for_link
from webapp.settings import Settings

ROOT = Path(__file__).parents[3]
SECONDS = 60


def started(folder: Path) -> subprocess.Popen[bytes]:
    named = {
        "KRETSLOP_DATA_DIR": str(folder),
        "KRETSLOP_REGISTER_OFFLINE": "true",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "webapp.cli.main", "worker"],
        env={**os.environ, **named},
        stderr=subprocess.DEVNULL,
    )


def test_a_worker_waits_for_its_tables_works_and_stops_when_told(tmp_path: Path) -> None:
    site = make_site(Settings(data_dir=tmp_path, register_offline=True))
    worker = started(tmp_path)
    time.sleep(1)
    was_waiting = worker.poll() is None
    migrating.upgrade(site.database)

    asked = ask_for_link(
        site.database,
        "kari@eksempel.no",
        language="nb",
        browser="this browser",
        asker="here",
        now=datetime.now(UTC),
        settings=site.settings,
    )
    site.queue.poke(asked.job_id)
    ends = time.monotonic() + SECONDS
    while not list(tmp_path.glob("mail/*.eml")) and time.monotonic() < ends:
        time.sleep(0.05)
    worker.send_signal(signal.SIGTERM)

    assert was_waiting
    assert worker.wait(timeout=SECONDS) == 0
    assert len(list(tmp_path.glob("mail/*.eml"))) == 1
    site.database.close()
    site.queue.close()  # type: ignore[attr-defined]  # the one that Huey keeps
