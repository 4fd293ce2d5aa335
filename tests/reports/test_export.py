"""What a company takes along: everything as JSON, and a workbook in its language."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from assessment.answers import (
    Answer,
    AnswerSet,
    Evidence,
    Organisation,
    Review,
    Row,
    answers_checksum,
    to_json,
)
from assessment.assess import assess
from assessment.result import AssessmentResult, result_json
from questionnaires.values import Language
from reports.export import answers_xlsx, assessment_json
from reports.translations.export import EXPORT_WORDS
from tests.reports.making import (
    LANGUAGES,
    LARGEST,
    ROOT,
    WORKSHOP,
    answers_of,
    definitions,
    every_example,
    material_of,
    raw_answers,
)
from tests.reports.test_report_words import fields

EVIL = '=HYPERLINK("https://evil.example","Klikk")'
HOSTILE = [EVIL, "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "a\x00b\ud800", "x" * 40_000, "\u202e=1", "]]>&<"]


FULL = os.environ.get("KRETSLOP_HOSTILE") == "1"
LONG = 1_000


def result_of(answers: AnswerSet, review: Review | None = None) -> AssessmentResult:
    """The result of an answer set."""
    return assess(definitions.plan(answers.questionnaire, answers.version), answers, review or Review())


def opened(result: AssessmentResult, language: Language = "nb") -> Workbook:
    """The workbook, read back."""
    return load_workbook(BytesIO(answers_xlsx(result, language)))


def rows_of(book: Workbook, title: str) -> list[tuple[Any, ...]]:
    """A sheet's rows with their values, titles first."""
    return list(book[title].iter_rows(values_only=True))


def row_of(book: Workbook, title: str, key: str, column: int = 0) -> dict[str, Any]:
    """One row by what stands in one column, its values by the columns' titles."""
    head, *rows = rows_of(book, title)
    return dict(zip(head, next(row for row in rows if row[column] == key), strict=True))


def hostile(text: str) -> AssessmentResult:
    """The largest example with one text wherever somebody can write one; a long one at some questions."""
    answers = answers_of(raw_answers(LARGEST))
    every = 10 if len(text) > LONG and not FULL else 1
    told = {
        id_: replace(
            answer,
            comment=text,
            evidence=(Evidence(text, "file"), Evidence(text)),
            reason=text if answer.status == "not_applicable" else None,
        )
        for id_, answer in list(answers.answers.items())[::every]
    }
    said = {**answers.answers, **told}
    row: Row = {"material": text, "mass_tonnes": Decimal(1)}
    said["indicators.inflow"] = Answer("answered", (row,))
    said["inputs.knowledge"] = Answer("not_applicable", reason=text)
    profile = {**answers.profile, "municipality": text}
    evil = replace(
        answers, answers=said, profile=profile, period=text, organisation=Organisation(text, "310028142")
    )
    return result_of(evil, Review(by=text, on=date(2026, 3, 5)))


@pytest.mark.parametrize("example", every_example())
def test_the_json_holds_the_answers_and_the_result_as_their_contracts_say(example: str) -> None:
    result = material_of(example).result

    found = assessment_json(result)

    assert list(found) == ["answers", "result", "review"]
    assert (found["answers"], found["result"]) == (to_json(result.answers), result_json(result))
    assert found["review"] is None
    assert answers_of(json.loads(json.dumps(found["answers"]))) == result.answers


