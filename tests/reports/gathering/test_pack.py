"""What stands in each document of the pack, as values."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from assessment.cohort.topics import Topics
from assessment.gathering.prework import Bring, DimensionLine, Sheet
from assessment.gathering.seats import Plan
from reports.gathering.badges import PER_SHEET, points_for
from reports.gathering.material import GatheringFacts, PackMaterial, Person
from reports.gathering.pack import build_pack
from tests.reports.gathering.gatherings import CIRCULAR, branding, material, people


def sheets(given: PackMaterial) -> dict[str, Any]:
    """The participants' sheets by name."""
    return {page.name: page for page in build_pack("participants", given).pages}


def test_every_participant_has_a_sheet_by_name_and_no_facilitator() -> None:
    assert list(sheets(material())) == [
        "Anne-Margrethe Eksempel-Fictitius",
        "Kanari Hemmelig",
        "Kari Eksempel",
        "Også Skjult",
        "Per Eksempel",
        "Åse Eksempel",
    ]


def test_a_sheet_says_where_the_company_stands_what_stands_out_and_what_to_ask() -> None:
    """The furniture workshop: tests/assessment/gathering/test_prework.py has its gaps and its question."""
    own = sheets(material())["Kari Eksempel"].prework
    circular, reporting = own.profiles

    # 2.8 of 4 are 70 per cent of the bar
    assert (circular.stands[0].dimension, circular.stands[0].level) == (
        "Strategi og forretningsmodell",
        "3 Etablert",
    )
    assert (len(circular.stands), len(reporting.stands)) == (8, 7)
    assert [(one.level, one.is_open) for one in reporting.stands if one.is_open] == [
        ("1 I startfasen (foreløpig)", True)
    ]
    assert (len(own.strengths), own.gaps[0]) == (2, "Måler dere hvor sirkulære dere er?")
    assert own.bring.question == "Hvilke tall har dere for energibruken?"
    assert own.bring.why.startswith("Dere svarte «vet ikke».")
    assert own.missing == ""


def test_a_dimension_with_too_few_answers_has_words_and_no_bar() -> None:
    lines = (
        DimensionLine(CIRCULAR, "strategy", None, None, "withheld"),
        DimensionLine("gone", "strategy", None, None, "withheld"),
    )
    person = Person("a", "A", sheet=Sheet(lines, (), (), Bring("gap", CIRCULAR, "gone.gone")))
    own = sheets(material(people=(person,)))["A"].prework
    [profile] = own.profiles

    assert [(one.score, one.level, one.share) for one in profile.stands] == [("–", "for få svar", None)]
    assert own.bring.question == ""


def test_without_pre_work_a_sheet_says_what_is_missing_and_what_to_think_about() -> None:
    found = sheets(material())

    assert found["Per Eksempel"].instead.about.startswith(
        "Forarbeidet er ikke levert: Sirkulære forretningsmodeller."
    )
    assert found["Åse Eksempel"].instead.about.startswith("Vi har ingen svar å vise.")
    assert len(found["Per Eksempel"].instead.think) == 3
    assert found["Per Eksempel"].prework is None


def test_times_follow_from_the_agenda_as_far_as_they_are_known() -> None:
    # 30 minutes from 10:00, then 90; how long lunch is, is not set
    [notes] = build_pack("notes", material()).pages

    assert [(one.time, one.lasts) for one in notes.agenda] == [
        ("10:00", "30\u00a0min"),
        ("10:30", "90\u00a0min"),
        ("12:00", ""),
        ("", "60\u00a0min"),
    ]
    assert sum(int(one.lasts.partition("\u00a0")[0]) for one in notes.hour) == 60


def test_a_table_has_its_facilitator_first_then_names_then_those_without() -> None:
    first, second = build_pack("tables", material()).pages

    assert [(one.name, one.company, one.role) for one in (*first.left, *first.right)] == [
        ("Solveig Eksempel", "Eksempel fylke", "Fasilitator"),
        ("Anne-Margrethe Eksempel-Fictitius", "Eksempel Metall AS", ""),
        ("Kari Eksempel", "Eksempel Møbelverksted AS", ""),
        ("Deltaker", "", ""),
    ]
    assert [one.name for one in (*second.left, *second.right)] == [
        "Fasilitator", "Per Eksempel", "Åse Eksempel", "Deltaker",
    ]  # fmt: skip
    assert (second.name, second.address) == ("Bord 2", "https://program.example/ideer/2")


