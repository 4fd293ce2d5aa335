"""Somebody at the wizard: reads a section and saves an answer, with time to think after each."""

from __future__ import annotations

import http.client
import json
import random
import re
import time
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

THINK_SECONDS = 3.0
QUESTION = "strategy.ambition"
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
_TIMEOUT_SECONDS = 30


@dataclass
class Tally:
    """``reads``, ``saves``: seconds of each that went well. ``refused``: told to try again (429, 503).

    ``failed``: anything else that was not expected: broken connections, errors, an answer not saved.
    """

    reads: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    refused: int = 0
    failed: int = 0

    @property
    def asked(self) -> int:
        """How many requests there were."""
        return len(self.reads) + len(self.saves) + self.refused + self.failed


@dataclass
class Visitor:
    """``tally``: what came of their requests, since it was last taken away."""

    port: int
    token: str
    assessment: str
    seed: int
    tally: Tally = field(default_factory=Tally)
    cookie: str = ""
    version: int = 0

    def run(self, ends: float) -> None:
        """Read and save until the time is over."""
        chance = random.Random(self.seed)  # noqa: S311  # thinking, not secrets
        self.cookie = f"kretslop={self.token}"
        time.sleep(chance.uniform(0, THINK_SECONDS))
        number = 0
        while time.monotonic() < ends:
            number += 1
            csrf = self._read()
            time.sleep(chance.uniform(0.5, 1.5) * THINK_SECONDS)
            if csrf:
                self._save(csrf, f"note {self.seed} {number}")
                time.sleep(chance.uniform(0.5, 1.5) * THINK_SECONDS)

    def _read(self) -> str:
        """The token of the form on the page; empty where none came."""
        tally = self.tally
        body = self._ask("GET", "sections/strategy", tally, tally.reads)
        found = _CSRF.search(body)
        version = re.search(rf'name="q.{re.escape(QUESTION)}.version" value="([0-9]+)"', body)
        if version is not None:
            self.version = int(version[1])
        return "" if found is None else unescape(found[1])

    def _save(self, csrf: str, comment: str) -> None:
        name = f"q.{QUESTION}"
        fields = {"csrf": csrf, f"{name}.here": "nb", f"{name}.version": self.version, name: "2"}
        sent, tally = urlencode({**fields, f"{name}.comment": comment}), self.tally
        body = self._ask("POST", "answers", tally, tally.saves, sent)
        if body and not _is_saved(json.loads(body), self.version + 1):
            tally.saves.pop()
            tally.failed += 1

    def _ask(self, method: str, page: str, tally: Tally, took: list[float], sent: str = "") -> str:
        """What came back; empty where it was not as expected."""
        start = time.perf_counter()
        try:
            status, body = self._ask_once(method, f"/nb/assessments/{self.assessment}/{page}", sent)
        except (OSError, http.client.HTTPException):
            status, body = 0, ""
        if status == 200:
            took.append(time.perf_counter() - start)
            return body
        tally.refused += status in (429, 503)
        tally.failed += status not in (429, 503)
        return ""

    def _ask_once(self, method: str, path: str, sent: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_TIMEOUT_SECONDS)
        headers = {"Cookie": self.cookie}
        if sent:
            headers |= {"X-Requested-With": "kretslop", "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, sent.encode() or None, headers)
            answer = connection.getresponse()
            given = answer.headers.get("Set-Cookie")
            if given is not None:
                self.cookie = f"kretslop={self.token}; {given.partition(';')[0]}"
            return answer.status, answer.read().decode()
        finally:
            connection.close()


def _is_saved(said: dict[str, dict[str, int]], version: int) -> bool:
    is_new = said["saved"].get(QUESTION) == version
    return is_new and not said["clashes"] and not said["problems"]
