"""Reports as people take them home; those that nobody takes are not made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page
from sqlalchemy import text, update

from tests.webapp.browser.world import World, now
from webapp.db.tables.work import Job
from webapp.services.documents import list_documents

PATIENCE_MS = 90_000
"""Until a worker that has much to do has made a report."""

_NEVER = datetime(2099, 1, 1, tzinfo=UTC)
_PUT_OFF = """CREATE TRIGGER put_off AFTER INSERT ON job WHEN NEW.kind = 'render_document'
OR NEW.kind = 'render_release' AND json_extract(NEW.body, '$.language') != 'nb'
BEGIN UPDATE job SET due_utc = '2099-01-01 00:00:00.000000' WHERE id = NEW.id; END"""


def download_report(page: Page, link: str, folder: Path) -> Path:
    """A report once it is there, downloaded."""
    found = page.get_by_role("link", name=link)
    for _ in range(PATIENCE_MS // 1000):
        if found.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    with page.expect_download() as begun:
        found.click()
    file = folder / begun.value.suggested_filename
    begun.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF-")
    return file


def words_in(file: Path) -> str:
    """What the pages of a PDF say, on one line."""
    with pypdfium2.PdfDocument(file) as opened:
        pages = [page.get_textpage().get_text_bounded() for page in opened]
    return " ".join(" ".join(pages).split())


def put_off_reports(world: World, kept: Iterable[str] = ()) -> None:
    """Have the reports that wait to be made wait for ever, except for some jobs.

    Each takes a worker seconds, which the tests that wait for another one would wait for too.
    """
    others = update(Job).where(Job.kind == "render_document", Job.state == "waiting", Job.id.not_in(kept))
    with world.site.database.write() as session:
        session.execute(others.values(due_utc=_NEVER))


@contextmanager
def without_reports(world: World) -> Iterator[None]:
    """Reports that are ordered meanwhile wait for ever, but for a cohort's in bokmål: nobody reads them.

    In a world on SQLite.
    """
    _carry_out(world, _PUT_OFF)
    try:
        yield
    finally:
        _carry_out(world, "DROP TRIGGER put_off")


def _carry_out(world: World, statement: str) -> None:
    with world.site.database.write() as session:
        session.execute(text(statement))


def bring_report_on(world: World, who: str, assessment_id: str, edition: str) -> None:
    """Have a report made after all that waits for ever; the one of the last hand-in."""
    listed = list_documents(world.site, world.actor(who), assessment_id)
    [job_id] = [one.job_id for one in listed if one.edition == edition]
    with world.site.database.write() as session:
        session.get_one(Job, job_id).due_utc = now()
