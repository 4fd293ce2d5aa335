"""Pictures of the web application for the README, from the demo: a part of ``make pictures``."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.portraits import COLOURS, FOLDER, FRAME
from tests.webapp.browser.visiting import ARGUMENTS, chromium_path

PORT = 8123
COMPANY = "Eksempel Møbelverksted AS"
PROGRAMME = "Sirkulær omstilling (eksempelprogram)"
DESK, PHONE = ViewportSize(width=1060, height=1180), ViewportSize(width=390, height=1180)
WAITS = 60


def renew() -> None:
    """Write the pictures anew."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "webapp.cli.main",
            "demo",
            "--json",
            "--port",
            str(PORT),
            "--data",
            folder,
        ]
        demo = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ.copy()
        )
        try:
            assert demo.stdout is not None
            said = json.loads(demo.stdout.readline())
            _wait()
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
                _take(browser, said)
                browser.close()
        finally:
            demo.terminate()
            demo.wait(timeout=60)


def _wait() -> None:
    """Until it is served: the demo says who is in it a moment before."""
    for _ in range(WAITS):
        with suppress(OSError), socket.create_connection(("127.0.0.1", PORT), timeout=5):
            return
        time.sleep(0.5)


def _take(browser: Browser, said: dict[str, Any]) -> None:
    _take_company(_signed_in(browser, said, "owner", COMPANY))
    _take_review(_signed_in(browser, said, "advisor", PROGRAMME))
    _take_programme(_signed_in(browser, said, "programme", PROGRAMME))


def _signed_in(browser: Browser, said: dict[str, Any], role: str, of: str) -> Page:
    """The first page of somebody in the demo."""
    link = next(p["link"] for p in said["people"] if (p["role"], p["organisation"]) == (role, of))
    page = browser.new_page(viewport=DESK)
    page.goto(link)
    page.locator("main form button").first.click()
    return page


def _take_company(page: Page) -> None:
    overview = page.url
    page.get_by_role("link", name="Bærekraftsrapportering").click()
    tasks = page.url
    section = f"{tasks}/sections/data"
    page.goto(overview)
    page.get_by_role("link", name="Sirkulære forretningsmodeller").click()
    result = page.url
    _keep("web-wizard", _shot(page, tasks, DESK), _shot(page, section, PHONE))
    _keep("web-result", _shot(page, result, DESK), _shot(page, result, PHONE))


def _take_review(page: Page) -> None:
    page.get_by_role("listitem").filter(has_text="Under gjennomgang").get_by_role("link").first.click()
    page.get_by_role("link", name="Hvor konkret er målet deres for klimagassutslipp?").click()
    question = page.url
    _keep("web-review", _shot(page, question, DESK), _shot(page, f"{question}#rate", PHONE))


def _take_programme(page: Page) -> None:
    """What a cohort was told, and the tables of a gathering that was held."""
    programme = page.url
    page.get_by_role("link", name="Åpne rapporten").first.click()
    told = page.url
    page.goto(f"{programme}/activities")
    page.get_by_role("link", name="Forbered samlingen").and_(
        page.get_by_role("link", name="Oppstartssamling")
    ).click()
    tables = f"{page.url}/tables#seats"
    _keep("web-programme", _shot(page, f"{told}#summary", DESK), _shot(page, tables, PHONE))


def _shot(page: Page, address: str, size: ViewportSize) -> Image.Image:
    page.set_viewport_size(size)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return ImageOps.expand(Image.open(BytesIO(page.screenshot())).convert("RGB"), 1, FRAME)


def _keep(name: str, *shots: Image.Image) -> None:
    _beside(*shots).save(FOLDER / f"{name}.png", optimize=True)


def _beside(*shots: Image.Image) -> Image.Image:
    """Pictures beside each other in few colours."""
    width = sum(shot.width + 16 for shot in shots) - 16
    sheet = Image.new("RGB", (width, max(shot.height for shot in shots)), "white")
    at = 0
    for shot in shots:
        sheet.paste(shot, (at, 0))
        at += shot.width + 16
    return sheet.quantize(COLOURS, method=Image.Quantize.FASTOCTREE)


if __name__ == "__main__":
    renew()
