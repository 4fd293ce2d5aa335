"""``kretslop report blank``."""

from __future__ import annotations

import argparse
from pathlib import Path

from questionnaires.errors import DefinitionError, UnknownDefinition
from reports.errors import BrandingFileError
from reports.rendering.workers import RenderPool
from webapp.cli.main import FINE, PROBLEMS, WRONG_USE
from webapp.cli.output import say, talk, talk_problems
from webapp.services.blank import BlankOrder, blank_job, write_blank
from webapp.services.definitions import Definitions


def blank(arguments: argparse.Namespace) -> int:
    """Make the PDF of a blank questionnaire and say where it is."""
    out: Path = arguments.out
    if (complaint := _wrong_use(out)) is not None:
        talk(complaint)
        return WRONG_USE
    id_, _, number = arguments.id.partition("@")
    order = BlankOrder(id_, number or None, arguments.depth, arguments.lang, arguments.branding)
    try:
        job = blank_job(Definitions(arguments.definitions), order)
    except UnknownDefinition as error:
        talk(error.text_in(arguments.lang))
        return WRONG_USE
    except (DefinitionError, BrandingFileError) as error:
        talk_problems(error.problems, arguments.lang)
        return PROBLEMS
    with RenderPool(1) as pool:
        problem = write_blank(job, out, pool)
    if problem is not None:
        talk_problems([problem], arguments.lang)
        return PROBLEMS
    say(str(out))
    return FINE


def _wrong_use(out: Path) -> str | None:
    if out.is_dir():
        return f"{out} is a folder; -o takes the name of the PDF."
    if not out.parent.is_dir():
        return f"There is no folder {out.parent}."
    return None
