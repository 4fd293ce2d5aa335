"""Everything a report is made from: the result, what stands beside it, and who reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypeAlias

from assessment.advice.climb import NextStep
from assessment.advice.offers import Kind
from assessment.answers import AnswerSet
from assessment.change.comparison import Comparison
from assessment.result import AssessmentResult
from assessment.review.plan import ActionStatus
from questionnaires.activities import Activity
from questionnaires.programme import ProgrammeActivity
from questionnaires.values import Language
from reports.branding import NO_BRANDING, Branding

Edition: TypeAlias = Literal["company", "advisor", "share"]
"""Whom a report is for: the company itself, its advisor, or its bank and customers."""

EDITIONS: tuple[Edition, ...] = ("company", "advisor", "share")


@dataclass(frozen=True, slots=True)
class Previous:
    """An earlier assessment of the same questionnaire, and the change since."""

    answers: AnswerSet
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """An advisor's note. ``question``: None for one about the whole; ``by``: empty where nobody is known.

    ``is_shared``: the company reads it too; all others are for advisors alone.
    """

    question: str | None
    by: str
    on: date
    lines: tuple[str, ...]
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A question the company was asked to look at again. ``number``: of the hand-in that was sent back.

    ``is_changed``: None where nothing has been handed in since.
    """

    question: str
    reason: str
    on: date
    number: int
    is_changed: bool | None = None


@dataclass(frozen=True, slots=True)
class ReviewMaterial:
    """What the advisors have made of a hand-in, beside the review file that the result holds.

    ``own``: the result as the company handed it in, before anything was confirmed; ``rated``: the one with
    the advisors' ratings in it, the approved one when ``is_approved``. ``reasons``: by question, why a
    rating is another score than the company's.
    """

    own: AssessmentResult
    rated: AssessmentResult
    is_approved: bool = False
    reasons: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[ReviewNote, ...] = ()
    asked_again: tuple[AskedAgain, ...] = ()

    def for_edition(self, edition: Edition) -> ReviewMaterial | None:
        """What of it an edition holds: the company's nothing private, the share edition an approval alone.

        None where that is nothing.
        """
        if edition == "advisor":
            return self
        notes = tuple(note for note in self.notes if note.is_shared) if edition == "company" else ()
        if not self.is_approved and not notes:
            return None
        reasons = self.reasons if edition == "company" and self.is_approved else {}
        return replace(self, reasons=reasons, notes=notes, asked_again=())


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """Something a company and its advisor agreed on. ``question_id``: what it is to lift; None for the whole.

    ``owner``, ``remark``: empty where there is none. ``effort``: of the questionnaires' efforts, or None.
    ``is_earlier``: agreed on in a round before this one.
    """

    id: str
    question_id: str | None
    text: str
    owner: str = ""
    due_on: date | None = None
    effort: str | None = None
    status: ActionStatus = "open"
    remark: str = ""
    is_earlier: bool = False


@dataclass(frozen=True, slots=True)
class ProgrammeOffer:
    """What the programmes a company takes part in offer it, at one moment, in place of the usual list.

    ``activities``: those that can be taken up, in the order of their ids; ``kinds``: as what, by id: of what
    is over its recording is left. ``done``: ids of those the company has attended. ``zone``: the name of the
    time zone its people are in.
    """

    activities: tuple[ProgrammeActivity, ...]
    kinds: Mapping[str, Kind]
    done: frozenset[str] = frozenset()
    zone: str = "Europe/Oslo"


@dataclass(frozen=True, slots=True)
class Material:
    """What one report is made from. ``steps``: by dimension, the cheapest way to its next level.

    ``activities``: the usual list, for a company without an ``offer`` of its own.

    ``review``, ``plan``, ``offer``: what a web application knows beside the files; not attached.
    """

    result: AssessmentResult
    language: Language
    edition: Edition = "company"
    is_draft: bool = False
    activities: tuple[Activity, ...] = ()
    steps: Mapping[str, NextStep | None] = field(default_factory=dict)
    previous: Previous | None = None
    branding: Branding = NO_BRANDING
    review: ReviewMaterial | None = None
    plan: tuple[PlannedAction, ...] = ()
    offer: ProgrammeOffer | None = None
