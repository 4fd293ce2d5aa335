"""Reports as people take them home."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from playwright.sync_api import Page

PATIENCE_MS = 90_000
"""Until a worker that has much to do has made a report."""


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
