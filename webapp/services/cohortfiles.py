"""The progress of a cohort as files: what the table says, and nothing more."""

from __future__ import annotations

from datetime import datetime

from questionnaires.values import Language
from reports.csvfile import csv_bytes
from reports.workbook import Cell, Column, Sheet, workbook_bytes
from webapp.services.actor import Actor
from webapp.services.calibrationfiles import CSV
from webapp.services.cohortprogress import ProgressLine, all_progress
from webapp.services.exports import XLSX, Export
from webapp.services.reports import slug
from webapp.services.site import Site
from webapp.words import Words, words_of

COLUMNS = {"company": 40, "number": 14, "step": 22, "waits": 26, "since": 24}
"""What stands in a line and how wide, in order."""


def csv_of(
    site: Site, actor: Actor, programme_id: str, cohort_id: str, *, language: Language, now: datetime
) -> Export:
    """One line a company. Raises NotThere."""
    stem, sheet = _sheet(site, actor, (programme_id, cohort_id), language, now)
    return Export(f"{stem}.csv", csv_bytes(sheet, language), CSV)


def xlsx_of(
    site: Site, actor: Actor, programme_id: str, cohort_id: str, *, language: Language, now: datetime
) -> Export:
    """The same as a spreadsheet. Raises NotThere."""
    stem, sheet = _sheet(site, actor, (programme_id, cohort_id), language, now)
    return Export(f"{stem}.xlsx", workbook_bytes(sheet.title, (sheet,), language), XLSX)


def _sheet(
    site: Site, actor: Actor, where: tuple[str, str], language: Language, now: datetime
) -> tuple[str, Sheet]:
    cohort, lines = all_progress(site, actor, *where, now)
    words = words_of(language)
    columns = tuple(Column(words.say(f"cohorts.column_{name}"), width) for name, width in COLUMNS.items())
    rows = tuple(_row(words, site, line) for line in lines)
    return f"{slug(cohort.name) or 'cohort'}-{language}", Sheet(words.say("cohorts.progress"), columns, rows)


def _row(words: Words, site: Site, line: ProgressLine) -> tuple[Cell, ...]:
    return (
        line.name,
        line.orgnr,
        words.say(f"cohorts.step_{line.standing.step}"),
        words.say(f"cohorts.waits_{line.standing.waits}"),
        line.since_utc.astimezone(site.zone).date().isoformat(),
    )
