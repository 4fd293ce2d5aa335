"""Cover, next steps, learning path, indicators, change, method, verification, and the advisor's parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from assessment.answers import Review, answers_checksum
from reports.branding import Branding
from reports.identity import identify
from reports.maturity import build_report
from tests.reports.making import BUILDER, LARGEST, WORKSHOP, material_of, raw_answers, section_of

REVIEW = Review(
    confirmed=frozenset({"strategy.ambition"}),
    ratings={"strategy.ambition": "2", "design.durability": "3", "symbiosis.network": "1"},
    by="Kari Eksempel",
    on=date(2026, 3, 5),
)


def body(raw: dict[str, Any] | str, part: str, **how: Any) -> Any:
    return section_of(material_of(raw, **how), part).body


def earlier() -> dict[str, Any]:
    """The workshop a year before: one answer lower, one answer missing."""
    raw = raw_answers(WORKSHOP)
    raw["period"] = "2024"
    raw["answers"]["operations.waste_data"] = {"value": "1"}
    del raw["answers"]["insight.measurement"]
    return raw


def test_the_cover_says_what_it_is_and_what_it_is_not() -> None:
    cover = body(WORKSHOP, "cover")

    assert (cover.title, cover.organisation) == ("Sirkulære forretningsmodeller", "Eksempel Møbelverksted AS")
    assert cover.notice == "Egenvurdering – ikke sertifisering"
    assert [(fact.name, fact.text.replace("\u00a0", " ")) for fact in cover.facts] == [
        ("Organisasjonsnummer", "311 046 276"),
        ("Periode", "2025"),
        ("Omfang", "Basisdel"),
        ("Fylt ut", "12. februar 2026"),
    ]
    assert cover.reviewed == ""


def test_without_a_day_no_day_is_printed() -> None:
    raw = raw_answers(WORKSHOP)
    del raw["completed_on"]

    report = build_report(material_of(raw))

    assert report.created is None
    assert "Fylt ut" not in [fact.name for fact in body(raw, "cover").facts]


def test_the_cover_names_who_has_reviewed_it() -> None:
    assert body(WORKSHOP, "cover", review=REVIEW).reviewed.replace("\u00a0", " ") == (
        "Gjennomgått av Kari Eksempel 5. mars 2026"
    )
    assert body(WORKSHOP, "cover", review=Review(by=" ")).reviewed == ""


def test_a_company_whose_name_cannot_be_seen_gets_a_phrase() -> None:
    raw = raw_answers(WORKSHOP)
    raw["organisation"]["name"] = "\u200b\u202e\u2066"

    assert body(raw, "cover").organisation == "Virksomhet uten navn"


def test_a_long_name_is_cut_in_the_foot_only() -> None:
    raw = raw_answers(WORKSHOP)
    raw["organisation"]["name"] = "Eksempel " + "x" * 200

    report = build_report(material_of(raw))

    assert report.running.startswith("Eksempel xxx")
    assert len(report.running.split(" · ")[0]) == 70
    assert body(raw, "cover").organisation.endswith("x" * 200)


def test_steps_give_advice_with_effort_and_reason() -> None:
    steps = body(WORKSHOP, "steps")

    assert steps.advice[0].effort == "liten"
    assert steps.advice[0].reasons == "Måling og kompetanse: det svakeste leddet, del av den enkleste veien"
    assert len(steps.advice) == 9


def test_advice_that_is_left_out_is_counted() -> None:
    material = material_of(LARGEST)
    steps = section_of(material, "steps").body

    assert len(steps.advice) == 14
    assert f"Resten ({len(material.result.recommendations) - 14})" in steps.more


def test_the_learning_path_names_the_answers_it_rests_on() -> None:
    learning = body(WORKSHOP, "learning")

    assert [line.id for line in learning.webinars] == ["C3", "C6", "S1", "C1", "C5"]
    assert learning.gathering.id == "G1"
    assert "«Måler dere hvor sirkulære dere er?»" in learning.gathering.because


def test_without_answers_nothing_is_suggested() -> None:
    learning = body({**raw_answers(WORKSHOP), "answers": {}}, "learning")

    assert (learning.webinars, learning.gathering) == ((), None)
    assert learning.none == "Ut fra svarene foreslår vi ikke noe nå."


def test_indicators_have_figure_unit_and_formula() -> None:
    lines = {line.id: line for line in body(LARGEST, "indicators").lines}

    assert lines["F1"].figure == "40,0\u00a0%"
    assert lines["F10"].figure == "720\u00a0000,0\u00a0kr per tonn"
    assert lines["F5"].figure == "ikke regnet ut"
    assert lines["F5"].missing.startswith("Mangler svar på: Hvor lenge varer")


def test_a_hole_in_a_table_is_named_by_its_column_once() -> None:
    raw = raw_answers(LARGEST)
    inflow = raw["answers"]["indicators.inflow"]["value"]
    for row, column in ((0, "reused_pct"), (1, "reused_pct"), (1, "mass_tonnes")):
        del inflow[row][column]

    lines = {line.id: line for line in body(raw, "indicators", language="en").lines}

    assert lines["F1"].figure == "not worked out"
    assert lines["F1"].missing == (
        "Answers missing: Which materials came in during the year, and how many tonnes?"
        " – Reused (%), Weight (tonnes)"
    )
    assert "Missing" not in lines["F2"].missing


def test_a_basic_assessment_without_figures_has_no_indicators() -> None:
    parts = [section.id for section in build_report(material_of(WORKSHOP)).sections]

    assert "indicators" not in parts
    assert "change" not in parts


def test_the_change_is_split_and_sums() -> None:
    change = body(WORKSHOP, "change", previous=earlier())
    lines = {line.title: line for line in change.lines}

    operations = lines["Ressurseffektiv drift"]
    # weights 2, 1, 1, and 2 for the unknown one: before (2*1 + 3 + 2)/6 = 7/6, now (2*2 + 3 + 2)/6 = 9/6
    weights = {
        o.id: o.weight for o in material_of(WORKSHOP).result.routed.outcomes if o.id.startswith("operations.")
    }
    assert weights["operations.waste_data"] == 2
    assert (operations.total, operations.you, operations.scale) == ("+0,33", "+0,33", "0,00")
    assert not change.has_depth
    assert change.intro.startswith("Fra 2024 til 2025.")


def test_a_change_of_depth_is_a_part_of_its_own() -> None:
    basic = raw_answers(LARGEST)
    basic["depth"] = "basic"

    change = body(LARGEST, "change", previous=basic)

    assert change.has_depth
    assert change.notes == (
        "Omfanget er også endret, fra basisdel til avansert del. "
        "Hva det har å si, står i kolonnen «Omfanget».",
    )


def test_the_method_tells_what_equal_weights_would_give() -> None:
    method = body(WORKSHOP, "method")

    assert method.sensitivity == (
        "Med lik vekt på alle dimensjonene ville poengene vært 2,46, altså nivå 2 før tak."
    )
    assert "VSME 2025/1710" in method.standards


def test_verification_prints_ids_checksums_and_engine() -> None:
    material = material_of(WORKSHOP)
    lines = {line.name: line.text for line in section_of(material, "verification").body.lines}

    assert lines["Rapport-id"] == identify(material.result).id
    assert lines["Kontrollsum for spørreskjemaet"] == material.result.plan.sha256
    assert lines["Kontrollsum for svarene"] == answers_checksum(material.result.answers)
    assert lines["Versjon av beregningen"] == "1"


def test_the_qr_code_leads_to_the_programmes_address_where_there_is_one() -> None:
    branding = Branding(verify_address="https://program.example/sjekk?lang=nb")
    material = material_of(WORKSHOP, branding=branding)
    code = identify(material.result).code

    assert section_of(material, "verification").body.qr.text == (
        f"https://program.example/sjekk?lang=nb&code={code}"
    )
    assert section_of(material_of(WORKSHOP), "verification").body.qr.text.startswith(f"KRETSLOP {code} ")


def test_the_advisor_sees_contradictions_and_what_to_ask() -> None:
    check = body(WORKSHOP, "check", edition="advisor")

    assert check.contradictions[0].ask == "Hvilket tall ville vist om dere nådde målet i fjor?"
    assert [a.id for a in check.contradictions[0].answers] == ["strategy.ambition", "insight.measurement"]
    assert check.too_high[0].mark in ("3 av 4", "4 av 4")


def test_the_advisor_sees_both_ratings_and_where_they_part() -> None:
    ratings = body(WORKSHOP, "check", edition="advisor", review=REVIEW).ratings

    assert [line.differs for line in ratings] == ["ulikt", "", "ulikt"]
    assert ratings[2].company == "Svar: Ikke besvart"


def test_the_meeting_begins_with_what_does_not_fit_together() -> None:
    questions = body(WORKSHOP, "meeting", edition="advisor").questions

    assert questions[0].why == "svar som ikke passer sammen"
    assert questions[1].why == "svart «vet ikke»"


def test_the_evidence_list_holds_what_is_there_and_what_is_lacking() -> None:
    lines = body(WORKSHOP, "evidence", edition="advisor", review=REVIEW).lines
    told = {line.question: line for line in lines}

    assert told["Er sirkulær økonomi en del av kursen dere har satt for bedriften?"].confirmed == "ja"
    lacking = told["Er produktene deres utformet for å vare lenge og kunne repareres?"]
    assert (lacking.mark, lacking.items) == ("3", ("ingen",))


def test_only_the_advisors_edition_has_the_advisors_parts() -> None:
    company = {section.id for section in build_report(material_of(BUILDER)).sections}
    advisor = {section.id for section in build_report(material_of(BUILDER, edition="advisor")).sections}

    assert advisor - company == {"check", "meeting", "evidence"}


def test_a_report_of_a_provisional_review_is_still_a_self_assessment() -> None:
    material = replace(material_of(WORKSHOP, review=REVIEW), is_draft=True)

    assert section_of(material, "cover").body.notice == "Egenvurdering – ikke sertifisering"
    assert build_report(material).is_draft
