"""The table of the bench: measuring by turns, and one line for each figure beside its budget."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TURNS = 15
missed: list[str] = []
"""What does not hold, of everything that was measured."""


def timed(run: Callable[[], Any], times: int = 1) -> float:
    """Seconds one call takes."""
    start = time.perf_counter()
    for _ in range(times):
        run()
    return (time.perf_counter() - start) / times


def cpu_timed(run: Callable[[], Any]) -> float:
    """Seconds of processor one call takes in this process: what others do at the same time counts little."""
    start = time.process_time()
    run()
    return time.process_time() - start


def interleaved(
    first: Callable[[], float], second: Callable[[], float], turns: int = TURNS
) -> tuple[float, float]:
    """The medians of two measurements taking turns."""
    pairs = [(first(), second()) for _ in range(turns)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def spread(ratios: Sequence[float]) -> str:
    """Median, least and most of the ratios of all turns."""
    return f"{statistics.median(ratios):.2f}x ({min(ratios):.2f}-{max(ratios):.2f})"


def say(what: str, figure: str, budget: str = "", *, holds: bool | None = None) -> None:
    """One line of the table; ``holds`` None: a figure without a budget."""
    if holds is False:
        missed.append(what)
    verdict = {True: "holds", False: "DOES NOT HOLD", None: ""}[holds]
    bound = f"budget {budget}" if budget else ""
    print_line(f"{what:<72} {figure:>22}   {bound:<35} {verdict}".rstrip())


def print_line(text: str) -> None:
    """One line on standard output, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def progress(text: str) -> None:
    """What is going on, on standard error: one line that is written over; empty clears it."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
    elif text:
        sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
