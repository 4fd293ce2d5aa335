"""One question of an assessment, with where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from questionnaires.model import Question, Section, asked_at
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.organisations import Organisation
from webapp.errors import NotThere
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.services.opening import NOTHING, Held, Opened, open_assessment, reach
from webapp.services.shelf import Shelved
from webapp.services.site import Site
from webapp.services.wizard import shown_of


@dataclass(frozen=True, slots=True)
class OpenedQuestion:
    """A question for one of the company's own people.

    ``is_of_depth``: the assessment's depth has it; ``is_asked``: the other answers lead to it too.
    """

    opened: Opened
    section: Section
    question: Question
    is_of_depth: bool
    is_asked: bool

    @property
    def held(self) -> Held:
        """Its answer as it stands, asked or not."""
        return self.opened.held.get(self.question.id, Held())

    @property
    def is_unused(self) -> bool:
        """Whether it has an answer that counts nowhere now, since it is not asked."""
        return not self.is_asked and self.held.answer != NOTHING

    @property
    def takes_answers(self) -> bool:
        """Whether somebody can answer it now."""
        return self.opened.is_editable and self.is_of_depth and self.question.kind != "computed"


def open_question(site: Site, actor: Actor, assessment_id: str, question_id: str) -> OpenedQuestion:
    """One question of an assessment. Raises NotThere and NotAllowed."""
    opened = open_assessment(site, actor, assessment_id)
    section, question = find_question(opened.shelved, question_id)
    is_of_depth = asked_at(question, opened.depth)
    is_asked = is_of_depth and shown_of(opened).is_asked(question.id)
    return OpenedQuestion(opened, section, question, is_of_depth, is_asked)


def find_question(shelved: Shelved, question_id: str) -> tuple[Section, Question]:
    """A question of a version with its section. Raises NotThere."""
    for section, question in shelved.plan.questionnaire.questions():
        if question.id == question_id:
            return section, question
    raise NotThere


def reach_question(
    session: Session, site: Site, actor: Actor, assessment_id: str, question_id: str
) -> tuple[Assessment, Organisation, Question]:
    """A question within a transaction, for the company's own people. Raises NotThere and NotAllowed."""
    row, organisation = reach(session, actor, assessment_id)
    actor.needs(organisation.id, *COMPANY_ROLES)
    _, question = find_question(site.shelf.open(row.questionnaire, row.version), question_id)
    return row, organisation, question
