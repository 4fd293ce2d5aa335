"""An advisor's decisions: one at a time, by those it is assigned to, with reasons the company can read."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.webapp.copies import a_copy
from tests.webapp.sites import (
    NOW,
    a_company,
    a_person,
    a_programme,
    an_assessment,
    as_actor,
    submitted,
)
from webapp.db.tables.assessments import Assessment, StateChange
from webapp.db.tables.organisations import AdvisorAssignment
from webapp.db.tables.work import AuditEvent, Job
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.assessments import list_assessments
from webapp.services.documents import find_document, list_documents
from webapp.services.handins import hand_ins_of
from webapp.services.portfolio import open_portfolio
from webapp.services.programme import open_programme
from webapp.services.results import open_result
from webapp.services.reviewing import MAX_REASON, decide, last_reason, withdraw
from webapp.services.site import Site
from webapp.services.submitting import submit

LATER = NOW + timedelta(days=1)
WHY = "Avfallet veies, men tallene mangler."


class World:
    """A company with two advisors and something handed in."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.owner_id = a_person(site)
        self.advisors = [a_person(site, f"r{at}@fylke.no", f"Rådgiver {at}") for at in (1, 2)]
        self.company = a_company(site, owners=[self.owner_id], advisors=self.advisors)
        self.owner = as_actor(site, self.owner_id)
        self.advisor = as_actor(site, self.advisors[0])
        self.id = submitted(site, self.owner, self.company).id


@pytest.fixture
def world(tmp_path: Path) -> World:
    return a_copy(World, tmp_path)


@pytest.fixture
def site(world: World) -> Site:
    return world.site


def state_of(site: Site, id_: str) -> str:
    with site.database.read() as session:
        return session.get_one(Assessment, id_).state


def reason_of(site: Site, id_: str) -> str | None:
    with site.database.read() as session:
        return last_reason(session, session.get_one(Assessment, id_))


def send_back(site: Site, world: World) -> tuple[str, ...]:
    decide(site, world.advisor, world.id, "start_review", LATER)
    return decide(site, world.advisor, world.id, "send_back", LATER, reason=WHY)


def test_a_review_is_started_and_ends_in_approval(site: Site, world: World) -> None:
    decide(site, world.advisor, world.id, "start_review", LATER)
    decide(site, world.advisor, world.id, "approve", LATER)

    assert state_of(site, world.id) == "approved"


def test_what_is_sent_back_carries_its_reason_and_tells_the_owner(site: Site, world: World) -> None:
    jobs = send_back(site, world)

    assert state_of(site, world.id) == "sent_back"
    assert reason_of(site, world.id) == WHY
    with site.database.read() as session:
        [job] = session.scalars(select(Job).where(Job.id.in_(jobs)))
    assert job.kind == "send_mail"
    assert WHY not in job.body


@pytest.mark.parametrize("event", ["send_back", "reopen"])
def test_the_day_that_was_set_is_over_once_the_company_has_handed_in_again(
    site: Site, world: World, event: str
) -> None:
    decide(site, world.advisor, world.id, "start_review", LATER)
    for step in {"send_back": ("send_back",), "reopen": ("approve", "reopen")}[event]:
        decide(site, world.advisor, world.id, step, LATER, reason=WHY, due_on=LATER.date())
    [before] = open_portfolio(site, world.advisor, LATER).lines

    submit(site, world.owner, world.id, 1, LATER)

    [after] = open_portfolio(site, world.advisor, LATER).lines
    assert before.attention.due_on == LATER.date()
    with site.database.read() as session:
        assert session.get_one(Assessment, world.id).due_on is None
    assert after.attention.due_on == (LATER + timedelta(days=14)).date()


def test_every_decision_is_recorded_without_its_reason(site: Site, world: World) -> None:
    send_back(site, world)

    with site.database.read() as session:
        events = list(session.scalars(select(AuditEvent).order_by(AuditEvent.id)))[-2:]
        steps = list(session.scalars(select(StateChange).order_by(StateChange.id)))[-2:]
    assert [event.action for event in events] == ["review_started", "assessment_sent_back"]
    assert all(event.person_id == world.advisors[0] for event in events)
    assert WHY not in "".join(event.detail for event in events)
    assert [(step.event, step.state, step.reason) for step in steps] == [
        ("start_review", "in_review", None),
        ("send_back", "sent_back", WHY),
    ]


@pytest.mark.parametrize("reason", [None, "", " \n ", "\u200b"])
def test_sending_back_needs_a_reason_that_can_be_read(site: Site, world: World, reason: str | None) -> None:
    decide(site, world.advisor, world.id, "start_review", LATER)

    with pytest.raises(Refused, match=r"review\.reason_missing"):
        decide(site, world.advisor, world.id, "send_back", LATER, reason=reason)

    assert state_of(site, world.id) == "in_review"


def test_a_reason_that_is_too_long_is_refused(site: Site, world: World) -> None:
    decide(site, world.advisor, world.id, "start_review", LATER)

    with pytest.raises(Refused, match=r"review\.reason_long"):
        decide(site, world.advisor, world.id, "send_back", LATER, reason="x" * (MAX_REASON + 1))


def test_a_reason_is_kept_as_lines_that_every_database_takes(site: Site, world: World) -> None:
    decide(site, world.advisor, world.id, "start_review", LATER)

    decide(
        site, world.advisor, world.id, "send_back", LATER, reason="Se på\x00 dette.\r\n\r\nOg \ud800 dette."
    )

    assert reason_of(site, world.id) == "Se på dette.\nOg \N{REPLACEMENT CHARACTER} dette."


