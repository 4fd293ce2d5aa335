"""The Nu HTML checker as a server beside the tests: what is wrong with a page as it was sent."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import APIRequestContext

from tests.webapp.browser.serving import free_port, wait_for

CHECKER = Path(__file__).parents[2] / "vendor" / "vnu.jar"
_MACHINE = ("-Xss8m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Room for its grammars; for the rest it is to start soon and leave the processors to the tests."""


@dataclass
class Checker:
    """One that is starting, until it is first needed."""

    port: int
    process: subprocess.Popen[bytes]
    is_ready: bool = False

    def problems(self, asking: APIRequestContext, html: bytes) -> list[str]:
        """Every error on a page. ``asking``: who carries the page to the checker."""
        if not self.is_ready:
            wait_for(f"http://127.0.0.1:{self.port}/")
            self.is_ready = True
        answer = asking.post(
            f"http://127.0.0.1:{self.port}/?out=json&level=error",
            data=html,
            headers={"Content-Type": "text/html; charset=utf-8"},
        )
        return [f"line {one.get('lastLine')}: {one['message']}" for one in answer.json()["messages"]]

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait(timeout=10)


def start_checker(folder: Path) -> Checker:
    """A checker on this machine only; what it says of itself goes to a file in ``folder``."""
    port = free_port()
    own = "-Dnu.validator.servlet.bind-address=127.0.0.1"
    command = ["java", *_MACHINE, own, "-cp", str(CHECKER), "nu.validator.servlet.Main", str(port)]
    with (folder / "checker.log").open("wb") as log:
        return Checker(port, subprocess.Popen(command, stdout=log, stderr=log))
