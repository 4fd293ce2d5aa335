"""``kretslop report verify``."""

from __future__ import annotations

import argparse

from reports.errors import BrandingFileError
from reports.rendering.workers import RenderPool
from reports.verifying.verdict import describe_verdict, verdict_json
from webapp.cli.main import FINE, PROBLEMS
from webapp.cli.output import print_json, say, talk_problems
from webapp.services.definitions import Definitions
from webapp.services.remaking import Bench
from webapp.services.reports import Order, ReportDesk
from webapp.services.verifying import verify_files

AT_ONCE = 2


def verify(arguments: argparse.Namespace) -> int:
    """Say of every report what differs when it is recomputed; one that fails does not stop the others."""
    try:
        order = Order(language=arguments.lang, branding=arguments.branding)
        desk = ReportDesk(order, Definitions(arguments.definitions))
    except BrandingFileError as error:
        talk_problems(error.problems, arguments.lang)
        return PROBLEMS
    at_once = min(AT_ONCE, len(arguments.files))
    code = FINE
    with RenderPool(at_once) as pool:
        for checked in verify_files(arguments.files, Bench(desk, pool), at_once):
            if arguments.json:
                print_json(verdict_json(checked, arguments.lang))
            else:
                say(describe_verdict(checked, arguments.lang))
            code = code if checked.is_verified else PROBLEMS
    return code
