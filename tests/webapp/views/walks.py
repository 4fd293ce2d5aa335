"""One step of the access walk: a stop of the table as a request, and what came back as it can be compared."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from flask import url_for
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.webapp.views.stops import Stop
from tests.webapp.views.walking import World
from tests.webapp.views.walktable import A_FILE
from webapp.auth.access import rules_of
from webapp.db.ids import new_id
from webapp.services.tokens import new_token

_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
_CHANGING = re.compile(r'(?<=name="csrf" value=")[^"]+|(?<=name="csrf" content=")[^"]+')
_ENDS = re.compile(r'data-[a-z-]*ends[a-z-]*="[^"]*"')
_CLOCK = re.compile(r'(?s)<noscript>.*?</noscript>|<p role="alert">[^<]*\d\d:\d\d[^<]*</p>')
"""When the session ends, in words: a minute may pass between two requests."""
_WAYS = re.compile(r'(?s)<nav class="site-nav".*?</nav>')
"""The head leads to one's own company on every page, also where a step names it."""
Heard: TypeAlias = tuple[Any, ...]
UNSTEADY = {"Set-Cookie", "X-Request-Id", "Date", "Content-Length", "Location"}
"""Headers that are never the same twice, or hold the address; where people are sent is compared by itself."""


@dataclass(frozen=True)
class Step:
    """A stop at real or unknown things. ``names``: what stands in the address and the form for each thing."""

    stop: Stop
    method: str
    address: str
    form: Mapping[str, str]
    names: Mapping[str, str]

    def take(self, client: FlaskClient, csrf: str | None) -> TestResponse:
        """Send it. ``csrf``: None for a form without a guard."""
        if self.method == "GET":
            return client.get(self.address)
        guard = {} if csrf is None else {"csrf": csrf}
        answer = client.post(self.address, data={**form_of(self.form), **guard})
        answer.get_data()
        answer.close()
        return answer

    def heard(self, answer: TestResponse) -> Heard:
        """An answer without what is this step's own: two steps that look the same are equal."""
        text = answer.get_data(as_text=True)
        for unsteady in (_CHANGING, _ENDS, _CLOCK, _WAYS):
            text = unsteady.sub("", text)
        location = answer.headers.get("Location", "")
        for name, value in self.names.items():
            text, location = text.replace(value, name), location.replace(value, name)
        headers = sorted((k, v) for k, v in answer.headers if k not in UNSTEADY)
        return answer.status_code, location, headers, text


def form_of(form: Mapping[str, str]) -> dict[str, Any]:
    """A form as the client sends it."""
    if form == A_FILE:
        return {"file": (io.BytesIO(b"navn;verdi\nnoe;1\n"), form["file"])}
    return dict(form)


def step_of(world: World, stop: Stop, method: str, *, is_unknown: bool = False) -> Step:
    """The request of a stop. ``is_unknown``: with things that do not exist in place of those of the world."""
    names = {
        value: _unknown(value) if is_unknown else world.things[value[1:]]
        for value in (*stop.at.values(), *stop.form.values())
        if value.startswith("@")
    }
    at = {name: names.get(value, value) for name, value in stop.at.items()}
    form = {name: names.get(value, value) for name, value in stop.form.items()}
    if any("lang" in rule.arguments for rule in world.app.url_map.iter_rules(stop.endpoint)):
        at["lang"] = "nb"
    with world.app.test_request_context(base_url="http://localhost"):
        return Step(stop, method, url_for(stop.endpoint, **at), form, names)


def _unknown(name: str) -> str:
    return new_token() if name.endswith("_token") else new_id()


def method_of(world: World, stop: Stop) -> str:
    """What a stop's endpoint takes: GET or POST, never both."""
    found = {
        m
        for rule in world.app.url_map.iter_rules(stop.endpoint)
        for m in rule.methods or ()
        if m in "GET POST"
    }
    assert len(found) == 1, stop.endpoint
    return found.pop()


def rule_at(world: World, step: Step) -> Rule:
    """The rule that a step's address comes to."""
    adapter = world.app.url_map.bind("localhost")
    rule, _ = adapter.match(step.address.partition("?")[0], method=step.method, return_rule=True)
    return rule


def expected(world: World, stop: Stop, person: str) -> str:
    """What a person should meet at a stop, in a word or as a status."""
    if person in stop.lets_in - stop.refuses:
        return "in"
    if person in stop.refuses:
        return "409"
    rule = rules_of(world.app)[stop.endpoint]
    if rule != "public" and person in ("anonymous", "removed"):
        return "sign in"
    if person in stop.told_no or (rule == "account" and person == "trial"):
        return "403"
    return str(stop.otherwise)


def met(answer: TestResponse, method: str) -> str:
    """What somebody met, as :func:`expected` says it."""
    is_to_signin = answer.status_code == 303 and "/signin?" in answer.headers["Location"]
    if (method == "GET" and is_to_signin) or (method == "POST" and answer.status_code == 401):
        return "sign in"
    return "in" if answer.status_code < 400 else str(answer.status_code)


def csrf_of(client: FlaskClient) -> str:
    """The guard of forms in this browser."""
    for path in ("/nb/signin", "/nb/about/help"):
        if found := _CSRF.search(client.get(path, follow_redirects=True).text):
            return found[1]
    raise AssertionError("no form with a guard")


def everything_in(answer: TestResponse) -> str:
    """All text of an answer: its headers, its body, and what is packed in it."""
    parts = [f"{name}: {value}" for name, value in answer.headers]
    parts += _texts(answer.get_data())
    return "\n".join(parts)


def _texts(content: bytes) -> list[str]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return [text for name in packed.namelist() for text in (name, *_texts(packed.read(name)))]
    text = content.decode("utf-8", "replace")
    try:
        return [text, json.dumps(json.loads(text), ensure_ascii=False)]
    except ValueError:
        return [text]
