"""The cohort report's values: what is told is said, what is not is left out, and nothing else is known."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from assessment.cohort.publishing import release_text
from reports.cohort.common import Common, Topics
from reports.cohort.effect import EffectPart
from reports.cohort.levels import Levels
from reports.cohort.material import CohortMaterial
from reports.cohort.places import Places
from reports.cohort.report import build_cohort_report
from reports.cohort.summary import CohortSummary
from tests.reports.cohort.releases import SMALL, branding, material, release
from tests.reports.making import definitions


def part(id_: str, given: CohortMaterial | None = None) -> Any:
    """The values of one part; fails where the report has none."""
    report = build_cohort_report(given or material())
    return next(section.body for section in report.sections if section.id == id_)


def parts(given: CohortMaterial) -> list[str]:
    return [section.id for section in build_cohort_report(given).sections]


def nothing_told() -> CohortMaterial:
    return material(release=release({}, owners=12))


def small() -> CohortMaterial:
    return material(release=release(SMALL, owners=25))


def test_all_parts_are_there_where_nearly_all_is_told() -> None:
    assert parts(material()) == [
        "cover", "reading", "summary", "levels", "coverage", "common", "topics", "development", "places",
        "effect", "method",
    ]  # fmt: skip


def test_what_is_not_told_has_no_part_or_one_calm_sentence() -> None:
    assert parts(nothing_told()) == ["cover", "reading", "summary", "levels", "common", "method"]

    levels: Levels = part("levels", nothing_told())
    common: Common = part("common", nothing_told())

    assert levels.intro == common.none == "Her er det ikke noe som kan vises denne gangen."
    assert (levels.grid, levels.chart, levels.left_out) == (None, None, "")


def test_a_cell_spans_the_levels_that_are_told_together() -> None:
    """20 of 60 on none, 0 and 1 are 33.3 %, to the nearest five 35; 25 are 41.7, so 40; 15 are 25."""
    levels: Levels = part("levels")
    assert levels.grid is not None
    whole, strategy = levels.grid.lines[:2]

    assert [(cell.span, cell.count, cell.share) for cell in whole.cells] == [
        (1, "6", "10\u00a0%"), (1, "14", "25\u00a0%"), (1, "22", "35\u00a0%"), (1, "12", "20\u00a0%"),
        (1, "6", "10\u00a0%"),
    ]  # fmt: skip
    assert [(cell.span, cell.steps, cell.count, cell.share) for cell in strategy.cells] == [
        (2, "0–1", "20", "35\u00a0%"), (1, "2", "25", "40\u00a0%"), (2, "3–4", "15", "25\u00a0%"),
    ]  # fmt: skip
    assert levels.grid.columns[0] == "0 Ikke startet, eller uten nivå"


def test_dimensions_that_are_not_told_are_named_without_a_reason() -> None:
    assert part("levels").left_out == "Ikke vist denne gangen: Måling og kompetanse."


def test_means_and_boxes_are_shown_where_they_are_told() -> None:
    spread = {line.name: (line.mean, line.half, line.median) for line in part("levels").spread}
    few = {line.name: (line.mean, line.half) for line in part("levels", small()).spread}

    assert spread["Samlet"] == ("2,0", "1,2–2,8", "2,0")
    assert spread["Strategi og forretningsmodell"] == ("1,0", "0,8–2,5", "1,0")
    assert "Måling og kompetanse" not in spread
    assert few == {"Samlet": ("1,5", "–"), "Design av produkter og tjenester": ("1,1", "–")}


def test_the_summary_says_where_most_stand_and_plain_figures() -> None:
    summary: CohortSummary = part("summary")

    assert summary.lead == "Samlet sett står flest bedrifter på nivå 2: 22 av 60 (35\u00a0%)."
    assert [(fact.name, fact.figure) for fact in summary.facts] == [
        ("Bedrifter", "60"),
        ("Gjennomsnitt", "2,0"),
        ("Høyere enn sist", "45\u00a0%"),
        ("Mangler oftest", "Kompetanse"),
    ]


@pytest.mark.parametrize(
    ("groups", "counts"),
    [
        ((("skill",), ("infrastructure",), ("capital", "regulation", "none")), (6, 7, 12)),
        ((("skill",), ("infrastructure", "capital", "regulation", "none")), (30, 31)),
        ((("skill", "infrastructure", "capital", "regulation"), ("none",)), (6, 12)),
    ],
    ids=["several together come first", "two alike as shown", "nothing is lacking"],
)
def test_no_lack_is_called_the_commonest_where_it_is_not_known(groups: Any, counts: tuple[int, ...]) -> None:
    told = {"tag": {"groups": groups, "rows": (replace(release_table("tag").rows[0], counts=counts),)}}
    summary: CohortSummary = part("summary", material(release=release(told)))

    assert [fact.name for fact in summary.facts] == ["Bedrifter"]


def test_the_group_without_a_level_is_never_called_level_0_alone() -> None:
    assert part("summary", small()).lead == (
        "Samlet sett står flest bedrifter på nivå 0–1, eller de har svart på for lite til å få et nivå: "
        "14 av 25 (55\u00a0%)."
    )


def test_gaps_come_with_what_they_lack_and_those_that_cannot_be_told_are_not_there() -> None:
    common: Common = part("common")
    first = common.gaps[0]

    assert (first.dimension, first.lacks, first.share) == (
        "Strategi og forretningsmodell", "Kompetanse", "65\u00a0%",
    )  # fmt: skip
    assert [line.share for line in common.strengths] == [
        f"{share}\u00a0%" for share in (50, 45, 40, 35, 30, 25)
    ]
    assert [(line.name, line.count, line.share) for line in common.tags] == [
        ("Kompetanse", "31", "50\u00a0%"),
        ("Infrastruktur", "17", "30\u00a0%"),
        ("Kapital, regelverk eller ingen av delene", "12", "20\u00a0%"),
    ]
    assert [(line.share) for line in part("common", small()).gaps] == ["70\u00a0%"]


def test_topics_say_how_many_have_the_gap_and_how_many_can_tell() -> None:
    topics: Topics = part("topics")
    alone: Topics = part("topics", small())

    assert [one.dimension for one in topics.topics] == [
        "Strategi og forretningsmodell",
        "Design av produkter og tjenester",
        "Sirkulære innsatsvarer og innkjøp",
        "Ressurseffektiv drift",
    ]
    assert topics.topics[0].who == (
        "65\u00a0% har dette som gap, mens 15\u00a0% har det som styrke "
        "og kan fortelle hvordan de fikk det til."
    )
    assert topics.topics[0].ask == "Å snakke om: Hva må dere lære, og hvem kan vise dere det?"
    assert [one.who for one in alone.topics] == ["70\u00a0% har dette som gap."]


def test_places_that_are_told_together_are_one_row_with_their_names_below() -> None:
    region, sector = (part("places")).places

    assert [line.name for line in region.grid.lines] == ["Nord", "Andre, 5 samlet"]
    assert region.together == "Slått sammen: Sør, Vest, Øst, Midt og ukjent."
    assert [line.name for line in sector.grid.lines] == ["Trevare", "Metall, Mat og ukjent"]
    assert sector.together == ""


def test_a_place_table_alone_is_shown_alone() -> None:
    told = {"level/sector": {"groups": (("none_or_0", "1", "2"), ("3", "4")), "rows": ()}}
    places: Places = part("places", material(release=release({**told, "level/region": _one_region()})))

    assert [place.id for place in places.places] == ["region"]


def _one_region() -> dict[str, Any]:
    return {name: getattr(release_table("level/region"), name) for name in ("groups", "rows")}


def release_table(id_: str) -> Any:
    return material().release.table(id_)


def test_an_effect_has_its_interval_and_is_never_called_a_cause() -> None:
    """Webinar: 17/27 against 7/27 with one added to each side; margin 1.96 root(0.00864 + 0.00711) = 0.246,
    so 12.4 to 61.7 percentage points, outwards to 12 and 62."""
    effect: EffectPart = part("effect")
    webinar, gathering = effect.lines

    assert (webinar.attended, webinar.others) == ("65\u00a0% av 25", "25\u00a0% av 25")
    assert (webinar.interval, webinar.says) == ("+12 til +62", "Neppe, men årsaken er ukjent")
    assert gathering.says == "Ja"
    assert effect.caveat.startswith("Tallene viser ikke at aktiviteten er årsaken.")


def test_an_axis_of_effects_holds_every_interval_and_zero() -> None:
    ticks = part("effect").chart.ticks

    assert [(tick.label, tick.is_zero) for tick in ticks] == [
        ("−25", False), ("0", True), ("+25", False), ("+50", False), ("+75", False),
    ]  # fmt: skip


def test_what_is_attached_is_the_released_text_and_nothing_of_its_basis() -> None:
    given = material()
    [attached] = build_cohort_report(given).attached

    assert attached.content.decode("ascii") == release_text(given.release)
    assert set(json.loads(attached.content)) == {"layout", "number", "owners", "round", "tables"}


def test_the_basis_is_never_looked_at() -> None:
    given = material()
    blind = replace(given, release=replace(given.release, basis=None))  # type: ignore[arg-type]

    assert build_cohort_report(blind) == build_cohort_report(given)


def test_a_share_that_rounds_to_none_or_all_is_said_as_less_or_more() -> None:
    """6 of 2,000 are 0.3 %."""
    row = release_table("coverage").rows[0]
    told = {
        "coverage": {
            "groups": (("below_80", "80_to_100"), ("all",)),
            "rows": (replace(row, counts=(6, 1994)),),
        }
    }
    [line] = part("coverage", material(release=release(told, owners=2000))).grid.lines

    assert [(cell.count, cell.share) for cell in line.cells] == [
        ("6", "<\u00a05\u00a0%"), ("1\u00a0994", ">\u00a095\u00a0%"),
    ]  # fmt: skip
    assert line.total == "2\u00a0000"


def test_an_id_without_a_name_is_shown_as_it_is_and_an_unprintable_name_is_none() -> None:
    places: Places = part("places", material(regions={"north": "\u200b"}, cohort="\u202e"))

    assert places.places[0].grid.lines[0].name == "north"
    assert part("cover", material(cohort="\u202e")).cohort == "Kull uten navn"


def test_another_content_is_another_file() -> None:
    first = build_cohort_report(material())

    assert first.identifier == build_cohort_report(material()).identifier
    assert first.identifier != build_cohort_report(material(cohort="Kull høst 2027")).identifier
    assert first.identifier != build_cohort_report(material(branding=branding())).identifier


def test_a_questionnaire_without_a_question_of_the_release_is_refused() -> None:
    given = material()
    empty = tuple(one.model_copy(update={"questions": ()}) for one in given.questionnaire.sections)
    without = given.questionnaire.model_copy(update={"sections": empty})

    with pytest.raises(KeyError, match="strategy"):
        build_cohort_report(replace(given, questionnaire=without))


def test_a_questionnaire_without_a_dimension_of_the_release_is_refused() -> None:
    other = definitions.plan("sustainability_reporting").questionnaire

    with pytest.raises(KeyError, match="dimensions/"):
        build_cohort_report(material(questionnaire=other))
