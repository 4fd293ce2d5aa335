"""Agreeing on actions: what is kept, what is refused, and two people at the same one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assessment.review.plan import Agreed
from tests.webapp.services.plans import DUE, LATER, MUCH_LATER, OTHER, QUESTION, Board, a_board
from tests.webapp.sites import as_actor
from webapp.db.tables.organisations import AdvisorAssignment
from webapp.db.tables.people import Person
from webapp.db.tables.plans import AgreedAction
from webapp.errors import NotThere, Refused
from webapp.services import agreeing
from webapp.services.agreeing import MAX_ACTIONS, MAX_OWNER, MAX_REMARK, MAX_TEXT, Wanted
from webapp.services.plan import open_plan


@pytest.fixture
def board(tmp_path: Path) -> Board:
    return a_board(tmp_path)


def test_an_action_is_kept_as_it_was_agreed_on(board: Board) -> None:
    id_ = board.agree(
        "Mål avfallet\r\n\r\nhver uke",
        owner=" Kari \n Nordmann ",
        due_on=DUE,
        effort="small",
        question_id=QUESTION,
    )

    entry = board.entry(id_)
    assert entry.agreed == Agreed(
        "Mål avfallet\nhver uke", "Kari Nordmann", DUE, "small", QUESTION, "open", ""
    )
    assert (entry.version, entry.started_by.name, entry.is_earlier) == (1, "kari", False)
    assert board.versions(id_) == [(1, "open", "kari")]
    assert board.deeds() == ["action_agreed"]


@pytest.mark.parametrize("by", ["owner", "member", "advisor", "second"])
def test_the_company_and_its_advisors_write_and_read_the_same_plan(board: Board, by: str) -> None:
    id_ = board.agree(by=by)
    board.follow(id_, "begun", 1, by=by)

    for reader in ("owner", "member", "advisor", "second"):
        assert [entry.agreed.status for entry in board.plan(reader).entries] == ["begun"]


@pytest.mark.parametrize("who", ["staff", "stranger"])
def test_nobody_else_reads_or_writes_it(board: Board, who: str) -> None:
    id_ = board.agree()

    deeds: list[Callable[[], Any]] = [
        lambda: board.plan(who),
        lambda: board.agree(by=who),
        lambda: board.revise(id_, Wanted("Nytt"), 1, by=who),
        lambda: board.follow(id_, "done", 1, by=who),
    ]
    for deed in deeds:
        with pytest.raises(NotThere):
            deed()
    assert board.versions(id_) == [(1, "open", "kari")]


def test_an_advisor_whose_assignment_has_ended_is_out_at_once(board: Board) -> None:
    id_ = board.agree(by="advisor")
    with board.site.database.write() as session:
        held = session.query(AdvisorAssignment).filter_by(person_id=board.advisor.person_id).one()
        held.until_utc = LATER
    gone = as_actor(board.site, board.advisor.person_id, MUCH_LATER)

    with pytest.raises(NotThere):
        open_plan(board.site, gone, board.id, MUCH_LATER)
    with pytest.raises(NotThere):
        agreeing.follow_up(board.site, gone, board.id, id_, MUCH_LATER, status="done", remark="", base=1)


@pytest.mark.parametrize("unknown", ["x" * 22, "", "<script>", "new"])
def test_an_unknown_action_looks_like_a_foreign_one(board: Board, unknown: str) -> None:
    with pytest.raises(NotThere):
        board.follow(unknown, "done", 1)
    with pytest.raises(NotThere):
        board.revise(unknown, Wanted("Nytt"), 1)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(" \n "), "text_missing"),
        (Wanted("x" * (MAX_TEXT + 1)), "text_long"),
        (Wanted("Mål", owner="x" * (MAX_OWNER + 1)), "owner_long"),
        (Wanted("Mål", due_on=date(1999, 12, 31)), "due_unlikely"),
        (Wanted("Mål", due_on=date(2100, 1, 1)), "due_unlikely"),
        (Wanted("Mål", effort="huge"), "no_such_effort"),
        (Wanted("Mål", question_id="strategy.nothing"), "no_such_question"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_saved(board: Board, wanted: Wanted, code: str) -> None:
    id_ = board.agree()

    with pytest.raises(Refused, match=rf"plan\.{code}"):
        agreeing.agree(board.site, board.owner, board.id, LATER, wanted=wanted)
    with pytest.raises(Refused, match=rf"plan\.{code}"):
        board.revise(id_, wanted, 1)
    assert [entry.version for entry in board.plan().entries] == [1]


@pytest.mark.parametrize(
    ("status", "remark", "code"),
    [
        ("finished", "", "status_missing"),
        ("dropped", "  ", "remark_missing"),
        ("done", "x" * (MAX_REMARK + 1), "remark_long"),
    ],
)
def test_a_status_is_one_of_four_and_dropping_takes_a_reason(
    board: Board, status: str, remark: str, code: str
) -> None:
    id_ = board.agree()

    with pytest.raises(Refused, match=rf"plan\.{code}"):
        board.follow(id_, status, 1, remark=remark)
    assert board.versions(id_) == [(1, "open", "kari")]


def test_every_status_can_follow_every_other_and_all_of_it_is_kept(board: Board) -> None:
    id_ = board.agree()
    steps = ("begun", "done", "open", "dropped", "begun")

    for base, status in enumerate(steps, 1):
        assert board.follow(id_, status, base, remark=f"Steg {base}").version == base + 1

    assert [status for _, status, _ in board.versions(id_)] == [*reversed(steps), "open"]
    assert board.deeds() == ["action_agreed", *["action_followed_up"] * 5]


def test_the_same_words_twice_at_once_are_one_action(board: Board) -> None:
    first = board.agree()

    assert board.agree() == first
    assert board.agree(owner="Ola") != first
    assert board.agree(now=MUCH_LATER) != first
    assert board.agree(by="advisor", now=MUCH_LATER) != board.agree(now=MUCH_LATER)


def test_saying_what_stands_already_is_no_new_version(board: Board) -> None:
    id_ = board.agree(owner="Kari")

    assert board.revise(id_, Wanted("Mål avfallet", owner="Kari"), 1).version == 1
    assert board.follow(id_, "open", 1).version == 1
    assert board.deeds() == ["action_agreed"]


def test_two_who_change_different_things_lose_nothing(board: Board) -> None:
    id_ = board.agree()

    board.follow(id_, "begun", 1, remark="Vekt er bestilt", by="advisor")
    kept = board.revise(id_, Wanted("Mål avfallet", owner="Ola"), 1, by="owner")

    assert (kept.version, kept.parting) == (3, None)
    agreed = board.entry(id_).agreed
    assert (agreed.status, agreed.remark, agreed.owner) == ("begun", "Vekt er bestilt", "Ola")


def test_two_who_change_the_same_are_shown_both_and_nothing_is_overwritten(board: Board) -> None:
    id_ = board.agree(owner="Kari")

    board.revise(id_, Wanted("Mål avfallet", owner="Ola"), 1, by="advisor")
    kept = board.revise(id_, Wanted("Vei avfallet", owner="Liv"), 1, by="owner")

    assert kept.parting is not None
    assert kept.parting.parts == ("owner",)
    assert [one.owner for one in (kept.parting.before, kept.parting.theirs, kept.parting.mine)] == [
        "Kari",
        "Ola",
        "Liv",
    ]
    assert (kept.parting.by.name, kept.parting.version) == ("rita", 2)
    assert kept.parting.both == Agreed("Vei avfallet", "Liv")
    assert board.entry(id_).agreed == Agreed("Mål avfallet", "Ola")


def test_of_two_at_the_same_moment_one_is_kept_and_the_other_is_shown_both(board: Board) -> None:
    id_ = board.agree()
    start, partings = threading.Barrier(2), list[bool]()

    def follow(by: str, status: str) -> None:
        start.wait()
        partings.append(board.follow(id_, status, 1, by=by).parting is not None)

    threads = [threading.Thread(target=follow, args=one) for one in (("owner", "begun"), ("advisor", "done"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(partings) == [False, True]
    assert len(board.versions(id_)) == 2


def test_who_saves_again_after_seeing_the_other_has_their_way_and_both_are_kept(board: Board) -> None:
    id_ = board.agree(owner="Kari")
    board.revise(id_, Wanted("Mål avfallet", owner="Ola"), 1, by="advisor")
    parting = board.revise(id_, Wanted("Mål avfallet", owner="Liv"), 1).parting
    assert parting is not None

    kept = board.revise(id_, Wanted("Mål avfallet", owner="Liv"), parting.version)

    assert (kept.version, kept.parting) == (3, None)
    assert [by for _, _, by in board.versions(id_)] == ["kari", "rita", "kari"]


@pytest.mark.parametrize("base", [0, 2, 999_999_999])
def test_a_version_that_never_was_is_refused(board: Board, base: int) -> None:
    id_ = board.agree()

    with pytest.raises(Refused, match=r"plan\.damaged"):
        board.follow(id_, "done", base)


def test_there_is_room_for_so_many_and_no_more(board: Board) -> None:
    for at in range(MAX_ACTIONS):
        board.agree(f"Tiltak {at}")

    with pytest.raises(Refused, match=r"plan\.too_many"):
        board.agree("Ett til")


def test_a_question_can_be_taken_away_again(board: Board) -> None:
    id_ = board.agree(question_id=QUESTION)

    board.revise(id_, Wanted("Mål avfallet", question_id=OTHER), 1)
    board.revise(id_, Wanted("Mål avfallet"), 2)

    assert board.entry(id_).agreed.question_id is None


def test_whoever_is_erased_leaves_what_they_agreed_on_without_their_name(board: Board) -> None:
    id_ = board.agree(by="advisor")
    with board.site.database.write() as session:
        session.delete(session.get_one(Person, board.advisor.person_id))

    entry = board.entry(id_)

    assert (entry.started_by.is_gone, entry.by.is_gone) == (True, True)
    assert board.versions(id_) == [(1, "open", "")]


def test_a_button_that_is_pressed_twice_at_the_same_moment_makes_one_action(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, start, ids = agreeing._just_agreed, threading.Barrier(2), list[str]()

    def linger(own: list[AgreedAction], *parts: Any) -> str | None:
        found = look(own, *parts)
        time.sleep(0.3)
        return found

    def press() -> None:
        start.wait()
        ids.append(board.agree())

    monkeypatch.setattr(agreeing, "_just_agreed", linger)
    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ids[0] == ids[1]
    assert len(board.plan().entries) == 1
