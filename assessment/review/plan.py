"""What a company and its advisor agreed to do: how far it has come, and two changes of it at once."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal, TypeAlias

ActionStatus: TypeAlias = Literal["open", "begun", "done", "dropped"]
STATUSES: tuple[ActionStatus, ...] = ("open", "begun", "done", "dropped")

_LIVE: frozenset[ActionStatus] = frozenset({"open", "begun"})
_PLACES: dict[ActionStatus, int] = {"begun": 0, "open": 1, "done": 2, "dropped": 3}


@dataclass(frozen=True, slots=True)
class Agreed:
    """What one agreed action says. ``owner``: who does it, as the company says it; empty where nobody yet.

    ``question_id``: what it is to lift; None for the whole. ``remark``: said when it was followed up last.
    """

    text: str
    owner: str = ""
    due_on: date | None = None
    effort: str | None = None
    question_id: str | None = None
    status: ActionStatus = "open"
    remark: str = ""


PARTS: tuple[str, ...] = tuple(field.name for field in fields(Agreed))
"""What can be changed of an agreed action."""


def find_status(text: str) -> ActionStatus | None:
    """The status of that name."""
    return next((status for status in STATUSES if status == text), None)


def is_live(status: ActionStatus) -> bool:
    """Whether something is still to be done."""
    return status in _LIVE


def is_overdue(status: ActionStatus, due_on: date | None, today: date) -> bool:
    """Whether it should have been done before today and is not."""
    return due_on is not None and due_on < today and is_live(status)


def place(status: ActionStatus, due_on: date | None) -> tuple[int, date]:
    """Where it stands in a plan: by status, what is left before what is over; the nearest deadline first."""
    return _PLACES[status], due_on or date.max


def parted(before: Agreed, mine: Agreed, theirs: Agreed) -> tuple[str, ...]:
    """The parts that two people changed to different things. ``before``: what both started from."""
    return tuple(
        part
        for part in PARTS
        if getattr(mine, part) not in (getattr(before, part), getattr(theirs, part))
        and getattr(theirs, part) != getattr(before, part)
    )


def merged(before: Agreed, mine: Agreed, theirs: Agreed) -> Agreed:
    """Theirs with what I changed in its place; only where nothing is :func:`parted` is nothing lost by it."""
    changed = {part: getattr(mine, part) for part in PARTS if getattr(mine, part) != getattr(before, part)}
    return replace(theirs, **changed)
