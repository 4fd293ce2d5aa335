"""A person at the pages: follows links, sends forms, and has every page checked on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.webapp.views.pagecheck import Page, check_page
from webapp.auth.cookies import session_cookie
from webapp.db.tables.people import Person
from webapp.services.sessions import open_session
from webapp.services.site import Site

_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass
class Browser:
    """One browser. ``language``: of the pages it asks for."""

    client: FlaskClient
    language: str = "nb"
    _guard: tuple[str, str] = ("", "")
    """What the session holds that guards forms are made from, and one made from it."""

    def path(self, path: str) -> str:
        """A path with its language in front, unless it has one."""
        return path if re.match(r"/(nb|nn|en)(/|$)", path) else f"/{self.language}{path}"

    def get(self, path: str, status: int = 200, **named: Any) -> TestResponse:
        """A page, checked."""
        answer = self.client.get(self.path(path), **named)
        return self.checked(answer, status)

    def post(
        self, path: str, data: dict[str, Any] | None = None, status: int = 303, **named: Any
    ) -> TestResponse:
        """Send a form, with the guard a page of ours would have put in it."""
        sent = {"csrf": self.csrf(), **(data or {})}
        answer = self.client.post(self.path(path), data=sent, **named)
        return self.checked(answer, status)

    def checked(self, answer: TestResponse, status: int) -> TestResponse:
        """An answer with the wanted status, our headers, and HTML in order."""
        assert answer.status_code == status, (answer.status_code, text_of(answer)[:600])
        for name, value in HEADERS.items():
            assert answer.headers.get(name) == value, name
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        if (answer.mimetype == "text/html" and status < 300) or (
            status >= 400 and answer.mimetype == "text/html"
        ):
            self.page(answer)
        return answer

    def page(self, answer: TestResponse) -> Page:
        """What a page holds."""
        language = re.match(r"/(nb|nn|en)(/|$)", answer.request.path)
        return check_page(answer.text, language[1] if language else self.language)

    def csrf(self) -> str:
        """The guard of a form, from a page that everybody can see; read once a session."""
        if not self._guard[0] or self._guard[0] != self._secret():
            token = self._read_guard()
            self._guard = (self._secret(), token)
        return self._guard[1]

    def _secret(self) -> str:
        with self.client.session_transaction() as session:
            return str(session.get("csrf_token", ""))

    def _read_guard(self) -> str:
        found = _CSRF.search(self.client.get(f"/{self.language}/signin").text) or _CSRF.search(
            self.client.get(f"/{self.language}/assessments", follow_redirects=True).text
        )
        assert found is not None
        return unescape(found[1])


def hidden_in(answer: TestResponse, name: str) -> list[str]:
    """What a page would send along in hidden fields of that name."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.text)
    return [unescape(value) for found, value in fields if found == name]


def text_of(answer: TestResponse) -> str:
    """The words of a page, without its tags."""
    body = re.sub(r"(?s)<(script|style|head)\b.*?</\1>|<wbr>", _gap, answer.text)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def _gap(found: re.Match[str]) -> str:
    """What stands where something was taken out: nothing within a word."""
    return "" if found[0] == "<wbr>" else " "


def timeless(text: str) -> str:
    """A page but for what moves on while a test runs: when its session ends, when a form was shown."""
    unguarded = re.sub(r'name="csrf" value="[^"]*"', "", text)
    return re.sub(r"\d\d:\d\d(:\d\d[^\s\"]*)?", "HH:MM", unguarded)


def anonymous(app: Flask, language: str = "nb") -> Browser:
    """A browser nobody is signed in with."""
    return Browser(app.test_client(), language)


def browser_of(app: Flask, site: Site, person_id: str, language: str = "nb") -> Browser:
    """A browser somebody is signed in with, now."""
    with site.database.write() as session:
        person = session.get_one(Person, person_id)
        token = open_session(session, person, datetime.now(UTC), site.settings)
    browser = anonymous(app, language)
    browser.client.set_cookie(session_cookie(site.settings), token, domain="localhost")
    return browser
