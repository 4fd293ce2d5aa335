"""Somebody who does all else that must not be lost: a fact, a comment, a file, and handing in."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.webapp.live.hammer import Hammer, Reply, Sent

FACT = "municipality"
_BOUNDARY = "kretslop-boundary"


@dataclass(kw_only=True)
class Colleague(Hammer):
    """``facts``, ``comments``, ``files``, ``hand_ins``: what they were told is saved, in order.

    ``fact_version``: of the fact before they began. ``other``: the assessment they hand in and take back, so
    that the first stays open. ``trying``: what the last request was about, acknowledged or not.
    """

    other: str
    fact_version: int
    questions: tuple[str, ...]
    facts: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    hand_ins: int = 0
    trying: str = ""

    def do(self, number: int) -> None:
        """One thing after the other, from the beginning again after the last."""
        deeds = {
            "fact": self._tell_fact,
            "comment": self._comment,
            "file": self._send_file,
            "hand in": self._hand_in,
        }
        self.at = list(deeds)[number % len(deeds)]
        self.trying = f"{self.at} {number}"
        deeds[self.at](self.questions[number // len(deeds) % len(self.questions)])

    def _tell_fact(self, _question: str) -> None:
        version = self.fact_version + len(self.facts)
        name = f"f.{FACT}"
        self._send("profile", {f"{name}.here": "nb", f"{name}.version": version, name: self.trying})
        self.facts.append(self.trying)

    def _comment(self, question: str) -> None:
        self._send(f"questions/{question}/comments", {"text": self.trying})
        self.comments.append(self.trying)

    def _send_file(self, question: str) -> None:
        name = f"{self.trying.replace(' ', '-')}.csv"
        content = f"what;who\n{self.trying};{self.name}\n".encode()
        sent = Sent(_in_parts(self.csrf, name, content), f"multipart/form-data; boundary={_BOUNDARY}")
        _is_taken(self.post(f"{self.assessment}/questions/{question}/files", sent))
        self.files[name] = content

    def _hand_in(self, _question: str) -> None:
        """Hand in, and take it back so that there is something to hand in again."""
        fields = {"csrf": self.csrf, "after": self.hand_ins}
        _is_taken(self.post(f"{self.other}/submit", Sent(urlencode(fields).encode())))
        self.hand_ins += 1
        back = self.post(f"{self.other}/result/withdraw", Sent(urlencode({"csrf": self.csrf}).encode()))
        assert back.status in (303, 409), (back.status, back.body[:500])  # 409: an earlier try did it

    def _send(self, page: str, fields: dict[str, object]) -> None:
        body = urlencode({"csrf": self.csrf, **fields}).encode()
        _is_taken(self.post(f"{self.assessment}/{page}", Sent(body)))


def _is_taken(reply: Reply) -> None:
    """What is saved leads on to another page."""
    assert reply.status == 303, (reply.status, reply.body[:5000])


def _in_parts(csrf: str, name: str, content: bytes) -> bytes:
    """A form with a file in it."""
    said = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{csrf}\r\n'
    file = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return f"{said}{file}".encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()