@pytest.mark.parametrize("event", ["approve", "send_back", "reopen", "submit", "withdraw", "burn", ""])
def test_what_cannot_happen_now_is_refused(site: Site, world: World, event: str) -> None:
    with pytest.raises(Refused, match=r"review\.not_now"):
        decide(site, world.advisor, world.id, event, LATER, reason=WHY)

    assert state_of(site, world.id) == "submitted"


def test_a_decision_on_what_has_changed_meanwhile_is_refused(site: Site, world: World) -> None:
    decide(site, world.advisor, world.id, "start_review", LATER, seen="submitted 1")

    with pytest.raises(Refused, match=r"review\.changed"):
        decide(site, world.advisor, world.id, "approve", LATER, seen="submitted 1")


def test_a_decision_on_an_earlier_hand_in_is_refused(site: Site, world: World) -> None:
    send_back(site, world)
    submit(site, world.owner, world.id, 1, LATER)
    decide(site, world.advisor, world.id, "start_review", LATER)

    with pytest.raises(Refused, match=r"review\.changed"):
        decide(site, world.advisor, world.id, "approve", LATER, seen="in_review 1")

    decide(site, world.advisor, world.id, "approve", LATER, seen="in_review 2")


def test_what_was_taken_back_is_nobody_elses(site: Site, world: World) -> None:
    with site.database.write() as session:
        session.get_one(Assessment, world.id).shared_utc = LATER
    staff = a_person(site, "s@fylke.no", "Siri Stab")
    programme = a_programme(site, staff=[staff], companies=[world.company])
    others = [as_actor(site, world.advisors[0]), as_actor(site, staff)]
    document = list_documents(site, world.advisor, world.id)[0]

    withdraw(site, world.owner, world.id, LATER)

    for actor in others:
        for ask in (
            lambda actor=actor: open_result(site, actor, world.id, "nb"),
            lambda actor=actor: list_documents(site, actor, world.id),
            lambda actor=actor: find_document(site, actor, document.id),
            lambda actor=actor: hand_ins_of(site, actor, world.id),
        ):
            with pytest.raises(NotThere):
                ask()
    assert [line.stand for line in open_portfolio(site, world.advisor, LATER).lines] == ["nothing"]
    assert open_programme(site, others[1], programme).companies[0].assessments == ()
    assert [list_assessments(site, actor) for actor in others] == [[], []]
    assert list_documents(site, world.owner, world.id) != ()


def test_of_two_advisors_who_decide_at_once_one_does(site: Site, world: World) -> None:
    decide(site, world.advisor, world.id, "start_review", LATER)
    start, outcomes = threading.Barrier(2), list[str]()

    def choose(person: str, event: str) -> None:
        actor = as_actor(site, person)
        start.wait()
        try:
            decide(site, actor, world.id, event, LATER, reason=WHY, seen="in_review 1")
            outcomes.append(event)
        except Refused:
            outcomes.append("refused")

    pairs = zip(world.advisors, ("approve", "send_back"), strict=True)
    threads = [threading.Thread(target=choose, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes.count("refused") == 1
    [done] = [outcome for outcome in outcomes if outcome != "refused"]
    assert state_of(site, world.id) == {"approve": "approved", "send_back": "sent_back"}[done]
    with site.database.read() as session:
        events = list(session.scalars(select(StateChange.event).order_by(StateChange.id)))
    assert events == ["start", "submit", "start_review", done]


def test_an_old_reason_is_not_shown_once_the_company_has_answered(site: Site, world: World) -> None:
    send_back(site, world)
    with site.database.write() as session:
        session.get_one(Assessment, world.id).state = "submitted"

    assert reason_of(site, world.id) is None


def test_the_company_cannot_decide_on_itself(site: Site, world: World) -> None:
    with pytest.raises(NotAllowed):
        decide(site, world.owner, world.id, "start_review", LATER)


def test_to_staff_and_strangers_there_is_nothing_to_decide_on(site: Site, world: World) -> None:
    staff = a_person(site, "program@fylke.no")
    a_programme(site, staff=[staff], companies=[world.company])
    stranger = a_person(site, "else@eksempel.no")

    for person in (staff, stranger):
        with pytest.raises(NotThere):
            decide(site, as_actor(site, person), world.id, "start_review", LATER)


def test_a_draft_is_not_there_for_an_advisor(site: Site, world: World) -> None:
    draft = an_assessment(site, world.owner, world.company, "sustainability_reporting")

    with pytest.raises(NotThere):
        decide(site, world.advisor, draft, "start_review", LATER)


def test_an_advisor_whose_assignment_has_ended_finds_nothing(site: Site, world: World) -> None:
    with site.database.write() as session:
        for row in session.scalars(select(AdvisorAssignment)):
            row.until_utc = LATER

    with pytest.raises(NotThere):
        decide(site, as_actor(site, world.advisors[0], LATER), world.id, "start_review", LATER)


def test_an_owner_takes_back_what_nobody_has_begun_to_review(site: Site, world: World) -> None:
    withdraw(site, world.owner, world.id, LATER)

    assert state_of(site, world.id) == "draft"


def test_what_is_being_reviewed_cannot_be_taken_back(site: Site, world: World) -> None:
    decide(site, world.advisor, world.id, "start_review", LATER)

    with pytest.raises(Refused, match=r"review\.not_now"):
        withdraw(site, world.owner, world.id, LATER)


def test_only_an_owner_takes_back(site: Site, world: World) -> None:
    member: Actor = as_actor(site, a_person(site, "ola@eksempel.no"))
    with pytest.raises(NotThere):
        withdraw(site, member, world.id, LATER)
    with pytest.raises(NotThere):
        withdraw(site, world.advisor, world.id, LATER)
