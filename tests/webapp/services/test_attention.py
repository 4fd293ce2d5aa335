"""For whom something waits, until when, and what comes first."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from webapp.services.attention import Attention, Stand, Waits, attention, rank, shortest

TODAY = date(2026, 3, 20)
HANDED_IN = date(2026, 3, 2)
SENT_BACK_UNTIL = date(2026, 3, 25)


def of(stand: Stand, *, review_days: int = 14, due_on: date | None = SENT_BACK_UNTIL) -> Attention:
    return attention(stand, TODAY, handed_in_on=HANDED_IN, review_days=review_days, due_on=due_on)


@pytest.mark.parametrize(
    ("stand", "waits", "due_on", "is_overdue"),
    [
        ("submitted", "you", date(2026, 3, 16), True),
        ("in_review", "you", date(2026, 3, 16), True),
        ("sent_back", "company", SENT_BACK_UNTIL, False),
        ("reopened", "company", SENT_BACK_UNTIL, False),
        ("approved", "nobody", None, False),
    ],
)
def test_whose_turn_it_is_and_until_when(
    stand: Stand, waits: Waits, due_on: date | None, is_overdue: bool
) -> None:
    assert of(stand) == Attention(waits, due_on, is_overdue)


@pytest.mark.parametrize(
    ("stand", "waits"), [("nothing", "company"), ("invited", "company"), ("setting_up", "you")]
)
def test_a_company_without_a_hand_in_has_no_deadline(stand: Stand, waits: Waits) -> None:
    found = attention(stand, TODAY, handed_in_on=None, review_days=14, due_on=None)

    assert found == Attention(waits, None, is_overdue=False)


@pytest.mark.parametrize(("days", "is_overdue"), [(17, True), (18, False), (19, False)])
def test_the_last_day_is_not_late(days: int, is_overdue: bool) -> None:
    # handed in on 2 March: 18 days later it is 20 March, today
    assert of("submitted", review_days=days).is_overdue is is_overdue


def test_what_was_sent_back_without_a_day_is_never_late() -> None:
    assert of("sent_back", due_on=None) == Attention("company", None, is_overdue=False)


def test_late_comes_first_then_yours_by_deadline_then_the_companys_then_the_rest_newest_first() -> None:
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    lines = {
        "done long ago": (Attention("nobody", None, False), early),
        "done lately": (Attention("nobody", None, False), late),
        "company, some day": (Attention("company", None, False), early),
        "company, a day": (Attention("company", date(2026, 4, 1), False), late),
        "you, later": (Attention("you", date(2026, 4, 2), False), early),
        "you, soon": (Attention("you", date(2026, 3, 21), False), late),
        "company, late": (Attention("company", date(2026, 3, 1), True), late),
        "you, later than that": (Attention("you", date(2026, 3, 10), True), early),
    }

    found = sorted(lines, key=lambda name: rank(*lines[name], name))

    assert found == [
        "company, late",
        "you, later than that",
        "you, soon",
        "you, later",
        "company, a day",
        "company, some day",
        "done lately",
        "done long ago",
    ]


def test_lines_that_are_alike_stand_by_name() -> None:
    same = Attention("company", None, False)

    assert sorted(["Åse AS", "berg as", "Alm AS"], key=lambda name: rank(same, None, name)) == [
        "Alm AS",
        "berg as",
        "Åse AS",
    ]


def test_the_strictest_programme_has_the_word() -> None:
    assert shortest([21, 7, 14], 14) == 7
    assert shortest([], 14) == 14