def test_the_json_holds_the_review_where_there_is_one() -> None:
    review = Review(confirmed=frozenset({"strategy.ambition"}), by="Kari", on=date(2026, 3, 5))

    found = assessment_json(result_of(answers_of(raw_answers(WORKSHOP)), review))

    assert found["review"] == {"confirmed": ["strategy.ambition"], "by": "Kari", "on": "2026-03-05"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", every_example())
def test_every_example_opens_in_every_language(example: str, language: Language) -> None:
    result = material_of(example, language).result
    words = EXPORT_WORDS[language]

    book = opened(result, language)

    answers = rows_of(book, words["sheet_answers"])
    assert len(answers) == 1 + len(result.routed.outcomes)
    assert len(rows_of(book, words["sheet_dimensions"])) == 1 + len(result.plan.dimensions)
    assert len(rows_of(book, words["sheet_profile"])) == 1 + len(result.plan.questionnaire.facts)
    assert book.sheetnames[0] == words["sheet_summary"]
    assert book.sheetnames[-1] == words["sheet_about"]
    assert all(page.freeze_panes == "A2" for page in book.worksheets)
    assert book[words["sheet_answers"]].auto_filter.ref == f"A1:N{len(answers)}"


def test_the_same_result_gives_the_same_bytes() -> None:
    result = material_of(LARGEST).result

    assert answers_xlsx(result, "nb") == answers_xlsx(result, "nb")


def test_the_summary_says_where_the_company_stands() -> None:
    # expected.yaml: 1511/600 = 2.518; low 1481/600 = 2.468, high 1529/600 = 2.548; 191/200 answered
    book = opened(material_of(WORKSHOP).result)

    found = dict(rows_of(book, "Sammendrag"))

    assert found["Virksomhet"] == "Eksempel Møbelverksted AS"
    assert (found["Samlet nivå"], found["Nivå før tak"]) == (2, 3)
    assert found["Navn på nivået"] == "2 Under utvikling"
    assert (found["Poeng (0–4)"], found["Laveste mulige"], found["Høyeste mulige"]) == (2.52, 2.47, 2.55)
    assert (found["Indeks (0–100)"], found["Besvart"], found["Dokumentert"]) == (63, 0.955, 0.3)
    assert (found["Omfang"], found["Periode"], found["Grunnlag"]) == ("basisdel", "2025", "nok svar")
    assert "Måling og kompetanse" in found["Tak for nivået"]
    assert found["Merk"] == "Egenvurdering – ikke sertifisering"


def test_a_summary_without_answers_shows_no_figures() -> None:
    answers = AnswerSet("circular_business_models", "1.0.0", "basic", "2025")

    found = dict(rows_of(opened(result_of(answers), "en"), "Summary"))

    assert (found["Organisation"], found["Completed"], found["Overall level"]) == (
        "Unnamed organisation",
        None,
        None,
    )
    assert (found["Score (0–4)"], found["Index (0–100)"], found["Answered"]) == (None, None, 0)
    assert found["Basis"] == "too few answers"
    assert found["Caps on the level"] == "There are too few answers to say anything about caps."


def test_a_dimension_stands_with_its_figures_and_its_weight() -> None:
    # expected.yaml, strategy: 14/5
    found = row_of(opened(material_of(WORKSHOP).result), "Dimensjoner", "Strategi og forretningsmodell")

    assert (found["Nivå"], found["Poeng (0–4)"], found["Indeks (0–100)"]) == (3, 2.8, 70)
    assert (found["Vekt"], found["Kjerne"], found["Besvart"]) == (15, "Ja", 1)


def test_an_answer_stands_with_what_was_said_and_what_it_is_worth() -> None:
    book = opened(material_of(LARGEST).result)

    typed = row_of(book, "Svar", "strategy.circular_revenue", 1)
    unknown = row_of(book, "Svar", "design.lca", 1)
    not_asked = row_of(book, "Svar", "design.service_design", 1)

    assert (typed["Svar"], typed["Tall"]) == ("12,5\u00a0%", 12.5)
    assert (typed["Poengene står for"], typed["Poeng (0–4)"], typed["Vekt"]) == ("10 til under 25 %", 2, 3)
    assert (typed["Status"], typed["Anslag"], typed["Dokumentert"]) == ("Besvart", "Ja", "Nei")
    assert typed["Kommentar"].startswith("Reparasjon, ombygging")
    assert (unknown["Svar"], unknown["Status"], unknown["Poeng (0–4)"]) == (None, "Vet ikke", 0)
    assert (not_asked["Svar"], not_asked["Status"], not_asked["Poeng (0–4)"]) == (None, "Ikke stilt", None)


def test_what_was_said_to_a_question_that_is_not_asked_is_not_shown() -> None:
    answers = answers_of(raw_answers(LARGEST))
    kept = {**answers.answers, "design.service_design": Answer("answered", "3", comment="Skjult")}

    found = row_of(opened(result_of(replace(answers, answers=kept))), "Svar", "design.service_design", 1)

    assert (found["Svar"], found["Kommentar"]) == (None, None)


def test_not_relevant_stands_with_its_reason() -> None:
    answers = answers_of(raw_answers(LARGEST))
    said = {**answers.answers, "inputs.knowledge": Answer("not_applicable", reason="Vi kjøper ingenting")}

    found = row_of(opened(result_of(replace(answers, answers=said))), "Svar", "inputs.knowledge", 1)

    assert (found["Status"], found["Hvorfor ikke relevant"]) == ("Ikke relevant", "Vi kjøper ingenting")
    assert (found["Poeng (0–4)"], found["Dokumentert"]) == (None, None)


def test_a_table_has_a_sheet_with_its_own_columns_and_figures() -> None:
    book = opened(material_of(LARGEST).result)

    head, first, *_ = rows_of(book, "Tabell 1")

    assert head[:3] == ("Spørsmåls-id", "Materiale", "Vekt (tonn)")
    assert first == ("indicators.inflow", "Stålplater og profiler", 100, 0, 30, 0)
    assert len(rows_of(book, "Tabell 2")) == 4


def test_an_indicator_stands_with_its_figure_or_with_what_is_missing() -> None:
    # inflow: 100 t x 30 % + 20 t x 75 % + 5 t x 100 % = 50 t of 125 t
    book = opened(material_of(LARGEST).result)

    known, missing = row_of(book, "Indikatorer", "F1"), row_of(book, "Indikatorer", "F5")

    assert (known["Tall"], known["Enhet"], known["Mangler svar på"]) == (40, "%", None)
    assert missing["Tall"] is None
    assert missing["Mangler svar på"].startswith("Hvor lenge varer produktene")


def test_the_profile_says_where_each_fact_comes_from() -> None:
    profile: dict[str, bool | int | str] = {
        "nace": "25.110",
        "employees": 27,
        "has_products": False,
        "manufactures": True,
    }
    answers = AnswerSet("circular_business_models", "1.0.0", "basic", "2025", profile=profile)

    found = {row[0]: row[1:] for row in rows_of(opened(result_of(answers), "en"), "Profile")[1:]}
    texts = definitions.plan("circular_business_models").questionnaire.words("en")

    assert found[texts["facts/nace/text"]] == ("25.110", "given")
    assert found[texts["facts/employees/text"]] == (27, "given")
    assert found[texts["facts/nace_division/text"]] == (25, "follows from other answers")
    assert found[texts["facts/has_products/text"]] == ("No", "given")
    assert found[texts["facts/manufactures/text"]] == ("No", "not asked")
    assert found[texts["facts/buys_materials/text"]] == (None, "not given")


def test_the_last_sheet_says_what_the_figures_come_from() -> None:
    result = result_of(answers_of(raw_answers(WORKSHOP)), Review(by="Kari", on=date(2026, 3, 5)))

    found = dict(rows_of(opened(result, "en"), "About this file"))

    assert found["Questionnaire"] == "circular_business_models 1.0.0"
    assert result.plan.sha256 in found.values()
    assert answers_checksum(result.answers) in found.values()
    assert found["Reviewed"] == "Kari, 5\u00a0March\u00a02026"


def test_the_day_it_was_filled_in_is_a_day() -> None:
    found = dict(rows_of(opened(material_of(LARGEST).result), "Sammendrag"))

    assert found["Fylt ut"] == datetime(2026, 3, 12)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_becomes_a_formula_or_a_link_or_breaks_the_file(text: str) -> None:
    file = answers_xlsx(hostile(text), "nb")

    with ZipFile(BytesIO(file)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    cells = [cell for page in load_workbook(BytesIO(file)) for row in page.iter_rows() for cell in row]

    assert not any("<f>" in part or "<hyperlink" in part or "externalLink" in part for part in parts.values())
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert all(len(cell.value) <= 32_767 for cell in cells if isinstance(cell.value, str))
    assert not any(
        str(cell.value).startswith(("=", "+", "-", "@")) for cell in cells if cell.data_type == "s"
    )


def test_a_text_like_a_formula_is_read_as_it_was_written_behind_its_mark() -> None:
    book = opened(hostile(EVIL))

    answer = row_of(book, "Svar", "strategy.ambition", 1)

    assert dict(rows_of(book, "Sammendrag"))["Virksomhet"] == f"'{EVIL}"
    assert answer["Kommentar"] == f"'{EVIL}"
    assert row_of(book, "Svar", "inputs.knowledge", 1)["Hvorfor ikke relevant"] == f"'{EVIL}"
    assert rows_of(book, "Tabell 1")[1][1] == f"'{EVIL}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_have_the_same_parts_and_titles_fit(language: str) -> None:
    words, nb = EXPORT_WORDS[language], EXPORT_WORDS["nb"]
    sheets = [text.format(number=99) for key, text in words.items() if key.startswith("sheet_")]

    assert {key: fields(text) for key, text in words.items()} == {
        key: fields(text) for key, text in nb.items()
    }
    assert all(0 < len(title) <= 31 and not re.search(r"[\[\]:*?/\\']", title) for title in sheets)
    assert len(set(sheets)) == len(sheets)


def test_every_word_is_used() -> None:
    text = (ROOT / "reports/export.py").read_text(encoding="utf-8")
    named = {f"column_{name}" for name in re.findall(r'\("(\w+)", ', text)}
    used = named | set(re.findall(r'"(\w+)"', text))

    assert [key for key in EXPORT_WORDS["nb"] if key not in used and not key.startswith("status_")] == []
