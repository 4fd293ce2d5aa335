"""The outcome of a check in words: the verdict first, what it does not prove last."""

from __future__ import annotations

import string
from typing import get_args

import pytest

from questionnaires.errors import Place, Problem
from questionnaires.values import LANGUAGES, Language
from reports.errors import PdfCode
from reports.translations.verify import VERIFY_WORDS
from reports.verifying.verdict import describe_verdict, page_ranges, verdict_json
from reports.verifying.verification import Checked, Difference, Finding, Pages, Standing

STANDING = Standing(
    level=2,
    score="1511/600",
    status="provisional",
    id="ab" * 32,
    code="25X1-7H8Y-ZW6M",
    questionnaire="circular_business_models 1.0.0",
    organisation="Eksempel AS",
    period="2025",
)
CHANGED = Difference("overall.level", 3, 2)


def _checked(**others: object) -> Checked:
    usual: dict[str, object] = {"edition": "company", "standing": STANDING, "pages": Pages("same", 3)}
    return Checked("r.pdf", **(usual | others))  # type: ignore[arg-type]  # the tests name real fields


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_language_has_the_same_words_with_the_same_parts() -> None:
    tables = [{key: _fields(text) for key, text in VERIFY_WORDS[language].items()} for language in LANGUAGES]

    assert tables[0] == tables[1] == tables[2]


def test_every_reason_to_refuse_a_pdf_has_words() -> None:
    assert set(get_args(PdfCode)) <= VERIFY_WORDS["nb"].keys()


FIRST_LINES = {
    "nb": "r.pdf: I orden. Tallene følger av svarene som ligger ved, "
    "og hver side er akkurat slik programmet lager den.",
    "nn": "r.pdf: I orden. Tala følgjer av svara som ligg ved, "
    "og kvar side er akkurat slik programmet lagar ho.",
    "en": "r.pdf: In order. The figures follow from the attached answers, "
    "and every page is exactly what this program makes from them.",
}
FIGURES = {
    "nb": "  Nivå: 2 (foreløpig) · 2,52 av 4 poeng (indeks 63,0) · Kode: 25X1-7H8Y-ZW6M",
    "nn": "  Nivå: 2 (førebels) · 2,52 av 4 poeng (indeks 63,0) · Kode: 25X1-7H8Y-ZW6M",
    "en": "  Level: 2 (provisional) · 2.52 of 4 points (index 63.0) · Code: 25X1-7H8Y-ZW6M",
}
LAST_WORDS = {
    "nb": "Det viser ikke hvem som har svart, eller om svarene er riktige.",
    "nn": "Det viser ikkje kven som har svart, eller om svara er rette.",
    "en": "It does not show who answered, or whether the answers are right.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdict_comes_first_then_the_figures_and_last_what_it_does_not_prove(language: Language) -> None:
    text = describe_verdict(_checked(), language)

    lines = text.splitlines()
    assert lines[0] == FIRST_LINES[language]
    assert lines[2] == FIGURES[language]
    assert " ".join(text.split()).endswith(LAST_WORDS[language])


BEGINNINGS: dict[str, tuple[Checked, str]] = {
    "pages of another program": (_checked(pages=Pages("other_program", 3, (1,))), "The figures are in order"),
    "pages that were not made": (
        _checked(pages=Pages("not_compared", 3, reason="render")),
        "The figures are in order",
    ),
    "altered pages": (_checked(pages=Pages("differ", 3, (1,))), "Not in order. The figures follow"),
    "altered figures": (_checked(differences=(CHANGED,)), "Not in order. Working everything out again"),
    "another definition": (
        _checked(errors=(Finding("definition_changed", {"found": "a", "wanted": "b"}),)),
        "Not in order. Not everything",
    ),
    "share": (
        _checked(edition="share", pages=Pages("not_compared", 3, reason="share")),
        "The figures in the attachment hold together",
    ),
    "share with a script": (
        _checked(edition="share", pages=Pages("not_compared", 3, active=("AcroForm",), reason="share")),
        "Not in order.",
    ),
    "unreadable": (Checked("r.pdf", errors=(Finding("pdf_broken"),)), "Cannot be checked."),
}


@pytest.mark.parametrize(("checked", "beginning"), BEGINNINGS.values(), ids=BEGINNINGS)
def test_the_first_line_says_how_it_went(checked: Checked, beginning: str) -> None:
    assert describe_verdict(checked, "en").startswith(f"r.pdf: {beginning}")


def test_a_difference_names_its_path_and_both_values() -> None:
    text = describe_verdict(_checked(differences=(CHANGED, Difference("x", "9", None, "added"))), "en")

    assert "overall.level: 3 in the report, 2 recomputed" in text
    assert "x: 9 in the report, but it does not belong there" in text
    assert "This check does not show that the figures in the file follow from the answers." in text


def test_many_differences_are_counted() -> None:
    text = describe_verdict(_checked(differences=(CHANGED,) * 50), "nb")

    assert "Verdier som er ulike: 50." in text
    assert "… og 30 til." in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", ["identical", "same", "differ", "other_program", "other_branding"])
def test_every_outcome_for_the_pages_has_a_sentence(status: str, language: Language) -> None:
    pages = Pages(status, 3, (1, 2) if status[0] in "do" else ())  # type: ignore[arg-type]  # from the list

    text = " ".join(describe_verdict(_checked(pages=pages), language).split())

    sentence = VERIFY_WORDS[language][status]
    assert sentence.partition("{")[0] in text


@pytest.mark.parametrize("reason", ["share", "not_read", "unmarked", "definition", "render"])
def test_every_reason_not_to_compare_pages_has_a_sentence(reason: str) -> None:
    text = describe_verdict(_checked(pages=Pages("not_compared", 3, reason=reason)), "nn")

    assert VERIFY_WORDS["nn"][f"reason_{reason}"] in " ".join(text.split())


def test_texts_from_the_file_cannot_steer_the_terminal() -> None:
    steering = "\x1b[2J\u202e\r"
    standing = Standing(questionnaire="a 1", organisation=steering, code=steering)
    checked = _checked(
        standing=standing,
        differences=(Difference(steering, steering, None, "added"),),
        notes=(Finding("other_files", {"names": steering}),),
        pages=Pages("other_program", 1, (1,), made_with=steering, here="b"),
    )

    text = describe_verdict(checked, "en")

    assert not set(steering) & set(text) - set("[2J")


def test_page_numbers_in_a_row_are_drawn_together() -> None:
    assert page_ranges([1, 3, 4, 5, 9]) == "1, 3–5, 9"


def test_json_has_the_keys_of_the_contract() -> None:
    problem = Problem(Place("answers.json", 4, "depth"), "no_value")
    checked = _checked(
        differences=(CHANGED,), notes=(Finding("share_id"),), errors=(Finding("no_value", problem=problem),)
    )

    found = verdict_json(checked, "en")

    assert ",".join(found) == "file,verified,edition,id,code,level,score,differences,pages,notes,errors"
    assert found["differences"] == [
        {"path": "overall.level", "report": 3, "recomputed": 2, "kind": "changed"}
    ]
    assert found["verified"] is False
    assert found["score"] == "1511/600"
    assert found["notes"][0]["code"] == "share_id"
    assert (found["errors"][0]["code"], found["errors"][0]["path"], found["errors"][0]["line"]) == (
        "no_value",
        "depth",
        4,
    )
