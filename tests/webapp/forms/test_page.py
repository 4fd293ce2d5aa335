"""A page of questions: every kind of answer and every kind of mistake."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assessment.answers import Answer, Evidence
from assessment.routing import Plan
from questionnaires.model import Question
from tests.webapp.forms.filling import fill, sent, sentences, value_of
from webapp.forms.page import read_section

Asked = Mapping[str, Question]
Fields = tuple[tuple[str, str], ...]

VALUES: list[tuple[str, Fields, Any]] = [
    ("workshop.tools", (("", "3"),), "3"),
    ("workshop.stand", (("", "hook"),), "hook"),
    ("workshop.repairs", (("", "electric"), ("", "brakes_full")), ("brakes_full", "electric")),
    ("workshop.counted", (("", "yes"),), True),
    ("workshop.counted", (("", "no"),), False),
    ("workshop.training_hours", (("", "1 234,5"),), Decimal("1234.5")),
    ("workshop.motto", (("", " Alt\r\nruller "),), "Alt\nruller"),
    ("workshop.opened_on", (("", "1.3.2026"),), date(2026, 3, 1)),
    (
        "tables.scrap_out",
        (
            ("row-7.scrap", "felger"),
            ("row-7.mass_tonnes", "3,25"),
            ("row-2.scrap", "rør"),
            ("row-3.scrap", ""),
        ),
        ({"scrap": "rør"}, {"scrap": "felger", "mass_tonnes": Decimal("3.25")}),
    ),
]


@pytest.mark.parametrize(("id_", "fields", "value"), VALUES)
def test_each_kind_of_question_is_read(asked: Asked, id_: str, fields: Fields, value: Any) -> None:
    assert value_of(asked[id_], *fields) == value


@pytest.mark.parametrize(
    ("id_", "fields"),
    [
        ("workshop.tools", (("", "__unknown"),)),
        ("workshop.counted", (("", "__unknown"),)),
        ("workshop.repairs", (("status", "unknown"),)),
        ("workshop.training_hours", (("status", "unknown"), ("status", "unknown"))),
        ("tables.scrap_out", (("status", "unknown"), ("row-0.scrap", " "))),
    ],
)
def test_an_honest_dont_know_is_read_at_each_kind(asked: Asked, id_: str, fields: Fields) -> None:
    assert fill(asked[id_], *fields).answer == Answer("unknown")


@pytest.mark.parametrize(
    ("id_", "field"),
    [("workshop.stand", ("", "__not_applicable")), ("workshop.motto", ("status", "not_applicable"))],
)
def test_not_applicable_carries_its_reason(asked: Asked, id_: str, field: tuple[str, str]) -> None:
    said = fill(asked[id_], field, ("reason", "Vi leier"))

    assert said.answer == Answer("not_applicable", reason="Vi leier")


def test_a_reason_without_not_applicable_is_passed_over(asked: Asked) -> None:
    assert fill(asked["workshop.tools"], ("", "3"), ("reason", "Vi leier")).answer == Answer("answered", "3")


def test_comment_estimate_and_evidence_come_along(asked: Asked) -> None:
    said = fill(
        asked["workshop.training_hours"],
        ("", "12"),
        ("comment", "Fra lista"),
        ("estimate", "yes"),
        ("evidence-0-title", "Kurslista"),
        ("evidence-0-kind", "document"),
        ("evidence-0-date", "10.1.2026"),
        ("evidence-1-title", ""),
        ("evidence-1-kind", "document"),
        ("evidence-1-date", ""),
    )

    shown = (Evidence("Kurslista", "document", date(2026, 1, 10)),)
    assert said.answer == Answer("answered", Decimal(12), None, "Fra lista", shown, estimate=True)


def test_an_empty_question_on_the_form_is_an_answer_taken_away(asked: Asked) -> None:
    assert fill(asked["workshop.tools"]).answer == Answer("missing")


def test_a_question_that_was_not_on_the_form_is_left_untouched(asked: Asked) -> None:
    data = {**sent(asked["workshop.tools"], ("", "3")), "q.workshop.stand": ["hook"], "csrf_token": ["x"]}

    found = read_section(asked.values(), data, "nb")

    assert [one.question.id for one in found.questions] == ["workshop.tools"]


def test_a_computed_question_takes_no_answer(asked: Asked) -> None:
    data = sent(asked["flows.circular"], ("", "40"))

    assert read_section(asked.values(), data, "nb").questions == ()


def test_numbers_are_read_in_the_language_the_form_was_made_in(asked: Asked) -> None:
    data = sent(asked["workshop.training_hours"], ("", "1.234"), language="en")

    found = read_section(asked.values(), data, "nb")

    assert found.questions[0].answer == Answer("answered", Decimal("1.234"))


def test_the_version_the_form_was_made_from_comes_along(asked: Asked) -> None:
    assert fill(asked["workshop.tools"], ("version", "12")).base == 12
    assert fill(asked["workshop.tools"]).base == 0


MISTAKES: list[tuple[str, Fields, str, str]] = [
    ("workshop.tools", (("", "7"),), "", "Dette svaralternativet finnes ikke."),
    ("workshop.tools", (("", "1"), ("", "2")), "", "Feltet kom fram to ganger."),
    (
        "workshop.tools",
        (("", "__not_applicable"), ("reason", "Nei")),
        "",
        "Alle må svare på dette spørsmålet.",
    ),
    ("workshop.tools", (("version", "x"),), "", "Skjemaet kom ikke helt fram."),
    ("workshop.counted", (("", "kanskje"),), "", "Dette svaralternativet finnes ikke."),
    ("workshop.stand", (("", "__not_applicable"),), "reason", "Skriv kort hvorfor spørsmålet ikke er"),
    ("workshop.motto", (("status", "not_applicable"), ("reason", " ")), "reason", "Skriv kort hvorfor"),
    (
        "workshop.motto",
        (("status", "unknown"), ("status", "not_applicable")),
        "status",
        "Dere har krysset av",
    ),
    ("workshop.motto", (("", "Rull"), ("status", "unknown")), "status", "Dere har både svart og krysset av"),
    ("workshop.motto", (("status", "annet"),), "status", "Dette svaralternativet finnes ikke."),
    ("workshop.motto", (("", "a\x00b"),), "", "Teksten inneholder tegn som ikke kan lagres."),
    ("workshop.motto", (("", "a" * 20_001),), "", "Teksten er 20001 tegn. Kort den ned til høyst 20000."),
    ("workshop.motto", (("comment", "a"), ("comment", "b")), "comment", "Feltet kom fram to ganger."),
    ("workshop.opened_on", (("", "31.2.2026"),), "", "Datoen «31.2.2026» finnes ikke."),
    ("workshop.training_hours", (("", "12 kg"),), "", "Skriv tallet uten enhet, for eksempel 1\u00a0234,5."),
    (
        "workshop.training_hours",
        (("", "1.234"),),
        "",
        "«1.234» kan leses på to måter. Skriv 1\u00a0234 eller 1,234.",
    ),
    ("workshop.training_hours", (("", "-1"),), "", "Tallet må være fra 0 til 2\u00a0000."),
    (
        "workshop.repairs",
        (("", "nothing"), ("", "wheels")),
        "",
        "«Ingenting» kan ikke velges sammen med andre",
    ),
    (
        "workshop.repairs",
        (("", "brakes_basic"), ("", "brakes_full")),
        "",
        "«Alle bremser» og «Enkle bremser» kan ikke velges samtidig.",
    ),
    (
        "workshop.repairs",
        (("", "electric"),),
        "",
        "«Elsykler» kan bare velges sammen med minst ett av disse: «Enkle bremser», «Alle bremser».",
    ),
    ("tables.scrap_out", (("row-4.mass_tonnes", "0"),), "row-4.mass_tonnes", "Tallet må være over 0."),
    (
        "tables.scrap_out",
        (("row-4.actual_pct", "100,5"),),
        "row-4.actual_pct",
        "Tallet må være fra 0 til 100.",
    ),
    ("tables.scrap_out", (("row-4.actual_pct", "x"),), "row-4.actual_pct", "«x» er ikke et tall."),
    ("tables.scrap_out", (("row-4.scrap", "a" * 501),), "row-4.scrap", "Teksten er 501 tegn."),
    (
        "tables.parts_in",
        (("row-1.part", "hjul"), ("row-3.reused_pct", "60"), ("row-3.recycled_pct", "40,5")),
        "row-3.part",
        "«Brukt før», «Gjenvunnet» blir 100,5 til sammen i denne raden. Det kan høyst være 100.",
    ),
    ("workshop.tools", (("evidence-3-title", "x"), ("evidence-3-kind", "fax")), "evidence-3-kind", "Velg om"),
    (
        "workshop.tools",
        (("evidence-3-date", "i går"),),
        "evidence-3-date",
        "Vi kan ikke lese «i går» som en dato.",
    ),
]


@pytest.mark.parametrize(("id_", "fields", "part", "start"), MISTAKES)
def test_a_mistake_is_told_at_its_input(shop: Plan, id_: str, fields: Fields, part: str, start: str) -> None:
    asked = {planned.question.id: planned.question for planned in shop.questions}

    said = fill(asked[id_], *fields)

    found = sentences(shop.questionnaire, said)
    assert said.answer is None
    assert [where for where, _ in found] == [part]
    assert found[0][1].startswith(start)


def test_all_mistakes_of_a_question_come_at_once(asked: Asked) -> None:
    fields = (("", "x"), ("comment", "\x00"), ("evidence-0-date", "y"), ("evidence-0-title", "a" * 1001))

    said = fill(asked["workshop.training_hours"], *fields)

    assert [p.part for p in said.problems] == ["", "comment", "evidence-0-title", "evidence-0-date"]


def test_what_was_typed_is_kept_to_be_shown_again(asked: Asked) -> None:
    said = fill(asked["workshop.training_hours"], ("", "12 kg"), ("comment", "en\r\nto"))

    assert said.typed.value == "12 kg"
    assert said.typed.comment == "en\r\nto"


def test_more_rows_than_a_table_has_are_refused(shop: Plan, asked: Asked) -> None:
    fields = [(f"row-{at}.scrap", "x") for at in range(501)]

    found = sentences(shop.questionnaire, fill(asked["tables.scrap_out"], *fields))

    assert found == [("", "Det er 501 her, men bare plass til 500. Fjern resten.")]
