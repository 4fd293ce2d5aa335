"""The life of an assessment: which states there are, what leads from one to the next, and who may do it.

The one place that knows. A new round is a new assessment which points to this one; this one stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from assessment.errors import IllegalTransition, ReasonMissing

State: TypeAlias = Literal["draft", "submitted", "in_review", "sent_back", "approved", "reopened"]
STATES: tuple[State, ...] = ("draft", "submitted", "in_review", "sent_back", "approved", "reopened")

Event: TypeAlias = Literal[
    "submit", "withdraw", "start_review", "send_back", "resubmit", "approve", "reopen", "start_new_round"
]
EVENTS: tuple[Event, ...] = (
    "submit",
    "withdraw",
    "start_review",
    "send_back",
    "resubmit",
    "approve",
    "reopen",
    "start_new_round",
)

Party: TypeAlias = Literal["company", "advisor"]
PARTIES: tuple[Party, ...] = ("company", "advisor")


@dataclass(frozen=True, slots=True)
class Transition:
    """Where an event leads, who may bring it about, and whether it takes a reason."""

    to: State
    by: Party
    needs_reason: bool = False


TRANSITIONS: Mapping[tuple[State, Event], Transition] = MappingProxyType(
    {
        ("draft", "submit"): Transition("submitted", "company"),
        ("submitted", "withdraw"): Transition("draft", "company"),
        ("submitted", "start_review"): Transition("in_review", "advisor"),
        ("in_review", "send_back"): Transition("sent_back", "advisor", needs_reason=True),
        ("in_review", "approve"): Transition("approved", "advisor"),
        ("sent_back", "resubmit"): Transition("submitted", "company"),
        ("approved", "reopen"): Transition("reopened", "advisor", needs_reason=True),
        ("reopened", "resubmit"): Transition("submitted", "company"),
        ("submitted", "start_new_round"): Transition("submitted", "company"),
        ("in_review", "start_new_round"): Transition("in_review", "company"),
        ("approved", "start_new_round"): Transition("approved", "company"),
    }
)
"""Everything that can happen; what is not here cannot.

A company can take back what nobody has begun to review. A new round starts from anything handed in, since
a review may take longer than a company wants to wait; while answers can be changed there is no need of one.
Described in docs/lifecycle.md.
"""

_EDITABLE: frozenset[State] = frozenset({"draft", "sent_back", "reopened"})


def move(state: State, event: Event, by: Party, reason: str | None = None) -> State:
    """The state an event leads to.

    Raises IllegalTransition where it cannot happen or is not theirs to bring about, and ReasonMissing.
    """
    transition = TRANSITIONS.get((state, event))
    if transition is None or transition.by != by:
        raise IllegalTransition(state, event, events_for(state, by))
    if transition.needs_reason and not (reason and reason.strip()):
        raise ReasonMissing(event)
    return transition.to


def may(state: State, event: Event, by: Party) -> bool:
    """Whether an event can happen now and is theirs to bring about."""
    transition = TRANSITIONS.get((state, event))
    return transition is not None and transition.by == by


def events_for(state: State, by: Party) -> tuple[Event, ...]:
    """What somebody can bring about now, in a fixed order."""
    return tuple(event for event in EVENTS if may(state, event, by))


def is_editable(state: State) -> bool:
    """Whether the company can change its answers."""
    return state in _EDITABLE


def is_handed_in(state: State) -> bool:
    """Whether it stands as the company has handed it in."""
    return state not in _EDITABLE


def is_locked(state: State) -> bool:
    """Whether it is signed off: no answer and no decision changes until an advisor opens it again."""
    return state == "approved"