def test_a_topic_is_not_told_twice_and_something_is_always_there_to_talk_about() -> None:
    first, second = build_pack("tables", material()).pages
    nothing = build_pack("tables", material(topics=Topics(9, ()), reasons=())).pages[0]

    assert [one.question for one in first.topics] == ["Måler dere hvor sirkulære dere er?"]
    assert second.topics[0].why == "7 eller flere av 12 bedrifter på samlingen har mye å hente på dette."
    assert len(nothing.topics) == 3
    assert second.common_none == nothing.common_none != ""


def test_notes_count_people_and_say_who_may_be_named() -> None:
    [notes] = build_pack("notes", material()).pages

    assert [one.text for one in notes.facts] == [
        "4.\u00a0mars\u00a02027 kl.\u00a010:00–15:00",
        "Eksempelhallen, Eksempelveien 1",
        *("6", "2", "2", "3 av 5"),
    ]
    assert (
        notes.tables[1].seated
        == "Per Eksempel, Eksempel Butikk AS; Åse Eksempel, Eksempel Mat SA; 2 uten navn her"
    )


def test_who_is_not_to_be_named_gets_a_badge_to_write_on_and_the_sheet_is_filled() -> None:
    [page] = build_pack("badges", material()).pages

    assert [one.name for one in page.badges[:5]] == [
        "Anne-Margrethe Eksempel-Fictitius",
        *("Kari Eksempel", "Per Eksempel", "Solveig Eksempel", "Åse Eksempel"),
    ]
    assert [(one.name, one.role, one.qr) for one in page.badges[5:]] == [
        ("", "Fasilitator", None),
        *[("", "", None)] * 4,
    ]
    assert len(build_pack("badges", material(people=_named(PER_SHEET + 1))).pages) == 2


def test_a_badge_to_write_on_has_a_code_only_where_all_have_the_same() -> None:
    alike = tuple(replace(one, address="https://program.example/samling") for one in people())
    [page] = build_pack("badges", material(people=alike)).pages

    assert {badge.qr.text for badge in page.badges} == {"https://program.example/samling"}


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("Åse Li", 26),
        ("Anne-Margrethe Eksempel", 22),
        ("Anne-Margrethe Eksempelsdatter Fictitius-Eksempelvik", 16),
        ("Eksempelnavn som har langt over seksti tegn og likevel skal kunne leses av andre", 12),
        ("Ø" * 200, 10),
    ],
)
def test_a_long_name_is_printed_smaller(name: str, points: int) -> None:
    assert points_for(name) == points


def test_what_is_not_set_leaves_no_hole() -> None:
    bare = PackMaterial(GatheringFacts("\u200b"), "nb", "", people()[:3], {}, Plan((("p1", "gone"),)))

    assert build_pack("badges", bare).title == "Navneskilt: Samling uten navn"
    [table] = build_pack("tables", bare).pages
    assert (table.facts, table.qr, table.common) == ("", None, ())
    assert [one.name for one in (*table.left, *table.right)] == ["Kari Eksempel"]
    [notes] = build_pack("notes", bare).pages
    assert notes.agenda == ()
    assert build_pack("notes", replace(bare, people=())).pages


def test_a_gathering_over_several_days_says_when_it_begins() -> None:
    facts = GatheringFacts("Samling", "", datetime(2027, 3, 4, 10), datetime(2027, 3, 5, 15))

    assert (
        build_pack("tables", material(gathering=facts)).pages[0].facts
        == "4.\u00a0mars\u00a02027 kl.\u00a010:00"
    )


def test_logos_stand_with_the_names_they_are_of() -> None:
    document = build_pack("tables", material(branding=branding()))

    assert document.behind == "Eksempelprogrammet · Eksempel fylke · Eksempel klynge"
    assert [logo.width for logo in document.logos] == ["18.0"] * 3  # 40 x 20 pixels, 9 mm high


def test_another_content_is_another_file() -> None:
    given = material()

    assert build_pack("tables", given).identifier == build_pack("tables", material()).identifier
    assert len({build_pack(kind, given).identifier for kind in ("tables", "notes", "badges")}) == 3


def _named(count: int) -> tuple[Person, ...]:
    return tuple(Person(f"n{at}", f"Navn {at}", is_named=True) for at in range(count))
