"""Somebody who has things saved as fast as the server takes them, and remembers what they were told is saved.

Connections that break and errors are tried again with the same text, as the page's script does. Every text
is new, so that whatever the database holds can be told from what was acknowledged. Only a reply that says
"saved" counts: a server that answers and cannot save is as much away as one that is dead.
"""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
import time
from dataclasses import dataclass, field
from html import unescape
from itertools import count
from urllib.parse import urlencode

_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
FORM = "application/x-www-form-urlencoded"
PATIENCE_SECONDS = 10
"""How long nothing may be saved: recovery takes no hand work."""

BREATH_SECONDS = 0.002


class NotBack(AssertionError):
    """Nothing was saved in time."""


class Stopped(Exception):
    """Somebody was told to stop in the middle of something."""


class _Connection(http.client.HTTPConnection):
    """A connection over a socket of the file system."""

    def __init__(self, path: str) -> None:
        super().__init__("127.0.0.1", timeout=PATIENCE_SECONDS)
        self.path = path

    def connect(self) -> None:
        """Reach for the socket."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE_SECONDS)
        self.sock.connect(self.path)


@dataclass(frozen=True, slots=True)
class Sent:
    """What is sent. ``kind``: its media type; ``is_script``: as the page's script does it."""

    body: bytes
    kind: str = FORM
    is_script: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: str


@dataclass(kw_only=True)
class Hammer:
    """Somebody at work.

    ``saves``: how often they were told that something is saved; ``longest_unsaved``: the most seconds from
    one such word to the next. ``at``: what they are doing; ``paces``: seconds the last request of it took.
    """

    socket_path: str
    session: str
    assessment: str
    name: str
    saves: int = 0
    refused: int = 0
    longest_unsaved: float = 0.0
    at: str = ""
    paces: dict[str, float] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)
    failure: BaseException | None = None
    cookie: str = ""
    csrf: str = ""
    _saved_at: float = 0.0

    def run(self) -> None:
        """Do one thing after the other until told to stop."""
        self._saved_at = time.monotonic()
        try:
            self._greet()
            for number in count(1):
                self.do(number)
                self._is_saved()
        except Stopped:
            pass
        except BaseException as error:  # noqa: BLE001  # told to the test, which raises it
            self.failure = error

    def do(self, number: int) -> None:
        """Have something saved; what ends well was acknowledged."""
        raise NotImplementedError

    def post(self, path: str, sent: Sent) -> Reply:
        """The answer to something sent to a page of the assessment."""
        return self.ask("POST", f"/nb/assessments/{path}", sent)

    def ask(self, method: str, path: str, sent: Sent | None = None) -> Reply:
        """An answer, however often the connection breaks on the way to it, or nothing can be saved."""
        while not self.stop.is_set():
            self._lose_patience()
            began = time.monotonic()
            try:
                reply = self.ask_once(method, path, sent)
            except (OSError, http.client.HTTPException):
                time.sleep(BREATH_SECONDS)
                continue
            if reply.status != 503:
                self.paces[self.at] = time.monotonic() - began
                return reply
            self.refused += 1
            time.sleep(BREATH_SECONDS)
        raise Stopped

    def _greet(self) -> None:
        reply = self.ask("GET", f"/nb/assessments/{self.assessment}")
        assert reply.status == 200, (reply.status, reply.body[:500])
        found = _CSRF.search(reply.body)
        assert found is not None
        self.csrf = unescape(found[1])
        self.cookie = reply.headers.get("Set-Cookie", "").partition(";")[0]

    def _is_saved(self) -> None:
        now = time.monotonic()
        self.longest_unsaved = max(self.longest_unsaved, now - self._saved_at)
        self._saved_at = now
        self.saves += 1

    def _lose_patience(self) -> None:
        seconds = time.monotonic() - self._saved_at
        if seconds > PATIENCE_SECONDS:
            raise NotBack(f"{self.name} had nothing saved for {seconds:.0f} s; refused {self.refused} times")

    def ask_once(self, method: str, path: str, sent: Sent | None) -> Reply:
        """An answer, whatever it is. Raises OSError or HTTPException where the connection breaks."""
        connection = _Connection(self.socket_path)
        headers = {
            "Host": "127.0.0.1",
            "Cookie": "; ".join(filter(None, (f"kretslop={self.session}", self.cookie))),
        }
        if sent is not None:
            headers["Content-Type"] = sent.kind
        if sent is not None and sent.is_script:
            headers["X-Requested-With"] = "kretslop"
        try:
            connection.request(method, path, None if sent is None else sent.body, headers)
            answer = connection.getresponse()
            if answer.headers.get("Content-Length") is None:
                raise http.client.HTTPException("cut off within the headers")
            return Reply(answer.status, answer.headers, answer.read().decode())
        finally:
            connection.close()


@dataclass(kw_only=True)
class Answerer(Hammer):
    """Somebody who answers. ``acknowledged``: every (question, version, text) that is saved, in order."""

    questions: tuple[str, ...]
    acknowledged: list[tuple[str, int, str]] = field(default_factory=list)
    _versions: dict[str, int] = field(default_factory=dict)

    def do(self, number: int) -> None:
        """Answer a question; after a clash from the newest version, knowingly."""
        question, text = self.questions[number % len(self.questions)], f"{self.name} {number}"
        self.at = "answer"
        while True:
            reply = self.post(f"{self.assessment}/answers", self._sent(question, text))
            assert reply.status == 200, (reply.status, reply.body[:500])
            said = json.loads(reply.body)
            assert not said["problems"], said
            self._versions[question] = said["saved"][question]
            if question not in said["clashes"]:
                self.acknowledged.append((question, said["saved"][question], text))
                return

    def _sent(self, question: str, text: str) -> Sent:
        name = f"q.{question}"
        version = self._versions.get(question, 0)
        fields = {"csrf": self.csrf, f"{name}.here": "nb", f"{name}.version": version, name: "2"}
        return Sent(urlencode({**fields, f"{name}.comment": text}).encode(), is_script=True)


def wait_for_saves(people: list[Hammer], number: int) -> None:
    """Until each of them was told that many times more that something is saved.

    Raises NotBack when that takes too long, or somebody has given up.
    """
    goals = [person.saves + number for person in people]
    ends = time.monotonic() + PATIENCE_SECONDS
    while any(person.saves < goal for person, goal in zip(people, goals, strict=True)):
        for person in people:
            if person.failure is not None:
                raise NotBack(f"{person.name} has given up") from person.failure
        if time.monotonic() > ends:
            raise NotBack(f"not everybody had {number} things saved: {[p.saves for p in people]} of {goals}")
        time.sleep(BREATH_SECONDS)
