"""Evidence files: what is taken and kept, and that none is lost or left lying."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from assessment.answers import Answer, Evidence
from tests.webapp.services.filing import LATER, QUESTION, TONNES, a_pair, add, keys, table
from tests.webapp.sites import NOW, a_workshop, an_assessment, answer_like, example_answers, make_site
from webapp.db import queries_assessments as assessment_queries
from webapp.db.tables.assessments import EvidenceFile
from webapp.db.tables.work import AuditEvent
from webapp.errors import NotSaved, NotThere, Refused, TooOften
from webapp.evidence import storage
from webapp.evidence.problems import FileRefused
from webapp.services import evidence
from webapp.services.answering import Said, save_answers
from webapp.services.audit import record
from webapp.services.authors import Author
from webapp.services.evidence import fetch_file, open_binder, remove_file, sweep_orphans
from webapp.services.opening import open_assessment
from webapp.services.site import Site
from webapp.services.submitting import submit

OTHER = "strategy.business_model"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def test_a_file_is_kept_listed_and_comes_back_as_it_was(site: Site) -> None:
    owner, member, id_ = a_pair(site)

    file_id = add(site, member, id_, name="C:\\Brukere\\Ola\\tonn 2025.csv")

    found = open_binder(site, owner, id_)
    one = found.files[0]
    assert (one.id, one.question_id, one.name, one.kind) == (file_id, QUESTION, "tonn 2025.csv", "csv")
    assert (one.size_bytes, one.by, one.at_utc) == (len(TONNES), Author("Ola"), NOW)
    assert found.beside(QUESTION) == (one,)
    assert found.beside(OTHER) == ()
    download = fetch_file(site, owner, id_, file_id)
    assert (download.name, download.media_type, download.content) == ("tonn 2025.csv", "text/csv", TONNES)


def test_a_file_counts_as_evidence_of_its_answer(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    save_answers(site, owner, id_, [Said(QUESTION, Answer("answered", "2"), 0)], NOW)

    add(site, owner, id_)

    answer = open_assessment(site, owner, id_).answers.answers[QUESTION]
    assert answer.evidence == (Evidence("tonn.csv", "file", NOW.date()),)


def test_an_answer_never_has_more_evidence_than_an_answer_file_may_hold(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    typed = tuple(Evidence(f"Vedtak {number}", "document") for number in range(50))
    save_answers(site, owner, id_, [Said(QUESTION, Answer("answered", "2", evidence=typed), 0)], NOW)

    add(site, owner, id_)

    assert open_assessment(site, owner, id_).answers.answers[QUESTION].evidence == typed


def test_the_same_file_again_is_the_one_that_is_there(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    first, again = (add(site, owner, id_) for _ in range(2))

    assert first == again
    assert len(keys(site)) == 1


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("", b"", "missing"),
        ("tom.pdf", b"", "empty"),
        ("side.csv", b"<html><script>alert(1)</script>", "markup"),
        ("program.exe", b"MZ\x90\x00\x03", "unknown_type"),
        ("tonn.pdf", TONNES, "unknown_type"),
    ],
)
def test_a_file_that_cannot_be_taken_leaves_nothing(site: Site, name: str, content: bytes, code: str) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    with pytest.raises(FileRefused) as refused:
        add(site, owner, id_, content, name)

    assert refused.value.code == code
    assert keys(site) == []
    assert open_binder(site, owner, id_).files == ()


def test_a_file_larger_than_the_limit_is_refused(tmp_path: Path) -> None:
    site = make_site(tmp_path, file_mb=1)
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    with pytest.raises(FileRefused) as refused:
        add(site, owner, id_, b"a;b\n" * 250_001)

    assert (refused.value.code, refused.value.parts["limit"]) == ("too_large", 1)


def test_all_files_of_an_organisation_share_its_quota(tmp_path: Path) -> None:
    site = make_site(tmp_path, organisation_files_mb=1)
    owner, company = a_workshop(site)
    first = an_assessment(site, owner, company)
    second = an_assessment(site, owner, company, period="2024")
    add(site, owner, first, b"a;b\n" * 150_000)

    with pytest.raises(FileRefused) as refused:
        add(site, owner, second, b"c;d\n" * 150_000)

    assert (refused.value.code, refused.value.parts["limit"]) == ("quota_full", 1)
    room = open_binder(site, owner, second).room
    assert room is not None
    assert (room.used_bytes, room.limit_bytes) == (600_000, 1_000_000)
    assert len(keys(site)) == 1


def test_two_files_at_once_do_not_share_the_last_room(tmp_path: Path) -> None:
    site = make_site(tmp_path, organisation_files_mb=1)
    owner, company = a_workshop(site)
    ids = [an_assessment(site, owner, company, period=period) for period in ("2024", "2025")]
    start, said = threading.Barrier(2), []

    def upload(id_: str, text: bytes) -> None:
        start.wait()
        try:
            said.append(add(site, owner, id_, text * 150_000))
        except FileRefused as refused:
            said.append(refused.code)

    threads = [
        threading.Thread(target=upload, args=pair) for pair in zip(ids, (b"a;b\n", b"c;d\n"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert said.count("quota_full") == 1
    assert len(keys(site)) == 1


def test_a_question_has_room_for_so_many_files(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MAX_FILES", 2)
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    for number in range(2):
        add(site, owner, id_, table(number))

    with pytest.raises(Refused, match=r"evidence\.too_many"):
        add(site, owner, id_, table(3))


def test_a_person_uploads_so_many_files_an_hour(site: Site) -> None:
    owner, member, id_ = a_pair(site)
    with site.database.write() as session:
        for _ in range(evidence.FILES_AN_HOUR):
            record(session, NOW - timedelta(minutes=30), "file_sent", person_id=owner.person_id)

    with pytest.raises(TooOften):
        add(site, owner, id_)
    add(site, member, id_)


def test_files_that_are_refused_or_there_already_count_too(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "FILES_AN_HOUR", 4)
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    for content in (TONNES, TONNES):
        add(site, owner, id_, content)
    for _ in range(2):
        with pytest.raises(FileRefused):
            add(site, owner, id_, b"MZ\x90\x00")
    with pytest.raises(TooOften):
        add(site, owner, id_)

    assert len(keys(site)) == 1


def test_choosing_no_file_does_not_count(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "FILES_AN_HOUR", 1)
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    with pytest.raises(FileRefused, match="missing"):
        add(site, owner, id_, b"", "")

    assert add(site, owner, id_)


def test_a_file_store_that_fails_means_not_saved(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    def full(_file: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "write_whole", full)
    with pytest.raises(NotSaved):
        add(site, owner, id_)

    assert open_binder(site, owner, id_).files == ()


def test_a_file_whose_row_may_have_been_saved_stays_in_the_store(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    def gone(*_args: object, **_named: object) -> None:
        raise NotSaved

    monkeypatch.setattr(evidence, "_write_row", gone)
    with pytest.raises(NotSaved):
        add(site, owner, id_)

    assert len(keys(site)) == 1


def test_an_assessment_handed_in_meanwhile_takes_no_file_and_none_is_left(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    answer_like(site, owner, id_, example_answers())
    look = evidence.inspect_file

    def slowly(name: str, content: bytes, max_mb: int) -> object:
        submit(site, owner, id_, 0, LATER)
        return look(name, content, max_mb)

    monkeypatch.setattr(evidence, "inspect_file", slowly)
    with pytest.raises(Refused, match=r"wizard\.locked"):
        add(site, owner, id_)

    assert keys(site) == []


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_file_that_is_not_what_was_stored_is_not_handed_out(site: Site, damage: str) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    file_id = add(site, owner, id_)
    key = keys(site)[0]
    site.files.delete(key)
    if damage == "changed":
        site.files.put(key, b"x")

    with pytest.raises(Refused, match=r"evidence\.damaged"):
        fetch_file(site, owner, id_, file_id)


def test_a_file_that_a_colleague_removes_while_it_is_fetched_is_not_there(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, member, id_ = a_pair(site)
    file_id = add(site, member, id_)
    get = storage.FileStore.get

    def remove_and_get(store: storage.FileStore, key: str) -> bytes:
        remove_file(site, owner, id_, file_id, NOW)
        return get(store, key)

    monkeypatch.setattr(storage.FileStore, "get", remove_and_get)

    with pytest.raises(NotThere):
        fetch_file(site, owner, id_, file_id)


def test_a_sweep_removes_what_no_row_knows_after_an_hour_and_nothing_else(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    add(site, owner, id_)
    kept = keys(site)
    site.files.put(f"evidence/{company}/left-behind", b"x")
    site.files.put(f"documents/{company}/report.pdf", b"x")
    today = datetime.now(UTC)

    early = sweep_orphans(site, today + timedelta(minutes=59))
    late = sweep_orphans(site, today + timedelta(minutes=61))

    assert (early.removed, late.removed, late.left, late.missing) == (0, 1, 0, ())
    assert keys(site) == kept
    assert site.files.exists(f"documents/{company}/report.pdf")


def test_a_sweep_names_the_rows_whose_file_is_not_there(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    add(site, owner, id_)
    key = keys(site)[0]
    site.files.delete(key)

    assert sweep_orphans(site, datetime.now(UTC)).missing == (key,)


def test_a_sweep_with_the_wrong_database_removes_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST_ORPHANS", 2)
    for number in range(3):
        site.files.put(f"evidence/{'x' * 22}/{number}", b"x")

    swept = sweep_orphans(site, datetime.now(UTC) + timedelta(hours=2))

    assert (swept.removed, swept.left) == (0, 3)
    assert len(keys(site)) == 3


def test_files_and_their_history_name_no_file_in_the_record(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    remove_file(site, owner, id_, add(site, owner, id_, name="kanarifugl.csv"), NOW)

    with site.database.read() as session:
        details = session.scalars(select(AuditEvent.detail)).all()
    assert not any("kanarifugl" in detail for detail in details)


def test_a_file_handed_in_stands_in_what_was_handed_in(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    answer_like(site, owner, id_, example_answers())
    add(site, owner, id_, name="kanarifugl.csv")

    submit(site, owner, id_, 0, LATER)

    with site.database.read() as session:
        last = assessment_queries.last_submission(session, id_)
        assert last is not None
        assert "kanarifugl.csv" in last.answers
        assert session.scalars(select(EvidenceFile.submissions_before)).all() == [0]
