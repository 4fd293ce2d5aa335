"""``kretslop report make`` and ``html``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import get_terminal_size

from assessment.errors import AnswerFileError
from reports.errors import BrandingFileError
from reports.render import screen_html
from reports.rendering.workers import RenderPool
from webapp.cli.main import FINE, PROBLEMS, WRONG_USE
from webapp.cli.output import print_json, problem_json, say, talk, talk_problems
from webapp.files import write_whole
from webapp.services.definitions import Definitions
from webapp.services.reports import Made, Order, ReportDesk, make_reports


def make(arguments: argparse.Namespace) -> int:
    """Make a PDF of every answer file; one with problems does not stop the others."""
    files: list[Path] = arguments.files
    if (complaint := _wrong_use(arguments)) is not None:
        talk(complaint)
        return WRONG_USE
    if len(files) > 1 and not _made_folder(arguments.out):
        return PROBLEMS
    desk = _desk(arguments)
    if desk is None:
        return PROBLEMS
    code = FINE
    with RenderPool(min(arguments.workers, len(files))) as pool:
        made = make_reports(desk, ((file, arguments.out) for file in files), pool)
        for one in _watched(made, len(files)):
            _say(one, arguments)
            code = PROBLEMS if one.problems else code
    return code


def html(arguments: argparse.Namespace) -> int:
    """Write the report as one page of HTML for the screen."""
    desk = _desk(arguments)
    if desk is None:
        return PROBLEMS
    try:
        prepared = desk.prepare(arguments.file)
    except AnswerFileError as error:
        talk_problems(error.problems, arguments.lang)
        return PROBLEMS
    page = screen_html(prepared.report)
    if arguments.out is None:
        sys.stdout.buffer.write(page.encode("utf-8"))
        return FINE
    try:
        write_whole(arguments.out, page)
    except OSError as error:
        talk(f"{arguments.out} cannot be written: {error.strerror or error}.")
        return PROBLEMS
    return FINE


def _made_folder(folder: Path) -> bool:
    """Whether the folder is there; says why when it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        talk(f"The folder {folder} cannot be made: {error.strerror or error}.")
        return False
    return True


def _wrong_use(arguments: argparse.Namespace) -> str | None:
    files, out = arguments.files, arguments.out
    if len(files) > 1:
        for name in ("previous", "review"):
            if getattr(arguments, name):
                return f"--{name} goes with one answer file, not several."
        if out.exists() and not out.is_dir():
            return f"{out} must be a folder when there are several answer files."
    elif not out.is_dir() and not out.parent.is_dir():
        return f"There is no folder {out.parent}."
    if not 1 <= arguments.workers <= 64:
        return "--workers takes a whole number from 1 to 64."
    return None


def _desk(arguments: argparse.Namespace) -> ReportDesk | None:
    """The desk, or None after saying what is wrong with the branding."""
    order = Order(
        language=arguments.lang,
        edition=arguments.edition,
        is_draft=arguments.draft,
        previous=arguments.previous,
        review=arguments.review,
        branding=arguments.branding,
    )
    try:
        return ReportDesk(order, Definitions(arguments.definitions))
    except BrandingFileError as error:
        talk_problems(error.problems, arguments.lang)
        return None


def _say(made: Made, arguments: argparse.Namespace) -> None:
    if arguments.json:
        errors = [problem_json(problem, arguments.lang) for problem in made.problems]
        written = None if made.written is None else str(made.written)
        print_json({"file": str(made.answers), "report": written, "errors": errors})
    elif made.problems:
        talk_problems(made.problems, arguments.lang)
    else:
        say(str(made.written))


def _watched(made: Iterable[Made], total: int) -> Iterator[Made]:
    """With a progress bar when there are several and a person is watching."""
    if total == 1 or not sys.stderr.isatty():
        yield from made
        return
    from tqdm import tqdm

    size = get_terminal_size()  # of a terminal that does not know its size too
    with tqdm(total=total, unit=" PDF", file=sys.stderr, ncols=size.columns, nrows=size.lines) as bar:
        for one in made:
            bar.clear()
            yield one
            bar.update()
