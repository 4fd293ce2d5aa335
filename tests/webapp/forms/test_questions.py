"""Questions as they are shown: words, values, mistakes, and what a browser sends back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.answers import Answer
from assessment.routing import Plan
from questionnaires.model import Question
from questionnaires.values import Language
from tests.reports.making import answers_of, definitions, every_example, raw_answers
from tests.webapp.forms.filling import LANGUAGES, fill
from tests.webapp.forms.rendering import QUESTIONS, Page, check, rendered
from tests.webapp.forms.test_hostile_forms import forms
from webapp.forms.page import read_section
from webapp.forms.questions import QuestionView, question_view
from webapp.forms.sheets import make_sheet, sheet_of

Asked = Mapping[str, Question]


def _page(*views: QuestionView) -> Page:
    page = rendered(QUESTIONS, views=views, links=[link for view in views for link in view.links])
    check(page)
    return page


def _view(
    shop: Plan, question: Question, *fields: tuple[str, str], answer: Answer | None = None
) -> QuestionView:
    asked = make_sheet(shop.questionnaire, "nb")[question.id]
    if not fields:
        return question_view(asked, question, answer, version=3)
    said = fill(question, *fields)
    return question_view(asked, question, answer, typed=said.typed, problems=said.problems)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", every_example())
def test_every_example_is_shown_and_comes_back_as_it_was(example: str, language: Language) -> None:
    raw = raw_answers(example)
    plan = definitions.plan(raw["questionnaire"])
    sheet = sheet_of(plan.questionnaire, plan.sha256, language)
    answers = answers_of(raw).answers
    asked = [planned.question for planned in plan.questions]

    page = _page(*(question_view(sheet[q.id], q, answers.get(q.id), version=1) for q in asked))

    back = read_section(asked, page.sent(), "nb")
    assert back.problems == ()
    assert {
        one.question.id: one.answer for one in back.questions if one.answer != Answer("missing")
    } == answers
    assert {one.base for one in back.questions} == {1}


def test_a_question_says_why_it_is_asked_and_what_its_levels_are(shop: Plan, asked: Asked) -> None:
    page = _page(_view(shop, asked["workshop.tools"], answer=Answer("answered", "3")))

    (chosen,) = [tag for tag in page.all("input", type="radio") if "checked" in tag.attributes]
    assert chosen.attributes["value"] == "3"
    assert len(page.all("input", type="radio", name="q.workshop.tools")) == 6
    assert "Hvorfor spør vi?" in page.html
    assert page.all("div", **{"data-question": "workshop.tools", "data-version": "3"})


def test_not_relevant_is_offered_only_where_it_may_be_said(shop: Plan, asked: Asked) -> None:
    values = {
        id_: {tag.attributes["value"] for tag in _page(_view(shop, asked[id_])).all("input", type="radio")}
        for id_ in ("workshop.tools", "workshop.counted")
    }

    assert values["workshop.tools"] == {"0", "1", "2", "3", "4", "__unknown"}
    assert values["workshop.counted"] == {"yes", "no", "__unknown", "__not_applicable"}


def test_a_mistake_is_told_at_the_input_and_in_the_summary(shop: Plan, asked: Asked) -> None:
    page = _page(_view(shop, asked["workshop.training_hours"], ("", "12 kg"), ("comment", "\x00")))

    wrong = [tag.attributes["id"] for tag in page.tags if tag.attributes.get("aria-invalid") == "true"]
    links = [tag.attributes["href"] for tag in page.all("a")]
    assert wrong == ["q-workshop-training_hours-value", "q-workshop-training_hours-comment"]
    assert links == [f"#{id_}" for id_ in wrong]
    assert page.all("input", id="q-workshop-training_hours-value", value="12 kg")
    assert page.all("details", open="")


def test_a_mistake_in_a_choice_leads_to_its_first_option(shop: Plan, asked: Asked) -> None:
    page = _page(_view(shop, asked["workshop.repairs"], ("", "nothing"), ("", "wheels")))

    assert [tag.attributes["href"] for tag in page.all("a")] == ["#q-workshop-repairs-wheels"]


def test_a_mistake_in_a_table_says_in_which_cell(shop: Plan, asked: Asked) -> None:
    view = _view(shop, asked["tables.scrap_out"], ("row-0.scrap", "x"), ("row-1.mass_tonnes", "mye"))

    head = next(head.text for head in view.asked.heads if head.id == "mass_tonnes")
    assert f"Rad 2, {head} – {view.asked.text}" in [link.about for link in view.links]


def test_a_mistake_that_has_no_input_is_told_at_the_value(shop: Plan, asked: Asked) -> None:
    view = _view(shop, asked["tables.scrap_out"], ("row-7.scrap", "x"), ("version", "ny"))

    page = _page(view)

    assert view.error == "Skjemaet kom ikke helt fram. Last inn siden på nytt og prøv igjen."
    assert [tag.attributes["href"] for tag in page.all("a")] == ["#q-tables-scrap_out-row-7-scrap"]


def test_two_statuses_at_once_are_told_at_the_first_of_them(shop: Plan, asked: Asked) -> None:
    page = _page(_view(shop, asked["workshop.motto"], ("status", "unknown"), ("status", "not_applicable")))

    assert [tag.attributes["href"] for tag in page.all("a")] == ["#q-workshop-motto-status-unknown"]


def test_a_table_has_room_for_one_row_more_than_is_filled_in(shop: Plan, asked: Asked) -> None:
    table = asked["tables.scrap_out"]
    rows = ({"scrap": "felger", "mass_tonnes": Decimal("3.25")},)

    empty, filled = _page(_view(shop, table)), _page(_view(shop, table, answer=Answer("answered", rows)))

    assert [tag.attributes["data-row"] for tag in empty.all("fieldset", **{"class": "row"})] == ["0", "1"]
    assert [tag.attributes["data-row"] for tag in filled.all("fieldset", **{"class": "row"})] == ["0", "1"]
    assert filled.all("input", name="q.tables.scrap_out.row-0.mass_tonnes", value="3,25")
    assert [tag.attributes["value"] for tag in filled.all("button", name="remove_row")] == [
        "tables.scrap_out:0"
    ]


def test_what_a_table_gives_is_shown_and_not_asked(shop: Plan, asked: Asked) -> None:
    number = asked["flows.reused_pct"]
    sheet = make_sheet(shop.questionnaire, "nb")

    page = _page(question_view(sheet[number.id], number, None, figure="40,0 %"))

    assert page.all("input") == []
    assert "<strong>40,0 %</strong>" in page.html


def test_a_date_that_is_none_is_shown_in_a_text_input(shop: Plan, asked: Asked) -> None:
    page = _page(_view(shop, asked["workshop.opened_on"], ("", "31.2.2026")))

    assert page.all("input", type="text", id="q-workshop-opened_on-value", value="31.2.2026")


def test_what_people_write_is_escaped(shop: Plan, asked: Asked) -> None:
    nasty = '"><script>alert(1)</script></textarea><b>'

    page = _page(
        _view(shop, asked["workshop.motto"], ("", nasty), ("comment", nasty), ("evidence-0-title", nasty)),
        _view(shop, asked["tables.scrap_out"], ("row-0.scrap", nasty), ("row-0.mass_tonnes", nasty)),
    )

    assert page.all("script") == page.all("b") == []
    assert page.sent()["q.workshop.motto"] == [nasty]


def test_the_first_line_of_a_text_is_kept_also_when_it_is_empty(shop: Plan, asked: Asked) -> None:
    page = _page(_view(shop, asked["workshop.motto"], ("", "\n\nAlt ruller")))

    assert page.sent()["q.workshop.motto"] == ["\n\nAlt ruller"]


@given(st.data())
def test_whatever_was_sent_can_be_shown_again(shop: Plan, asked: Asked, data: st.DataObject) -> None:
    sheet = make_sheet(shop.questionnaire, "en")
    found = read_section(asked.values(), data.draw(forms(list(asked))), "en")

    page = _page(
        *(
            question_view(
                sheet[said.question.id], said.question, None, typed=said.typed, problems=said.problems
            )
            for said in found.questions
        )
    )

    assert len(page.all("a")) >= len({said.question.id for said in found.questions if said.problems})


def test_a_sheet_is_made_once_for_each_version_and_language(shop: Plan) -> None:
    first = sheet_of(shop.questionnaire, shop.sha256, "nb")

    assert sheet_of(shop.questionnaire, shop.sha256, "nb") is first
    assert sheet_of(shop.questionnaire, shop.sha256, "nn") is not first
