"""A render that misbehaves ends by itself and alone, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.errors import RenderFailed
from reports.rendering.job import Attached, PdfJob
from reports.rendering.workerprocess import WorkerProcess
from reports.rendering.workers import Limits, RenderPool

ROOT = Path(__file__).parents[3]
FAKES = "tests.reports.fake_renderers"
HASTY = Limits(seconds=1, memory_mb=150)
"""For what ends by its time; everything else given to such a pool takes next to none."""
PATIENT = Limits(seconds=30, memory_mb=150)
"""For what ends for another reason than its time, however busy the machine is."""


def _job(html: str, identifier: str = "ab") -> PdfJob:
    return PdfJob(html, identifier)


def _pool(renderer: str = "Misbehaving", workers: int = 1, limits: Limits = PATIENT) -> RenderPool:
    return RenderPool(workers, limits, f"{FAKES}:{renderer}")


def _lives(process_id: int) -> bool:
    try:
        status = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def _is_soon_gone(process_id: int) -> bool:
    deadline = time.monotonic() + 30
    while _lives(process_id) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not _lives(process_id)


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    with _pool(workers=2) as pool:
        yield pool


@pytest.fixture(scope="module")
def hasty_pool() -> Iterator[RenderPool]:
    with _pool(workers=2, limits=HASTY) as pool:
        yield pool


def test_a_page_its_identifier_and_its_attachments_reach_the_renderer(pool: RenderPool) -> None:
    files = (Attached("a.json", "Svarene – alle", b"\x00one"), Attached("b.json", "", b"two"))

    assert pool.render(PdfJob("echo", "0f", files)) == b"0f\x00onetwo"
    assert pool.render(_job("æøå 😀" * 300_000)) == ("æøå 😀" * 300_000).encode()


BAD = {
    "spin": ("render_time", "no PDF after 1 seconds"),
    "match": ("render_time", "no PDF after 1 seconds"),
    "sleep": ("render_time", "no PDF after 1 seconds"),
    "hog": ("render_memory", "more memory than is allowed"),
    "hide a hog": ("render_memory", "more memory than is allowed"),
    "hog shared": ("render_memory", "more memory than is allowed"),
    "exit": ("render_crashed", "exit status 3"),
    "fault": ("render_crashed", "SIGSEGV"),
    "abort": ("render_memory", "SIGABRT"),
    "leave": ("render_crashed", "the renderer raised SystemExit"),
    "raise": ("render_crashed", "the renderer raised ValueError"),
    "refuse": ("render_refused", "too many pages [31m "),
    "reach": ("render_refused", "an address that is not ours"),
    "forge": ("render_crashed", "the worker broke the protocol"),
    "\ud800": ("render_refused", "not valid Unicode"),
    "connect": ("render_refused", "may not do this with a document: socket."),
    "look up": ("render_refused", "may not do this with a document: socket.getaddrinfo"),
    "spawn": ("render_refused", "may not do this with a document: "),
    "fork": ("render_refused", "may not do this with a document: os.fork"),
    "write": ("render_refused", "may not do this with a document: open for writing"),
    "read": ("render_refused", "may not do this with a document: open"),
}


@pytest.mark.parametrize("deed", BAD)
def test_a_bad_job_fails_with_its_reason_and_the_next_goes_well(
    pool: RenderPool, hasty_pool: RenderPool, deed: str
) -> None:
    code, words = BAD[deed]
    chosen = hasty_pool if code == "render_time" else pool

    with pytest.raises(RenderFailed) as failed:
        chosen.render(_job(deed))

    assert failed.value.code == code
    assert words in failed.value.detail
    assert chosen.render(_job("a page")) == b"a page"


@pytest.mark.parametrize("deed", ["raise", "hide a hog", "reach", "refuse"])
def test_a_failure_repeats_nothing_a_document_said(pool: RenderPool, deed: str) -> None:
    with pytest.raises(RenderFailed) as failed:
        pool.render(_job(deed))

    assert "Kåre" not in str(failed.value)
    assert failed.value.detail.isprintable()


def test_what_a_renderer_prints_is_lost_and_blocks_nothing(
    pool: RenderPool, capfd: pytest.CaptureFixture[str]
) -> None:
    assert pool.render(_job("chatter")) == b"done"
    assert capfd.readouterr() == ("", "")


def test_code_may_be_read_but_no_file_written_even_by_c(pool: RenderPool) -> None:
    assert b"def compile" in pool.render(_job("read code"))
    assert pool.render(_job("write from c")) == b"-1"


def test_a_worker_knows_nothing_of_its_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRETSLOP_SECRET", "s3cret")

    with _pool() as pool:
        environment = json.loads(pool.render(_job("environment")))

    assert set(environment) - {"LD_LIBRARY_PATH"} == {
        *("PATH", "LANG", "PYTHONPATH", "PYTHONHASHSEED", "HOME", "TMPDIR", "XDG_CACHE_HOME"),
        *("FONTCONFIG_FILE", "MALLOC_ARENA_MAX"),
    }
    assert environment["PATH"] == ""
    assert environment["HOME"] == environment["TMPDIR"] != os.environ.get("HOME")


def test_the_fonts_of_a_worker_are_ours_and_no_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with _pool() as pool:
        pool.render(_job("a page"))
        (fonts,) = tmp_path.glob("*/fonts.conf")
        text = fonts.read_text(encoding="utf-8")

    assert text.count("<dir>") == 1
    assert f"<dir>{ROOT / 'reports' / 'vendor' / 'fonts'}</dir>" in text
    assert "<include" not in text


def test_thirty_jobs_with_three_bad_ones_give_twenty_seven_pdfs(hasty_pool: RenderPool) -> None:
    bad = {3: "spin", 11: "fault", 29: "hog"}
    jobs = [(number, _job(bad.get(number, f"page {number}"))) for number in range(30)]

    outcomes = dict(hasty_pool.render_all(jobs))

    assert sorted(outcomes) == list(range(30))
    failed = {number: found for number, found in outcomes.items() if isinstance(found, RenderFailed)}
    assert {number: found.code for number, found in failed.items()} == {
        3: "render_time",
        11: "render_crashed",
        29: "render_memory",
    }
    assert all(outcomes[n] == f"page {n}".encode() for n in range(30) if n not in bad)


def test_results_come_as_they_are_done(hasty_pool: RenderPool) -> None:
    jobs = [("slow", _job("sleep")), *((f"quick {n}", _job("a page")) for n in range(5))]

    keys = [key for key, _ in hasty_pool.render_all(jobs)]

    assert keys[-1] == "slow"


def test_jobs_are_taken_only_as_workers_come_free(pool: RenderPool) -> None:
    taken: list[int] = []

    results = pool.render_all(_noting(taken))
    before = list(taken)
    ahead = [len(taken) - done for done, _ in enumerate(results)]

    assert before == []
    assert max(ahead) == 3
    assert len(ahead) == 20


def test_leaving_the_results_early_leaves_the_pool_in_order(pool: RenderPool) -> None:
    results = pool.render_all((n, _job("a page")) for n in range(20))
    next(results)
    results.close()  # type: ignore[attr-defined]  # it is a generator

    assert pool.render(_job("another")) == b"another"


def test_many_threads_may_use_one_pool_and_workers_outlive_the_thread_that_asked(pool: RenderPool) -> None:
    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(pool.render(_job(f"page {n}")))) for n in range(12)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == sorted(f"page {n}".encode() for n in range(12))
    first, second = (dict(pool.render_all((n, _job("pid")) for n in range(6))) for _ in range(2))
    assert len(set(first.values()) | set(second.values())) <= 2


def test_a_worker_that_died_while_idle_is_replaced() -> None:
    with _pool() as pool:
        process_id = int(pool.render(_job("pid")))
        os.kill(process_id, signal.SIGKILL)
        assert _is_soon_gone(process_id)

        assert pool.render(_job("a page")) == b"a page"


def test_a_worker_is_replaced_after_its_share_of_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.rendering.workers.RECYCLE_AFTER", 2)

    with _pool() as pool:
        seen = [pool.render(_job("pid")) for _ in range(4)]

    assert seen[0] == seen[1] != seen[2] == seen[3]


def test_a_worker_that_has_grown_is_replaced_so_that_each_job_finds_as_much_memory() -> None:
    with _pool() as pool:
        seen = [pool.render(_job("grow")) for _ in range(3)]

    assert len(set(seen)) == 3


@pytest.mark.parametrize(
    ("renderer", "limits", "words"),
    [
        ("Unable", PATIENT, "the renderer could not start: OSError: cannot load library 'libpango' at all"),
        ("Missing", PATIENT, "the renderer could not start: AttributeError"),
        ("Faulty", PATIENT, "the renderer could not start: it ended before it was ready"),
        ("Endless", Limits(start_seconds=0.5), "the renderer could not start: not ready after 0.5 seconds"),
    ],
)
def test_a_renderer_that_cannot_start_says_so_and_is_not_tried_again_at_once(
    monkeypatch: pytest.MonkeyPatch, renderer: str, limits: Limits, words: str
) -> None:
    started: list[str] = []

    def start(name: str, memory_mb: int, folder: Path) -> WorkerProcess:
        started.append(name)
        return WorkerProcess(name, memory_mb, folder)

    monkeypatch.setattr("reports.rendering.workers.WorkerProcess", start)

    with _pool(renderer, limits=limits) as pool:
        outcomes = [outcome for _, outcome in pool.render_all((n, _job("a page")) for n in range(30))]

    assert len(outcomes) == 30
    assert all(isinstance(outcome, RenderFailed) for outcome in outcomes)
    assert all(str(outcome).startswith(f"render_crashed: {words}") for outcome in outcomes)
    assert started == [f"{FAKES}:{renderer}"]


def test_too_little_memory_for_the_renderer_itself_is_said_at_the_start() -> None:
    with (
        _pool(limits=Limits(memory_mb=5)) as pool,
        pytest.raises(RenderFailed, match="MB are in use before the first document"),
    ):
        pool.render(_job("a page"))


def test_closing_leaves_no_process_and_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pool = _pool(workers=2, limits=Limits(seconds=60))
    ids = {int(found) for _, found in pool.render_all((n, _job("pid")) for n in range(8))}  # type: ignore[arg-type]  # none fails
    failures: list[RenderFailed] = []
    asked = threading.Thread(target=lambda: failures.extend(f for _, f in pool.render_all(_sleepers(3))))  # type: ignore[misc]  # none succeeds
    asked.start()
    time.sleep(0.3)
    folders = list(tmp_path.iterdir())

    pool.close()
    asked.join(30)
    pool.close()

    assert len(folders) == 1
    assert not asked.is_alive()
    assert {str(failure) for failure in failures} == {"render_crashed: the pool was closed"}
    assert not any(_lives(process_id) for process_id in ids)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(RuntimeError, match="closed"):
        pool.render(_job("a page"))


def _noting(taken: list[int]) -> Iterator[tuple[int, PdfJob]]:
    for number in range(20):
        taken.append(number)
        yield number, _job("a page")


def _sleepers(count: int) -> list[tuple[int, PdfJob]]:
    return [(number, _job("sleep")) for number in range(count)]


PARENT = f"""
import threading
from reports.rendering.job import PdfJob
from reports.rendering.workers import Limits, RenderPool
if __name__ == "__main__":
    pool = RenderPool(3, Limits(60, 150), "{FAKES}:Misbehaving")
    for deed in ("sleep", "spin"):
        threading.Thread(target=pool.render, args=[PdfJob(deed, "")]).start()
    print(pool.render(PdfJob("pid", "")).decode(), flush=True)
    threading.Event().wait()
