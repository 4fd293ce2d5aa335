"""What a company is asked to look at again: collected in review, and nobody else's before it is sent back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.webapp.views.reviewed import AMBITION, LATER, STAYED, Reviewed, reviewed
from webapp.db.queries_reviews import requests_of
from webapp.errors import NotThere, Refused
from webapp.services.requesting import MAX_REQUEST, request_again
from webapp.services.reviewing import decide


@pytest.fixture
def world(tmp_path: Path) -> Reviewed:
    return reviewed(tmp_path).begin()


def ask(world: Reviewed, question: str, reason: str, *, by: str = "") -> bool:
    actor = world.actor(by or world.advisor)
    return request_again(world.site, actor, world.id, question, LATER, reason=reason)


def asked(world: Reviewed, number: int = 1) -> dict[str, str]:
    with world.reading() as session:
        return {id_: row.reason for id_, row in requests_of(session, world.id, number).items()}


def test_requests_are_written_changed_and_taken_back(world: Reviewed) -> None:
    assert ask(world, AMBITION, " Legg ved vedtaket. \r\n")
    assert ask(world, STAYED, "Skriv kravene.")
    assert ask(world, AMBITION, "Legg ved vedtaket fra juni.", by=world.colleague)
    assert not ask(world, STAYED, "  ")
    assert not ask(world, "design.packaging", "")

    assert asked(world) == {AMBITION: "Legg ved vedtaket fra juni."}


def test_they_stand_when_it_is_sent_back_and_a_new_hand_in_begins_without_any(world: Reviewed) -> None:
    ask(world, AMBITION, "Legg ved vedtaket.")
    world.resubmit(AMBITION, "4")

    assert asked(world, 1) == {AMBITION: "Legg ved vedtaket."}
    assert asked(world, 2) == {}


@pytest.mark.parametrize("question", ["design.assortment", "nothing.at_all"])
def test_what_was_not_asked_cannot_be_asked_for_again(world: Reviewed, question: str) -> None:
    with pytest.raises(NotThere):
        ask(world, question, "Se på dette.")


def test_one_that_is_too_long_is_refused(world: Reviewed) -> None:
    assert ask(world, AMBITION, "x" * MAX_REQUEST)
    with pytest.raises(Refused, match="request_long"):
        ask(world, AMBITION, "x" * (MAX_REQUEST + 1))


def test_nothing_can_be_added_once_it_is_decided(world: Reviewed) -> None:
    decide(world.site, world.actor(world.advisor), world.id, "send_back", LATER, reason="Se på målene.")

    with pytest.raises(Refused, match="not_now"):
        ask(world, AMBITION, "Og dette.")
    assert asked(world) == {}


@pytest.mark.parametrize("who", ["owner", "stranger"])
def test_nobody_but_an_advisor_asks(world: Reviewed, who: str) -> None:
    with pytest.raises(NotThere):
        ask(world, AMBITION, "Se på dette.", by=getattr(world, who))


def test_an_ended_assignment_ends_it(world: Reviewed) -> None:
    world.end_assignment()

    with pytest.raises(NotThere):
        ask(world, AMBITION, "Se på dette.")
