"""What machines are told: that all is well, what is not, and the figures; and who is told what."""

from __future__ import annotations

import contextlib
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import text
from werkzeug.test import TestResponse

from assessment.answers import Answer
from questionnaires.catalogue import PACKAGE_FOLDER
from tests.webapp.apps import app_of
from tests.webapp.services.canaries import COMPANY, PEOPLE, a_nest
from tests.webapp.sites import NOW, a_company, a_person, an_assessment, as_actor, make_site, migrated
from tests.webapp.views.browsing import browser_of
from webapp.db.tables.work import Job
from webapp.services import health
from webapp.services.answering import Said, save_answers
from webapp.services.definitions import Definitions
from webapp.services.shelf import Shelf
from webapp.services.site import Site

FAR = {"REMOTE_ADDR": "192.0.2.7"}
TOKEN = {"Authorization": "Bearer a-token-of-the-tests"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return migrated(make_site(tmp_path))


def ask(app: Flask, path: str, **named: Any) -> TestResponse:
    return app.test_client().get(path, **named)


def states(answer: TestResponse) -> dict[str, str]:
    found = answer.get_json()
    assert isinstance(found, dict)
    return {check["name"]: check["state"] for check in found["checks"]}


def a_job(state: str, since: timedelta, **more: Any) -> Job:
    due = datetime.now(UTC) - since
    return Job(
        kind="send_mail", key=f"x{since}", body="{}", state=state, due_utc=due, created_utc=due, **more
    )


# --- health --------------------------------------------------------------------------------------


def test_a_process_that_answers_lives_whatever_else_is_wrong(tmp_path: Path) -> None:
    answer = ask(app_of(make_site(tmp_path)), "/health/live", environ_overrides=FAR)

    assert (answer.status_code, answer.get_json()) == (200, {"status": "live"})


def test_all_is_well(site: Site) -> None:
    answer = ask(app_of(site), "/health/ready")

    assert answer.status_code == 200
    assert answer.get_json()["status"] == "ready"
    assert states(answer) == dict.fromkeys(
        ("database", "synced", "migrated", "queue", "files", "definitions"), "ok"
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert list(site.files.list_keys()) == []


def test_a_database_of_another_version_is_not_ready(tmp_path: Path) -> None:
    answer = ask(app_of(make_site(tmp_path)), "/health/ready")

    assert answer.status_code == 503
    assert answer.get_json()["status"] == "failed"
    assert states(answer)["migrated"] == "failed"
    assert "kretslop db upgrade" in answer.text


def test_a_database_that_is_gone_is_not_ready_and_says_nothing_of_where_it_is(tmp_path: Path) -> None:
    site = make_site(tmp_path, database_url=SecretStr(f"sqlite:///{tmp_path}/one.db"))
    site.database.close()
    (tmp_path / "one.db").unlink()
    (tmp_path / "one.db").mkdir()

    answer = ask(app_of(site), "/health/ready")

    assert answer.status_code == 503
    assert states(answer)["database"] == "failed"
    assert str(tmp_path) not in answer.text


def test_a_connection_that_does_not_sync_is_not_ready(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.services.health.queries.is_synced", lambda _: False)

    answer = ask(app_of(site), "/health/ready")

    assert (answer.status_code, states(answer)["synced"]) == (503, "failed")


def test_whether_it_syncs_is_read_from_the_connection(site: Site) -> None:
    is_sqlite = site.database.engine.dialect.name == "sqlite"
    connection = site.database.engine.raw_connection()
    with contextlib.closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA synchronous = OFF" if is_sqlite else "SET synchronous_commit = off")
    connection.commit()
    connection.close()

    with site.database.read() as session:
        assert not health.queries.is_synced(session)
    site.database.close()
    with site.database.read() as session:
        assert health.queries.is_synced(session)


def test_a_file_store_that_takes_nothing_is_not_ready(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(site.files), "put", full)

    answer = ask(app_of(site), "/health/ready")

    assert (answer.status_code, states(answer)["files"]) == (503, "failed")


def test_work_nobody_does_is_a_warning_and_people_go_on(site: Site) -> None:
    with site.database.write() as session:
        session.add(a_job("waiting", timedelta(minutes=11)))

    answer = ask(app_of(site), "/health/ready")

    assert (answer.status_code, answer.get_json()["status"]) == (200, "degraded")
    assert states(answer)["queue"] == "warning"


@pytest.mark.parametrize("alive", ["beat_utc", "ended_utc"])
def test_a_long_queue_that_moves_is_no_warning(site: Site, alive: str) -> None:
    lately = datetime.now(UTC) - timedelta(minutes=1)
    with site.database.write() as session:
        session.add(a_job("waiting", timedelta(minutes=30)))
        session.add(a_job("running", timedelta(minutes=31), **{alive: lately}))

    assert states(ask(app_of(site), "/health/ready"))["queue"] == "ok"


@pytest.mark.parametrize(
    "weights", [(16, 14), (14,)], ids=["can still be scored with", "cannot be read any more"]
)
def test_a_changed_published_questionnaire_is_said_loudly(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, weights: tuple[int, ...]
) -> None:
    folder = tmp_path / "package"
    shutil.copytree(PACKAGE_FOLDER / "definitions", folder / "definitions")
    shutil.copy(PACKAGE_FOLDER / "published.toml", folder)
    file = folder / "definitions" / "circular_business_models" / "1.0.0" / "scoring.yaml"
    text_ = file.read_text(encoding="utf-8")
    for weight in weights:
        text_ = text_.replace("weight: 15\n", f"weight: {weight}\n", 1)
    file.write_text(text_, encoding="utf-8")
    plain = migrated(make_site(tmp_path))
    site = Site(
        plain.settings, plain.database, Shelf(Definitions(folder)), plain.files, plain.register, plain.queue
    )

    app = app_of(site)
    answer = ask(app, "/health/ready")

    assert (answer.status_code, answer.get_json()["status"]) == (200, "degraded")
    assert "circular_business_models@1.0.0" in answer.text
    assert "circular_business_models@1.0.0" in caplog.text
    assert b"kretslop_changed_definitions 1.0" in ask(app, "/metrics").data


def test_examining_again_at_once_costs_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    times = list[int]()
    examine = health.examine
    monkeypatch.setattr(health, "examine", lambda *given: times.append(1) or examine(*given))
    app = app_of(site)

    for _ in range(20):
        ask(app, "/health/ready")

    assert len(times) == 1


def test_strangers_learn_that_all_is_well_and_nothing_else(site: Site) -> None:
    answer = ask(app_of(site), "/health/ready", environ_overrides=FAR)

    assert answer.get_json() == {"status": "ready"}


# --- metrics -------------------------------------------------------------------------------------


def test_figures_are_for_this_machine_or_the_token(tmp_path: Path) -> None:
    site = make_site(tmp_path, metrics_token=SecretStr("a-token-of-the-tests"))
    app = app_of(site)

    assert ask(app, "/metrics").status_code == 200
    assert ask(app, "/metrics", environ_overrides=FAR).status_code == 403
    assert ask(app, "/metrics", environ_overrides=FAR, headers=TOKEN).status_code == 200
    wrong = {"Authorization": "Bearer another"}
    assert ask(app, "/metrics", headers=wrong).status_code == 403
    assert (
        ask(app, "/metrics", environ_overrides=FAR, headers={"Authorization": "Basic eDp5"}).status_code
        == 403
    )


def test_an_empty_token_opens_nothing(tmp_path: Path) -> None:
    app = app_of(make_site(tmp_path))

    for header in ("Bearer", "Bearer ", "Bearer x"):
        answer = ask(app, "/metrics", environ_overrides=FAR, headers={"Authorization": header})
        assert answer.status_code == 403


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_whom_a_proxy_asks_for_is_never_this_machine(tmp_path: Path, header: str) -> None:
    app = app_of(make_site(tmp_path))

    assert ask(app, "/metrics", headers={header: "127.0.0.1"}).status_code == 403


def test_behind_an_unknown_proxy_nobody_is_this_machine(tmp_path: Path) -> None:
    site = make_site(tmp_path, public_url="https://kretslop.example", trusted_hosts=("localhost",))

    assert ask(app_of(site), "/metrics").status_code == 403


def test_behind_a_known_proxy_an_unmarked_request_is_this_machines_own(tmp_path: Path) -> None:
    site = make_site(
        tmp_path, public_url="https://kretslop.example", trusted_hosts=("localhost",), trusted_proxies=1
    )

    assert ask(app_of(site), "/metrics").status_code == 200


def figures(app: Flask) -> dict[str, float]:
    lines = [line for line in ask(app, "/metrics").text.splitlines() if not line.startswith("#")]
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


def test_requests_are_counted_by_endpoint_and_status(site: Site) -> None:
    app = app_of(site)
    found = 'kretslop_request_seconds_count{endpoint="start.front",status="200"}'
    missing = 'kretslop_request_seconds_count{endpoint="none",status="404"}'
    before = figures(app)

    ask(app, "/nb/")
    ask(app, "/nb/secret-canary-path")

    after = figures(app)
    assert after[found] - before.get(found, 0) == 1
    assert after[missing] - before.get(missing, 0) == 1
    assert "canary" not in ask(app, "/metrics").text


def test_jobs_and_documents_are_counted_by_their_state(site: Site) -> None:
    nest = a_nest(site)
    with nest.site.database.write() as session:
        session.add(a_job("failed", timedelta(hours=1)))
        session.add(a_job("waiting", timedelta(minutes=3)))

    found = figures(app_of(nest.site))

    assert found['kretslop_documents{state="ready"}'] == 2
    assert found['kretslop_jobs{kind="render_document",state="waiting"}'] == 2
    assert found['kretslop_jobs{kind="send_mail",state="failed"}'] == 1
    assert found["kretslop_oldest_job_seconds"] > 180


def test_answers_and_clashes_are_counted(site: Site) -> None:
    app = app_of(site)
    before = figures(app)

    nest = a_nest(site)

    after = figures(app)
    saved = "kretslop_answers_saved_total"
    with site.database.read() as session:
        changes = session.execute(text("SELECT count(*) FROM answer_change")).scalar_one()
    assert after[saved] - before[saved] == changes
    assert nest.draft


def test_no_secret_and_nothing_of_anybody_is_in_the_figures(site: Site) -> None:
    nest = a_nest(site)
    app = app_of(site)
    browser_of(app, site, nest.owner_id).get("/assessments")

    said = ask(app, "/metrics").data + ask(app, "/health/ready").data

    assert [bird for bird in (*COMPANY, *PEOPLE) if bird in said] == []
    assert nest.company.encode() not in said


def test_a_clash_is_counted(site: Site) -> None:
    kari, ola = a_person(site), a_person(site, "ola@eksempel.no", "Ola")
    company = a_company(site, owners=[kari], members=[ola])
    owner, member = as_actor(site, kari), as_actor(site, ola)
    id_ = an_assessment(site, owner, company)
    app, said = app_of(site), [Said("strategy.ambition", Answer("unknown"), 0)]
    save_answers(site, member, id_, said, NOW)
    before = figures(app)["kretslop_answer_clashes_total"]

    save_answers(site, owner, id_, [Said("strategy.ambition", Answer("answered", "3"), 0)], NOW)

    assert figures(app)["kretslop_answer_clashes_total"] - before == 1
