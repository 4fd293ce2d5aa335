"""Connections keep their word, and a transaction is whole or not at all."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, InternalError

from tests.webapp.postgres import cluster
from tests.webapp.sites import NOW, a_company, a_person, make_site
from webapp.db import engine as engines
from webapp.db.engine import Database, is_wal_safe
from webapp.db.tables.people import Membership, Person
from webapp.errors import NotSaved, NotThere, UnsafeDatabase
from webapp.services.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def names(site: Site) -> list[str]:
    with site.database.read() as session:
        return list(session.scalars(select(Person.name)))


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_a_write_ahead_log_is_used_only_where_two_processes_cannot_break_it(
    version: tuple[int, int, int], is_safe: bool
) -> None:
    assert is_wal_safe(version) is is_safe


def test_sqlite_syncs_every_commit(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    with database.engine.connect() as connection:
        mode = connection.execute(text("PRAGMA journal_mode")).scalar()
        level = connection.execute(text("PRAGMA synchronous")).scalar()
        keys = connection.execute(text("PRAGMA foreign_keys")).scalar()
    database.close()

    assert (mode, level) == (("wal", 2) if is_wal_safe(sqlite3.sqlite_version_info) else ("delete", 3))
    assert keys == 1


def test_postgresql_syncs_every_commit() -> None:
    database = Database(cluster().new_database())
    with database.engine.connect() as connection:
        found = [
            connection.execute(text(f"SHOW {name}")).scalar() for name in ("synchronous_commit", "fsync")
        ]
    database.close()

    assert found == ["on", "on"]


def test_a_server_that_does_not_sync_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "SYNC_STATEMENT", "SET synchronous_commit = off")
    database = Database(cluster().new_database())

    with pytest.raises(UnsafeDatabase, match="synchronous_commit is off"):
        database.engine.connect()
    database.close()


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_who_reads_sees_one_moment_whatever_others_write_meanwhile() -> None:
    database = Database(cluster().new_database())
    with database.write() as session:
        session.execute(text("CREATE TABLE seen AS SELECT 1 AS number"))
    numbers = text("SELECT count(*) FROM seen")
    with database.read() as reading:
        before = reading.scalar(numbers)
        with database.write() as session:
            session.execute(text("INSERT INTO seen VALUES (2)"))
        after = reading.scalar(numbers)
    with database.read() as reading:
        anew = reading.scalar(numbers)
    database.close()

    assert (before, after, anew) == (1, 1, 2)


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_who_reads_cannot_write_and_who_writes_after_them_can() -> None:
    database = Database(cluster().new_database())
    adding = text("CREATE TABLE added AS SELECT 1 AS number")
    with pytest.raises(InternalError), database.read() as session:
        session.execute(adding)
    with database.write() as session:
        session.execute(adding)
    with database.read() as session:
        found = session.scalar(text("SELECT number FROM added"))
    database.close()

    assert found == 1


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("first_is_alone", "second_is_alone", "waits"),
    [(True, True, True), (True, False, True), (False, True, True), (False, False, False)],
)
def test_who_writes_alone_waits_for_everybody_and_everybody_for_them(
    first_is_alone: bool, second_is_alone: bool, waits: bool
) -> None:
    database = Database(cluster().new_database())
    has_written = Event()

    def write() -> None:
        with database.write(is_alone=second_is_alone):
            has_written.set()

    with ThreadPoolExecutor(1) as other:
        with database.write(is_alone=first_is_alone):
            second = other.submit(write)
            was_let_in = has_written.wait(0.2 if waits else 10)
        second.result(10)
    database.close()

    assert was_let_in is not waits


def test_what_a_block_wrote_is_gone_when_it_fails(site: Site) -> None:
    def write_and_fail() -> None:
        with site.database.write() as session:
            session.add(Person(name="Kari", email="kari@eksempel.no", created_utc=NOW, seen_utc=NOW))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()

    assert names(site) == []


def test_a_rule_of_the_tables_that_is_broken_is_no_failure_to_save(site: Site) -> None:
    a_person(site, "kari@eksempel.no", "Kari")

    with pytest.raises(IntegrityError):
        a_person(site, "kari@eksempel.no", "Ola")

    assert names(site) == ["Kari"]


def test_what_hangs_on_somebody_who_was_erased_meanwhile_is_not_there(site: Site) -> None:
    company, gone = a_company(site), a_person(site)
    with site.database.write() as session:
        session.delete(session.get_one(Person, gone))

    with pytest.raises(NotThere), site.database.write() as session:
        session.add(Membership(organisation_id=company, person_id=gone, role="owner", since_utc=NOW))

    assert names(site) == []


def test_a_database_that_is_locked_for_too_long_says_that_nothing_was_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "WAIT_SECONDS", 0)
    site = make_site(tmp_path, database_url=f"sqlite:///{tmp_path / 'b.db'}")
    holder = sqlite3.connect(tmp_path / "b.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(NotSaved):
        a_person(site, "kari@eksempel.no", "Kari")

    holder.execute("ROLLBACK")
    holder.close()
    assert names(site) == []


def test_a_full_disk_says_that_nothing_was_saved(tmp_path: Path) -> None:
    site = make_site(tmp_path, database_url=f"sqlite:///{tmp_path / 'c.db'}")
    a_person(site, "kari@eksempel.no", "Kari")
    with site.database.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        connection.commit()

    with pytest.raises(NotSaved), site.database.write() as session:
        session.add(Person(name="x" * 200_000, email="ola@eksempel.no", created_utc=NOW, seen_utc=NOW))

    assert names(site) == ["Kari"]
