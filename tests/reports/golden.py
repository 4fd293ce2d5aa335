"""The golden pages of two example companies, renewed by ``make golden``.

Read the difference before committing it: a golden page changes only when a report is meant to.
"""

from __future__ import annotations

from pathlib import Path

from questionnaires.values import Language
from reports.material import Edition
from tests.reports.making import LANGUAGES, page_of

FOLDER = Path(__file__).parent / "golden"
PAGES: tuple[tuple[str, Edition], ...] = (
    ("eksempel_mobelverksted/circular_business_models", "company"),
    ("eksempel_bygg/sustainability_reporting", "advisor"),
)


def golden_file(example: str, edition: Edition, language: Language) -> Path:
    """Where the page of an example stands."""
    return FOLDER / f"{example.split('/', maxsplit=1)[0]}-{edition}-{language}.html"


def renew() -> None:
    """Write every golden page anew."""
    FOLDER.mkdir(exist_ok=True)
    for example, edition in PAGES:
        for language in LANGUAGES:
            page = page_of(example, language, edition)
            golden_file(example, edition, language).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    renew()
