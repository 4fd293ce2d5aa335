"""What only the advisor's edition holds: what to look at, what to ask, the evidence, and room to write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.answers import Answer
from assessment.routing import Outcome
from reports.sections.answers import AnswerView, answer_view, evidence_line, has_words
from reports.sections.desk import Desk, Section
from reports.sections.ratings import RatingLine, rating_lines
from reports.sections.summary import SHOWN

_NOTHING = Answer("missing")
NOTE_LINES = 22
TOO_HIGH_SHOWN = 12


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """Answers that do not fit together: what it may mean, what to ask, and the answers themselves."""

    suggests: str
    ask: str
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """The values of the part."""

    contradictions: tuple[ContradictionView, ...]
    too_high: tuple[AnswerView, ...]
    too_high_more: str
    ratings: tuple[RatingLine, ...]
    has_reasons: bool


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One question with its evidence, or with the word that there is none."""

    question: str
    dimension: str
    mark: str
    items: tuple[str, ...]
    confirmed: str


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """The values of the part."""

    lines: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """One thing to bring up, and why."""

    ask: str
    why: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """The values of the part. ``lines``: how many empty lines there are to write on."""

    questions: tuple[Asking, ...]
    lines: range


def check(desk: Desk) -> Section:
    """Contradictions, answers too high for their evidence, and where the advisor rates otherwise."""
    result = desk.result
    shown = result.too_high[:TOO_HIGH_SHOWN]
    left = len(result.too_high) - len(shown)
    ratings = rating_lines(desk)
    body = Check(
        contradictions=tuple(
            ContradictionView(
                suggests=desk.voice.texts[f"contradictions/{found.rule}/suggests"],
                ask=desk.voice.texts[f"contradictions/{found.rule}/ask"],
                answers=tuple(_answers(desk, found.questions)),
            )
            for found in result.contradictions
        ),
        too_high=tuple(answer_view(desk, desk.outcomes[id_]) for id_ in shown),
        too_high_more=desk.voice.say("too_high_more", count=left) if left else "",
        ratings=ratings,
        has_reasons=any(line.reason for line in ratings),
    )
    return Section("check", desk.voice.words["check_title"], body)


def evidence(desk: Desk) -> Section:
    """Every piece of evidence by question, and the strong answers that have none."""
    lines = tuple(_evidence(desk))
    return Section("evidence", desk.voice.words["evidence_title"], EvidenceList(lines))


def meeting(desk: Desk) -> Section:
    """What to ask at the meeting, and room for notes."""
    body = Meeting(tuple(_questions(desk)), range(NOTE_LINES))
    return Section("meeting", desk.voice.words["meeting_title"], body)


def _answers(desk: Desk, questions: tuple[str, ...]) -> Iterator[AnswerView]:
    for id_ in questions:
        outcome = desk.outcomes.get(id_)
        if outcome is not None and outcome.state != "not_asked":
            yield answer_view(desk, outcome)


def _evidence(desk: Desk) -> Iterator[EvidenceLine]:
    words = desk.voice.words
    for outcome in desk.result.routed.outcomes:
        answer = desk.result.answers.answers.get(outcome.id, _NOTHING)
        items = tuple(evidence_line(desk, item) for item in answer.evidence if has_words(item))
        lacking = outcome.id in desk.result.too_high
        if outcome.state == "answered" and (items or lacking or outcome.confirmed):
            yield EvidenceLine(
                question=desk.voice.question(outcome.id),
                dimension=desk.voice.dimension(outcome.planned.dimension),
                mark=_short_mark(desk, outcome),
                items=items or (words["evidence_none"],),
                confirmed=words["confirmed" if outcome.confirmed else "not_confirmed"],
            )


def _short_mark(desk: Desk, outcome: Outcome) -> str:
    return desk.voice.words["none"] if outcome.score is None else str(outcome.score)


def _questions(desk: Desk) -> Iterator[Asking]:
    """Contradictions first, then what the company does not know, then the largest gaps."""
    voice, words = desk.voice, desk.voice.words
    for found in desk.result.contradictions:
        yield Asking(voice.texts[f"contradictions/{found.rule}/ask"], words["meeting_contradiction"])
    told = set()
    for outcome in desk.result.routed.outcomes:
        if outcome.state == "unknown":
            told.add(outcome.id)
            yield Asking(
                voice.say("meeting_unknown_ask", question=voice.question(outcome.id)),
                words["meeting_unknown"],
            )
    for dimension in desk.dimensions:
        if desk.score(dimension.id).flags and dimension.id not in desk.result.review.accepted:
            ask = voice.say("meeting_na_ask", dimension=voice.dimension(dimension.id))
            yield Asking(ask, words["meeting_na"])
    for gap in [gap for gap in desk.result.gaps if gap.question not in told][:SHOWN]:
        ask = voice.say("meeting_gap_ask", question=voice.question(gap.question))
        yield Asking(ask, words["meeting_gap"])
