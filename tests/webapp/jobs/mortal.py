"""A worker that is made to be killed: the program is loaded once, each life of it is a fork.

Run as a program: ``python -m tests.webapp.jobs.mortal``. A line on standard input, JSON, says what to work
for and how; from then on a line on standard output names each life once it is at work, and the next begins
when one ends. Another line ends that, and is answered with an empty one; the end of the input ends it all.
``quick``: with a stand-in for the renderer that takes a moment and gives a file of many blocks.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import random
import select
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select as rows_of

from reports.rendering.job import PdfJob
from webapp.db.tables.work import Document
from webapp.installation import make_site
from webapp.jobs import worker
from webapp.services.definitions import Definitions
from webapp.services.printing import prepare_document
from webapp.services.shelf import Shelf
from webapp.services.site import Site
from webapp.settings import Settings

BLOCKS = 6_000
MOST_SECONDS = 0.05


class QuickPool:
    """Makes what looks like a PDF: the same for the same page."""

    def __init__(self, _workers: int) -> None:
        self.chance = random.Random()  # noqa: S311  # moments, not secrets

    def render(self, job: PdfJob) -> bytes:
        """A file of some 400 kB."""
        time.sleep(self.chance.uniform(0, MOST_SECONDS))
        digest = hashlib.sha256(job.html.encode()).hexdigest()
        return b"%PDF-1.7\n" + f"{digest}\n".encode() * BLOCKS + b"%%EOF\n"

    def close(self) -> None:
        """Nothing to give back."""


class Told(worker.Worker):
    """A worker that says when it is at work."""

    def _watch(self, *rest: Any) -> None:
        _say(str(os.getpid()))
        super()._watch(*rest)


def main() -> None:
    """Work for one installation after the other until the input ends."""
    shelf = Shelf(Definitions())
    while order := sys.stdin.readline():
        asked = json.loads(order)
        site = replace(make_site(Settings(**asked["settings"])), shelf=shelf)
        _warm(site)
        _work(site, asked["kind"])
        _say("")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _warm(site: Site) -> None:
    """Prepare a document, so that no life has to read definitions and templates; nothing is kept of it."""
    with site.database.read() as session:
        document = session.scalars(rows_of(Document.id)).first()
    assert document is not None
    prepare_document(site, document, datetime.now(UTC))
    site.database.close()
    gc.collect()
    gc.freeze()


def _work(site: Site, kind: str) -> None:
    """One life after the other until standard input says so."""
    while True:
        child = os.fork()
        if child == 0:
            _live(site, kind)
        if _told_to_end(child):
            return


def _live(site: Site, kind: str) -> None:
    code = 1
    try:
        if kind == "quick":
            worker.RenderPool = QuickPool  # type: ignore[assignment,misc]  # what is used of it
        Told(site).run()
        code = 0
    finally:
        os._exit(code)


def _told_to_end(child: int) -> bool:
    """Whether the program was told to end; False once the child has died."""
    while True:
        found, _ = os.waitpid(child, os.WNOHANG)
        if found == child:
            return False
        ready, _, _ = select.select([sys.stdin], [], [], 0.002)
        if ready:
            sys.stdin.readline()
            os.kill(child, 9)
            os.waitpid(child, 0)
            return True


if __name__ == "__main__":
    main()
