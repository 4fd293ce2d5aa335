"""Agreed actions: what is left, what is late, and two changes of the same one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.review.plan import (
    PARTS,
    STATUSES,
    ActionStatus,
    Agreed,
    find_status,
    is_live,
    is_overdue,
    merged,
    parted,
    place,
)

TODAY = date(2026, 12, 12)
BEFORE = Agreed("Mål avfallet", owner="Kari", due_on=TODAY, effort="small", question_id="q.one")

actions = st.builds(
    Agreed,
    text=st.sampled_from(["Mål avfallet", "Vei avfallet"]),
    owner=st.sampled_from(["", "Kari"]),
    due_on=st.sampled_from([None, TODAY]),
    effort=st.sampled_from([None, "small"]),
    question_id=st.sampled_from([None, "q.one"]),
    status=st.sampled_from(STATUSES),
    remark=st.sampled_from(["", "Bestilt"]),
)


@pytest.mark.parametrize(
    ("status", "due_on", "late"),
    [
        ("open", date(2026, 12, 11), True),
        ("begun", date(2026, 12, 11), True),
        ("open", TODAY, False),
        ("open", date(2026, 12, 13), False),
        ("open", None, False),
        ("done", date(2026, 12, 11), False),
        ("dropped", date(2026, 12, 11), False),
    ],
)
def test_an_action_is_late_the_day_after_its_deadline_while_it_is_to_be_done(
    status: ActionStatus, due_on: date | None, late: bool
) -> None:
    assert is_overdue(status, due_on, TODAY) is late


def test_what_is_open_or_begun_is_to_be_done() -> None:
    assert [status for status in STATUSES if is_live(status)] == ["open", "begun"]


def test_only_known_statuses_are_found() -> None:
    assert [find_status(text) for text in ("done", "Done", "", "ferdig")] == ["done", None, None, None]


def test_a_plan_stands_by_status_and_then_by_deadline() -> None:
    soon, later = date(2026, 1, 1), date(2026, 2, 1)
    wanted: list[tuple[ActionStatus, date | None]] = [
        ("begun", later),
        ("begun", None),
        ("open", soon),
        ("open", later),
        ("open", None),
        ("done", soon),
        ("dropped", None),
    ]

    mixed = wanted[3:] + wanted[:3]
    assert sorted(mixed, key=lambda one: place(*one)) == wanted


def test_changes_of_different_parts_both_stand() -> None:
    mine, theirs = replace(BEFORE, status="begun", remark="Bestilt"), replace(BEFORE, owner="Ola")

    assert parted(BEFORE, mine, theirs) == ()
    assert merged(BEFORE, mine, theirs) == replace(BEFORE, status="begun", remark="Bestilt", owner="Ola")


def test_the_same_part_changed_to_different_things_parts_them() -> None:
    mine = replace(BEFORE, owner="Ola", due_on=None)
    theirs = replace(BEFORE, owner="Liv", effort="large")

    assert parted(BEFORE, mine, theirs) == ("owner",)
    assert merged(BEFORE, mine, theirs) == replace(BEFORE, owner="Ola", due_on=None, effort="large")


def test_the_same_change_twice_is_no_parting() -> None:
    assert parted(BEFORE, replace(BEFORE, owner="Ola"), replace(BEFORE, owner="Ola")) == ()


@given(actions, actions, actions)
def test_where_nothing_parts_no_change_of_either_is_lost(
    before: Agreed, mine: Agreed, theirs: Agreed
) -> None:
    both = merged(before, mine, theirs)

    for part in set(PARTS) - set(parted(before, mine, theirs)):
        changes = {getattr(one, part) for one in (mine, theirs)} - {getattr(before, part)}
        assert {getattr(both, part)} == (changes or {getattr(before, part)})
