"""``kretslop retention``: erasing what has been kept long enough."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

from webapp.cli.installed import on_site
from webapp.cli.main import FINE
from webapp.cli.output import print_json, say

if TYPE_CHECKING:
    from webapp.services.retention import Report
    from webapp.services.site import Site

_WORDS = {
    "trials": "trials that were not kept",
    "organisations": "organisations nobody has used",
    "people": "people without an organisation who have not been here",
    "sessions": "sessions that have ended",
    "signin_links": "links to sign in",
    "address_changes": "links to another address",
    "invitations": "invitations nobody accepted",
    "addresses": "addresses a section was given to that nobody joined by",
    "cohort_invitations": "invitations to cohorts that are over or answered",
    "cohort_reminders": "notes of who was reminded",
    "registrations": "registrations for activities that are long over",
    "gatherings": "lists of who sat where at gatherings that are long over",
    "gathering_papers": "papers of gatherings that are long over",
    "ideas": "ideas from gatherings that were held three years ago",
    "jobs": "jobs that are done",
    "tallies": "counts against limits",
    "audit_events": "lines of the record",
    "files": "files that nothing names",
    "evidence": "files of evidence without an answer",
}


def retention(arguments: argparse.Namespace) -> int:
    """Erase what has been kept long enough, or only say what that would be."""

    def carry_out(site: Site, now: datetime) -> int:
        from webapp.services.retention import run

        _tell(run(site, now, dry_run=arguments.dry_run), as_json=arguments.json)
        return FINE

    return on_site(carry_out)


def _tell(report: Report, *, as_json: bool) -> None:
    if as_json:
        counts, ids = dict(report.counts), list(report.organisations)
        print_json({"dry_run": report.is_dry_run, "counts": counts, "organisations": ids})
        return
    say("Would erase:" if report.is_dry_run else "Erased:")
    for name, words in _WORDS.items():
        say(f"{report.counts[name]:8} {words}")
    for id_ in report.organisations:
        say(f"organisation {id_}")
