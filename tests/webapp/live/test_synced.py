"""What the system saw: an answer is on the disk before the server says that it is saved."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.webapp.live.operated import Served, free_port, named, served
from tests.webapp.live.tracing import Call, between, calls_of, syncs, tracer, writes
from tests.webapp.postgres import Cluster, start_cluster
from tests.webapp.sites import a_workshop, an_assessment, make_site
from webapp.db import migrating
from webapp.db.engine import Database, is_wal_safe
from webapp.db.tables.people import Person
from webapp.services.sessions import open_session

QUESTION = "q.strategy.ambition"
REQUEST, REPLY = '"POST /nb/assessments', '"HTTP/1.1 200 OK'


@pytest.fixture
def database_kind() -> str:
    """Each test has its kind."""
    return "sqlite"


def save_an_answer(folder: Path, url: str) -> list[Call]:
    """The calls of a server that answers somebody who saves an answer."""
    database = Database(url)
    migrating.upgrade(database)
    database.close()
    site = make_site(folder, database_url=url)
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    with site.database.write() as session:
        person = session.get_one(Person, owner.person_id)
        token = open_session(session, person, datetime.now(UTC), site.settings)
    site.database.close()

    port, trace = free_port(), folder / "trace"
    settings = {**named(folder, port), "KRETSLOP_DATABASE_URL": url}
    with served(folder, port, settings, processes=1, before=tracer(trace)) as found:
        save_over_http(found, f"/nb/assessments/{id_}", f"kretslop={token}")
    return calls_of(trace)


def save_over_http(found: Served, page: str, cookie: str) -> None:
    _, body, headers = found.ask("GET", page, Cookie=cookie)
    csrf = re.search(r'name="csrf" value="([^"]+)"', body)
    assert csrf is not None
    cookie = f"{cookie}; {headers['Set-Cookie'].partition(';')[0]}"
    fields = {"csrf": unescape(csrf[1]), f"{QUESTION}.here": "nb", f"{QUESTION}.version": 0, QUESTION: "2"}
    kind = {"Content-Type": "application/x-www-form-urlencoded", "X-Requested-With": "kretslop"}

    status, body, _ = found.ask("POST", f"{page}/answers", urlencode(fields), Cookie=cookie, **kind)

    assert (status, json.loads(body)["saved"]) == (200, {"strategy.ambition": 1})


def request_and_reply(calls: list[Call]) -> tuple[float, float]:
    """The moments when the server had got the request, and when it began to answer."""
    got = next(call for call in calls if REQUEST in call.text and call.does("recvfrom", "read", "recvmsg"))
    said = next(call for call in calls if REPLY in call.text and call.began >= got.ended)
    return got.ended, said.began


def written_after_the_last_sync(calls: list[Call]) -> set[str]:
    """The files that were written, and not synced since."""
    last = {call.file: call.ended for call in writes(calls)}
    synced = {call.file: call.began for call in syncs(calls)}
    return {file for file, ended in last.items() if synced.get(file, 0.0) < ended}


@pytest.mark.usefixtures("loopback")
def test_the_file_of_sqlite_is_synced_before_saved_is_said(tmp_path: Path) -> None:
    file = tmp_path / "traced.db"

    calls = save_an_answer(tmp_path, f"sqlite:///{file}")

    seen = between(calls, *request_and_reply(calls))
    is_wal = is_wal_safe(sqlite3.sqlite_version_info)
    written = {call.file for call in writes(seen)}
    assert written >= ({f"{file}-wal"} if is_wal else {f"{file}-journal", str(file)})
    assert written_after_the_last_sync(seen) == set()
    if not is_wal:
        gone = next(call for call in seen if call.does("unlink", "unlinkat") and "-journal" in call.text)
        folders = [call.began for call in syncs(seen) if call.file == str(tmp_path)]
        assert folders[-1] >= gone.ended, "the folder is synced after the journal is gone"


@pytest.mark.usefixtures("loopback")
def test_the_log_of_postgresql_is_synced_before_commit_and_saved_are_said(tmp_path: Path) -> None:
    own = start_cluster()
    trace = trace_cluster(own)
    own.run("CREATE DATABASE traced")

    calls = save_an_answer(tmp_path, own.url("traced"))

    own.control("-m", "fast", "stop")
    got, replied = request_and_reply(calls)
    seen = between(calls_of(trace), got, replied)
    asked, committed = commit_of_the_answer(seen)
    log = [call for call in between(seen, asked.ended, committed.began) if "/pg_wal/" in call.file]
    assert writes(log) != []
    assert written_after_the_last_sync(log) == set()


def trace_cluster(own: Cluster) -> Path:
    """Start a server anew, under strace: it is its own child, so nobody has to be allowed anything."""
    trace, program = own.folder / "trace", own.folder / "traced-postgres"
    command = " ".join(tracer(trace))
    program.write_text(f'#!/bin/sh\nexec {command} "{own.binaries}/postgres" "$@"\n')
    program.chmod(0o755)
    own.control("-p", str(program), "-m", "fast", "restart")
    return trace


def commit_of_the_answer(seen: list[Call]) -> tuple[Call, Call]:
    """What asked the database to commit the answer, and what it said when it had."""
    insert = next(call for call in seen if "INSERT INTO answer_change" in call.text and call.does("recvfrom"))
    own = [call for call in seen if call.process == insert.process and call.began >= insert.ended]
    asked = next(call for call in own if call.does("recvfrom") and "COMMIT" in call.text)
    said = next(call for call in own if call.does("sendto") and "COMMIT" in call.text)
    return asked, said
