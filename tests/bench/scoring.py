"""Conditions, the cache of definitions, scoring, and the start of the command line."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import celpy
from ruamel.yaml import YAML

from assessment.answers import Review
from assessment.assess import assess, conclude, score_routed
from assessment.explanation import explanation
from assessment.result import AssessmentResult, result_json
from assessment.routing import route
from questionnaires import cache
from questionnaires.conditions import compile_condition
from questionnaires.loader import load_folder
from tests.bench.table import ROOT, TURNS, interleaved, say, timed
from webapp.services.definitions import Definitions
from webapp.services.scoring import ReadAnswers, open_answers

LARGEST = ROOT / "questionnaires/examples/eksempel_metallverksted/circular_business_models.json"


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


def explained(read: ReadAnswers) -> AssessmentResult:
    """One result with its explanation, everything but the search for the next step."""
    routed = route(read.plan, read.answers, Review())
    result = conclude(read.plan, read.answers, routed, score_routed(read.plan, routed, Review()))
    explanation(result)
    return result


def bench_scoring() -> None:
    """Results a second on all examples and on the largest, each against reading the same answer files."""
    definitions = Definitions()
    every = sorted((ROOT / "questionnaires/examples").glob("*/*_*.json"))
    for what, paths in (("all examples", every), ("the largest example", [LARGEST])):
        reads = [open_answers(path, definitions) for path in paths]
        scored, opened = interleaved(
            lambda reads=reads: timed(lambda: [explained(read) for read in reads], 5) / len(reads),
            lambda paths=paths: timed(lambda: [open_answers(p, definitions) for p in paths]) / len(paths),
        )
        figure = f"{1 / scored:.0f}/s ({opened / scored:.1f}x)"
        name = f"results with explanation: {what} (over reading it)"
        say(name, figure, "1,000 a second a core", holds=1 / scored >= 1000)
        whole = statistics.median(
            timed(lambda reads=reads: [result_json(assess(r.plan, r.answers)) for r in reads]) / len(reads)
            for _ in range(TURNS)
        )
        say(
            f"  with the next step, as JSON: {what}", f"{whole * 1e3:.1f} ms", "1 s at most", holds=whole <= 1
        )


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
