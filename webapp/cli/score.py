"""``kretslop score``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from assessment.errors import AnswerFileError
from assessment.result import result_json
from questionnaires.errors import Problem
from reports.terminal import describe_result
from webapp.cli.main import FINE, PROBLEMS, WRONG_USE
from webapp.cli.output import print_json, problem_json, talk, talk_problems
from webapp.services.definitions import Definitions
from webapp.services.scoring import score_file


def score(arguments: argparse.Namespace) -> int:
    """Score every file; one with problems gives its errors and does not stop the others."""
    if arguments.review and len(arguments.files) > 1:
        talk("--review goes with one answer file, not several.")
        return WRONG_USE
    definitions = Definitions(arguments.definitions)
    code = FINE
    for at, file in enumerate(arguments.files):
        _progress(at, len(arguments.files))
        try:
            result = score_file(file, definitions, arguments.review)
        except AnswerFileError as error:
            code = PROBLEMS
            if arguments.explain:
                talk_problems(error.problems, arguments.lang)
            else:
                print_json(_refused(file, arguments.review, error.problems))
            continue
        if arguments.explain:
            sys.stdout.buffer.write(describe_result(result, arguments.lang).encode("utf-8", "replace"))
        else:
            print_json(result_json(result))
    return code


def _refused(file: Path, review: Path | None, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """The mistakes of one file: the answers, or when these are sound the advisor's."""
    named = review if review and any(p.place.file == str(review) for p in problems) else file
    return {"file": str(named), "errors": [problem_json(p) for p in problems]}


def _progress(done: int, total: int) -> None:
    """How far a long run has come, when a person is watching."""
    if total >= 20 and sys.stderr.isatty():
        print(f"\r{done + 1} / {total}", end="\n" if done + 1 == total else "", file=sys.stderr)
