"""``kretslop answers check | template | move``."""

from __future__ import annotations

import argparse
from typing import Any

from assessment.answers import to_json
from assessment.change.moving import Move, move_answers
from assessment.errors import AnswerFileError
from questionnaires.errors import DefinitionError, Problem, UnknownDefinition, shown
from questionnaires.values import Language
from webapp.cli.main import FINE, PROBLEMS, WRONG_USE
from webapp.cli.output import print_json, problem_json, say, talk, talk_problems
from webapp.services.definitions import Definitions
from webapp.services.scoring import check_file, open_answers
from webapp.services.templates import answer_template


def check(arguments: argparse.Namespace) -> int:
    """Every mistake of every file; warnings do not count as mistakes."""
    definitions = Definitions(arguments.definitions)
    code = FINE
    for file in arguments.files:
        errors: tuple[Problem, ...] = ()
        warnings: tuple[Problem, ...] = ()
        try:
            warnings = check_file(file, definitions)
        except AnswerFileError as error:
            errors, code = error.problems, PROBLEMS
        if arguments.json:
            found = {
                "errors": [problem_json(p, arguments.lang) for p in errors],
                "warnings": [problem_json(p, arguments.lang) for p in warnings],
            }
            print_json({"file": str(file), **found})
        else:
            _say(str(file), errors, warnings, arguments.lang)
    return code


def template(arguments: argparse.Namespace) -> int:
    """An empty answer file on standard output."""
    id_, _, number = arguments.id.partition("@")
    try:
        print_json(
            answer_template(Definitions(arguments.definitions), id_, number or None, arguments.depth),
            indent=2,
        )
    except UnknownDefinition as error:
        talk(str(error))
        return WRONG_USE
    except DefinitionError as error:
        talk_problems(error.problems)
        return PROBLEMS
    return FINE


def move(arguments: argparse.Namespace) -> int:
    """The moved answer file on standard output, the preview on standard error; the file is not touched."""
    definitions = Definitions(arguments.definitions)
    try:
        read = open_answers(arguments.file, definitions)
        new = definitions.plan(read.answers.questionnaire, arguments.to)
    except (AnswerFileError, DefinitionError) as error:
        talk_problems(error.problems)
        return PROBLEMS
    except UnknownDefinition as error:
        talk(str(error))
        return WRONG_USE
    moved = move_answers(read.answers, read.plan.questionnaire, new.questionnaire, arguments.to)
    if arguments.json and arguments.preview:
        print_json(_preview_json(moved))
        return FINE
    _say_preview(moved)
    if arguments.json:
        print_json({**_preview_json(moved), "file": to_json(moved.answers)})
    elif not arguments.preview:
        print_json(to_json(moved.answers), indent=2)
    return FINE


_VERDICTS: dict[Language, tuple[str, str, str, str]] = {
    "en": ("warning", "no mistakes", "1 warning", "{} warnings"),
    "nb": ("advarsel", "ingen feil", "1 advarsel", "{} advarsler"),
    "nn": ("åtvaring", "ingen feil", "1 åtvaring", "{} åtvaringar"),
}


def _say(file: str, errors: tuple[Problem, ...], warnings: tuple[Problem, ...], language: Language) -> None:
    warning, sound, one, many = _VERDICTS[language]
    for problem in errors:
        say(problem.text_in(language))
    for problem in warnings:
        say(f"{warning}: {problem.text_in(language)}")
    if not errors:
        count = one if len(warnings) == 1 else many.format(len(warnings))
        say(f"{shown(file)}: {sound}" + (f", {count}" if warnings else ""))


def _preview_json(moved: Move) -> dict[str, Any]:
    return {
        "carried": list(moved.carried),
        "dropped": [{"path": d.path, "reason": d.reason, "detail": d.detail} for d in moved.dropped],
        "new_questions": list(moved.new_questions),
    }


def _say_preview(moved: Move) -> None:
    talk(f"{len(moved.carried)} answers carry over to version {moved.answers.version}.")
    words = {
        "removed": "the new version does not have it",
        "kind_changed": "it is answered in another way there",
        "not_accepted": "the new version does not accept the answer",
    }
    for dropped in moved.dropped:
        detail = f": {dropped.detail}" if dropped.detail else ""
        talk(f"dropped: {dropped.path} ({words[dropped.reason]}{detail})")
    for question in moved.new_questions:
        talk(f"new and unanswered: {question}")
