"""Many reports on one worker and on two, and the memory of the workers."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import cycle, islice
from pathlib import Path

from reports.maturity import MaturityReport
from reports.render import report_html
from reports.rendering.job import PdfJob
from reports.rendering.workers import RenderPool
from reports.sections.dimensions import Dimensions
from tests.bench.pages import EXAMPLES, desk, example_path
from tests.bench.table import ROOT, progress, say, spread
from webapp.services.reports import pdf_job

REPORTS = int(os.environ.get("BENCH_REPORTS", "500"))
ROUNDS = 10
MOST_MB = 200
QUESTIONS = 200
COMMENT = "Vi reparerer det som kan repareres, og selger resten videre til andre bedrifter i regionen. " * 20


@dataclass(slots=True)
class Pool:
    """A pool at work. ``rss_mb``: of its workers after every report; ``peak_mb``: by process."""

    pool: RenderPool
    seconds: list[float] = field(default_factory=list)
    rss_mb: list[float] = field(default_factory=list)
    peak_mb: dict[int, float] = field(default_factory=dict)

    def work(self, jobs: Iterable[PdfJob], others: frozenset[int]) -> None:
        """Render all jobs; ``others``: workers that are not this pool's."""
        start = time.perf_counter()
        for _, pdf in self.pool.render_all((None, job) for job in jobs):
            if not isinstance(pdf, bytes):
                raise pdf
            for process_id in _workers() - others:
                rss, peak = _memory_mb(process_id)
                self.rss_mb.append(rss)
                self.peak_mb[process_id] = max(peak, self.peak_mb.get(process_id, 0))
        self.seconds.append(time.perf_counter() - start)


def bench_pool() -> None:
    """The same reports on one worker and on two, in rounds by turns."""
    jobs = cycle(_jobs())
    with RenderPool(1) as first, RenderPool(2) as second:
        one, two = Pool(first), Pool(second)
        for number in range(ROUNDS):
            progress(f"{REPORTS} reports on one worker and on two: {number * 100 // ROUNDS} %")
            part = list(islice(jobs, REPORTS // ROUNDS))
            one.work(part, frozenset(two.peak_mb))
            two.work(part, frozenset(one.peak_mb))
    progress("")
    ratios = [a / b for a, b in zip(one.seconds, two.seconds, strict=True)]
    rate = REPORTS / sum(two.seconds)
    holds = sum(one.seconds) / sum(two.seconds) >= 1.8
    say(f"{REPORTS} reports: one worker over two", spread(ratios), "at least 1.8x", holds=holds)
    say("  reports a second on two workers", f"{rate:.1f}")
    peak = max(*one.peak_mb.values(), *two.peak_mb.values())
    say("  the largest worker", f"{peak:.0f} MB", f"at most {MOST_MB} MB", holds=peak <= MOST_MB)
    for name, pool in (("one worker", one), ("two workers", two)):
        growth = _growth(pool.rss_mb)
        say(f"  memory of the last fifth over the second: {name}", f"{growth:.2f}x", "at most 1.15x",
            holds=growth <= 1.15)  # fmt: skip


def _growth(samples: list[float]) -> float:
    """The median of the last fifth over that from a tenth to three tenths: of 500 the 51st to the 150th."""
    few = max(1, len(samples) // 10)
    return statistics.median(samples[-2 * few :]) / statistics.median(samples[few : 3 * few])


def _jobs() -> list[PdfJob]:
    paths = sorted((ROOT / "questionnaires" / "examples").glob("*/*_*.json"))
    return [pdf_job(desk().prepare(path)) for path in paths]


def bench_longest() -> None:
    """The peak of a worker for one report of 200 questions, each with a long comment."""
    report = desk().prepare(example_path(EXAMPLES["advanced, circular"])).report
    job = PdfJob(report_html(_longest(report)), report.identifier)
    others = _workers()
    with RenderPool(1) as pool:
        pool.render(job)
        peak = max(_memory_mb(process_id)[1] for process_id in _workers() - others)
    say(f"  the worker after {QUESTIONS} questions with long comments", f"{peak:.0f} MB")


def _longest(report: MaturityReport) -> MaturityReport:
    sections = []
    for section in report.sections:
        body = section.body
        if isinstance(body, Dimensions):
            answers = cycle([a for d in body.dimensions for a in d.answers])
            each = QUESTIONS // len(body.dimensions) + 1
            longer = tuple(
                replace(d, answers=tuple(replace(a, comment=(COMMENT,)) for a in islice(answers, each)))
                for d in body.dimensions
            )
            sections.append(replace(section, body=replace(body, dimensions=longer)))
        else:
            sections.append(section)
    return replace(report, sections=tuple(sections))


def _workers() -> frozenset[int]:
    """The worker processes of this one."""
    return frozenset(_children())


def _children() -> Iterator[int]:
    for path in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):  # a thread or a process that has just ended
            for child in path.read_text().split():
                if b"reports.rendering.worker" in Path(f"/proc/{child}/cmdline").read_bytes():
                    yield int(child)


def _memory_mb(process_id: int) -> tuple[float, float]:
    """Memory in use now and at its peak."""
    try:
        lines = Path(f"/proc/{process_id}/status").read_text().splitlines()
    except OSError:
        return 0, 0  # it has ended
    sizes = {line.split()[0]: int(line.split()[1]) / 1024 for line in lines if line.startswith("Vm")}
    return sizes.get("VmRSS:", 0), sizes.get("VmHWM:", 0)
