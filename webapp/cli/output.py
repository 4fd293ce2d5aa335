"""Data on standard output, talk on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

from questionnaires.errors import Problem
from questionnaires.values import Language


def print_json(value: Any, *, indent: int | None = None) -> None:
    """One JSON value; a lone surrogate in somebody's text is written as an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    lone = any("\ud800" <= character <= "\udfff" for character in text)
    sys.stdout.buffer.write((json.dumps(value, indent=indent) if lone else text).encode() + b"\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """A line of data for people, in UTF-8 whatever the terminal says it takes."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.flush()


def talk(text: str) -> None:
    """Say something to the person at the terminal."""
    sys.stdout.flush()
    encoding = sys.stderr.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr, flush=True)


def problem_json(problem: Problem, language: Language = "en") -> dict[str, Any]:
    """A problem as outside programs read it; English unless somebody asked for another language."""
    place = problem.place
    message, allowed = problem.message_in(language), problem.allowed_in(language)
    return {"path": place.path, "line": place.line, "message": message, "allowed": allowed}


def talk_problems(problems: Iterable[Problem], language: Language = "en") -> None:
    """Every problem on a line of its own."""
    for problem in problems:
        talk(problem.text_in(language))
