"""Who can help with what a result advises, for its page."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.support.matching import Match, offers_for
from webapp.auth import current
from webapp.services.results import Result
from webapp.views.resultsteps import OFFERED
from webapp.views.supportpages import OfferView, offer_view

MOST_IN_EACH = 2
"""Offers for a dimension; the directory has the others."""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One offer. ``key``: what the form of a referral calls it."""

    key: str
    actor_id: str
    actor: str
    offer: OfferView
    is_general: bool


@dataclass(frozen=True, slots=True)
class HelpGroup:
    """The offers for one dimension, and the question the first advice in it is about."""

    dimension: str
    question_id: str
    lines: tuple[HelpLine, ...]


def help_page(result: Result) -> list[HelpGroup]:
    """For each dimension with advice on the page, in its order; nothing where no offer fits.

    Nothing for those who help companies themselves.
    """
    plan = result.material.result.plan
    found: dict[str, HelpGroup] = {}
    if current.site().shelf.open(result.row.questionnaire, result.row.version).is_for_helpers:
        return []
    texts = plan.questionnaire.words(current.language())
    municipality = str(result.material.result.answers.profile.get("municipality", ""))
    of = {planned.question.id: planned.dimension for planned in plan.questions}
    for advice in result.material.result.recommendations[:OFFERED]:
        theme = of[advice.question]
        if theme not in found:
            matches = offers_for(theme, result.directory, municipality, most=MOST_IN_EACH)
            lines = tuple(_line(match) for match in matches)
            found[theme] = HelpGroup(texts[f"dimensions/{theme}/title"], advice.question, lines)
    return [group for group in found.values() if group.lines]


def _line(match: Match) -> HelpLine:
    return HelpLine(
        key=f"{match.key}.{match.offer.id}",
        actor_id=match.key,
        actor=match.actor.name,
        offer=offer_view(match.offer),
        is_general=match.is_general,
    )
