"""Releases made by hand: of 60 companies nearly all is told, of 25 some, of 12 nothing.

Their basis is empty: whatever a report says, it has from the told tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assessment.cohort.figures import CohortFigures
from assessment.cohort.layout import LEVELS, Layout
from assessment.cohort.publishing import Release
from assessment.cohort.told import Box, Row, ToldTable
from questionnaires.values import Language
from reports.branding import NO_BRANDING, Branding, Logo, Partner
from reports.cohort.material import CohortMaterial
from tests.reports.making import definitions
from tests.reports.pictures import red_and_blue, saved

QUESTIONNAIRE = definitions.plan("circular_business_models").questionnaire
DIMENSIONS = tuple(one.id for one in QUESTIONNAIRE.scheme.dimensions)
QUESTIONS = (
    "strategy.ambition", "design.durability", "inputs.secondary", "operations.waste_data",
    "use.access_models", "recovery.takeback", "symbiosis.mapping", "insight.measurement",
)  # fmt: skip
LAYOUT = Layout(
    "circular_business_models",
    dimensions=DIMENSIONS,
    questions=QUESTIONS,
    regions=("north", "south", "west", "east", "middle"),
    sectors=("wood", "metal", "food"),
    activities=("webinar", "gathering"),
)
EACH = tuple((level,) for level in LEVELS)
LOW_MIDDLE_HIGH = (("none_or_0", "1"), ("2",), ("3", "4"))
QUESTION = (("gap",), ("neither",), ("strength",))
UP_OR_NOT = (("up",), ("same", "down"))

Told = Mapping[str, Mapping[str, Any]]

LARGE: Told = {
    "level": {
        "groups": EACH,
        "rows": (Row((), (6, 14, 22, 12, 6)),),
        "mean": "2.0",
        "box": Box("1.2", "2.0", "2.8"),
    },
    **{
        f"level.{id_}": {
            "groups": LOW_MIDDLE_HIGH,
            "rows": (Row((), (20 + at, 25 - at, 15)),),
            "mean": f"1.{at}",
            "box": Box("0.8", f"1.{at}", "2.5"),
        }
        for at, id_ in enumerate(DIMENSIONS[:-1])
    },
    "coverage": {"groups": (("below_80", "80_to_100"), ("all",)), "rows": (Row((), (21, 39)),)},
    "tag": {
        "groups": (("skill",), ("infrastructure",), ("capital", "regulation", "none")),
        "rows": (Row((), (31, 17, 12)),),
    },
    "development": {"groups": (("up",), ("same",), ("down",)), "rows": (Row((), (22, 21, 7)),)},
    **{
        f"question.{id_}": {"groups": QUESTION, "rows": (Row((), (40 - 3 * at, 10, 10 + 3 * at)),)}
        for at, id_ in enumerate(QUESTIONS)
    },
    "level/region": {
        "groups": LOW_MIDDLE_HIGH,
        "rows": (Row(("north",), (8, 10, 7)), Row(("south", "west", "east", "middle", ""), (12, 12, 11))),
    },
    "level/sector": {
        "groups": (("none_or_0", "1", "2"), ("3", "4")),
        "rows": (Row(("wood",), (20, 9)), Row(("metal", "food", ""), (22, 9))),
    },
    "development/activity.webinar": {
        "groups": UP_OR_NOT,
        "rows": (Row(("attended",), (16, 9)), Row(("not_attended",), (6, 19))),
    },
    "development/activity.gathering": {
        "groups": UP_OR_NOT,
        "rows": (Row(("attended",), (10, 12)), Row(("not_attended",), (12, 16))),
    },
}
"""What is told of 60 companies: of the last dimension nothing, all else in some way."""

LOW_HIGH = (("none_or_0", "1"), ("2", "3", "4"))
GAP_OR_NOT = (("gap",), ("neither", "strength"))
STRENGTH_OR_NOT = (("gap", "neither"), ("strength",))

SMALL: Told = {
    "level": {"groups": LOW_HIGH, "rows": (Row((), (14, 11)),), "mean": "1.5"},
    "level.strategy": {"groups": LOW_HIGH, "rows": (Row((), (9, 16)),)},
    "level.design": {"mean": "1.1"},
    "question.strategy.ambition": {"groups": GAP_OR_NOT, "rows": (Row((), (18, 7)),)},
    "question.use.access_models": {"groups": STRENGTH_OR_NOT, "rows": (Row((), (17, 8)),)},
}
"""What is told of 25 companies in their first round."""


def release(told: Told, owners: int = 60) -> Release:
    """The second release of the layout with what is told; all other tables are there, untold."""
    tables = tuple(
        ToldTable(one.id, one.attribute.id, one.axis.id if one.axis else None, **told.get(one.id, {}))
        for one in LAYOUT.tables
    )
    return Release(2, 2, owners, LAYOUT.sha256, tables, "5e" * 32, CohortFigures(LAYOUT, 2, ()))


def material(told: Told = LARGE, language: Language = "nb", owners: int = 60, **more: Any) -> CohortMaterial:
    """The material of such a release, with ordinary names."""
    usual = CohortMaterial(
        release=release(told, owners),
        questionnaire=QUESTIONNAIRE,
        language=language,
        programme="Eksempelprogrammet",
        cohort="Kull vår 2027",
        released_on=date(2027, 3, 1),
        regions={"north": "Nord", "south": "Sør", "west": "Vest", "east": "Øst", "middle": "Midt"},
        sectors={"wood": "Trevare", "metal": "Metall", "food": "Mat"},
        activities={"webinar": "Eksempelwebinar om ombruk", "gathering": "Eksempelsamling"},
        tags={"strategy.ambition": "skill", "inputs.secondary": "infrastructure"},
    )
    return replace(usual, **more)


def branding() -> Branding:
    """A look with a logo, a colour and two partners."""
    logo = Logo(saved(red_and_blue(), "PNG"), 40, 20)
    partners = (Partner("Eksempel fylke", logo), Partner("Eksempel klynge", logo))
    return replace(
        NO_BRANDING, accent="#7a1f3d", logo=logo, partners=partners, contact="post@program.example"
    )


LONG = "Eksempelnavn som er svært langt fordi noen har skrevet alt de kom på i ett og samme felt "


def long_names() -> CohortMaterial:
    """Everything that has a name has a very long one."""
    every = {id_: (LONG * 3 + id_) for id_ in (*LAYOUT.regions, *LAYOUT.sectors, *LAYOUT.activities)}
    return material(
        programme=LONG * 4,
        cohort=LONG * 2 + "W" * 90,
        regions=every,
        sectors=every,
        activities=every,
        branding=branding(),
    )
