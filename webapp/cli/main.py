"""The command ``kretslop``: what can be asked of it, and which module answers.

Only the standard library is imported here, so that ``--help`` is there at once; each command
imports what it needs. Exit codes: 0 fine, 1 found problems, 2 wrong use.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from webapp.cli.operating import COMMANDS as OPERATING
from webapp.cli.operating import add_operating

if TYPE_CHECKING:
    _Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]

FINE, PROBLEMS, WRONG_USE = 0, 1, 2

_COMMANDS = {
    "score": "webapp.cli.score:score",
    "report make": "webapp.cli.report:make",
    "report html": "webapp.cli.report:html",
    "report blank": "webapp.cli.report_blank:blank",
    "report verify": "webapp.cli.report_verify:verify",
    "answers check": "webapp.cli.answers:check",
    "answers template": "webapp.cli.answers:template",
    "answers move": "webapp.cli.answers:move",
    "definitions list": "webapp.cli.definitions:list_",
    "definitions check": "webapp.cli.definitions:check",
    "definitions show": "webapp.cli.definitions:show",
    "definitions diff": "webapp.cli.definitions:diff",
    "definitions publish": "webapp.cli.definitions:publish",
    **OPERATING,
}
"""Which function carries out which command."""


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one command; the exit code."""
    parser = build_parser()
    arguments = parser.parse_args(argv)
    if arguments.command is None:
        parser.print_help(sys.stderr)
        return WRONG_USE
    if arguments.definitions is not None and not (arguments.definitions / "definitions").is_dir():
        print(f"{arguments.definitions!s} has no folder 'definitions' in it.", file=sys.stderr)
        return WRONG_USE
    run = _read_in(arguments.command)
    try:
        code = run(arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # nobody reads on; what is left to say must not fail when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        return 130
    except ValueError as error:
        if getattr(error, "title", None) != "Settings":
            raise
        _tell_settings(error)
        return WRONG_USE


def _read_in(command: str) -> Callable[[argparse.Namespace], int]:
    """The function that carries out a command. Nothing of its modules is rubbish, so none is looked for."""
    module, _, name = _COMMANDS[command].partition(":")
    gc.disable()
    try:
        found: Callable[[argparse.Namespace], int] = getattr(import_module(module), name)
    finally:
        gc.enable()
    return found


def _tell_settings(error: Any) -> None:
    """Which settings of the environment cannot be, and why; never what they are."""
    for mistake in error.errors(include_input=False, include_url=False, include_context=False):
        name = "_".join(str(part) for part in mistake["loc"]).upper()
        print(f"KRETSLOP_{name}: {mistake['msg']}", file=sys.stderr)


class _ShowVersion(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"kretslop {version('kretslop')}")
        except PackageNotFoundError:
            print("kretslop (not installed)")
        parser.exit(FINE)


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command; ``command`` is None when none was given."""
    parser = argparse.ArgumentParser(
        prog="kretslop",
        description="Self-assessment of circular business models and sustainability reporting.",
    )
    parser.set_defaults(command=None)
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show the version and end")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_score(commands)
    _add_report(commands)
    _add_answers(commands)
    _add_definitions(commands)
    add_operating(commands, _add, _group)
    return parser


def _add_score(commands: _Commands) -> None:
    score = _add(commands, "score", "score", "score answer files: one JSON result a line")
    score.add_argument("files", nargs="+", type=Path, metavar="ANSWERS.json")
    score.add_argument(
        "--review", type=Path, metavar="REVIEW.json", help="an advisor's part, for one answer file"
    )
    score.add_argument("--explain", action="store_true", help="show the result for people instead of JSON")
    _add_language(score)


def _add_report(commands: _Commands) -> None:
    group = _group(commands, "report", "reports: make, html, blank, verify")
    make = _add(group, "make", "report make", "make the PDF report of answer files")
    make.add_argument("files", nargs="+", type=Path, metavar="ANSWERS.json")
    make.add_argument(
        "-o",
        "--out",
        type=Path,
        required=True,
        help="the PDF, or a folder when there are several answer files",
    )
    _add_order(make)
    make.add_argument("--workers", type=int, default=2, metavar="N", help="how many to make at once (2)")
    _add_json(make)
    html = _add(group, "html", "report html", "make the report as one page of HTML for the screen")
    html.add_argument("file", type=Path, metavar="ANSWERS.json")
    html.add_argument("-o", "--out", type=Path, help="the page; standard output unless given")
    _add_order(html)
    blank = _add(group, "blank", "report blank", "make a blank questionnaire to read or fill in by hand")
    blank.add_argument("id", metavar="ID[@VERSION]")
    blank.add_argument("-o", "--out", type=Path, required=True, help="the PDF")
    blank.add_argument("--depth", choices=("basic", "advanced"), default="basic")
    blank.add_argument(
        "--branding", type=Path, metavar="BRANDING.json", help="a programme's name, colour, logos"
    )
    _add_language(blank)
    verify = _add(group, "verify", "report verify", "recompute reports from what is attached to them")
    verify.add_argument("files", nargs="+", type=Path, metavar="REPORT.pdf")
    verify.add_argument(
        "--branding", type=Path, metavar="BRANDING.json", help="what the report was made with"
    )
    _add_json(verify)
    _add_language(verify)


def _add_order(parser: argparse.ArgumentParser) -> None:
    """What both forms of a report take."""
    parser.add_argument("--edition", choices=("company", "advisor", "share"), default="company")
    parser.add_argument("--draft", action="store_true", help="mark every page as a draft")
    parser.add_argument(
        "--previous", type=Path, metavar="OLD.json", help="earlier answers, to show the change"
    )
    parser.add_argument("--review", type=Path, metavar="REVIEW.json", help="an advisor's part")
    parser.add_argument(
        "--branding", type=Path, metavar="BRANDING.json", help="a programme's name, colour, logos"
    )
    _add_language(parser)


def _add_answers(commands: _Commands) -> None:
    group = _group(commands, "answers", "answer files: check, template, move")
    check = _add(group, "check", "answers check", "find every mistake in answer files")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _add_json(check)
    _add_language(check, "en")
    template = _add(group, "template", "answers template", "print an empty answer file")
    template.add_argument("id", metavar="ID[@VERSION]")
    template.add_argument("--depth", choices=("basic", "advanced"), default="basic")
    move = _add(group, "move", "answers move", "take answers to another version; the file stays as it is")
    move.add_argument("file", type=Path, metavar="FILE")
    move.add_argument("--to", required=True, metavar="VERSION")
    move.add_argument("--preview", action="store_true", help="only say what carries over and what is dropped")
    _add_json(move)


def _add_definitions(commands: _Commands) -> None:
    group = _group(commands, "definitions", "questionnaires: list, check, show, diff, publish")
    _add_json(_add(group, "list", "definitions list", "every version there is"))
    check = _add(group, "check", "definitions check", "check every version, or one")
    check.add_argument("id", nargs="?", metavar="ID[@VERSION]")
    _add_json(check)
    show = _add(group, "show", "definitions show", "one version in full")
    show.add_argument("id", metavar="ID[@VERSION]")
    _add_json(show)
    _add_language(show)
    diff = _add(group, "diff", "definitions diff", "what differs between two versions")
    diff.add_argument("old", metavar="ID@VERSION")
    diff.add_argument("new", metavar="ID@VERSION")
    diff.add_argument("--answers", type=Path, metavar="DIR", help="say whose level would change, and why")
    _add_json(diff)
    publish = _add(group, "publish", "definitions publish", "freeze a draft")
    publish.add_argument("id", metavar="ID@VERSION")
    publish.add_argument(
        "--because",
        action="append",
        default=[],
        metavar="COMPANY=REASON",
        help="why the level of an example company may change",
    )
    _add_json(publish)


def _group(commands: _Commands, name: str, about: str) -> _Commands:
    parser = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
    return parser.add_subparsers(title="commands", metavar="COMMAND", required=True)


def _add(commands: _Commands, name: str, command: str, about: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
    parser.set_defaults(command=command)
    parser.add_argument(
        "--definitions", type=Path, metavar="DIR", help="use the definitions in another folder"
    )
    return parser


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def _add_language(parser: argparse.ArgumentParser, default: str = "nb") -> None:
    about = f"language for people ({default} unless given)"
    parser.add_argument("--lang", choices=("nb", "nn", "en"), default=default, help=about)


if __name__ == "__main__":
    sys.exit(main())
