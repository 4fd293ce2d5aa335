"""Who has signed off a hand-in and when, in one line."""

from __future__ import annotations

from reports.formatting import clean, shortened
from reports.sections.desk import Desk

NAME_SHOWN = 80
"""How many characters of a name stand in a line that must have room for the day too."""


def approved_line(desk: Desk, key: str) -> str:
    """A sentence of ours about who approved and when; as much of it as is known.

    ``key``: of the words, which also has ``_by`` without a day and ``_on`` without a name.
    """
    review = desk.result.review
    name = shortened(clean(review.by), NAME_SHOWN)
    if name and review.on:
        return desk.voice.say(key, name=name, date=desk.voice.date(review.on))
    if name:
        return desk.voice.say(f"{key}_by", name=name)
    return desk.voice.say(f"{key}_on", date=desk.voice.date(review.on)) if review.on else ""
