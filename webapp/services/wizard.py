"""What the pages of the wizard show of an assessment: parts, what is asked in each, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessment.advice.contradictions import Contradiction, contradictions
from assessment.assess import NO_REVIEW
from assessment.progress import Progress, progress
from assessment.routing import Outcome, route
from questionnaires.model import Question, Section, asked_at
from webapp.errors import NotThere
from webapp.services.opening import Opened
from webapp.services.profile import waived


@dataclass(frozen=True, slots=True)
class Shown:
    """The questions of an assessment's depth, as the answers so far have it.

    ``doubts``: answers that do not fit together.
    """

    outcomes: Mapping[str, Outcome]
    doubts: tuple[Contradiction, ...]

    def is_asked(self, id_: str) -> bool:
        """Whether the answers before it lead to a question."""
        return self.outcomes[id_].state != "not_asked"

    def figure(self, id_: str) -> Fraction | None:
        """The figure worked out for a question from a table or a formula; None where there is none."""
        outcome = self.outcomes[id_]
        if not outcome.derived:
            return None
        value = outcome.value
        return Fraction(value) if isinstance(value, Fraction | Decimal | int) else None


def shown_of(opened: Opened) -> Shown:
    """What is asked now."""
    plan = opened.shelved.plan
    routed = route(plan, opened.answers, NO_REVIEW)
    return Shown({outcome.id: outcome for outcome in routed.outcomes}, contradictions(plan, routed))


def progress_of(opened: Opened) -> Progress:
    """How far an assessment has come."""
    plan = opened.shelved.plan
    carried = frozenset(id_ for id_, held in opened.held.items() if held.is_carried)
    free = waived(plan.questionnaire, opened.organisation)
    return progress(plan, opened.answers, opened.done, carried, free)


def sections_of(opened: Opened) -> tuple[Section, ...]:
    """The sections that hold a question of the assessment's depth, in order."""
    sections = opened.shelved.plan.questionnaire.sections
    return tuple(section for section in sections if questions_in(opened, section))


def find_section(opened: Opened, section_id: str) -> Section:
    """One section. Raises NotThere."""
    for section in sections_of(opened):
        if section.id == section_id:
            return section
    raise NotThere


def questions_in(opened: Opened, section: Section) -> tuple[Question, ...]:
    """The questions of a section at the assessment's depth, asked or not."""
    return tuple(question for question in section.questions if asked_at(question, opened.depth))


def is_answered(opened: Opened, section: Section) -> bool:
    """Whether nothing in a section waits for an answer."""
    return all(part.is_complete for part in progress_of(opened).sections if part.id == section.id)


def section_after(opened: Opened, section_id: str) -> str | None:
    """The section after one; None after the last."""
    ids = [section.id for section in sections_of(opened)]
    at = ids.index(section_id) + 1
    return ids[at] if at < len(ids) else None
