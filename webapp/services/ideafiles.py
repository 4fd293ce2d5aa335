"""The ideas of a gathering as files: what its list says, and nothing more."""

from __future__ import annotations

from datetime import datetime

from questionnaires.values import Language
from reports.csvfile import csv_bytes
from reports.workbook import Cell, Column, Sheet, workbook_bytes
from webapp.errors import NotThere
from webapp.services.actor import Actor
from webapp.services.calibrationfiles import CSV
from webapp.services.exports import XLSX, Export
from webapp.services.ideas import Idea, open_ideas
from webapp.services.reports import slug
from webapp.services.site import Site
from webapp.words import Words, words_of

COLUMNS = {
    "table": 8,
    "idea": 60,
    "owner": 28,
    "next_step": 50,
    "due": 14,
    "state": 16,
    "company": 32,
    "by": 28,
    "at": 14,
}
"""What stands in a line and how wide, in order."""


def csv_of(site: Site, actor: Actor, activity_id: str, language: Language, now: datetime) -> Export:
    """One line an idea, for those who run the programme. Raises NotThere."""
    stem, sheet = _sheet(site, actor, activity_id, language, now)
    return Export(f"{stem}.csv", csv_bytes(sheet, language), CSV)


def xlsx_of(site: Site, actor: Actor, activity_id: str, language: Language, now: datetime) -> Export:
    """The same as a spreadsheet. Raises NotThere."""
    stem, sheet = _sheet(site, actor, activity_id, language, now)
    return Export(f"{stem}.xlsx", workbook_bytes(sheet.title, (sheet,), language), XLSX)


def _sheet(
    site: Site, actor: Actor, activity_id: str, language: Language, now: datetime
) -> tuple[str, Sheet]:
    page = open_ideas(site, actor, activity_id, now)
    if not page.is_staff:
        raise NotThere
    words = words_of(language)
    columns = tuple(Column(words.say(f"gatherings.column_{name}"), width) for name, width in COLUMNS.items())
    rows = tuple(_row(words, site, one) for one in reversed(page.ideas))
    stem = slug(getattr(page.activity.title, language)) or "gathering"
    return f"{stem}-{language}", Sheet(words.say("gatherings.ideas"), columns, rows)


def _row(words: Words, site: Site, one: Idea) -> tuple[Cell, ...]:
    return (
        "" if one.table is None else str(one.table),
        one.text,
        one.owner,
        one.next_step,
        "" if one.due_on is None else one.due_on.isoformat(),
        words.say(f"gatherings.idea_{one.state}"),
        one.company,
        one.by,
        one.at_utc.astimezone(site.zone).date().isoformat(),
    )
