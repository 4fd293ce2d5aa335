"""What people and companies take away: all that is theirs, nothing that is not, in forms programs read."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from assessment.jsontext import read_json
from assessment.reading import read_answers
from tests.webapp.services.canaries import QUESTION, Nest, a_copied_nest
from tests.webapp.sites import NOW, SHELF, a_person, a_programme, as_actor
from webapp.db.tables.assessments import Comment, EvidenceFile
from webapp.db.tables.organisations import AdvisorAssignment, ProgrammeAdvisor
from webapp.db.tables.people import Person
from webapp.db.tables.work import AuditEvent
from webapp.errors import NotAllowed, NotSaved, NotThere, TooOften
from webapp.services import colleagues, judging, notes, requesting, reviewing
from webapp.services import company_copy as copies
from webapp.services.actor import Actor
from webapp.services.company_copy import COPIES_AN_HOUR, company_copy
from webapp.services.erasing import remove_organisation
from webapp.services.personal_copy import json_text, personal_copy

HANDED_IN = "kanarifirma_as/02-circular_business_models-2025-1"
DRAFT = "kanarifirma_as/01-circular_business_models-2026-1"


@pytest.fixture
def nest(tmp_path: Path) -> Nest:
    return a_copied_nest(tmp_path)


def own_copy(nest: Nest, person_id: str) -> dict[str, Any]:
    content = personal_copy(nest.site, as_actor(nest.site, person_id), NOW)
    found: dict[str, Any] = json.loads(content)
    return found


def zipped(nest: Nest) -> ZipFile:
    copy = company_copy(nest.site, nest.owner, nest.company, NOW)
    with copy.file:
        content = copy.file.read()
    assert len(content) == copy.size_bytes
    return ZipFile(io.BytesIO(content))


def an_advisor(nest: Nest) -> Actor:
    """Somebody who advises the company."""
    id_ = a_person(nest.site, "rita@fylke.example", "Rita Eksempel")
    with nest.site.database.write() as session:
        session.add(AdvisorAssignment(organisation_id=nest.company, person_id=id_, from_utc=NOW))
    return as_actor(nest.site, id_)


def content_of(archive: ZipFile, name: str) -> Any:
    return json.loads(archive.read(name))


# --- people --------------------------------------------------------------------------------------


def test_a_person_takes_profile_roles_sessions_answers_comments_and_record(nest: Nest) -> None:
    copy = own_copy(nest, nest.member_id)

    assert copy["profile"]["email"] == "kanari-kollega@a.example"
    assert [(one["organisation"], one["role"]) for one in copy["memberships"]] == [
        ("Kanarifirma AS", "member")
    ]
    assert len(copy["sessions"]) == len(copy["signin_links"]) == 1
    assert "hash" not in json.dumps(copy)
    assert {one["assessment_id"] for one in copy["answers"]} == {nest.draft}
    ambition = next(one for one in copy["answers"] if one["question_id"] == "strategy.ambition")
    assert (ambition["answer"]["value"], ambition["version"]) == ("3", 1)
    assert [one["comment"] for one in copy["comments"]] == ["kanari-innlegg"] * 2
    assert [one["name"] for one in copy["files"]] == ["kanari-filnavn.csv"] * 2
    assert [one["section_id"] for one in copy["sections"]] == ["design"]
    assert {"answers_saved", "comment_written", "person_exported"} <= {
        one["action"] for one in copy["record"]
    }


def test_a_person_takes_nothing_of_their_colleagues(nest: Nest) -> None:
    copy = json.dumps(own_copy(nest, nest.member_id))

    assert "kanari-eier" not in copy
    assert "kanari-invitert" not in copy


def test_an_owner_takes_the_invitations_they_sent(nest: Nest) -> None:
    copy = own_copy(nest, nest.owner_id)

    sent = {one["email"] for one in copy["invitations_sent"]}
    assert sent == {"kanari-invitert@a.example", "kanari-fikk-del@a.example"}
    assert copy["comments"] == []


def test_whoever_is_out_of_a_company_takes_when_they_wrote_and_not_what(nest: Nest) -> None:
    colleagues.remove(nest.site, nest.owner, nest.company, nest.member_id, NOW)

    copy = own_copy(nest, nest.member_id)

    assert copy["memberships"] == []
    assert len(copy["comments"]) == 2
    assert copy["comments"][0].keys() == {"organisation_id", "assessment_id", "question_id", "at_utc"}
    text = json.dumps(copy)
    assert [
        bird for bird in ("kanari-svar", "kanari-innlegg", "kanari-filnavn", "987654321") if bird in text
    ] == []


def test_copies_are_recorded_and_counted(nest: Nest) -> None:
    for _ in range(10):
        own_copy(nest, nest.member_id)
    with pytest.raises(TooOften):
        own_copy(nest, nest.member_id)

    later = personal_copy(nest.site, nest.member, NOW + timedelta(hours=1, minutes=1))

    assert json.loads(later)["record"][-1]["action"] == "person_exported"


def test_a_lone_surrogate_is_written_as_an_escape() -> None:
    assert json_text({"name": "Ærlig \ud800"}) == b'{\n "name": "\\u00c6rlig \\ud800"\n}'
    assert json_text({"name": "Ærlig"}) == '{\n "name": "Ærlig"\n}'.encode()


# --- companies -----------------------------------------------------------------------------------


def test_a_company_takes_every_part_of_every_assessment(nest: Nest) -> None:
    names = set(zipped(nest).namelist())

    whole = ("company", "record", "activities", "cohorts", "ideas")
    assert {f"kanarifirma_as/{part}.json" for part in whole} <= names
    for part in ("about", "answers", "history", "comments", "review", "plan", "referrals"):
        assert {f"{DRAFT}/{part}.json", f"{HANDED_IN}/{part}.json"} <= names
    assert {f"{HANDED_IN}/hand-in-1/{part}.json" for part in ("answers", "result")} <= names
    assert {f"{HANDED_IN}/hand-in-1/report-{edition}-nb.pdf" for edition in ("company", "share")} <= names
    assert f"{DRAFT}/evidence/01-kanari-filnavn.csv" in names
    assert len(names) == 5 + 7 + 1 + 7 + 2 + 2 + 1


def test_answers_stand_in_it_as_answer_files(nest: Nest) -> None:
    archive = zipped(nest)

    for name in (f"{DRAFT}/answers.json", f"{HANDED_IN}/hand-in-1/answers.json"):
        source = read_json(archive.read(name), name)
        reading = read_answers(source, SHELF.definitions.questionnaire, SHELF.definitions.shared_facts)
        assert reading.problems == ()
        assert reading.answers is not None
        assert reading.answers.organisation.name == "Kanarifirma AS"


def test_the_result_in_it_is_the_one_that_was_given(nest: Nest) -> None:
    assert content_of(zipped(nest), f"{HANDED_IN}/hand-in-1/result.json")["overall"]["level"] == 2


def test_history_comments_files_and_record_say_who_it_was(nest: Nest) -> None:
    archive = zipped(nest)

    history = content_of(archive, f"{DRAFT}/history.json")
    assert {one["by"] for one in history} == {"Kanari-kollega Navn"}
    (comment,) = content_of(archive, f"{DRAFT}/comments.json")
    assert (comment["body"], comment["by"]) == ("kanari-innlegg", "Kanari-kollega Navn")
    assert b"kanari-filinnhold" in archive.read(f"{DRAFT}/evidence/01-kanari-filnavn.csv")
    company = content_of(archive, "kanarifirma_as/company.json")
    assert [one["email"] for one in company["people"]] == [
        "kanari-eier@a.example",
        "kanari-kollega@a.example",
    ]
    record = content_of(archive, "kanarifirma_as/record.json")
    assert record[-1]["action"] == "organisation_exported"
    assert record[-1]["by"] == "Kanari-eier Navn"


def test_a_company_takes_what_its_advisors_told_it_and_they_take_what_they_wrote(nest: Nest) -> None:
    advisor = an_advisor(nest)
    reviewing.decide(nest.site, advisor, nest.handed_in, "start_review", NOW)
    for text, is_shared in (("kanari-privat", False), ("kanari-delt", True)):
        notes.write_note(nest.site, advisor, nest.handed_in, NOW, text=text, is_shared=is_shared)
    judged = judging.Judgement("1", reason="kanari-grunn")
    judging.judge(nest.site, advisor, nest.handed_in, QUESTION, NOW, judgement=judged, base=0)
    reviewing.decide(nest.site, advisor, nest.handed_in, "approve", NOW)

    archive = zipped(nest)
    company = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    person = json.dumps(own_copy(nest, advisor.person_id))

    assert "kanari-delt" in company
    assert '"rita@fylke.example"' not in company
    for hidden in ("kanari-privat", "kanari-grunn"):
        assert hidden not in company
        assert hidden in person


def test_a_company_does_not_learn_that_there_was_a_private_note(nest: Nest) -> None:
    advisor = an_advisor(nest)
    reviewing.decide(nest.site, advisor, nest.handed_in, "start_review", NOW)
    private = {"text": "kanari-privat", "is_shared": False}
    removed = notes.write_note(nest.site, advisor, nest.handed_in, NOW, **private)
    notes.remove_note(nest.site, advisor, nest.handed_in, NOW, note_id=removed)
    notes.write_note(nest.site, advisor, nest.handed_in, NOW, text="kanari-delt", is_shared=True)

    record = content_of(zipped(nest), "kanarifirma_as/record.json")

    assert [one["action"] for one in record if "note" in one["action"]] == ["shared_note_written"]


def test_what_was_agreed_on_is_in_both_copies_with_every_version(nest: Nest) -> None:
    archive = zipped(nest)

    assert content_of(archive, f"{DRAFT}/plan.json") == []
    (action,) = content_of(archive, f"{HANDED_IN}/plan.json")
    assert [action[part] for part in ("body", "owner", "due_on", "effort", "status", "remark")] == [
        "kanari-tiltak",
        "kanari-ansvarlig",
        "2026-12-12",
        "small",
        "done",
        "kanari-merknad",
    ]
    assert [(one["by"], one["version"], one["action"]["status"]) for one in action["history"]] == [
        ("Kanari-kollega Navn", 1, "open"),
        ("Kanari-eier Navn", 2, "done"),
    ]
    (own,) = own_copy(nest, nest.member_id)["agreed"]
    assert (own["body"], own["version"], own["status"]) == ("kanari-tiltak", 1, "open")


def test_whoever_is_out_takes_when_they_agreed_and_not_on_what(nest: Nest) -> None:
    colleagues.remove(nest.site, nest.owner, nest.company, nest.member_id, NOW)

    copy = own_copy(nest, nest.member_id)

    (own,) = copy["agreed"]
    assert own.keys() == {"organisation_id", "assessment_id", "question_id", "version", "at_utc"}
    assert "kanari-tiltak" not in json.dumps(copy)


def test_a_company_takes_the_requests_it_was_sent_and_no_others(nest: Nest) -> None:
    advisor = an_advisor(nest)
    reviewing.decide(nest.site, advisor, nest.handed_in, "start_review", NOW)
    ask = {"reason": "kanari-ønske"}
    requesting.request_again(nest.site, advisor, nest.handed_in, QUESTION, NOW, **ask)
    before = content_of(zipped(nest), f"{HANDED_IN}/review.json")

    reviewing.decide(nest.site, advisor, nest.handed_in, "send_back", NOW, reason="Se over.")

    assert before["requests"] == []
    (request,) = content_of(zipped(nest), f"{HANDED_IN}/review.json")["requests"]
    assert (request["question_id"], request["reason"], request["by"]) == (
        QUESTION,
        "kanari-ønske",
        "Rita Eksempel",
    )
    assert [one["reason"] for one in own_copy(nest, advisor.person_id)["requests"]] == ["kanari-ønske"]


def test_an_advisor_takes_the_teams_they_are_in(nest: Nest) -> None:
    advisor = an_advisor(nest)
    programme = a_programme(nest.site, "Sirkulær region (eksempel)")
    with nest.site.database.write() as session:
        session.add(ProgrammeAdvisor(programme_id=programme, person_id=advisor.person_id, since_utc=NOW))

    (team,) = own_copy(nest, advisor.person_id)["advisor_teams"]

    assert (team["programme_id"], team["programme"]) == (programme, "Sirkulær region (eksempel)")


def test_only_an_owner_takes_it(nest: Nest) -> None:
    stranger = as_actor(nest.site, a_person(nest.site, "fremmed@b.example"))

    with pytest.raises(NotAllowed):
        company_copy(nest.site, nest.member, nest.company, NOW)
    with pytest.raises(NotThere):
        company_copy(nest.site, stranger, nest.company, NOW)


def test_a_company_takes_ten_copies_an_hour(nest: Nest) -> None:
    for _ in range(COPIES_AN_HOUR):
        company_copy(nest.site, nest.owner, nest.company, NOW).file.close()

    with pytest.raises(TooOften):
        company_copy(nest.site, nest.owner, nest.company, NOW)


def test_a_file_that_is_lost_is_named_and_the_rest_is_there(nest: Nest) -> None:
    with nest.site.database.read() as session:
        key = session.scalars(select(EvidenceFile.key).where(EvidenceFile.assessment_id == nest.draft)).one()
    nest.site.files.delete(key)

    archive = zipped(nest)

    assert content_of(archive, f"{DRAFT}/missing.json") == ["evidence/01-kanari-filnavn.csv"]
    assert f"{HANDED_IN}/evidence/01-kanari-filnavn.csv" in archive.namelist()


def test_names_in_it_lead_nowhere_else(nest: Nest) -> None:
    with nest.site.database.write() as session:
        for file in session.scalars(select(EvidenceFile)):
            file.name = "../../etc/..\\kron:tab\x1f.csv"

    names = zipped(nest).namelist()

    assert f"{DRAFT}/evidence/01-.._.._etc_.._kron_tab_.csv" in names
    assert not [name for name in names if ".." in name.split("/")]


def test_a_full_disk_gives_no_copy_and_says_so(nest: Nest, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("webapp.services.company_copy.ZipFile.writestr", full)

    with pytest.raises(NotSaved):
        company_copy(nest.site, nest.owner, nest.company, NOW)


def test_nothing_of_a_copy_stays_on_the_disk(nest: Nest) -> None:
    before = {file for file in nest.site.settings.data_dir.rglob("*") if file.is_file()}

    copy = company_copy(nest.site, nest.owner, nest.company, NOW)
    during = {file for file in nest.site.settings.data_dir.rglob("*") if file.is_file()}
    copy.file.close()

    assert during == before


def test_what_was_removed_from_a_thread_is_in_no_copy(nest: Nest) -> None:
    with nest.site.database.write() as session:
        for comment in session.scalars(select(Comment)):
            comment.removed_utc = NOW

    assert own_copy(nest, nest.member_id)["comments"] == []
    assert content_of(zipped(nest), f"{DRAFT}/comments.json") == []


def test_those_who_are_gone_have_no_name_in_it(nest: Nest) -> None:
    with nest.site.database.write() as session:
        session.delete(session.get_one(Person, nest.member_id))
        session.add(AuditEvent(at_utc=NOW, action="old", person_id="x" * 22, organisation_id=nest.company))

    (comment,) = content_of(zipped(nest), f"{DRAFT}/comments.json")

    assert comment["by"] is None


def test_a_copy_of_a_company_that_is_erased_while_it_is_taken_is_not_there(
    nest: Nest, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = copies._folders

    def erase_and_go_on(*asked: Any) -> object:
        with nest.site.database.write() as session:
            remove_organisation(session, nest.company)
        return folders(*asked)

    monkeypatch.setattr(copies, "_folders", erase_and_go_on)

    with pytest.raises(NotThere):
        company_copy(nest.site, nest.owner, nest.company, NOW)
