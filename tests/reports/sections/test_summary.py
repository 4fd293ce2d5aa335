"""The page for a busy managing director. Figures of the furniture workshop: its expected.yaml."""

from __future__ import annotations

from typing import Any

from assessment.answers import Review
from reports.sections.summary import Summary
from tests.reports.making import BUILDER, WORKSHOP, material_of, raw_answers, section_of

Raw = dict[str, Any]


def summary_of(raw: Raw | str, **how: Any) -> Summary:
    body = section_of(material_of(raw, **how), "summary").body
    assert isinstance(body, Summary)
    return body


def without_answers() -> Raw:
    return {**raw_answers(WORKSHOP), "answers": {}}


def test_the_level_stands_beside_the_level_before_caps_and_the_cap() -> None:
    summary = summary_of(WORKSHOP)

    assert (summary.level, summary.level_name) == ("2", "Under utvikling")
    assert (summary.before_caps, summary.before_caps_text) == ("3", "Etablert")
    assert summary.caps == (
        "Svakeste ledd: Måling og kompetanse. "
        "Det samlede nivået kan være høyst to nivåer over dette, altså 2.",
    )


def test_score_range_and_index_stand_in_one_line() -> None:
    assert summary_of(WORKSHOP).figures == "2,52 av 4 poeng · mulig 2,47–2,55 · indeks 63,0 av 100"


def test_the_three_plain_facts_are_whole_per_cent() -> None:
    facts = summary_of(WORKSHOP).facts

    assert [fact.figure for fact in facts] == ["96\u00a0%", "30\u00a0%", "0\u00a0%"]


def test_three_strengths_and_three_gaps_say_where_they_stand() -> None:
    summary = summary_of(WORKSHOP)

    assert [gap.note for gap in summary.gaps] == [
        "0 av 4 · Måling og kompetanse",
        "Vet ikke · Ressurseffektiv drift",
        "2 av 4 · Retur, ombruk og gjenvinning",
    ]
    assert len(summary.strengths) == 3


def test_what_the_next_level_takes_is_named() -> None:
    summary = summary_of(WORKSHOP)

    assert summary.way_title == "Enkleste vei til nivå 3, Etablert (innsats 1)"
    assert [(line.question, line.what) for line in summary.way] == [
        ("Måler dere hvor sirkulære dere er?", "fra 0 til 1 poeng")
    ]
    assert summary.more_steps == ""


def test_a_longer_way_says_how_much_more_there_is() -> None:
    summary = summary_of(BUILDER)

    assert len(summary.way) == 3
    assert summary.more_steps == "… og 4 til, se «Neste steg»."


def test_a_provisional_level_says_why() -> None:
    assert (
        summary_of(BUILDER).status
        == "Nivået er foreløpig fordi minst én dimensjon har for få svar til å få et nivå."
    )


def test_without_answers_no_level_is_shown_and_nothing_is_made_up() -> None:
    summary = summary_of(without_answers())

    assert (summary.level, summary.before_caps, summary.figures) == ("–", "–", "")
    assert summary.level_name == "For få svar til å vise nivået"
    assert "Nå er 0\u00a0% besvart." in summary.level_text
    assert (summary.strengths, summary.gaps) == ((), ())
    assert summary.caps_none == "Det er for få svar til å si noe om tak."


def test_a_review_counts_as_reviewed() -> None:
    reviewed = summary_of(WORKSHOP, review=Review(frozenset({"strategy.ambition"})))

    assert reviewed.facts[2].figure != "0\u00a0%"


def test_the_share_edition_names_dimensions_and_no_question() -> None:
    summary = summary_of(WORKSHOP, edition="share")

    assert summary.strengths_title == "Sterkest"
    assert [gap.text for gap in summary.gaps] == [
        "Måling og kompetanse",
        "Ressurseffektiv drift",
        "Samarbeid og industriell symbiose",
    ]
    assert (summary.way, summary.way_none) == ((), "")


def test_every_figure_of_the_chart_is_in_the_table_beside_the_dimensions() -> None:
    material = material_of(WORKSHOP)
    chart = section_of(material, "summary").body.chart
    table = section_of(material, "profile").body.rows

    assert [row.figure for row in chart.rows] == [row.score for row in table]
    assert [row.figure for row in chart.rows][-1] == "2,52"
