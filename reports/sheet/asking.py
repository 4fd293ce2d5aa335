"""What an advisor should bring up at a meeting, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from assessment.review.approval import rated_score
from assessment.routing import Outcome
from reports.formatting import shortened
from reports.sections.desk import Desk
from reports.sections.remarks import differs
from reports.sheet.room import lines_needed

LONGEST = 300
"""How many characters of a text are kept; there is no room for more."""

_FOREMOST = 2
"""How many of a kind come before the rest of all kinds."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to bring up, and why. ``lines``: how many it is given."""

    text: str
    why: str
    lines: int


def asks(desk: Desk) -> tuple[Ask, ...]:
    """What does not fit together, what is too high for its evidence, what is not known, where ratings part.

    The foremost of each kind stand before all others; no question is brought up twice, but where answers do
    not fit together.
    """
    words, told = desk.voice.words, set[str]()
    rules = [found.rule for found in desk.result.contradictions]
    unknown = [outcome.id for outcome in desk.result.routed.outcomes if outcome.state == "unknown"]
    asked = [desk.voice.texts[f"contradictions/{rule}/ask"] for rule in rules]
    kinds = [
        [_ask(text, words["sheet_contradiction"]) for text in asked],
        [_ask(desk.voice.question(id_), _too_high(desk, id_)) for id_ in _new(desk.result.too_high, told)],
        [_ask(desk.voice.question(id_), words["sheet_unknown"]) for id_ in _new(unknown, told)],
        [_ask(desk.voice.question(id_), _parted(desk, id_)) for id_ in _new(_differing(desk), told)],
    ]
    foremost, rest = ([some[:_FOREMOST] for some in kinds], [some[_FOREMOST:] for some in kinds])
    return tuple(chain(*foremost, *rest))


def _ask(text: str, why: str) -> Ask:
    kept = shortened(text, LONGEST)
    return Ask(kept, why, lines_needed(f"{kept} ({why})", width=163, most=2))


def _new(ids: Iterable[str], told: set[str]) -> list[str]:
    """Those that no kind before has brought up."""
    found = [id_ for id_ in ids if id_ not in told]
    told.update(found)
    return found


def _too_high(desk: Desk, question: str) -> str:
    return desk.voice.say("sheet_too_high", score=desk.outcomes[question].score)


def _differing(desk: Desk) -> list[str]:
    """The questions where the ratings part, those furthest apart first."""
    parted = [outcome for outcome in desk.result.routed.outcomes if differs(desk, outcome)]
    return [one.id for one in sorted(parted, key=lambda one: -abs((one.score or 0) - _rated(desk, one)))]


def _parted(desk: Desk, question: str) -> str:
    outcome = desk.outcomes[question]
    own = desk.voice.words["none"] if outcome.score is None else str(outcome.score)
    return desk.voice.say("sheet_differs", own=own, rated=_rated(desk, outcome))


def _rated(desk: Desk, outcome: Outcome) -> int:
    return rated_score(outcome.planned.question, desk.result.review.ratings[outcome.id])
