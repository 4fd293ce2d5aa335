"""The ways to a next level and what stands out, as the page of a result says them: the answer first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assessment.advice.climb import Effort, NextStep
from assessment.advice.standing import Standing
from reports.sections.answers import answer_view
from reports.sections.desk import Desk
from reports.sections.nextstep import StepLine, way
from reports.sections.summary import SHOWN
from webapp.auth import current

EFFORTS: tuple[Effort, ...] = ("small", "medium", "large")
OFFERED = 3
"""How much advice is shown."""

MOST_UNFOLDED = 4
"""How many lines of a way are shown without being asked for."""


@dataclass(frozen=True, slots=True)
class StandsOut:
    """A question that stands out. ``said``: the answer, in words."""

    said: str
    question: str
    note: str


@dataclass(frozen=True, slots=True)
class PageStep:
    """One line of a way. ``goal``: what is true then; ``what``: the step, empty where the goal says it."""

    goal: str
    question: str
    what: str
    effort: str


@dataclass(frozen=True, slots=True)
class PageWay:
    """A way to a level. ``cost``: its steps by size, in words."""

    title: str
    cost: str
    lines: tuple[PageStep, ...]

    @property
    def is_long(self) -> bool:
        """Whether its lines are folded."""
        return len(self.lines) > MOST_UNFOLDED


def page_way(desk: Desk, step: NextStep | None) -> PageWay | None:
    """A way in words; None where there is none."""
    found = way(desk, step)
    if step is None or found is None:
        return None
    words = current.words()
    key = "result.way" if step.optimal else "result.way_unproved"
    cost = words.plural("result.way_questions", len(found.lines), steps=_sizes(desk, step))
    return PageWay(
        title=words.say(key, level=step.reaches, name=desk.voice.level(step.reaches)),
        cost=cost if step.optimal else f"{cost} {words.say('result.way_maybe')}",
        lines=tuple(_line(line) for line in found.lines),
    )


def _sizes(desk: Desk, step: NextStep) -> str:
    """How many small, medium and large steps there are: "4 small and 3 medium steps"."""
    words, sizes = current.words(), Counter(one.effort for one in step.steps)
    said = [words.plural(f"result.steps_{size}", sizes[size]) for size in EFFORTS if sizes[size]]
    return words.plural("result.steps", len(step.steps), sizes=desk.voice.listed(said))


def _line(line: StepLine) -> PageStep:
    if line.anchor:
        return PageStep(line.anchor, line.question, line.what, line.effort)
    return PageStep(f"{line.what[:1].upper()}{line.what[1:]}", line.question, "", line.effort)


def standing_out(desk: Desk, found: Iterable[Standing]) -> tuple[StandsOut, ...]:
    """Questions that stand out, with what was answered."""
    views = [(one, answer_view(desk, desk.outcomes[one.question])) for one in list(found)[:SHOWN]]
    return tuple(
        StandsOut(view.said, view.question, f"{view.mark} · {desk.voice.dimension(one.dimension)}")
        for one, view in views
    )
