"""Handing in: exactly once, with what stood there, and with a receipt."""

from __future__ import annotations

import json
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assessment.answers import Answer
from tests.webapp.sites import (
    NOW,
    a_company,
    a_person,
    a_workshop,
    an_assessment,
    answer_like,
    as_actor,
    example_answers,
    make_site,
    submitted,
)
from webapp.db.tables.assessments import Assessment, StateChange, Submission
from webapp.db.tables.work import AuditEvent, Document
from webapp.errors import NotAllowed, NotThere, Refused, TooOften
from webapp.services.actor import Actor
from webapp.services.answering import Said, save_answers
from webapp.services.reviewing import withdraw
from webapp.services.site import Site
from webapp.services.submitting import HAND_INS_AN_HOUR, Receipt, submit

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def answered(site: Site) -> tuple[Actor, str]:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)
    answer_like(site, owner, id_, example_answers())
    return owner, id_


def count(site: Site, table: type) -> int:
    with site.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_what_was_handed_in_is_the_answer_file_of_that_moment_and_its_result(site: Site) -> None:
    owner, id_ = answered(site)

    submit(site, owner, id_, 0, datetime(2026, 3, 1, 23, 30, tzinfo=UTC))

    with site.database.read() as session:
        kept = session.scalars(select(Submission)).one()
    answers, result = json.loads(kept.answers), json.loads(kept.result)
    assert answers["completed_on"] == "2026-03-02"
    assert kept.completed_on == date(2026, 3, 2)
    assert answers["organisation"] == {"name": "Eksempel Møbelverksted AS", "orgnr": "311046276"}
    assert answers["answers"]["strategy.ambition"]["value"] == "3"
    assert (result["overall"]["level"], kept.level) == (2, 2)


def test_the_same_press_of_the_button_twice_gives_one_receipt(site: Site) -> None:
    owner, id_ = answered(site)

    first = submit(site, owner, id_, 0, NOW)
    second = submit(site, owner, id_, 0, LATER)

    assert (first.is_new, second.is_new) == (True, False)
    assert second.code == first.code
    assert second.at_utc == NOW
    assert count(site, Submission) == 1


def test_eight_presses_at_the_same_moment_hand_in_once(site: Site) -> None:
    owner, id_ = answered(site)
    start, receipts = threading.Barrier(8), list[Receipt]()

    def press() -> None:
        start.wait()
        receipts.append(submit(site, owner, id_, 0, NOW))

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({receipt.code for receipt in receipts}) == 1
    assert sum(receipt.is_new for receipt in receipts) == 1
    assert count(site, Submission) == 1
    assert count(site, Document) == 2


def test_the_step_the_record_and_the_first_documents_come_with_it(site: Site) -> None:
    owner, id_ = answered(site)

    receipt = submit(site, owner, id_, 0, NOW)

    with site.database.read() as session:
        steps = [
            (step.event, step.state) for step in session.scalars(select(StateChange).order_by(StateChange.id))
        ]
        actions = list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
        editions = set(session.scalars(select(Document.edition)))
    assert steps == [("start", "draft"), ("submit", "submitted")]
    assert actions == ["assessment_started", "profile_saved", "answers_saved", "assessment_submitted"]
    assert editions == {"company", "share"}
    assert len(receipt.jobs) == 3  # the company edition, the share edition, the receipt by mail


def test_handing_in_and_taking_back_has_an_end(site: Site) -> None:
    owner, id_ = answered(site)
    for number in range(HAND_INS_AN_HOUR):
        submit(site, owner, id_, number, NOW + timedelta(minutes=number))
        withdraw(site, owner, id_, NOW + timedelta(minutes=number))

    with pytest.raises(TooOften) as refused:
        submit(site, owner, id_, HAND_INS_AN_HOUR, NOW + timedelta(minutes=50))

    assert refused.value.wait_minutes == 10
    submit(site, owner, id_, HAND_INS_AN_HOUR, NOW + timedelta(minutes=61))


def test_a_member_cannot_hand_in(site: Site) -> None:
    owner = a_person(site)
    member = a_person(site, "ola@eksempel.no")
    company = a_company(site, owners=[owner], members=[member])
    id_ = an_assessment(site, as_actor(site, member), company)

    with pytest.raises(NotAllowed):
        submit(site, as_actor(site, member), id_, 0, NOW)


def test_a_stranger_finds_nothing_to_hand_in(site: Site) -> None:
    _, id_ = answered(site)

    with pytest.raises(NotThere):
        submit(site, as_actor(site, a_person(site, "else@eksempel.no")), id_, 0, NOW)


def test_required_facts_must_be_there(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = an_assessment(site, owner, company)

    with pytest.raises(Refused, match=r"submit\.profile_missing"):
        submit(site, owner, id_, 0, NOW)

    with site.database.read() as session:
        assert session.scalars(select(Assessment.state)).one() == "draft"


def test_an_answer_saved_after_handing_in_is_refused_and_changes_nothing(site: Site) -> None:
    owner, company = a_workshop(site)
    handed_in = submitted(site, owner, company)

    with pytest.raises(Refused):
        save_answers(site, owner, handed_in.id, [Said("strategy.ambition", Answer("unknown"), 1)], LATER)

    assert submit(site, owner, handed_in.id, 0, LATER).code == handed_in.receipt.code
