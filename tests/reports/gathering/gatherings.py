"""A gathering made by hand: two tables, people with and without pre-work, some of whom may be named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from functools import cache
from typing import Any

from assessment.assess import assess
from assessment.cohort.topics import Topic, Topics
from assessment.gathering.prework import Bring, DimensionLine, Pick, Readiness, Sheet, participant_sheet
from assessment.gathering.reasons import Help, SharedGap, TableReason
from assessment.gathering.seats import Plan
from questionnaires.model import Questionnaire
from questionnaires.values import Language
from reports.branding import Branding, Logo, Partner
from reports.gathering.material import AgendaPoint, GatheringFacts, PackMaterial, Person
from tests.reports.making import answers_of, definitions, raw_answers
from tests.reports.pictures import red_and_blue, saved

CIRCULAR, REPORTING = "circular_business_models", "sustainability_reporting"
AMBITION, MEASURING = f"{CIRCULAR}/strategy.ambition", f"{CIRCULAR}/insight.measurement"
TAKEBACK, WASTE = f"{CIRCULAR}/recovery.takeback", f"{CIRCULAR}/operations.waste_data"

AGENDA: Mapping[Language, tuple[str, ...]] = {
    "nb": ("Kaffe og registrering", "Arbeid ved bordene", "Lunsj", "Neste steg"),
    "nn": ("Kaffi og registrering", "Arbeid ved borda", "Lunsj", "Neste steg"),
    "en": ("Coffee and registration", "Work at the tables", "Lunch", "Next steps"),
}
SECRET = f"{CIRCULAR}/design.durability"
"""A gap that nobody has said may be told."""

HIDDEN_NAME, HIDDEN_COMPANY = "Kanari Hemmelig", "Kanarifugl Drift AS"
"""Somebody who has not said that they may be named."""

OWN_PAGE = "https://program.example/min-side"


@cache
def sheet_of(*examples: str) -> Sheet:
    """The sheet of shipped example companies."""
    answers = [answers_of(raw_answers(example)) for example in examples]
    return participant_sheet(assess(definitions.plan(one.questionnaire, one.version), one) for one in answers)


def people() -> tuple[Person, ...]:
    """Two facilitators and six participants, of whom two are not to be named."""
    workshop, metal, builder = "eksempel_mobelverksted", "eksempel_metallverksted", "eksempel_bygg"
    done = Readiness((CIRCULAR,), ())
    return (
        Person("f1", "Solveig Eksempel", "Eksempel fylke", "facilitator", is_named=True),
        Person("f2", "Skjult Leder", "Skjult Rådgivning", "facilitator"),
        Person(
            "p1", "Kari Eksempel", "Eksempel Møbelverksted AS", is_named=True, shares_gaps=True,
            sheet=sheet_of(f"{workshop}/{CIRCULAR}", f"{workshop}/{REPORTING}"), readiness=done,
            address=f"{OWN_PAGE}/p1",
        ),
        Person(
            "p2", "Anne-Margrethe Eksempel-Fictitius", "Eksempel Metall AS", is_named=True, shares_gaps=True,
            sheet=sheet_of(f"{metal}/{CIRCULAR}"), readiness=done, address=f"{OWN_PAGE}/p2",
        ),
        Person(
            "p3", HIDDEN_NAME, HIDDEN_COMPANY,
            sheet=sheet_of(f"{builder}/{CIRCULAR}"), readiness=done, address=f"{OWN_PAGE}/p3",
        ),
        Person(
            "p4", "Per Eksempel", "Eksempel Butikk AS", is_named=True, shares_gaps=True,
            readiness=Readiness((), (CIRCULAR,)), address=f"{OWN_PAGE}/p4",
        ),
        Person("p5", "Åse Eksempel", "Eksempel Mat SA", is_named=True, address=f"{OWN_PAGE}/p5"),
        Person("p6", "Også Skjult", "Skjult Bakeri", readiness=Readiness((), (CIRCULAR, REPORTING))),
    )  # fmt: skip


REASONS = (
    TableReason(
        shared=(
            SharedGap(SECRET, ("p1", "p3")),
            SharedGap(AMBITION, ("p1", "p2", "p3")),
            SharedGap(TAKEBACK, ("p1", "p2")),
        ),
        helps=(Help("p2", "p1", WASTE), Help("p3", "p2", SECRET), Help("p1", "p2", TAKEBACK)),
    ),
    TableReason(shared=(SharedGap(SECRET, ("p4", "p5")),), helps=(Help("p4", "p6", SECRET),)),
)
"""Of the first table a shared gap, one with help and a help may be told, of the second nothing."""


def material(language: Language = "nb", **more: Any) -> PackMaterial:
    """The material of the gathering, with ordinary names."""
    usual = PackMaterial(
        gathering=GatheringFacts(
            title="Samling om sirkulærøkonomi",
            place="Eksempelhallen, Eksempelveien 1",
            starts=datetime(2027, 3, 4, 10, 0),
            ends=datetime(2027, 3, 4, 15, 0),
            agenda=tuple(
                AgendaPoint(title, minutes)
                for title, minutes in zip(AGENDA[language], (30, 90, None, 60), strict=True)
            ),
        ),
        language=language,
        programme="Eksempelprogrammet",
        people=people(),
        questionnaires={id_: definitions.plan(id_).questionnaire for id_ in (CIRCULAR, REPORTING)},
        plan=Plan((("f1", "p1", "p2", "p3"), ("f2", "p4", "p5", "p6"))),
        reasons=REASONS,
        ideas=("https://program.example/ideer/1", "https://program.example/ideer/2"),
        topics=Topics(12, (Topic(AMBITION, 7, or_more=True), Topic(MEASURING, 6, or_more=False))),
    )
    return replace(usual, **more)


def branding() -> Branding:
    """A look with a logo, a colour and two partners."""
    logo = Logo(saved(red_and_blue(), "PNG"), 40, 20)
    return Branding(
        accent="#7a1f3d",
        logo=logo,
        partners=(Partner("Eksempel fylke", logo), Partner("Eksempel klynge", logo)),
    )


LONG_NAME = "Eksempelnavn Som-Er-Svært-Langt Fordi Noen Har Skrevet Alt De Kom På "
HOSTILE = {
    "long": LONG_NAME * 4,
    "one_word": "Ø" * 200,
    "wide": "WÆM " * 50,
    "right_to_left": "שלום مرحبا \u202eabc " * 12,
    "markup": "<script>alert(1)</script>" * 8,
    "nothing": "\u200b\u2066 \t",
}
"""Names that somebody may have typed."""


def crowded(name: str, language: Language) -> PackMaterial:
    """Everything at once: three questionnaires, the longest questions, 28 at a table, a long agenda."""
    questionnaires = {
        id_: definitions.plan(id_).questionnaire for id_ in (CIRCULAR, REPORTING, "collaboration")
    }
    who = {"name": name, "company": name, "is_named": True, "shares_gaps": True}
    full = Person("p00", **who, sheet=_fullest(language, questionnaires), address=f"{OWN_PAGE}/{'x' * 60}")
    empty = Person("p01", **who, readiness=Readiness((), tuple(questionnaires)), address=OWN_PAGE)
    others = (Person(f"p{at:02}", **who, role="facilitator") for at in range(2, 28))
    every = (full, empty, *others)
    longest = _longest(language, questionnaires)[:8]
    return material(
        language,
        gathering=GatheringFacts(name, name, datetime(2027, 3, 4, 9), None, (AgendaPoint(name, 5),) * 40),
        programme=name,
        people=every,
        questionnaires=questionnaires,
        plan=Plan((tuple(one.id for one in every), ("p00", "p01"), tuple(one.id for one in every[:10]))),
        reasons=(TableReason(tuple(SharedGap(topic, ("p00", "p01")) for topic in longest[:3]), ()),) * 3,
        topics=Topics(40, tuple(Topic(topic, 35, or_more=True) for topic in longest)),
        ideas=(f"https://program.example/{'y' * 150}",) * 3,
        branding=branding(),
    )


def _longest(language: Language, questionnaires: Mapping[str, Questionnaire]) -> list[str]:
    """The topics with most words, the longest first."""
    found = [
        (len(words[f"questions/{question.id}/text"]), f"{id_}/{question.id}")
        for id_, one in questionnaires.items()
        for words in [one.words(language)]
        for section in one.sections
        for question in section.questions
    ]
    return [topic for _, topic in sorted(found, reverse=True)]


def _fullest(language: Language, questionnaires: Mapping[str, Questionnaire]) -> Sheet:
    """Every dimension, each provisional, and the questions with most words."""
    picks = [
        Pick(questionnaire, question, "any", Fraction(1))
        for topic in _longest(language, questionnaires)[:5]
        for questionnaire, _, question in [topic.partition("/")]
    ]
    lines = (
        DimensionLine(id_, dimension.id, Fraction(9, 4), 2, "provisional")
        for id_, one in questionnaires.items()
        for dimension in one.scheme.dimensions
    )
    return Sheet(
        tuple(lines),
        tuple(picks[:2]),
        tuple(picks[2:]),
        Bring("gap", picks[0].questionnaire, picks[0].question),
    )
