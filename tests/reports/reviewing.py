"""Reports of a hand-in that was reviewed: with ratings, notes of both kinds, a plan, an approval."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from assessment.answers import Review
from assessment.assess import assess
from assessment.review.approval import assess_as_rated
from questionnaires.values import Language
from reports.material import AskedAgain, Edition, Material, PlannedAction, ReviewMaterial, ReviewNote
from tests.reports.making import WORKSHOP, material_of

PRIVATE = "Kanarifugl"
"""What stands in every private note."""

SHARED = "Delt med dere"
"""What stands in every shared note."""

REVIEW = Review(
    confirmed=frozenset({"strategy.ambition"}),
    accepted=frozenset({"use"}),
    ratings={"strategy.ambition": "3", "insight.measurement": "4", "insight.competence": "4"},
    by="Kari Eksempel",
    on=date(2026, 3, 5),
)
"""By hand: ``insight`` is 1/3 by the company's answers, 4 with both its rated questions at 4."""

REASONS = {
    "insight.measurement": "Vi så målingene på befaringen.",
    "insight.competence": "To ansatte har tatt kurset.",
}

NOTES = (
    ReviewNote(None, "Kari Eksempel", date(2026, 3, 3), (f"{PRIVATE} om helheten.", "Spør om økonomien.")),
    ReviewNote(None, "Kari Eksempel", date(2026, 3, 3), (f"{SHARED}: Godt arbeid.",), is_shared=True),
    ReviewNote("strategy.ambition", "", date(2026, 3, 4), (f"{PRIVATE} om ambisjonen.",)),
    ReviewNote(
        "strategy.ambition",
        "Per Eksempel",
        date(2026, 3, 4),
        (f"{SHARED}: Skriv målet ned.",),
        is_shared=True,
    ),
)

ASKED = (AskedAgain("operations.waste_data", "Hvilke tall bygger dette på?", date(2026, 2, 20), 1, True),)

PLAN = (
    PlannedAction(
        "1", "insight.measurement", "Mål andelen gjenbrukt treverk", "Ola", date(2026, 6, 1), "small"
    ),
    PlannedAction("2", None, "Møt to leverandører om retur", status="begun", remark="Ett møte er holdt."),
    PlannedAction("3", "no.longer_asked", "Lag en materialliste", "Eli", is_earlier=True, status="done"),
)


def reviewed(
    raw: dict[str, Any] | str = WORKSHOP,
    language: Language = "nb",
    edition: Edition = "company",
    *,
    review: Review = REVIEW,
    is_approved: bool = True,
    plan: tuple[PlannedAction, ...] = PLAN,
    **changes: Any,
) -> Material:
    """The material of a reviewed hand-in. ``changes``: fields of its review material."""
    material = material_of(raw, language, edition, review=review)
    plan_of, answers = material.result.plan, material.result.answers
    held = ReviewMaterial(
        own=assess(plan_of, answers),
        rated=assess_as_rated(plan_of, answers, review),
        is_approved=is_approved,
        reasons=REASONS,
        notes=NOTES,
        asked_again=ASKED,
    )
    return replace(material, review=replace(held, **changes), plan=plan)
