"""What tests are lent one after the other: nothing of one is left for the next."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, select, text

from tests.webapp.apps import app_of
from tests.webapp.kinds import close_all, lasting, new_database_url
from tests.webapp.sites import a_person, a_workshop, an_assessment, make_site
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.people import Person
from webapp.services.site import Site

POSTGRESQL = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)


def run(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        found = connection.execute(statement)  # type: ignore[call-overload]  # written here
        return found.fetchall() if found.description else []


@POSTGRESQL
def test_rows_are_gone_when_a_database_is_lent_again(tmp_path: Path, database_kind: str) -> None:
    first = make_site(tmp_path / "first")
    a_person(first)
    close_all()

    second = make_site(tmp_path / "second")

    assert second.settings.database == first.settings.database
    with second.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0


def backend(site: Site) -> int | None:
    """The server's process that answers."""
    with site.database.read() as session:
        return session.scalar(select(func.pg_backend_pid()))


@POSTGRESQL
def test_connections_stay_open_for_who_is_lent_the_database_next(tmp_path: Path, database_kind: str) -> None:
    answered = backend(make_site(tmp_path / "first"))
    close_all()

    second = make_site(tmp_path / "second")
    with second.database.read() as session:
        assert answered in session.scalars(text("SELECT pid FROM pg_stat_activity")).all()


def test_an_installation_like_another_has_its_rows_and_goes_on_after_them(
    tmp_path: Path, database_kind: str
) -> None:
    with lasting():
        model = make_site(tmp_path / "model")
    owner, company = a_workshop(model)
    an_assessment(model, owner, company)

    copy = make_site(tmp_path / "copy", like=model.settings)
    an_assessment(copy, owner, company, period="2026")

    assert _periods(model) == ["2025"]
    assert _periods(copy) == ["2025", "2026"]


def _periods(site: Site) -> list[str]:
    with site.database.read() as session:
        return sorted(session.scalars(select(Assessment.period)))


@POSTGRESQL
def test_a_connection_that_somebody_still_uses_is_cut_off(tmp_path: Path, database_kind: str) -> None:
    held = make_site(tmp_path / "first").database.engine.connect()
    answered = held.scalar(select(func.pg_backend_pid()))
    held.execute(text("LOCK TABLE person"))
    close_all()

    second = make_site(tmp_path / "second")
    a_person(second)

    assert backend(second) != answered
    held.invalidate()
    held.close()


@POSTGRESQL
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE SCHEMA queue CREATE TABLE message (id int)",
        "ALTER TABLE person ADD COLUMN shoe_size int",
        "DROP INDEX ix_membership_person_id",
        "CREATE TABLE other (id int)",
        "ALTER TABLE answer_change RENAME TO renamed",
    ],
)
def test_a_database_whose_tables_were_changed_is_not_lent_again(database_kind: str, statement: str) -> None:
    url = new_database_url()
    assert url is not None
    run(url, statement)
    close_all()

    assert new_database_url() != url


def test_an_application_is_lent_again_with_another_installation(tmp_path: Path, database_kind: str) -> None:
    first, site = make_site(tmp_path / "first"), make_site(tmp_path / "second")
    app = app_of(first)
    assert app_of(first) is not app
    app.extensions["left over"] = True
    close_all()

    lent = {id(one): one for one in (app_of(site), app_of(site))}

    assert id(app) in lent
    assert "left over" not in app.extensions
