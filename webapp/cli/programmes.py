"""``kretslop programmes``: programmes for operators: listed, set up, carried by file, their links checked."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from webapp.cli.installed import on_site
from webapp.cli.main import FINE, PROBLEMS, WRONG_USE
from webapp.cli.output import print_json, say, talk

if TYPE_CHECKING:
    from questionnaires.programme import ProgrammeTemplate
    from webapp.services.site import Site

_WORDS = {
    "programme.file_large": "The file is larger than {limit} MB.",
    "programme.file_text": "The file is not text in UTF-8.",
}


def list_(arguments: argparse.Namespace) -> int:
    """Every programme there is."""

    def carry_out(site: Site, _now: datetime) -> int:
        from webapp.services.programmedesk import every_programme

        found = every_programme(site)
        if arguments.json:
            print_json([{"id": id_, "name": name, "activities": count} for id_, name, count in found])
            return FINE
        for id_, name, count in found:
            say(f"{id_}\t{name}\t{count} activities")
        return FINE

    return on_site(carry_out)


def add(arguments: argparse.Namespace) -> int:
    """Set a programme up from the template that comes with the program, or from a file."""

    def carry_out(site: Site, now: datetime) -> int:
        from webapp.services.programmedesk import NewProgramme, set_up_by_operator

        template = _template(site, arguments.file)
        if template is None:
            return PROBLEMS
        wanted = NewProgramme(arguments.name, arguments.controller, arguments.contact, arguments.purpose)
        id_ = set_up_by_operator(site, wanted, template, now)
        if arguments.json:
            print_json({"id": id_, "name": arguments.name})
        else:
            say(id_)
        talk("Nobody runs it yet. Next: kretslop users add-staff EMAIL --programme NAME")
        return FINE

    return on_site(carry_out)


def _template(site: Site, file: Path | None) -> ProgrammeTemplate | None:
    """What a programme starts from; None where the file cannot be used, which is told."""
    from webapp.errors import Refused
    from webapp.services.programmedesk import FileProblems, read_programme_file, shipped_template

    if file is None:
        return shipped_template(site)
    try:
        return read_programme_file(site, file.read_bytes(), file.name)
    except FileProblems as found:
        for problem in found.problems:
            talk(str(problem))
    except Refused as refused:
        talk(_WORDS[refused.code].format_map(refused.parts))
    except OSError as error:
        talk(f"{file}: {error.strerror}")
    return None


def export(arguments: argparse.Namespace) -> int:
    """Write the one file that carries a programme to another installation."""

    def carry_out(site: Site, _now: datetime) -> int:
        from webapp.errors import NotThere
        from webapp.services.programmedesk import exported

        try:
            content = exported(site, arguments.programme)
        except NotThere:
            talk("There is no programme with that name or id, or several have that name.")
            return WRONG_USE
        arguments.out.write_bytes(content)
        talk(f"Written: {arguments.out}")
        return FINE

    return on_site(carry_out)


def check_links(arguments: argparse.Namespace) -> int:
    """Ask every address that activities point to, and name those that cannot be reached."""

    def carry_out(site: Site, now: datetime) -> int:
        from webapp.reaching import reach_address
        from webapp.services.linkchecking import check_all

        found = check_all(site, reach_address, now, is_forced=True)
        bad = [one for one in found if one.outcome != "ok"]
        if arguments.json:
            print_json(
                [
                    {"programme": one.programme, "activity": one.activity, "address": one.address}
                    | {"outcome": one.outcome}
                    for one in found
                ]
            )
        else:
            for one in bad:
                say(f"{one.outcome}\t{one.programme}\t{one.activity}\t{one.address}")
        talk(f"{len(found)} addresses, {len(bad)} of them cannot be reached.")
        return PROBLEMS if bad else FINE

    return on_site(carry_out)
