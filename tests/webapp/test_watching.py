"""Whatever people send, whatever breaks: one line a request, and nothing of theirs in any of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reports.rendering.job import PdfJob
from tests.webapp.services.canaries import COMPANY, PEOPLE, QUESTION, Nest, a_copied_nest
from tests.webapp.services.logbook import Logbook, kept_log
from tests.webapp.views.browsing import Browser, browser_of
from webapp.app import create_app
from webapp.auth.cookies import session_cookie
from webapp.db import queries_work
from webapp.jobs.handlers import Bench
from webapp.jobs.worker import Desk
from webapp.watching import REQUEST_ID

SENT = "kanari-sendt"
"""Is in every field, address, header and cookie that is sent."""

BIRDS = [bird.decode() for bird in (*COMPANY, *PEOPLE)] + [SENT, "kanari", "a secret of the tests"]


@pytest.fixture
def nest(tmp_path: Path) -> Nest:
    return a_copied_nest(tmp_path)


@pytest.fixture
def book() -> Iterator[Logbook]:
    with kept_log() as kept:
        yield kept


def assert_quiet(book: Logbook, *more: str) -> None:
    folded = book.text.casefold()
    assert [bird for bird in (*BIRDS, *more) if bird.casefold() in folded] == []


def paths_of(app: Flask, nest: Nest) -> Iterator[tuple[str, str]]:
    """Every address with every method, with ids that are there."""
    ids = {"question_id": QUESTION, "section_id": "strategy", "lang": "nb", "orgnr": "974760673"}
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        for id_ in (nest.company, nest.draft, nest.handed_in):
            values = {name: ids.get(name, id_ if name == "id_" else SENT) for name in rule.arguments}
            if "number" in values or "version" in values:
                values |= {name: "1" for name in ("number", "version") if name in values}
            for method in (rule.methods or set()) & {"GET", "POST"}:
                yield method, adapter.build(rule.endpoint, values, method=method)


def fields() -> dict[str, str]:
    names = ("name", "email", "text", "comment", "reason", "question", "code", "orgnr", "address")
    typed = {name: f"{SENT} {name}" for name in names} | {"email": f"{SENT}@a.example"}
    return typed | {
        f"q.{QUESTION}": SENT,
        f"q.{QUESTION}.comment": SENT,
        f"q.{QUESTION}.version": "1",
        f"q.{QUESTION}.here": "nb",
    }


def test_every_request_is_one_line_without_anything_that_was_sent_or_shown(nest: Nest, book: Logbook) -> None:
    app = create_app(nest.site)
    browser = browser_of(app, nest.site, nest.owner_id)
    token = browser.client.get_cookie(session_cookie(nest.site.settings), domain="localhost")
    assert token is not None
    csrf = browser.csrf()
    asked = len(book.lines("request"))
    headers = {"Referer": f"http://localhost/{SENT}", "User-Agent": SENT, "X-Request-Id": SENT}

    for method, path in sorted(set(paths_of(app, nest))):
        if "signout" in path or "erasure" in path:
            continue
        data = {"csrf": csrf, **fields()} if method == "POST" else None
        browser.client.open(f"{path}?q={SENT}", method=method, data=data, headers=headers).close()
        asked += 1

    lines = book.lines("request")
    assert len(lines) == asked
    assert asked > 190
    assert {"endpoint", "method", "status", "duration_ms", "request_id", "time"} <= lines[0].keys()
    assert {200, 303, 400, 404} <= {line["status"] for line in lines}
    assert_quiet(book, token.value, csrf)


def test_the_line_names_the_endpoint_and_the_answer_names_the_line(nest: Nest, book: Logbook) -> None:
    client = create_app(nest.site).test_client()

    answer = client.get("/nb/signin/x-very-secret-token")

    (line,) = book.lines("request")
    assert (line["endpoint"], line["method"], line["status"]) == ("signin.look", "GET", 404)
    assert answer.headers[REQUEST_ID] == line["request_id"]
    assert "very-secret" not in book.text


@pytest.mark.parametrize("path", ["/nb/kanari-sti", "/kanari", "/nb/assessments/kanari?q=kanari"])
def test_addresses_that_lead_nowhere_are_not_repeated(nest: Nest, book: Logbook, path: str) -> None:
    create_app(nest.site).test_client().get(path)

    assert len(book.lines("request")) == 1
    assert_quiet(book)


def test_hosts_and_methods_that_are_made_up_are_not_repeated(nest: Nest, book: Logbook) -> None:
    client = create_app(nest.site).test_client()

    client.get("/nb/", headers={"Host": "kanari.example"})
    client.open("/nb/", method="KANARI")

    assert [line["status"] for line in book.lines("request")] == [400, 405]
    assert_quiet(book)


def broken(*_: object, **__: object) -> NoReturn:
    value = "kanari i en variabel"
    raise RuntimeError(f"kanari-feil med {value}")


def test_a_mistake_of_ours_is_told_by_type_and_place(
    nest: Nest, book: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(nest.site)
    browser = browser_of(app, nest.site, nest.owner_id)
    monkeypatch.setattr("webapp.services.answering._Pen.write", broken)

    _save(browser, nest, status=500)

    (line,) = book.lines("unexpected")
    assert line["error"][0]["type"] == "builtins.RuntimeError"
    assert line["error"][0]["frames"][-1].endswith(" broken")
    assert line["request_id"] == book.lines("request")[-1]["request_id"]
    assert_quiet(book)


def test_a_database_that_refuses_is_told_without_what_it_refused(
    nest: Nest, book: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(nest.site)
    browser = browser_of(app, nest.site, nest.owner_id)
    with nest.site.database.write() as session:
        session.connection().exec_driver_sql("ALTER TABLE answer_change RENAME TO elsewhere")

    _save(browser, nest, status=None)

    assert book.lines("request")[-1]["status"] >= 500
    assert_quiet(book)


def test_a_page_of_an_error_that_fails_itself_gives_no_address_away(
    nest: Nest, book: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(nest.site)
    monkeypatch.setattr("webapp.views.errors.show", broken)

    app.test_client().get("/nb/signin/kanari-token")

    assert "frames" in book.text
    assert_quiet(book)


def _save(browser: Browser, nest: Nest, status: int | None) -> None:
    client: FlaskClient = browser.client
    data = {
        "csrf": browser.csrf(),
        f"q.{QUESTION}": "2",
        f"q.{QUESTION}.comment": SENT,
        f"q.{QUESTION}.version": "1",
        f"q.{QUESTION}.here": "nb",
    }
    answer = client.post(f"/nb/assessments/{nest.draft}/sections/strategy", data=data)
    assert status is None or answer.status_code == status


def test_a_worker_tells_of_jobs_by_id_and_kind(nest: Nest, book: Logbook) -> None:
    def render(_job: PdfJob) -> bytes:
        raise RuntimeError("kanari-rendring")

    desk = Desk(Bench(nest.site, render), seats=1)
    with nest.site.database.read() as session:
        due = queries_work.due_jobs(session, ("send_mail", "render_document"), datetime.now(UTC), 100)
    assert len(due) >= 4

    for job_id in due:
        desk.run(job_id)

    assert "send_mail" in book.text
    assert_quiet(book)


def test_mail_that_cannot_be_sent_names_nobody(
    nest: Nest, book: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.mail.compose", broken)
    desk = Desk(Bench(nest.site, lambda _: b""), seats=1)
    with nest.site.database.read() as session:
        due = queries_work.due_jobs(session, ("send_mail",), datetime.now(UTC), 100)

    for job_id in due:
        desk.run(job_id)

    assert "met a mistake of ours" in book.text
    assert_quiet(book)
