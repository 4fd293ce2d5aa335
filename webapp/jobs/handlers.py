"""What to do for each kind of job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from reports.errors import RenderFailed
from reports.rendering.job import PdfJob
from webapp.reaching import Reach, reach_address
from webapp.services import (
    activitymailing,
    cohortmailing,
    linkchecking,
    releaseprinting,
    releasing,
    retention,
    telling,
)
from webapp.services.gatheringprinting import keep_paper, prepare_paper
from webapp.services.jobs import Body, JobFailed
from webapp.services.mailing import send_mail
from webapp.services.printing import keep_document, prepare_document
from webapp.services.queueing import JobKind
from webapp.services.site import Site

Render: TypeAlias = Callable[[PdfJob], bytes]
"""Makes a PDF. Raises RenderFailed."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What a worker works with."""

    site: Site
    render: Render
    reach: Reach = reach_address

    def now(self) -> datetime:
        """The time."""
        return datetime.now(UTC)


Handler: TypeAlias = Callable[[Bench, Body], None]


def render_document(bench: Bench, body: Body) -> None:
    """Make the PDF of a document. Raises JobFailed."""
    to_print = prepare_document(bench.site, str(body["document"]), bench.now())
    if to_print is None:
        return
    keep_document(bench.site, to_print, _rendered(bench, to_print.job), bench.now())


def render_paper(bench: Bench, body: Body) -> None:
    """Make the PDF of a paper of a gathering. Raises JobFailed."""
    to_print = prepare_paper(bench.site, str(body["paper"]))
    if to_print is not None:
        keep_paper(bench.site, to_print, _rendered(bench, to_print.job))


def _rendered(bench: Bench, job: PdfJob) -> bytes:
    try:
        return bench.render(job)
    except RenderFailed as failure:
        raise JobFailed(failure.code) from failure


def send(bench: Bench, body: Body) -> None:
    """Send a mail. Raises JobFailed."""
    send_mail(bench.site, body, bench.now())


def retain(bench: Bench, body: Body) -> None:  # noqa: ARG001  # it is about everything
    """Erase what has been kept long enough."""
    retention.run(bench.site, bench.now())


def tell(bench: Bench, body: Body) -> None:  # noqa: ARG001  # it is about everybody
    """Order the mail that says what waits."""
    telling.tell(bench.site, bench.now())


def remind(bench: Bench, body: Body) -> None:  # noqa: ARG001  # it is about everybody
    """Order the mail that reminds of activities that are near."""
    activitymailing.remind(bench.site, bench.now())


def check_links(bench: Bench, body: Body) -> None:  # noqa: ARG001  # it is about all activities
    """Look whether what activities point to can be reached."""
    linkchecking.check_all(bench.site, bench.reach, bench.now())


def order_cohort_mails(bench: Bench, body: Body) -> None:
    """Order the mails of a cohort: its invitations, or its reminders."""
    cohortmailing.order_mails(bench.site, body, bench.now())


def release_cohort(bench: Bench, body: Body) -> None:
    """Work out what may be told of a cohort, and tell it once and for all. Raises JobFailed."""
    for job_id in releasing.release(bench.site, body, bench.now()):
        bench.site.queue.poke(job_id)


def render_release(bench: Bench, body: Body) -> None:
    """Make the PDF of a release. Raises JobFailed."""
    job = releaseprinting.prepare(bench.site, body)
    if job is not None:
        releaseprinting.keep(bench.site, body, _rendered(bench, job), bench.now())


HANDLERS: Mapping[JobKind, Handler] = {
    "check_links": check_links,
    "cohort_mails": order_cohort_mails,
    "release_cohort": release_cohort,
    "remind_of_activities": remind,
    "render_document": render_document,
    "render_paper": render_paper,
    "render_release": render_release,
    "retention": retain,
    "send_mail": send,
    "tell_what_waits": tell,
}

HEAVY: frozenset[JobKind] = frozenset(
    {
        "check_links",
        "cohort_mails",
        "release_cohort",
        "remind_of_activities",
        "render_document",
        "render_paper",
        "render_release",
        "retention",
        "tell_what_waits",
    }
)
"""Jobs that take long; however many there are, mail does not wait for them."""

LIGHT: frozenset[JobKind] = frozenset(HANDLERS) - HEAVY
