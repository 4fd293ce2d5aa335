"""The cheapest way up as lines to read: one for each question, whatever number of steps it takes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from assessment.advice.climb import NextStep, Step
from reports.sections.desk import Desk

_EFFORTS = ("small", "medium", "large")


@dataclass(frozen=True, slots=True)
class StepLine:
    """What to do with one question. ``anchor``: what it will say then; empty where there is none."""

    question: str
    dimension: str
    what: str
    anchor: str
    effort: str


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a level. ``title``: where it leads and what it costs in all."""

    title: str
    lines: tuple[StepLine, ...]


def way(desk: Desk, step: NextStep | None) -> Way | None:
    """The way in words; None where there is none."""
    if step is None:
        return None
    key = "way" if step.optimal else "way_unproved"
    title = desk.voice.say(key, level=step.reaches, name=desk.voice.level(step.reaches), cost=step.cost)
    grouped = groupby(step.steps, key=lambda part: part.question)
    return Way(title, tuple(_line(desk, question, list(steps)) for question, steps in grouped))


def _line(desk: Desk, question: str, steps: list[Step]) -> StepLine:
    raises = [step for step in steps if step.kind == "raise"]
    reached = raises[-1].to_score if raises else None
    anchors = f"questions/{question}/anchors/"
    return StepLine(
        question=desk.voice.question(question),
        dimension=desk.voice.dimension(desk.outcomes[question].planned.dimension),
        what=", ".join(_phrases(desk, steps, raises)),
        anchor=desk.voice.texts.get(f"{anchors}{reached}", "") if reached is not None else "",
        effort=desk.voice.say("effort_phrase", effort=desk.voice.words[f"effort_{_largest(steps)}"]),
    )


def _largest(steps: list[Step]) -> str:
    return max((step.effort for step in steps), key=_EFFORTS.index)


def _phrases(desk: Desk, steps: list[Step], raises: list[Step]) -> list[str]:
    words = desk.voice.words
    said = [words["step_answer"]] if any(step.kind == "answer" for step in steps) else []
    if raises:
        said.append(desk.voice.say("step_raise", old=raises[0].from_score, new=raises[-1].to_score))
    said += [words["step_document"]] if any(step.kind == "document" for step in steps) else []
    return said
