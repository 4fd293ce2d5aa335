"""Writers wait in a queue: nobody of a process is passed, and no process waits for ever."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from webapp.db import turns as module
from webapp.db.engine import Database
from webapp.db.turns import ProcessTurns, Turns
from webapp.errors import NotSaved

WRITERS = 12


def queued(turns: Turns, count: int) -> None:
    """Wait until so many stand in the queue, the one whose turn it is among them."""
    ends = time.monotonic() + 30
    while len(turns._queue) < count:
        assert time.monotonic() < ends
        time.sleep(0.001)


def test_writes_come_in_the_order_in_which_they_were_asked_for(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    assert database._turns is not None
    with database.write() as session:
        session.execute(text("CREATE TABLE t (n INTEGER)"))

    def write(number: int) -> None:
        with database.write() as session:
            session.execute(text("INSERT INTO t VALUES (:n)"), {"n": number})

    writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    with database._turns.mine():
        for number, writer in enumerate(writers):
            writer.start()
            queued(database._turns, number + 2)
    for writer in writers:
        writer.join()

    with database.read() as session:
        assert list(session.scalars(text("SELECT n FROM t ORDER BY rowid"))) == list(range(WRITERS))
    database.close()


def test_who_waits_too_long_is_told_that_nothing_was_saved_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.05)
    turns = Turns()

    with turns.mine(), pytest.raises(NotSaved), turns.mine():
        raise AssertionError

    with turns.mine():
        assert len(turns._queue) == 1
    assert len(turns._queue) == 0


def test_a_block_that_fails_lets_the_next_one_in() -> None:
    turns = Turns()
    with pytest.raises(KeyError), turns.mine():
        raise KeyError

    with turns.mine():
        assert len(turns._queue) == 1


OTHER = """
import sys, time
from pathlib import Path
from webapp.db.turns import ProcessTurns
with ProcessTurns(Path(sys.argv[1])).mine():
    print("in", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def another_process(database: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has its turn until it is told, or killed."""
    command = [sys.executable, "-c", OTHER, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "in\n"
        yield other
        other.kill()


def is_free(turns: ProcessTurns) -> bool:
    """Whether nobody else has their turn."""
    start = time.monotonic()
    with turns.mine():
        return time.monotonic() - start < module.PROCESS_SECONDS


def test_a_process_waits_for_another_until_that_one_is_killed(tmp_path: Path) -> None:
    turns = ProcessTurns(tmp_path / "a.db")
    with another_process(tmp_path / "a.db") as other:
        assert not is_free(turns)
        other.kill()
        other.wait()
        assert is_free(turns)


def test_who_writes_again_and_again_lets_another_process_in_between(tmp_path: Path) -> None:
    order: list[str] = []
    ends = threading.Event()
    mine, theirs = ProcessTurns(tmp_path / "a.db"), ProcessTurns(tmp_path / "a.db")

    def again_and_again() -> None:
        while not ends.is_set():
            with mine.mine():
                order.append("mine")
                time.sleep(0.002)

    busy = threading.Thread(target=again_and_again)
    busy.start()
    while not order:
        time.sleep(0.001)
    start = time.monotonic()
    for _ in range(20):
        with theirs.mine():
            order.append("theirs")
    took = time.monotonic() - start
    ends.set()
    busy.join()

    assert took < module.PROCESS_SECONDS, "none of the twenty had to give up"


def test_without_a_place_for_its_files_a_process_goes_on(tmp_path: Path) -> None:
    assert is_free(ProcessTurns(tmp_path / "missing" / "a.db"))
