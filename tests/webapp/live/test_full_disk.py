"""A disk that really is full: nothing is falsely called saved, what was typed stays, and it goes on after."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pydantic import SecretStr

from tests.webapp.live.hammer import PATIENCE_SECONDS, Hammer, Sent, wait_for_saves
from tests.webapp.live.kept import assert_all_there
from tests.webapp.live.serving import a_crew, at_work, serving
from tests.webapp.sites import make_site
from webapp.db.engine import Database
from webapp.evidence.storage import open_store
from webapp.services.site import Site
from webapp.settings import Settings

ROOM_MB = 16
SAVES, REFUSALS = 3, 3
TYPED = "Ni setninger <b>om</b> ombruk. " * 300
"""More than what is left on the disk can take."""

MOVE_IN = """
set -eu
folder=$1 room=$2 size=$3
shift 3
mkdir "$room"
mount -t tmpfs -o "size=$size" none "$room"
cp -a "$folder/." "$room"
mount --bind "$room" "$folder"
exec "$@"
"""
"""Gives a program, and no other, a small disk in place of a folder, with what was in it."""


@pytest.fixture
def database_kind() -> str:
    """The one whose files are in the folder."""
    return "sqlite"


def on_a_small_disk(folder: Path) -> list[str]:
    """What a command begins with to have a small disk of its own. Skips where the system gives none."""
    ways = (
        (["unshare", "--mount"], ["unshare", "--mount", "--map-root-user"]) if shutil.which("unshare") else ()
    )
    for alone in ways:
        mounting = [*alone, "mount", "-t", "tmpfs", "none", "/mnt"]
        if not subprocess.run(mounting, capture_output=True, check=False).returncode:
            return [*alone, "sh", "-c", MOVE_IN, "sh", str(folder), f"{folder}.room", f"{ROOM_MB}m"]
    pytest.skip("this system lets nobody mount a disk of their own")


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Not a byte is left on the disk of a folder meanwhile."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"0" * size):
                    pass
            except OSError:
                continue
    try:
        yield
    finally:
        ballast.unlink()


def wait_for_refusals(people: list[Hammer], number: int) -> None:
    """Until they were told so often that nothing can be saved."""
    goal, ends = sum(person.refused for person in people) + number, time.monotonic() + PATIENCE_SECONDS
    while sum(person.refused for person in people) < goal:
        assert time.monotonic() < ends, "everything is said to be saved on a full disk"
        assert [person.failure for person in people] == [None] * len(people)
        time.sleep(0.01)


def send_the_form(person: Hammer) -> str:
    """The page that comes back to somebody without scripts who sends a section while nothing can be saved."""
    name = "q.strategy.ambition"
    here = {f"{name}.here": "nb", f"{name}.version": 0}
    fields = {"csrf": person.csrf, **here, name: "2", f"{name}.comment": TYPED}
    path = f"/nb/assessments/{person.assessment}/sections/strategy"
    reply = person.ask_once("POST", path, Sent(urlencode(fields).encode()))
    assert reply.status == 503, (reply.status, reply.body[:500])
    return reply.body


def test_a_full_disk_loses_nothing_and_is_never_called_saved(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    crew = a_crew(site, tmp_path / "web.sock")
    people, folder = crew.everybody, site.settings.data_dir
    site.database.close()

    with serving(site, people[0], on_a_small_disk(folder)) as server:
        inside = Path(f"/proc/{server.pid}/root{folder}")
        with at_work(people):
            wait_for_saves(people, SAVES)
            with filled(inside):
                wait_for_refusals(people, REFUSALS)
                page = send_the_form(people[0])
            wait_for_saves(people, SAVES)
        shutil.copytree(inside, tmp_path / "after")

    assert TYPED.strip() in unescape(page)
    assert "<b>om</b>" not in page
    assert_all_there(moved(site, tmp_path / "after"), crew)


def moved(site: Site, folder: Path) -> Site:
    """The installation as it is in another folder."""
    elsewhere = {"data_dir": folder, "database_url": SecretStr(f"sqlite:///{folder / 'kretslop.db'}")}
    settings = Settings(**{**site.settings.model_dump(), **elsewhere})
    return replace(site, settings=settings, database=Database(settings.database), files=open_store(settings))
