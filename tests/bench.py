"""Speed as ratios within one interleaved run, each beside its budget: ``make bench``.

Machines differ and are shared, so seconds decide nothing: the two sides of a ratio take turns,
and the median of the turns counts.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import celpy
from ruamel.yaml import YAML

from assessment.answers import Review
from assessment.assess import assess, conclude, score_routed
from assessment.explanation import explanation
from assessment.result import AssessmentResult
from assessment.routing import Plan, route
from questionnaires import cache
from questionnaires.conditions import compile_condition
from questionnaires.loader import load_folder
from webapp.services.definitions import Definitions
from webapp.services.scoring import ReadAnswers, open_answers

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "questionnaires/examples/eksempel_metallverksted/circular_business_models.json"
TURNS = 15


def timed(run: Callable[[], Any], times: int = 1) -> float:
    """Seconds one call takes."""
    start = time.perf_counter()
    for _ in range(times):
        run()
    return (time.perf_counter() - start) / times


def interleaved(
    first: Callable[[], float], second: Callable[[], float], turns: int = TURNS
) -> tuple[float, float]:
    """The medians of two measurements taking turns."""
    pairs = [(first(), second()) for _ in range(turns)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def say(what: str, figure: str, budget: str, *, holds: bool) -> None:
    """One line of the table."""
    print(f"{what:<58} {figure:>22}   budget {budget:<28} {'holds' if holds else 'DOES NOT HOLD'}")


def bench_conditions() -> None:
    """Sixty conditions as closures against the same through cel-python, both compiled beforehand."""
    texts = [
        f"profile.a && !profile.b || q{n}.x.score >= {n % 5} && q{n}.x.state == 'answered'" for n in range(60)
    ]
    names: dict[str, Any] = {"profile.a": False, "profile.b": True}
    nested: dict[str, Any] = {"profile": {"a": False, "b": True}}
    for n in range(60):
        names |= {f"q{n}.x.score": 3, f"q{n}.x.state": "answered"}
        nested[f"q{n}"] = {"x": {"score": 3, "state": "answered"}}
    ours = [compile_condition(text) for text in texts]
    environment = celpy.Environment()
    theirs = [environment.program(environment.compile(text)) for text in texts]
    activation = celpy.json_to_cel(nested)
    mine, general = interleaved(
        lambda: timed(lambda: [condition(names) for condition in ours], 20),
        lambda: timed(lambda: [program.evaluate(activation) for program in theirs]),
    )
    figure = f"{general / mine:.0f}x ({mine * 1e6:.0f} µs)"
    say(
        "60 conditions: cel-python over compiled closures",
        figure,
        "at least 100x",
        holds=general / mine >= 100,
    )


def bench_cache() -> None:
    """A definition from the cache against its YAML: strictly checked, and read with round-trip YAML."""
    definitions = Definitions()
    folder = definitions.catalogue.find("circular_business_models").folder
    with tempfile.TemporaryDirectory() as own:
        cache.cache_folder = lambda: Path(own)
        cache.load_cached(folder)
        cached, checked = interleaved(
            lambda: timed(lambda: cache.load_cached(folder)), lambda: timed(lambda: load_folder(folder))
        )
    round_trip = timed(lambda: [YAML().load(path) for path in folder.rglob("*.yaml")])
    figure = f"{checked / cached:.1f}x ({cached * 1e3:.1f} ms)"
    say(
        "a definition: strict YAML with all checks over the cache",
        figure,
        "at least 4x",
        holds=checked / cached >= 4,
    )
    figure = f"{round_trip / cached:.0f}x"
    say(
        "a definition: plain round-trip YAML over the cache",
        figure,
        "at least 50x",
        holds=round_trip / cached >= 50,
    )


def explained(plan: Plan, read: ReadAnswers) -> AssessmentResult:
    """One result with its explanation, everything but the search for the next step."""
    routed = route(plan, read.answers, Review())
    result = conclude(plan, read.answers, routed, score_routed(plan, routed, Review()))
    explanation(result)
    return result


def bench_scoring() -> None:
    """Results with explanation a second, on the largest example, against a plain weighted sum loop."""
    read = open_answers(EXAMPLE, Definitions())
    seconds = statistics.median(timed(lambda: explained(read.plan, read), 20) for _ in range(TURNS))
    spin = statistics.median(timed(lambda: sum(range(100_000))) for _ in range(TURNS))
    figure = f"{1 / seconds:.0f}/s ({spin / seconds:.2f} spins)"
    say(
        "results with explanation, advanced depth", figure, "1,000 a second a core", holds=1 / seconds >= 1000
    )
    step = statistics.median(timed(lambda: assess(read.plan, read.answers)) for _ in range(TURNS))
    say("the same with the next step searched", f"{step * 1e3:.1f} ms", "1 s at most", holds=step <= 1)


def bench_help() -> None:
    """``kretslop --help`` against an empty Python program."""
    command = Path(sys.executable).parent / "kretslop"
    shown, empty = interleaved(
        lambda: timed(lambda: subprocess.run([command, "--help"], capture_output=True, check=True)),
        lambda: timed(
            lambda: subprocess.run([sys.executable, "-c", "pass"], capture_output=True, check=True)
        ),
    )
    say(
        "kretslop --help over python -c pass", f"{shown / empty:.1f}x", "at most 4x", holds=shown / empty <= 4
    )


if __name__ == "__main__":
    bench_conditions()
    bench_cache()
    bench_scoring()
    bench_help()
