"""The life of an assessment: every state, event and party, and any way through them."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from assessment.errors import AssessmentError, IllegalTransition, ReasonMissing
from assessment.review.lifecycle import (
    EVENTS,
    PARTIES,
    STATES,
    TRANSITIONS,
    Event,
    Party,
    State,
    Transition,
    events_for,
    is_editable,
    is_handed_in,
    is_locked,
    may,
    move,
)

LEGAL: dict[tuple[str, str, str], str] = {
    ("draft", "submit", "company"): "submitted",
    ("submitted", "withdraw", "company"): "draft",
    ("submitted", "start_review", "advisor"): "in_review",
    ("submitted", "start_new_round", "company"): "submitted",
    ("in_review", "send_back", "advisor"): "sent_back",
    ("in_review", "approve", "advisor"): "approved",
    ("in_review", "start_new_round", "company"): "in_review",
    ("sent_back", "resubmit", "company"): "submitted",
    ("approved", "reopen", "advisor"): "reopened",
    ("approved", "start_new_round", "company"): "approved",
    ("reopened", "resubmit", "company"): "submitted",
}
"""Everything that may happen, from docs/lifecycle.md; of 96 combinations all others may not."""

EVERY = list(product(STATES, EVENTS, PARTIES))
REASONED = ("send_back", "reopen")
DOCUMENT = (Path(__file__).parents[3] / "docs/lifecycle.md").read_text(encoding="utf-8")


def test_the_lists_hold_what_the_types_do() -> None:
    assert get_args(State) == STATES
    assert get_args(Event) == EVENTS
    assert get_args(Party) == PARTIES
    assert len(EVERY) == 96


@pytest.mark.parametrize(("state", "event", "by"), sorted(LEGAL))
def test_what_the_table_says_happens(state: State, event: Event, by: Party) -> None:
    assert move(state, event, by, reason="Tallene mangler kilde") == LEGAL[state, event, by]
    assert may(state, event, by)
    assert event in events_for(state, by)


@pytest.mark.parametrize(("state", "event", "by"), sorted(set(EVERY) - set(LEGAL)))
def test_what_the_table_does_not_say_cannot_happen(state: State, event: Event, by: Party) -> None:
    with pytest.raises(IllegalTransition) as raised:
        move(state, event, by, reason="Tallene mangler kilde")

    assert not may(state, event, by)
    assert event not in events_for(state, by)
    assert (raised.value.state, raised.value.event) == (state, event)
    assert raised.value.allowed == events_for(state, by)


@pytest.mark.parametrize("reason", [None, "", " \t\n\u00a0"], ids=["none", "empty", "white space"])
@pytest.mark.parametrize(("state", "event"), [("in_review", "send_back"), ("approved", "reopen")])
def test_sending_back_and_reopening_need_a_reason(state: State, event: Event, reason: str | None) -> None:
    with pytest.raises(ReasonMissing) as raised:
        move(state, event, "advisor", reason)

    assert raised.value.event == event


@pytest.mark.parametrize(("state", "event", "by"), sorted(key for key in LEGAL if key[1] not in REASONED))
def test_every_other_step_needs_none(state: State, event: Event, by: Party) -> None:
    assert move(state, event, by) == LEGAL[state, event, by]


@pytest.mark.parametrize(("state", "event"), sorted(TRANSITIONS))
def test_the_document_tells_each_step_as_it_is(state: State, event: Event) -> None:
    step = TRANSITIONS[state, event]
    reason = "needed |" if step.needs_reason else "|"

    row = f"| `{state}` | `{event}` | `{step.to}` | {step.by} | {reason}"

    assert row in DOCUMENT.splitlines()


def test_a_wrong_step_is_told_before_a_missing_reason() -> None:
    with pytest.raises(IllegalTransition):
        move("draft", "send_back", "advisor")


def test_an_illegal_step_says_where_it_stands_and_what_is_allowed() -> None:
    with pytest.raises(AssessmentError, match=r"^approve from submitted; allowed: start_review$"):
        move("submitted", "approve", "advisor")

    with pytest.raises(AssessmentError, match=r"^submit from approved; allowed: nothing$"):
        raise IllegalTransition("approved", "submit", ())


def test_nobody_can_change_the_table() -> None:
    with pytest.raises(TypeError):
        TRANSITIONS["draft", "approve"] = Transition("approved", "company")  # type: ignore[index]  # the point


@pytest.mark.parametrize(
    ("state", "editable", "handed_in", "locked"),
    [
        ("draft", True, False, False),
        ("submitted", False, True, False),
        ("in_review", False, True, False),
        ("sent_back", True, False, False),
        ("approved", False, True, True),
        ("reopened", True, False, False),
    ],
)
def test_each_state_says_what_can_be_done_with_it(
    state: State, editable: bool, handed_in: bool, locked: bool
) -> None:
    assert (is_editable(state), is_handed_in(state), is_locked(state)) == (editable, handed_in, locked)


def test_every_state_can_be_reached_and_left() -> None:
    assert {transition.to for transition in TRANSITIONS.values()} == set(STATES)
    assert {state for (state, _), transition in TRANSITIONS.items() if transition.to != state} == set(STATES)


class Life(RuleBasedStateMachine):
    """Anybody tries anything; what came through is counted from outside.

    ``edits``: periods in which answers could be changed; ``submissions``: times it was handed in.
    """

    def __init__(self) -> None:
        super().__init__()
        self.state: State = "draft"
        self.edits = 1
        self.submissions = 0
        self.approvals = 0
        self.rounds = 0

    @rule(event=st.sampled_from(EVENTS), by=st.sampled_from(PARTIES), reason=st.sampled_from([None, "Grunn"]))
    def attempt(self, event: Event, by: Party, reason: str | None) -> None:
        """Try one step; a refused one changes nothing."""
        try:
            after = move(self.state, event, by, reason)
        except (IllegalTransition, ReasonMissing):
            return
        assert LEGAL[self.state, event, by] == after
        assert reason or event not in REASONED
        self._count(event, after)
        self.state = after

    @precondition(lambda self: is_editable(self.state))
    @rule()
    def hand_in(self) -> None:
        """Whatever can be changed can be handed in, by exactly one event, once."""
        (event,) = events_for(self.state, "company")

        assert not may(move(self.state, event, "company"), event, "company")

        self.attempt(event, "company", None)

    def _count(self, event: Event, after: State) -> None:
        self.edits += is_editable(after)
        self.submissions += event in ("submit", "resubmit")
        self.approvals += event == "approve"
        if event == "start_new_round":
            self.rounds += 1
            assert after == self.state

    @invariant()
    def each_period_of_editing_is_handed_in_once(self) -> None:
        """One submission a period, none while the last one is open."""
        assert self.submissions == self.edits - is_editable(self.state)

    @invariant()
    def the_state_is_one_there_is(self) -> None:
        """No way leads out of the table, and none into a dead end."""
        assert self.state in STATES
        assert events_for(self.state, "company") + events_for(self.state, "advisor")

    @invariant()
    def what_is_signed_off_was_approved_and_handed_in(self) -> None:
        """Nothing is approved or opened again that was not, and no new round starts before a submission."""
        assert self.approvals <= self.submissions
        assert self.approvals or self.state not in ("approved", "reopened")
        assert self.submissions or self.rounds == 0


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
