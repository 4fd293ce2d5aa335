"""Keeping everything and bringing it back: whole, of one moment, checked before anything is touched."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.webapp.services.canaries import QUESTION, Nest, a_copied_nest
from tests.webapp.sites import NOW, a_programme, an_assessment, make_site, migrated
from webapp.db import migrating
from webapp.db.tables.activities import Partner
from webapp.db.tables.all import METADATA
from webapp.db.tables.assessments import EvidenceFile
from webapp.db.tables.people import BrowserSession, Person, SigninLink
from webapp.db.tables.work import AuditEvent, Document
from webapp.services import evidence, privacy
from webapp.services.backup import FILES, MANIFEST, make_backup, read_manifest
from webapp.services.dumping import BackupFailed, file_name, kind_of
from webapp.services.programmefiles import new_key
from webapp.services.restoring import restore_backup
from webapp.services.site import Site
from webapp.services.trial import start_trial

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def nest(tmp_path: Path) -> Nest:
    return a_copied_nest(tmp_path / "one")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backup"


def rows(site: Site) -> dict[str, list[tuple[object, ...]]]:
    """Everything in every table."""
    with site.database.read() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in METADATA.sorted_tables
        }


def files(site: Site) -> dict[str, bytes]:
    return {key: site.files.get(key) for key in site.files.list_keys()}


def another(tmp_path: Path, name: str = "two") -> Site:
    return make_site(tmp_path / name)


# --- there and back ------------------------------------------------------------------------------


def test_what_is_brought_back_is_what_was_kept(nest: Nest, folder: Path, tmp_path: Path) -> None:
    nest.site.files.put("programmes/one/logo.png", b"a logo")
    before, stored = rows(nest.site), files(nest.site)

    manifest = make_backup(nest.site, folder, NOW)
    two = another(tmp_path)
    restored = restore_backup(two, folder, LATER)

    after = rows(two)
    for ended in ("browser_session", "signin_link", "invitation", "audit_event"):
        before.pop(ended), after.pop(ended)
    assert after == before
    assert files(two) == stored
    assert len(stored) == 5
    assert (manifest.lost, restored.lost) == ((), ())
    assert (restored.files, restored.needs_upgrade) == (5, False)


def test_a_backup_is_for_its_owner_alone(nest: Nest, folder: Path) -> None:
    make_backup(nest.site, folder, NOW)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o077 for path in folder.rglob("*") if path.is_file()} == {0}


def test_the_manifest_names_every_file_with_size_and_hash(nest: Nest, folder: Path) -> None:
    make_backup(nest.site, folder, NOW)

    manifest = read_manifest(folder)
    on_disk = {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file()
    }
    del on_disk[MANIFEST]
    assert {kept.path: kept.size_bytes for kept in manifest.files} == on_disk
    assert (manifest.kind, manifest.revision) == (kind_of(nest.site.database), migrating.heads()[0])
    assert manifest.made_utc == "2026-03-02T09:00:00+00:00"


def test_no_setting_and_no_key_is_in_a_backup(nest: Nest, folder: Path) -> None:
    (nest.site.settings.data_dir / "secret.key").write_text("kanari-nøkkel")

    make_backup(nest.site, folder, NOW)

    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert "kanari-nøkkel".encode() not in kept
    assert b"a secret of the tests" not in kept


def test_old_sessions_and_links_let_nobody_in_again_but_trials_go_on(
    nest: Nest, folder: Path, tmp_path: Path
) -> None:
    start_trial(nest.site.database, "nb", NOW, nest.site.settings)
    make_backup(nest.site, folder, NOW)
    two = another(tmp_path)

    restore_backup(two, folder, LATER)

    with two.database.read() as session:
        left = list(session.scalars(select(Person.is_trial).join(BrowserSession)))
        assert left == [True]
        assert session.scalar(select(func.count()).select_from(SigninLink)) == 0
        assert session.scalars(select(AuditEvent.action).order_by(AuditEvent.id.desc())).first() == "restored"


def test_a_target_with_tables_and_no_rows_is_an_empty_one(nest: Nest, folder: Path, tmp_path: Path) -> None:
    make_backup(nest.site, folder, NOW)

    restored = restore_backup(migrated(another(tmp_path)), folder, LATER)

    assert restored.files == 4


def test_a_target_with_something_in_it_is_left_alone(nest: Nest, folder: Path, tmp_path: Path) -> None:
    make_backup(nest.site, folder, NOW)
    two, three = a_copied_nest(tmp_path / "two").site, another(tmp_path, "three")
    three.files.put("evidence/x/y", b"content")
    before = rows(two), files(two)

    for site in (two, three):
        with pytest.raises(BackupFailed, match="target_not_empty"):
            restore_backup(site, folder, LATER)

    assert (rows(two), files(two)) == before


def test_force_puts_it_in_the_place_of_everything(nest: Nest, folder: Path, tmp_path: Path) -> None:
    make_backup(nest.site, folder, NOW)
    stored = files(nest.site)
    two = a_copied_nest(tmp_path / "two").site

    restore_backup(two, folder, LATER, force=True)

    assert files(two) == stored
    with two.database.read() as session:
        assert set(session.scalars(select(Person.id))) == {nest.owner_id, nest.member_id}


def test_people_who_are_at_work_find_what_was_brought_back(nest: Nest, folder: Path) -> None:
    make_backup(nest.site, folder, NOW)
    privacy.erase_organisation(nest.site, nest.owner, nest.company, "Kanarifirma AS", NOW)

    restore_backup(nest.site, folder, LATER, force=True)

    assert evidence.open_binder(nest.site, nest.owner, nest.draft).beside(QUESTION)


# --- of one moment -------------------------------------------------------------------------------


def named_keys(site: Site) -> set[str]:
    with site.database.read() as session:
        documents = {key for key in session.scalars(select(Document.key)) if key}
        return documents | set(session.scalars(select(EvidenceFile.key)))


def add(nest: Nest, name: str) -> str:
    upload = evidence.Upload(f"{name}.csv", f"a;b\n{name};1\n".encode())
    return evidence.add_file(nest.site, nest.owner, nest.draft, "design.durability", NOW, upload=upload).id


def a_file(nest: Nest) -> str:
    with nest.site.database.read() as session:
        file = select(EvidenceFile.id).where(EvidenceFile.assessment_id == nest.draft)
        return session.scalars(file.order_by(EvidenceFile.id).limit(1)).one()


def test_a_file_removed_while_files_are_copied_makes_another_moment(
    nest: Nest, folder: Path, tmp_path: Path
) -> None:
    passes = list[int]()

    def watch(keys: list[str]) -> Iterator[str]:
        passes.append(len(keys))
        if len(passes) == 1:
            evidence.remove_file(nest.site, nest.owner, nest.draft, a_file(nest), NOW)
        yield from keys

    manifest = make_backup(nest.site, folder, NOW, watch)

    two = another(tmp_path)
    restore_backup(two, folder, LATER)
    assert passes == [4, 3]
    assert manifest.lost == ()
    assert named_keys(two) == set(files(two))


def test_what_was_erased_while_the_backup_was_made_is_not_in_it(nest: Nest, folder: Path) -> None:
    gone = list[str]()

    def watch(keys: list[str]) -> Iterable[str]:
        for at, key in enumerate(keys):
            yield key
            if at == 2 and not gone:
                gone.append(nest.company)
                privacy.erase_organisation(nest.site, nest.owner, nest.company, "Kanarifirma AS", NOW)

    make_backup(nest.site, folder, NOW, watch)

    assert not any(path.is_file() for path in (folder / FILES).rglob("*"))
    if kind_of(nest.site.database) == "sqlite":
        assert b"kanari-svar" not in (folder / file_name("sqlite")).read_bytes()


def test_a_file_that_was_lost_before_is_named_and_the_rest_is_kept(nest: Nest, folder: Path) -> None:
    with nest.site.database.read() as session:
        key = session.scalars(select(EvidenceFile.key).where(EvidenceFile.assessment_id == nest.draft)).one()
    nest.site.files.delete(key)

    manifest = make_backup(nest.site, folder, NOW)

    assert manifest.lost == (key,)
    assert len(manifest.files) == 1 + 3


def test_a_logo_that_is_not_there_is_named_as_lost(nest: Nest, folder: Path) -> None:
    programme = a_programme(nest.site)
    logo = new_key(programme, ".png")
    with nest.site.database.write() as session:
        session.add(
            Partner(programme_id=programme, name="P", roles="reader", url="", logo=logo, since_utc=NOW)
        )

    assert make_backup(nest.site, folder, NOW).lost == (logo,)


def test_a_backup_taken_while_people_write_has_every_file_its_rows_name(
    nest: Nest, folder: Path, tmp_path: Path
) -> None:
    stop, failures, written = threading.Event(), list[BaseException](), list[str]()

    def write() -> None:
        number = 0
        try:
            while not stop.is_set():
                written.append(add(nest, f"fil-{number}"))
                if number % 3:
                    evidence.remove_file(nest.site, nest.owner, nest.draft, written[-1], NOW)
                number += 1
        except BaseException as error:  # noqa: BLE001  # told to the test
            failures.append(error)

    nest.site.files.put("programmes/one/logo.png", b"a logo")
    writer = threading.Thread(target=write)
    writer.start()
    try:
        make_backup(nest.site, folder, NOW)
    finally:
        stop.set()
        writer.join()

    two = another(tmp_path)
    restore_backup(two, folder, LATER)
    assert written
    assert [error for error in failures if type(error).__name__ not in ("TooOften", "Refused")] == []
    assert named_keys(two) == {key for key in files(two) if not key.startswith("programmes/")}


# --- what stops it -------------------------------------------------------------------------------


def test_a_folder_with_something_in_it_takes_no_backup(nest: Nest, folder: Path) -> None:
    folder.mkdir()
    (folder / "notes.txt").write_text("x")

    with pytest.raises(BackupFailed, match="folder_not_empty"):
        make_backup(nest.site, folder, NOW)


def test_a_backup_that_was_killed_has_no_manifest_and_is_none(
    nest: Nest, folder: Path, tmp_path: Path
) -> None:
    def watch(keys: list[str]) -> Iterable[str]:
        yield keys[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_backup(nest.site, folder, NOW, watch)

    with pytest.raises(BackupFailed, match="no_manifest"):
        restore_backup(another(tmp_path), folder, LATER)


@pytest.mark.parametrize("how", ["changed", "cut", "gone", "database"])
def test_a_damaged_backup_touches_nothing(nest: Nest, folder: Path, tmp_path: Path, how: str) -> None:
    make_backup(nest.site, folder, NOW)
    victim = next(path for path in sorted((folder / FILES).rglob("*")) if path.is_file())
    match how:
        case "changed":
            victim.write_bytes(b"x" * victim.stat().st_size)
        case "cut":
            victim.write_bytes(victim.read_bytes()[:-1])
        case "gone":
            victim.unlink()
        case "database":
            database = folder / file_name(kind_of(nest.site.database))
            database.write_bytes(database.read_bytes()[:-100] + b"x" * 100)
    two = another(tmp_path)

    with pytest.raises(BackupFailed, match="damaged"):
        restore_backup(two, folder, LATER)

    assert files(two) == {}
    assert not any(rows(two).values())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": 2}, "other_format"),
        ({"revision": "9999"}, "newer_program"),
        ({"files": [{"path": "../elsewhere", "size_bytes": 1, "sha256": "0"}]}, "bad_manifest"),
        ({"files": [{"path": "/etc/passwd", "size_bytes": 1, "sha256": "0"}]}, "bad_manifest"),
        ({"files": []}, "bad_manifest"),
        ({"files": None}, "bad_manifest"),
        ({"surprise": 1}, "bad_manifest"),
    ],
    ids=["format", "newer", "up", "absolute", "no files", "no list", "unknown key"],
)
def test_a_manifest_that_makes_no_sense_is_refused(
    nest: Nest, folder: Path, tmp_path: Path, change: dict[str, object], code: str
) -> None:
    make_backup(nest.site, folder, NOW)
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({**manifest, **change}))

    with pytest.raises(BackupFailed, match=code):
        restore_backup(another(tmp_path), folder, LATER)


def test_a_backup_of_the_other_kind_of_database_is_refused(nest: Nest, folder: Path, tmp_path: Path) -> None:
    make_backup(nest.site, folder, NOW)
    other = "postgresql" if kind_of(nest.site.database) == "sqlite" else "sqlite"
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({**manifest, "kind": other}))

    with pytest.raises(BackupFailed, match="other_kind"):
        restore_backup(another(tmp_path), folder, LATER)


def test_without_the_programs_of_postgresql_it_says_so(
    nest: Nest, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    if kind_of(nest.site.database) == "sqlite":
        assert make_backup(nest.site, folder, NOW).lost == ()
        return

    with pytest.raises(BackupFailed) as caught:
        make_backup(nest.site, folder, NOW)

    assert (caught.value.code, caught.value.about) == ("no_program", "pg_dump")
    assert shutil.which("pg_dump") is None


def test_a_backup_of_nothing_is_a_backup_too(folder: Path, tmp_path: Path) -> None:
    make_backup(migrated(make_site(tmp_path / "one")), folder, NOW)
    two = another(tmp_path)

    assert restore_backup(two, folder, LATER).files == 0


def test_assessments_can_be_answered_after_it_all(nest: Nest, folder: Path, tmp_path: Path) -> None:
    make_backup(nest.site, folder, NOW)
    two = another(tmp_path)
    restore_backup(two, folder, LATER)

    assert an_assessment(two, nest.owner, nest.company, period="2024")
