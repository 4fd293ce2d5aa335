"""The plan of an assessment: its own actions, those of earlier rounds, and what is left of them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from reports.material import PlannedAction
from tests.webapp.services.plans import DUE, LATER, MUCH_LATER, QUESTION, Board, a_board
from tests.webapp.sites import an_assessment, as_actor, submitted
from webapp.db.tables.assessments import Assessment
from webapp.errors import NotThere, Refused
from webapp.services.advising import Offer, advice_on
from webapp.services.plan import Left, open_plan, planned_actions, what_is_left
from webapp.services.results import open_result


@pytest.fixture
def board(tmp_path: Path) -> Board:
    return a_board(tmp_path)


def in_report(board: Board, assessment: str) -> tuple[PlannedAction, ...]:
    with board.site.database.read() as session:
        return planned_actions(session, session.get_one(Assessment, assessment))


def next_round(board: Board) -> str:
    """The id of another round of the same questionnaire, begun two days later."""
    return an_assessment(board.site, board.owner, board.company, period="2026", now=MUCH_LATER)


def test_a_report_gets_every_part_of_an_action(board: Board) -> None:
    id_ = board.agree(owner="Kari", due_on=DUE, effort="large", question_id=QUESTION)
    board.follow(id_, "begun", 1, remark="Bestilt")

    assert in_report(board, board.id) == (
        PlannedAction(
            id=id_,
            question_id=QUESTION,
            text="Mål avfallet",
            owner="Kari",
            due_on=DUE,
            effort="large",
            status="begun",
            remark="Bestilt",
            is_earlier=False,
        ),
    )


def test_what_is_left_stands_before_what_is_over_and_the_nearest_deadline_first(board: Board) -> None:
    for text, due_on in (("uten frist", None), ("sent", date(2026, 9, 1)), ("snart", DUE), ("gjort", DUE)):
        board.agree(text, due_on=due_on)
    done = next(one.id for one in board.plan().entries if one.agreed.text == "gjort")
    board.follow(done, "done", 1)

    wanted = ["snart", "sent", "uten frist", "gjort"]
    assert [one.agreed.text for one in board.plan().entries] == wanted
    assert [one.text for one in in_report(board, board.id)] == wanted


def test_what_is_open_comes_along_to_the_next_round_and_can_be_followed_up_there(board: Board) -> None:
    left, done = board.agree("igjen"), board.agree("gjort")
    board.follow(done, "done", 1)
    again = an_assessment(
        board.site, board.owner, board.company, period="2026", now=MUCH_LATER + timedelta(days=1)
    )

    (entry,) = board.plan(of=again).entries
    assert (entry.id, entry.is_earlier, entry.period) == (left, True, "2025")

    board.follow(left, "begun", 1, by="owner", of=again)
    assert board.plan(of=again).entries[0].agreed.status == "begun"
    assert board.plan().entry(left).agreed.status == "begun"
    assert [(one.text, one.is_earlier) for one in in_report(board, again)] == [("igjen", True)]


def test_what_was_done_after_the_next_round_began_stays_on_it_so_that_its_report_can_say_so(
    board: Board,
) -> None:
    id_ = board.agree()
    again = next_round(board)

    board.follow(id_, "done", 1, remark="Veid i mars", by="owner", of=again)

    assert [(one.status, one.remark) for one in in_report(board, again)] == [("done", "Veid i mars")]


def test_a_round_knows_nothing_of_what_is_agreed_on_later(board: Board) -> None:
    again = next_round(board)
    board.id, first = again, board.id
    board.agree("senere")

    assert board.plan(of=first).entries == ()
    assert in_report(board, first) == ()


def test_another_questionnaire_has_a_plan_of_its_own(board: Board) -> None:
    board.agree()
    other = an_assessment(
        board.site, board.owner, board.company, "sustainability_reporting", period="2026", now=MUCH_LATER
    )

    assert board.plan(of=other).entries == ()


def test_a_draft_s_plan_is_the_company_s_alone(board: Board) -> None:
    again = next_round(board)

    assert board.plan("member", of=again).is_own
    with pytest.raises(NotThere):
        board.plan("advisor", of=again)


def test_an_action_of_another_company_is_on_no_plan_of_ours(board: Board) -> None:
    id_ = board.agree()
    theirs = submitted(board.site, board.stranger, next(iter(board.stranger.roles)), now=MUCH_LATER).id

    with pytest.raises(NotThere):
        board.follow(id_, "done", 1, by="stranger", of=theirs)
    with pytest.raises(NotThere):
        board.plan("stranger", of=theirs).entry(id_)


def test_an_advisor_who_rates_blind_first_sees_no_plan_until_all_is_rated(board: Board) -> None:
    board.agree(question_id=QUESTION)
    board.rate_blind()

    with pytest.raises(Refused, match=r"review\.rate_first"):
        board.plan("advisor")
    assert len(board.plan("owner").entries) == 1


def test_what_is_left_is_counted_once_and_by_the_newest_round(board: Board) -> None:
    for text, due_on in (("sen", date(2026, 3, 3)), ("i tide", date(2026, 3, 4)), ("uten", None)):
        board.agree(text, due_on=due_on)
    board.follow(board.agree("gjort"), "done", 1)

    assert what_is_left(board.site, board.owner, MUCH_LATER) == {board.id: Left(3, 1)}
    again = next_round(board)
    assert what_is_left(board.site, board.member, MUCH_LATER) == {again: Left(3, 1)}
    for who in (board.advisor, board.staff, board.stranger):
        assert what_is_left(board.site, who, MUCH_LATER) == {}


def test_a_deadline_is_over_when_the_day_is_over_where_the_people_are(board: Board) -> None:
    id_ = board.agree(due_on=date(2026, 3, 3))
    late_in_oslo = LATER.replace(hour=23, minute=30)

    assert not open_plan(board.site, board.owner, board.id, LATER).entry(id_).is_overdue
    assert open_plan(board.site, board.owner, board.id, late_in_oslo).entry(id_).is_overdue


def test_advice_of_the_result_is_what_a_new_action_begins_with(board: Board) -> None:
    result = open_result(board.site, board.owner, board.id, "nb").material.result
    first = result.recommendations[0]
    words = result.plan.questionnaire.words("nb")

    found = advice_on(board.site, board.advisor, board.id, first.question, "nb")

    assert found == Offer(words[f"{first.text_key}/text"], first.effort, first.question)


def test_a_question_without_advice_begins_with_itself_and_an_unknown_one_with_nothing(board: Board) -> None:
    advised = {
        one.question
        for one in open_result(board.site, board.owner, board.id, "nb").material.result.recommendations
    }
    draft = next_round(board)

    assert "indicators.revenue_nok" not in advised
    assert advice_on(board.site, board.owner, board.id, "indicators.revenue_nok", "nb") == Offer(
        question_id="indicators.revenue_nok"
    )
    assert advice_on(board.site, board.owner, draft, QUESTION, "nb") == Offer(question_id=QUESTION)
    assert advice_on(board.site, board.owner, board.id, "<script>", "nb") == Offer()
    with pytest.raises(NotThere):
        advice_on(board.site, as_actor(board.site, board.stranger.person_id), board.id, QUESTION, "nb")
