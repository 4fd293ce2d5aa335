"""The parts by dimension, and every kind and state of answer."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.answers import Review
from reports.sections.answers import AnswerView
from reports.sections.dimensions import DimensionView
from tests.reports.making import BUILDER, LARGEST, WORKSHOP, material_of, raw_answers, section_of


def dimensions_of(raw: dict[str, Any] | str, **how: Any) -> dict[str, DimensionView]:
    views = section_of(material_of(raw, **how), "dimensions").body.dimensions
    return {view.target.removeprefix("dimension-"): view for view in views}


def answers_of(raw: dict[str, Any] | str, **how: Any) -> dict[str, AnswerView]:
    return {a.id: a for view in dimensions_of(raw, **how).values() for a in view.answers}


def test_a_dimension_shows_score_range_level_and_weight() -> None:
    view = dimensions_of(WORKSHOP)["operations"]

    assert view.level == "2 Under utvikling"
    assert [figure.text for figure in view.figures] == [
        "2",
        "1,83",
        "1,83",
        "45,8",
        "83\u00a0%",
        "15 av 100, kjerne",
    ]


def test_a_dimension_names_the_cheapest_way_to_its_next_level() -> None:
    way = dimensions_of(WORKSHOP)["insight"].way

    assert way is not None
    assert way.title == "Enkleste vei til nivå 1, I startfasen (innsats 1)"
    assert [line.what for line in way.lines] == ["fra 0 til 1 poeng"]


def test_a_gate_speaks_in_the_words_of_the_definition() -> None:
    notes = dimensions_of(BUILDER)["inputs"].notes

    assert any("før dere vet vekten av hovedmaterialene" in note for note in notes)


def test_a_dimension_with_too_few_answers_says_how_many_there_are() -> None:
    view = dimensions_of(BUILDER)["recovery"]

    assert view.level == "for få svar"
    assert (
        view.notes[0]
        == "Dere har svart på 40\u00a0% her. Vi viser nivået når dere har svart på minst 60\u00a0%."
    )


def test_a_choice_is_said_in_the_words_of_its_anchor_with_the_next_one() -> None:
    answer = answers_of(WORKSHOP)["strategy.ambition"]

    assert answer.mark == "3 av 4"
    assert answer.said.startswith("Vi har sirkulære mål i forretningsstrategien")
    assert answer.next_mark == "4 av 4"
    assert answer.next_anchor.startswith("Vi styrer investeringer")
    assert answer.anchor == ""


def test_evidence_is_told_with_kind_and_day() -> None:
    answer = answers_of(WORKSHOP)["strategy.ambition"]

    assert answer.evidence == ("Strategi 2024–2030, vedtatt i styret (dokument, 13.\u00a0juni\u00a02024)",)


def test_incomplete_evidence_says_that_it_does_not_count() -> None:
    raw = raw_answers(WORKSHOP)
    raw["answers"]["design.durability"]["evidence"] = [{"title": "Et ark"}, {"kind": "file"}]

    lines = answers_of(raw)["design.durability"].evidence

    assert lines == (
        "Et ark – teller ikke fordi navn eller type mangler",
        "Uten navn (fil) – teller ikke fordi navn eller type mangler",
    )


def test_several_choices_are_listed_with_what_they_are_worth() -> None:
    answer = answers_of(WORKSHOP)["strategy.business_model"]

    assert answer.said.count(";") == 1
    assert answer.anchor == "To eller flere modeller er i drift"


def test_unknown_counts_nothing_and_unanswered_says_so() -> None:
    answers = answers_of(WORKSHOP)

    assert (answers["operations.energy_water"].mark, answers["operations.energy_water"].said) == (
        "0 av 4",
        "Vet ikke",
    )
    assert (answers["symbiosis.network"].mark, answers["symbiosis.network"].said) == ("Svar", "Ikke besvart")


def test_not_applicable_carries_its_reason_and_nothing_next() -> None:
    raw = raw_answers(WORKSHOP)
    raw["answers"]["use.own_assets"] = {"status": "not_applicable", "reason": "Vi leier\nalt"}

    answer = answers_of(raw)["use.own_assets"]

    assert answer.said == "Ikke relevant: Vi leier alt"
    assert (answer.next_mark, answer.next_anchor) == ("", "")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("indicators.revenue_nok", "54\u00a0000\u00a0000\u00a0kr"),
        ("strategy.circular_revenue", "12,5\u00a0% (anslag)"),
        ("insight.material_circularity", "36,0\u00a0% (regnet ut fra tabellene)"),
    ],
)
def test_a_number_has_its_unit_and_where_it_comes_from(question: str, said: str) -> None:
    assert answers_of(LARGEST)[question].said == said


def test_a_table_keeps_its_columns_and_rows() -> None:
    table = answers_of(LARGEST)["indicators.inflow"].table

    assert table is not None
    assert table.headers[:2] == ("Materiale", "Vekt (tonn)")
    assert table.rows[1] == ("Aluminium", "20", "0", "75", "0")
    assert table.numeric == (False, True, True, True, True)


def test_questions_that_are_not_asked_are_left_out() -> None:
    assert "operations.hazardous" not in answers_of(WORKSHOP)


def test_only_the_advisor_sees_the_advisors_rating() -> None:
    review = Review(ratings={"strategy.ambition": "2"})

    company = answers_of(WORKSHOP, review=review)["strategy.ambition"]
    advisor = answers_of(WORKSHOP, review=review, edition="advisor")["strategy.ambition"]

    assert company.rated == ""
    assert advisor.rated == "2 – Vi har et skriftlig sirkulært mål for ett område"


def test_a_dimension_emptied_by_the_company_says_so() -> None:
    raw = raw_answers(WORKSHOP)
    for question in ("use.lifetime_services", "use.access_models", "use.own_assets"):
        raw["answers"][question] = {"status": "not_applicable", "reason": "Gjelder ikke oss"}

    view = dimensions_of(raw)["use"]

    assert view.level == "gjelder ikke"
    assert view.notes == (
        "Unntatt av virksomheten: Dere har satt alle spørsmålene til ikke relevant, "
        "så dimensjonen er holdt utenfor.",
    )
    assert (view.way, view.way_none) == (None, "")
