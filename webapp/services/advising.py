"""What a result advises on a question, as the beginning of something to agree on."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.values import Language
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.plan import reach_plan
from webapp.services.results import open_result
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class Offer:
    """What a form can begin with; empty where there is nothing to begin with."""

    text: str = ""
    effort: str | None = None
    question_id: str | None = None


def advice_on(site: Site, actor: Actor, assessment_id: str, question_id: str, language: Language) -> Offer:
    """The advice on a question in the result that was handed in last; else the question alone.

    Nothing for a question there is not. Raises NotThere, and Refused: the reader has answers to rate first.
    """
    with site.database.read() as session:
        row, _ = reach_plan(session, site, actor, assessment_id)
        plan = site.shelf.open(row.questionnaire, row.version).plan
    if question_id not in {planned.question.id for planned in plan.questions}:
        return Offer()
    try:
        result = open_result(site, actor, assessment_id, language).material.result
    except (NotThere, Refused):  # nothing handed in, or it cannot be read any more
        return Offer(question_id=question_id)
    texts = plan.questionnaire.words(language)
    for advice in result.recommendations:
        if advice.question == question_id:
            return Offer(texts[f"{advice.text_key}/text"], advice.effort, question_id)
    return Offer(question_id=question_id)
