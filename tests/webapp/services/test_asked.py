"""What a company was asked to look at again: when it learns of it, and when it has done so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from assessment.answers import Answer
from tests.webapp.services.plans import LATER, MUCH_LATER, OTHER, QUESTION, Board, a_board
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.people import Person
from webapp.services.answering import Said, save_answers
from webapp.services.asked import Asked, asked_by_hand_in, asked_now
from webapp.services.assessments import list_assessments
from webapp.services.evidence import Upload, add_file
from webapp.services.opening import open_assessment
from webapp.services.requesting import request_again
from webapp.services.reviewing import decide, withdraw
from webapp.services.submitting import submit

DUE = date(2026, 12, 12)


@pytest.fixture
def board(tmp_path: Path) -> Board:
    return a_board(tmp_path)


def in_review(board: Board) -> None:
    decide(board.site, board.advisor, board.id, "start_review", LATER)


def ask(board: Board, question: str = QUESTION, reason: str = "Hva gjelder målet?") -> None:
    request_again(board.site, board.advisor, board.id, question, LATER, reason=reason)


def send_back(board: Board, due_on: date | None = None) -> None:
    decide(board.site, board.advisor, board.id, "send_back", LATER, reason="Se over.", due_on=due_on)


def answer(board: Board, value: str, question: str = QUESTION) -> None:
    held = open_assessment(board.site, board.owner, board.id).held[question]
    said = [Said(question, Answer("answered", value), held.version)]
    assert save_answers(board.site, board.owner, board.id, said, MUCH_LATER).changed


def now(board: Board) -> dict[str, Asked]:
    return dict(asked_now(board.site, open_assessment(board.site, board.owner, board.id)))


def after(board: Board) -> list[tuple[str, bool]]:
    with board.site.database.read() as session:
        found = asked_by_hand_in(session, session.get_one(Assessment, board.id))
    return [(one.question_id, one.is_changed) for one in found]


def hand_in(board: Board, number: int) -> None:
    submit(board.site, board.owner, board.id, number, MUCH_LATER)


def test_a_request_is_the_advisors_own_until_it_is_sent_back(board: Board) -> None:
    in_review(board)
    ask(board)
    assert now(board) == {}
    assert after(board) == []

    send_back(board)

    found = now(board)[QUESTION]
    assert (found.reason, found.by.name, found.is_changed) == (("Hva gjelder målet?",), "rita", False)
    assert after(board) == []


def test_a_request_is_done_when_the_answer_is_another(board: Board) -> None:
    in_review(board)
    for question in (OTHER, QUESTION):
        ask(board, question)
    send_back(board)

    answer(board, "1")

    assert {id_: one.is_changed for id_, one in now(board).items()} == {QUESTION: True, OTHER: False}
    hand_in(board, 1)
    assert dict(after(board)) == {QUESTION: True, OTHER: False}
    assert now(board) == {}


def test_a_file_beside_the_answer_is_a_change_too(board: Board) -> None:
    in_review(board)
    ask(board)
    send_back(board)

    upload = Upload("mål.csv", b"mal;ar\nhalvere;2027\n")
    add_file(board.site, board.owner, board.id, QUESTION, MUCH_LATER, upload=upload)

    assert now(board)[QUESTION].is_changed


def test_what_is_changed_back_is_not_done(board: Board) -> None:
    in_review(board)
    ask(board)
    send_back(board)
    before = open_assessment(board.site, board.owner, board.id).held[QUESTION].answer

    answer(board, "1")
    held = open_assessment(board.site, board.owner, board.id).held[QUESTION]
    save_answers(board.site, board.owner, board.id, [Said(QUESTION, before, held.version)], MUCH_LATER)

    assert not now(board)[QUESTION].is_changed


def test_what_is_taken_back_after_it_was_handed_in_again_is_asked_for_still(board: Board) -> None:
    in_review(board)
    ask(board)
    send_back(board)
    answer(board, "1")
    hand_in(board, 1)

    withdraw(board.site, board.owner, board.id, MUCH_LATER)

    assert {id_: one.is_changed for id_, one in now(board).items()} == {QUESTION: True}


@pytest.mark.parametrize("is_reopened", [False, True])
def test_an_approval_ends_what_was_asked_and_what_was_never_sent_stays_the_advisors(
    board: Board, is_reopened: bool
) -> None:
    in_review(board)
    ask(board)
    send_back(board)
    hand_in(board, 1)
    in_review(board)
    ask(board, OTHER, "Kanari: bare et utkast")
    assert dict(after(board)) == {QUESTION: False}

    decide(board.site, board.advisor, board.id, "approve", MUCH_LATER)
    if is_reopened:
        decide(board.site, board.advisor, board.id, "reopen", MUCH_LATER, reason="Nye tall.")

    assert after(board) == []
    assert now(board) == {}


def test_a_second_time_only_the_new_requests_count(board: Board) -> None:
    in_review(board)
    ask(board)
    send_back(board)
    hand_in(board, 1)
    in_review(board)
    ask(board, OTHER)

    send_back(board)

    assert list(now(board)) == [OTHER]


def test_a_request_of_somebody_erased_stays_without_their_name(board: Board) -> None:
    in_review(board)
    ask(board)
    send_back(board)
    with board.site.database.write() as session:
        session.delete(session.get_one(Person, board.advisor.person_id))

    assert now(board)[QUESTION].by.is_gone


@pytest.mark.parametrize("take", [None, "hand in"])
def test_a_deadline_stands_in_the_list_while_it_waits_for_the_company(board: Board, take: str | None) -> None:
    steps: dict[str | None, Callable[[], object]] = {None: lambda: None, "hand in": lambda: hand_in(board, 1)}
    in_review(board)
    send_back(board, DUE)

    steps[take]()

    (listed,) = list_assessments(board.site, board.owner)
    assert listed.due_on == (DUE if take is None else None)


def test_nothing_is_asked_of_what_was_never_handed_in(board: Board) -> None:
    withdraw(board.site, board.owner, board.id, LATER + timedelta(hours=1))

    assert now(board) == {}
