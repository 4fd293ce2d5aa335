"""What needs attention: for whom a company's assessment waits, until when, and what comes first.

Pure: nothing here asks the database or the clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

Waits: TypeAlias = Literal["you", "company", "nobody"]
WAITS: tuple[Waits, ...] = ("you", "company", "nobody")

Stand: TypeAlias = Literal[
    "submitted", "in_review", "sent_back", "reopened", "approved", "nothing", "setting_up", "invited"
]
"""Where a company is: the state of an assessment, or why it has none that was handed in.

``setting_up``: an advisor set it up and has invited nobody; ``invited``: somebody is asked to take over.
"""

STANDS: tuple[Stand, ...] = (
    "submitted",
    "in_review",
    "sent_back",
    "reopened",
    "approved",
    "nothing",
    "setting_up",
    "invited",
)

_FOR: dict[Stand, Waits] = {
    "submitted": "you",
    "in_review": "you",
    "sent_back": "company",
    "reopened": "company",
    "approved": "nobody",
    "nothing": "company",
    "setting_up": "you",
    "invited": "company",
}


@dataclass(frozen=True, slots=True)
class Attention:
    """``waits``: for whom; ``due_on``: until when, None where there is no deadline."""

    waits: Waits
    due_on: date | None
    is_overdue: bool


def attention(
    stand: Stand, today: date, *, handed_in_on: date | None, review_days: int, due_on: date | None
) -> Attention:
    """For whom something waits, and until when.

    A hand-in has ``review_days`` to be reviewed in; what was sent back, the day its advisor has set.
    """
    waits = _FOR[stand]
    until: date | None = None
    if waits == "you" and handed_in_on is not None:
        until = handed_in_on + timedelta(days=review_days)
    elif stand in ("sent_back", "reopened"):
        until = due_on
    return Attention(waits, until, until is not None and until < today)


def rank(one: Attention, at_utc: datetime | None, name: str) -> tuple[object, ...]:
    """What comes first: what is overdue, then what waits for you, then for the company, then the rest.

    Each by its deadline, those without one last; the rest the newest first.
    """
    group = 0 if one.is_overdue else 1 + WAITS.index(one.waits)
    newest = -at_utc.timestamp() if at_utc is not None and one.waits == "nobody" else 0.0
    return group, one.due_on or date.max, newest, name.casefold()


def shortest(days: Iterable[int], default: int) -> int:
    """How long a hand-in may wait: as long as the strictest of the programmes says."""
    return min(days, default=default)