"""


def test_workers_end_with_a_parent_that_is_killed_also_in_the_middle_of_a_render(
    tmp_path: Path,
) -> None:
    command, environment = [sys.executable, "-c", PARENT], {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        idle = int(parent.stdout.readline())
        time.sleep(0.5)
        children = Path(f"/proc/{parent.pid}/task").glob("*/children")
        ids = [int(child) for task in children for child in task.read_text(encoding="ascii").split()]

        parent.kill()

    assert idle in ids
    assert len(ids) == 3
    assert all(_is_soon_gone(process_id) for process_id in ids)


def test_fifty_jobs_leave_no_file_open_and_no_folder_of_an_ended_worker(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = sorted(os.listdir("/proc/self/fd"))

    with _pool(workers=2) as pool:
        jobs = [(n, _job("exit" if n % 10 == 0 else "a page")) for n in range(50)]
        outcomes = [outcome for _, outcome in pool.render_all(jobs)]
        folders = list(tmp_path.glob("*/worker-*"))

    assert outcomes.count(b"a page") == 45
    assert len(folders) <= 2
    assert sorted(os.listdir("/proc/self/fd")) == before


def test_a_pool_is_of_no_use_to_a_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    with _pool() as pool, monkeypatch.context() as patch:
        patch.setattr(os, "getpid", lambda: -1)
        with pytest.raises(RuntimeError, match="does not survive a fork"):
            pool.render(_job("a page"))


def test_the_pool_costs_little_until_it_works() -> None:
    program = (
        "import sys, reports.rendering.workers; reports.rendering.workers.RenderPool(); "
        "print([m for m in sys.modules if m.partition('.')[0] in ('weasyprint', 'fontTools', 'jinja2')])"
    )

    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True)

    assert run.stdout.strip() == b"[]"
