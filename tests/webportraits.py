"""Pictures of the web application for the README, from the demo: a part of ``make pictures``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page, sync_playwright

from tests.portraits import COLOURS, FOLDER, FRAME

PORT = 8123
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
COMPANY = "Eksempel Møbelverksted AS"
DESK, PHONE = (1060, 1180), (390, 1180)


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
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                _take(browser, said)
                browser.close()
        finally:
            demo.terminate()
            demo.wait(timeout=60)


def _take(browser: Browser, said: dict[str, Any]) -> None:
    link = next(p["link"] for p in said["people"] if (p["role"], p["organisation"]) == ("owner", COMPANY))
    page = browser.new_page(viewport=dict(zip(("width", "height"), DESK, strict=True)))
    page.goto(link)
    page.locator("main form button").first.click()
    overview = page.url
    page.get_by_role("link", name="Bærekraftsrapportering").click()
    tasks = page.url
    section = f"{tasks}/sections/data"
    page.goto(overview)
    page.get_by_role("link", name="Sirkulære forretningsmodeller").click()
    result = page.url
    _beside(_shot(page, tasks, DESK), _shot(page, section, PHONE)).save(
        FOLDER / "web-wizard.png", optimize=True
    )
    _beside(_shot(page, result, DESK), _shot(page, result, PHONE)).save(
        FOLDER / "web-result.png", optimize=True
    )


def _shot(page: Page, address: str, size: tuple[int, int]) -> Image.Image:
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return ImageOps.expand(Image.open(BytesIO(page.screenshot())).convert("RGB"), 1, FRAME)


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
