"""A worker that is made to be killed: the program is loaded once, each life of it is a fork.

Run as a program: ``python -m tests.webapp.jobs.mortal quick|real`` with the settings in the environment. A
line on standard output names each life once it is at work, the next begins when one ends; a line on standard
input ends it all.
``quick``: with a stand-in for the renderer that takes a moment and gives a file of many blocks.
"""

from __future__ import annotations

import hashlib
import os
import random
import select
import sys
import time
from typing import Any

from reports.rendering.job import PdfJob
from webapp.installation import make_site
from webapp.jobs import worker
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
        sys.stdout.write(f"{os.getpid()}\n")
        sys.stdout.flush()
        super()._watch(*rest)


def main(kind: str) -> None:
    """Work, one life after the other, until standard input says so."""
    if kind == "quick":
        worker.RenderPool = QuickPool  # type: ignore[assignment,misc]  # what is used of it
    site = make_site(Settings())
    for shelved in site.shelf.offered:
        assert shelved.plan
    assert site.shelf.definitions.activities()
    site.database.close()
    while True:
        child = os.fork()
        if child == 0:
            _live(site)
        if _told_to_end(child):
            return


def _live(site: Site) -> None:
    code = 1
    try:
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
            os.kill(child, 9)
            os.waitpid(child, 0)
            return True


if __name__ == "__main__":
    main(sys.argv[1])
