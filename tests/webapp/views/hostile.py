"""Requests as no browser would send them, byte by byte, and what must hold for every answer."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import create_environ, run_wsgi_app

NASTY: tuple[bytes, ...] = (
    b"\x00",
    b"a\x00b",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe\xc3",
    b"NaN",
    b"-Infinity",
    b"1e999999",
    str(2**64).encode(),
    b"-" + b"9" * 5000,
    "٣۴".encode(),
    b"../../etc/passwd",
    b"//evil.example/",
    b"'; DROP TABLE person; --",
    b"<script>alert(1)</script>\"'",
    b"{0} {x} %s %n {{7*7}}",
    b"\r\nSet-Cookie: a=b",
    b"a@b.example\r\nBcc: c@d.example",
    "\u202e\u200b\ufeff\ufffe".encode(),
    "𝕂".encode() * 2000,
    b"[]",
    b"//[",
    b"\x1b[31m",
)
"""Values that something, somewhere, once fell over."""

PROMISED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_INSIDE = ("Traceback", "sqlalchemy", "psycopg", "site-packages", "jinja2.", "werkzeug.")
"""What an answer shows only when it lets people look inside."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Headers
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


@dataclass
class Sender:
    """Somebody who sends what they like. ``cookies``: as one header."""

    app: Flask
    cookies: str = ""
    sent: int = field(default=0)

    def send(
        self,
        method: str,
        target: str | bytes,
        *,
        body: bytes = b"",
        kind: str | None = "application/x-www-form-urlencoded",
        headers: Iterable[tuple[str, str]] = (),
        host: str = "localhost",
    ) -> Answer:
        """An answer that has been found sound. ``target``: path and query as they go over the wire."""
        raw = target.encode() if isinstance(target, str) else target
        path, _, query = raw.partition(b"?")
        environ = create_environ(method=method, input_stream=io.BytesIO(body))
        environ["PATH_INFO"] = unquote_to_bytes(path).decode("latin-1")
        environ["QUERY_STRING"] = query.decode("latin-1")
        environ["REQUEST_URI"] = environ["RAW_URI"] = raw.decode("latin-1")
        environ["CONTENT_LENGTH"] = str(len(body))
        environ["HTTP_HOST"] = host
        environ["REMOTE_ADDR"] = "127.0.0.1"
        if kind is not None and method == "POST":
            environ["CONTENT_TYPE"] = kind
        if self.cookies:
            environ["HTTP_COOKIE"] = self.cookies
        for name, value in headers:
            environ[_name(name)] = value
        self.sent += 1
        parts, status, found = run_wsgi_app(self.app.wsgi_app, environ, buffered=True)
        answer = Answer(int(status[:3]), found, b"".join(parts))
        assert not faults(answer), (method, raw[:200], body[:300], faults(answer), answer.text[:500])
        return answer


def _name(header: str) -> str:
    name = header.upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"


def faults(answer: Answer) -> list[str]:
    """What is wrong with an answer, whatever was asked."""
    found = [f"{name} is missing" for name, value in PROMISED.items() if answer.headers.get(name) != value]
    policy, kind = answer.headers.get("Content-Security-Policy", ""), answer.headers.get("Content-Type", "")
    if answer.status >= 500:
        found.append(f"status {answer.status}")
    if "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy or "unsafe" in policy:
        found.append(f"policy {policy!r}")
    if kind.startswith("text/") and "charset=utf-8" not in kind.lower().replace('"', ""):
        found.append(f"type {kind!r}")
    if answer.body and not kind:
        found.append("no type")
    if not answer.headers.get("Cache-Control"):
        found.append("no word on keeping it")
    found += [f"shows {word}" for word in _INSIDE if word in answer.text]
    if kind.startswith("text/html") and "<script>" in answer.text:
        found.append("a script of somebody else's")
    found += [f"header {name}" for name, value in answer.headers if "\n" in value or name.lower() == "server"]
    return found


@dataclass(frozen=True)
class SentForm:
    """One form of a page: where it goes, and its fields with what stands in them."""

    action: str
    names: tuple[str, ...]
    values: tuple[str, ...]
    is_multipart: bool = False

    def body(self, values: Sequence[tuple[str, bytes]]) -> bytes:
        """Fields as they are sent."""
        return b"&".join(
            quote(name, safe="").encode() + b"=" + quote_from_bytes(value, safe="").encode()
            for name, value in values
        )

    def filled(self) -> list[tuple[str, bytes]]:
        """What a browser would send for the page as it is."""
        return [(name, value.encode()) for name, value in zip(self.names, self.values, strict=True)]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[dict[str, str | None], list[tuple[str, str]]]] = []
        self.is_open = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        if tag == "form":
            self.forms.append((found, []))
            self.is_open = True
        name = found.get("name")
        if self.is_open and name and tag in ("input", "select", "textarea", "button"):
            self.forms[-1][1].append((name, found.get("value") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_open = False


def forms_of(page: str, path: str) -> list[SentForm]:
    """The forms of a page that send something, with every name they can send once."""
    reader = _Reader()
    reader.feed(page)
    found = []
    for form, fields in reader.forms:
        if (form.get("method") or "").lower() == "post":
            once = dict(reversed(fields))
            names, values = tuple(reversed(once)), tuple(reversed(once.values()))
            is_multipart = form.get("enctype") == "multipart/form-data"
            found.append(SentForm(form.get("action") or path, names, values, is_multipart))
    return found
