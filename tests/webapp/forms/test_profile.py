"""The profile: facts that are asked, follow from others, and are proposed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.answers import FactValue
from questionnaires.model import Questionnaire
from questionnaires.values import Language
from tests.reports.making import answers_of, definitions, every_example, raw_answers
from tests.webapp.forms.filling import LANGUAGES
from tests.webapp.forms.rendering import PROFILE, Page, check, rendered
from tests.webapp.forms.test_hostile_forms import values
from webapp.forms.facts import KnownFact, ProfileView, profile_view
from webapp.forms.page import FormData
from webapp.forms.profile import ProfileInput, read_profile
from webapp.words import words_of

CIRCULAR = definitions.plan("circular_business_models").questionnaire
REPORTING = definitions.plan("sustainability_reporting").questionnaire


def _form(questionnaire: Questionnaire, **typed: str) -> FormData:
    """A form with every fact on it, these filled in."""
    data = {f"f.{fact.id}.here": ["nb"] for fact in questionnaire.facts}
    return {**data, **{f"f.{id_}": [text] for id_, text in typed.items()}}


def _said(questionnaire: Questionnaire, data: FormData, **known: FactValue) -> ProfileInput:
    return read_profile(questionnaire.facts, data, known, "nb")


def _codes(said: ProfileInput) -> dict[str, str]:
    return {one.fact.id: one.wrong.code for one in said.facts if one.wrong is not None}


def _view(questionnaire: Questionnaire, language: Language = "nb", **more: Any) -> ProfileView:
    known = more.pop("known", {})
    return profile_view(questionnaire.facts, known, words_of(language), questionnaire.words(language), **more)


def _page(view: ProfileView) -> Page:
    page = rendered(PROFILE, view=view)
    check(page)
    return page


def test_each_kind_of_fact_is_read() -> None:
    said = _said(CIRCULAR, _form(CIRCULAR, nace="31.010", employees="1 200", has_products="no"))

    found = {one.fact.id: one.value for one in said.facts if one.value is not None}
    assert found == {"nace": "31.010", "employees": 1200, "has_products": False}


def test_a_needed_fact_that_is_asked_must_be_answered() -> None:
    said = _said(
        CIRCULAR, _form(CIRCULAR, nace="31.010", employees="3", has_products="no", buys_materials="yes")
    )

    assert _codes(said) == {"has_production_residues": "needed", "process_water": "needed"}


def test_facts_that_follow_from_a_yes_are_needed_after_it() -> None:
    said = _said(CIRCULAR, _form(CIRCULAR, has_products="yes"))

    assert {"manufactures", "influences_design"} <= _codes(said).keys()


def test_a_fact_that_is_not_asked_keeps_what_it_was() -> None:
    said = _said(CIRCULAR, _form(CIRCULAR, has_products="no", manufactures="yes"), manufactures=True)

    manufactures = said.find("manufactures")
    assert manufactures is not None
    assert (manufactures.value, manufactures.wrong) == (None, None)


def test_a_fact_that_is_asked_only_now_is_named() -> None:
    data = {
        k: v for k, v in _form(REPORTING, employees="30", public="no").items() if "arp_on_demand" not in k
    }

    assert _said(REPORTING, data).appeared == ("arp_on_demand",)
    assert _said(REPORTING, data, arp_on_demand=True).appeared == ()


@pytest.mark.parametrize(
    ("fact", "text", "code"),
    [
        ("employees", "12,5", "whole_number"),
        ("employees", "-1", "number_between"),
        ("employees", "1000000001", "number_between"),
        ("employees", "NaN", "number_finite"),
        ("employees", "1e999999", "number_exponent"),
        ("employees", "12 personer", "number_unit"),
        ("nace", "møbler", "nace_form"),
        ("municipality", "a" * 201, "text_too_long"),
        ("municipality", "Bø\x00", "text_signs"),
        ("has_products", "kanskje", "unknown_option"),
    ],
)
def test_a_mistake_says_what_to_do(fact: str, text: str, code: str) -> None:
    assert _codes(_said(CIRCULAR, _form(CIRCULAR, **{fact: text})))[fact] == code


@pytest.mark.parametrize("text", ["ti", "12 personer", "12 %", "1e3", "NaN", "1 2 3"])
def test_a_whole_number_is_asked_for_with_a_whole_number(text: str) -> None:
    said = _said(CIRCULAR, _form(CIRCULAR, employees=text))

    view = profile_view(CIRCULAR.facts, {}, words_of("nb"), CIRCULAR.words("nb"), said=said)

    message = next(group.first.error for group in view.groups if group.first.id == "employees")
    assert message.endswith(("for eksempel 12.", "for eksempel slik: 12."))


def test_a_fact_sent_twice_is_asked_for_again() -> None:
    data = {**_form(CIRCULAR), "f.employees": ["1", "2"]}

    assert _codes(_said(CIRCULAR, data))["employees"] == "repeated"


def test_the_register_s_value_is_proposed_with_its_source() -> None:
    proposed = {"employees": KnownFact(1234, note="Fra Enhetsregisteret 1. mars 2026")}

    page = _page(_view(CIRCULAR, proposed=proposed, known={"nace": KnownFact("31.010", 2)}))

    assert page.all("input", name="f.employees", value="1\u00a0234")
    assert page.all("input", name="f.nace.version", value="2")
    assert "Fra Enhetsregisteret 1. mars 2026" in page.html


def test_what_is_known_goes_before_what_is_proposed() -> None:
    view = _view(
        CIRCULAR, proposed={"employees": KnownFact(5, note="x")}, known={"employees": KnownFact(7, 1)}
    )

    employees = next(group.first for group in view.groups if group.first.id == "employees")
    assert (employees.value, employees.note) == ("7", "")


@pytest.mark.parametrize(("nace", "value"), [("31.010", "yes"), ("69.201", "no")])
def test_a_fact_s_own_rule_proposes_its_value(nace: str, value: str) -> None:
    view = _view(CIRCULAR, known={"nace": KnownFact(nace, 1), "has_products": KnownFact(True, 1)})

    (products,) = [group for group in view.groups if group.first.id == "has_products"]
    manufactures = products.others[0]
    assert (manufactures.id, manufactures.value) == ("manufactures", value)
    assert manufactures.note == "Forslag ut fra næringskoden. Sjekk at det stemmer."


def test_a_fact_that_hangs_on_several_others_is_shown_when_it_is_asked() -> None:
    known = {"employees": KnownFact(30, 1), "public": KnownFact(False, 1)}

    shown = [[group.first.id for group in _view(REPORTING, known=k).groups] for k in ({}, known)]

    assert "arp_on_demand" not in shown[0]
    assert "arp_on_demand" in shown[1]


def test_a_mistake_is_told_at_the_input_and_in_the_summary() -> None:
    page = _page(_view(CIRCULAR, said=_said(CIRCULAR, _form(CIRCULAR, employees="mange", has_products="no"))))

    links = [tag.attributes["href"] for tag in page.all("a")]
    assert links[0] == "#f-nace-value"
    assert links.count("#f-employees-value") == 1
    assert page.all("input", id="f-employees-value", value="mange")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", every_example())
def test_the_profiles_of_the_examples_come_back_as_they_were(example: str, language: Language) -> None:
    answers = answers_of(raw_answers(example))
    questionnaire = definitions.plan(answers.questionnaire).questionnaire
    known = {id_: KnownFact(value, 1) for id_, value in answers.profile.items()}

    page = _page(_view(questionnaire, language, known=known))

    said = read_profile(questionnaire.facts, page.sent(), answers.profile, language)
    back = {one.fact.id: one.value for one in said.facts if one.value is not None}
    assert not said.has_problems
    assert back.items() <= answers.profile.items()
    assert back.keys() >= {f.id for f in questionnaire.facts if f.required and f.asked_if is None}


@given(
    st.dictionaries(st.sampled_from([fact.id for fact in CIRCULAR.facts]), values), st.sampled_from(LANGUAGES)
)
def test_anything_sent_is_read_and_can_be_shown_again(
    sent: Mapping[str, list[str]], language: Language
) -> None:
    data = {**_form(CIRCULAR), **{f"f.{id_}": texts for id_, texts in sent.items()}}

    said = read_profile(CIRCULAR.facts, data, {}, language)

    page = _page(_view(CIRCULAR, language, said=said))
    assert len(page.all("a")) <= len(_codes(said))


@pytest.mark.parametrize(("typed", "number"), [("1.200", 1200), ("12.345", 12345), ("1 200", 1200)])
def test_where_only_whole_numbers_make_sense_the_whole_one_of_two_readings_is_meant(
    typed: str, number: int
) -> None:
    said = _said(CIRCULAR, _form(CIRCULAR, employees=typed))

    employees = said.find("employees")
    assert employees is not None
    assert (employees.value, employees.wrong) == (number, None)


def test_a_text_that_is_two_whole_numbers_is_asked_about() -> None:
    said = _said(CIRCULAR, _form(CIRCULAR, employees="1.000"))

    assert _codes(said)["employees"] == "number_two_ways"
