"""``kretslop demo``: a programme with example companies, served to look at."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from webapp.cli.main import FINE, PROBLEMS
from webapp.cli.output import print_json, say, talk
from webapp.cli.processes import worker_beside
from webapp.cli.serve import is_port_free, run_server

PDF_SECONDS = 180
PROCESSES = 2


def demo(arguments: argparse.Namespace) -> int:
    """Make the demo where there is none, say who can sign in, and serve."""
    if not is_port_free(arguments.host, arguments.port):
        return PROBLEMS
    with _data_folder(arguments.data) as folder:
        os.environ.update(_environment(arguments, folder))
        with worker_beside():
            _announce(arguments)
            run_server(arguments.host, arguments.port, PROCESSES)
    return FINE


@contextmanager
def _data_folder(wanted: Path | None) -> Iterator[Path]:
    """The folder that was asked for; else one that goes when the demo ends."""
    if wanted is not None:
        wanted.mkdir(parents=True, exist_ok=True)
        yield wanted
        return
    with tempfile.TemporaryDirectory(prefix="kretslop-demo-") as name:
        yield Path(name)


def _environment(arguments: argparse.Namespace, folder: Path) -> dict[str, str]:
    """The demo is by itself: no settings of another installation reach into it."""
    for name in [name for name in os.environ if name.startswith("KRETSLOP_")]:
        if name != "KRETSLOP_CACHE":
            del os.environ[name]
    return {
        "KRETSLOP_DATA_DIR": str(folder.absolute()),
        "KRETSLOP_PUBLIC_URL": f"http://{arguments.host}:{arguments.port}",
        "KRETSLOP_REGISTER_OFFLINE": "true",
        "KRETSLOP_DEMO": "true",
        "KRETSLOP_HELP_EMAIL": "hjelp@fylke.example",
        "KRETSLOP_OPERATOR_NAME": "Eksempel fylkeskommune",
    }


def _announce(arguments: argparse.Namespace) -> None:
    from questionnaires.catalogue import PACKAGE_FOLDER
    from webapp.db import migrating
    from webapp.installation import make_site
    from webapp.links import signin_link
    from webapp.services import demo as demos
    from webapp.services.documents import count_unfinished
    from webapp.settings import Settings

    settings, now = Settings(), datetime.now(UTC)
    site = make_site(settings)
    migrating.upgrade(site.database)
    if not demos.is_filled(site):
        talk("Making a demo programme ...")
        demos.make_demo(site, PACKAGE_FOLDER / "examples", now)
    _wait(lambda: count_unfinished(site))
    people = [
        {
            "role": person.role,
            "name": person.name,
            "organisation": person.organisation,
            "link": signin_link(settings, "nb", person.token),
        }
        for person in demos.links(site, now)
    ]
    site.database.close()
    if arguments.json:
        print_json({"address": settings.public_url, "people": people})
        sys.stdout.flush()
        return
    say(f"\nKretsløp is at {settings.public_url}\nTry a questionnaire there without an account.\n")
    say("Or sign in as somebody in the demo; each link works once, in any browser:\n")
    for person in people:
        say(f"  {person['role']:10} {person['name']}, {person['organisation']}\n    {person['link']}")
    say(f"\nMail is not sent; read it at {settings.public_url}/nb/demo/mail")
    say(f"Stop with Ctrl+C. {_kept(arguments)}")


def _kept(arguments: argparse.Namespace) -> str:
    """What becomes of everything when the demo stops."""
    if arguments.data is None:
        return "What you have typed is gone then; kretslop demo --data DIR keeps it."
    return f"Everything is kept in {arguments.data}."


def _wait(unfinished: object) -> None:
    """Wait until the first reports are there, saying so."""
    from tqdm import tqdm

    assert callable(unfinished)
    total = left = unfinished()
    ends = time.monotonic() + PDF_SECONDS
    with tqdm(total=total, desc="Making reports", file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
        while left and time.monotonic() < ends:
            time.sleep(0.3)
            now = unfinished()
            bar.update(left - now)
            left = now
