"""The wizard from choosing to handing in, as people click through it, in three languages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from questionnaires.values import LANGUAGES, Language
from tests.webapp.views.browsing import text_of
from tests.webapp.views.desk import Desk, filled, links, make_desk, text
from tests.webapp.views.hostile import forms_of
from webapp.db.tables.assessments import Submission
from webapp.errors import NotSaved
from webapp.views import profile as profile_view
from webapp.views import wizard as wizard_view

in_every_language = pytest.mark.parametrize("language", LANGUAGES)
AMBITION, TYPED = "q.strategy.ambition", "Det jeg skrev med «tegn» & <b>"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@pytest.fixture
def answered(desk: Desk) -> Desk:
    """With every question answered."""
    return desk.answer_all()


PROFILE = {"f.nace": "31.090", "f.employees": "18", "f.municipality": "Eksempelvik"}
YES = ("has_products", "manufactures", "influences_design", "has_durable_products", "buys_materials")
NO = ("puts_packaging_on_market", "has_production_residues", "process_water")


def profile_of(desk: Desk, **changed: str) -> dict[str, Any]:
    """A whole profile."""
    yes_no = {f"f.{name}": "yes" for name in YES} | {f"f.{name}": "no" for name in NO}
    return desk.form("/profile") | PROFILE | yes_no | {f"f.{name}": value for name, value in changed.items()}


@in_every_language
def test_from_choosing_to_the_receipt(tmp_path: Path, language: Language) -> None:
    desk = make_desk(tmp_path, language)
    browser, say = desk.browser, desk.words.say
    empty = browser.post("/assessments/new", {"organisation": desk.company}, 400).text
    assert set(links(empty)) >= {"questionnaire", "depth", "period"}
    chosen = {"organisation": desk.company, "questionnaire": "circular_business_models"}
    started = browser.post(
        "/assessments/new", {**chosen, "depth": "basic", "period": "2024", "carry": "empty"}
    )
    assert started.headers["Location"].endswith("/profile")
    desk.id = started.headers["Location"].split("/")[3]

    first = browser.post(desk.at("/profile"), profile_of(desk)).headers["Location"]
    assert say("profile.saved") in text_of(browser.get(first))
    seen = []
    while "/sections/" in first:
        seen.append(first.rpartition("/")[2])
        page = browser.get(first)
        assert text(f"sections/{seen[-1]}/title", language) in text_of(page)
        threes = re.findall(r'type="radio"[^>]*name="(q\.[a-z_.]+)"[^>]*value="3"', page.text)
        choices = dict.fromkeys(threes, "3")
        first = browser.post(first, {**filled(page), **choices}).headers["Location"]
    assert seen == ["strategy", "design", "inputs", "operations", "use", "recovery", "symbiosis", "insight"]

    check = browser.get(desk.at("/check"))
    assert say("wizard.hand_in") in text_of(check)
    handed_in = browser.post(desk.at("/submit"), {"after": "0"})
    assert handed_in.headers["Location"] == browser.path(desk.at("/result"))
    with desk.site.database.read() as session:
        code = session.scalars(select(Submission.receipt)).one()
    assert say("wizard.handed_in", code=code) in text_of(browser.get(desk.at("/result")))


@in_every_language
def test_mistakes_in_the_profile_are_named_and_stay(tmp_path: Path, language: Language) -> None:
    desk = make_desk(tmp_path, language)
    sent = profile_of(desk, nace="møbler", employees="mange", municipality="Eksempelvik")
    page = desk.browser.post(desk.at("/profile"), sent, 400)

    assert links(page.text) == ["f-nace-value", "f-employees-value"]
    assert desk.words.say("forms.problem.nace_form") in text_of(page)
    assert 'value="møbler"' in page.text
    assert 'value="mange"' in page.text
    assert page.text.startswith("<!DOCTYPE html>")
    assert desk.words.say("wizard.error_prefix") in page.text.partition("</title>")[0]


def test_questions_of_the_profile_appear_when_they_are_needed(desk: Desk) -> None:
    asked = desk.form("/profile")
    answer = desk.browser.post(desk.at("/profile"), {**asked, **PROFILE, "f.has_products": "yes"}, 400)
    assert "forms.problem" not in answer.text
    assert desk.words.say("forms.problem.needed") in text_of(answer)


@in_every_language
def test_questions_appear_and_disappear_with_answers_and_keep_theirs(
    tmp_path: Path, language: Language
) -> None:
    """Without scripts: what is not asked is hidden, what was answered there comes back with its question."""
    desk = make_desk(tmp_path, language)
    browser, place = desk.browser, "/sections/design"
    browser.post(desk.at("/profile"), profile_of(desk))
    browser.post(desk.at(place), {**desk.form(place), "q.design.durability": "4"})

    browser.post(desk.at("/profile"), profile_of(desk, influences_design="no"))
    page = browser.get(desk.at(place)).text
    assert 'hidden data-slot="design.durability"' in page
    assert ' data-slot="design.assortment"' in page
    assert 'hidden data-slot="design.assortment"' not in page
    check, _, unused = text_of(browser.get(desk.at("/check"))).partition(desk.words.say("wizard.unused"))
    hidden = text("questions/design.durability/text", language)
    assert hidden not in check
    assert hidden in unused

    browser.post(desk.at("/profile"), profile_of(desk))
    page = browser.get(desk.at(place)).text
    assert 'hidden data-slot="design.durability"' not in page
    assert re.search(r'name="q\.design\.durability" value="4"[^>]* checked', page)


def test_what_is_answered_with_do_not_know_is_counted_before_handing_in(answered: Desk) -> None:
    """The example has one such answer."""
    words, place = answered.words, "/sections/strategy"
    assert words.plural("wizard.check_unknown", 1) in text_of(answered.browser.get(answered.at("/check")))

    answered.browser.post(answered.at(place), {**answered.form(place), AMBITION: "__unknown"})

    assert words.plural("wizard.check_unknown", 2) in text_of(answered.browser.get(answered.at("/check")))


@in_every_language
def test_mistakes_in_a_section_are_named_and_the_rest_is_kept(tmp_path: Path, language: Language) -> None:
    desk = make_desk(tmp_path, language, depth="advanced")
    desk.browser.post(desk.at("/profile"), profile_of(desk))
    place = "/sections/strategy"
    sent = {**desk.form(place), AMBITION: "3", "q.strategy.circular_revenue": "halvparten"}
    page = desk.browser.post(desk.at(place), sent, 400)

    assert links(page.text) == ["q-strategy-circular_revenue-value"]
    assert 'value="halvparten"' in page.text
    assert desk.words.say("wizard.error_prefix") in page.text.partition("</title>")[0]
    assert desk.stored().keys() >= {"strategy.ambition"}
    assert "strategy.circular_revenue" not in desk.stored()


@in_every_language
def test_two_answers_to_one_question_are_shown_beside_what_was_before(
    tmp_path: Path, language: Language
) -> None:
    desk = make_desk(tmp_path, language)
    place, say = "/sections/strategy", desk.words.say
    desk.browser.post(desk.at(place), {**desk.form(place), AMBITION: "1"})
    mine, other = {**desk.form(place), f"{AMBITION}.comment": "Tallene må sjekkes"}, desk.colleague()
    other.post(desk.at(place), {**filled(other.get(desk.at(place))), AMBITION: "4"})

    page = desk.browser.post(desk.at(place), {**mine, AMBITION: "2"}, 409)
    said = text_of(page)
    assert links(page.text) == ["q-strategy-ambition"]
    for key in ("clash_title", "clash_mine", "clash_before"):
        assert say(f"wizard.{key}") in said
    assert say("wizard.clash_keep", who="Ola Nordmann") in said
    assert f"{say('question.was_comment')} Tallene må sjekkes" in said
    anchors = [text(f"questions/strategy.ambition/anchors/{level}", language) for level in (1, 2, 4)]
    assert all(anchor in said for anchor in anchors)
    assert '"4"' in desk.stored()["strategy.ambition"]

    again = filled(page)
    assert again[AMBITION] == "2"
    kept = desk.browser.post(desk.at(place), {**again, "keep_theirs": "strategy.ambition"})
    assert kept.headers["Location"].endswith("#q-strategy-ambition")
    assert '"4"' in desk.stored()["strategy.ambition"]
    desk.browser.post(desk.at(place), again)
    assert '"2"' in desk.stored()["strategy.ambition"]


def test_what_nobody_touched_overwrites_nothing(desk: Desk) -> None:
    place = "/sections/strategy"
    desk.browser.post(desk.at(place), {**desk.form(place), AMBITION: "1"})
    mine, other = desk.form(place), desk.colleague()
    other.post(desk.at(place), {**filled(other.get(desk.at(place))), AMBITION: "4"})
    desk.browser.post(desk.at(place), {**mine, "q.strategy.responsibility": "2"})
    assert '"4"' in desk.stored()["strategy.ambition"]
    assert '"2"' in desk.stored()["strategy.responsibility"]


def unsaved(*_arguments: Any, **_named: Any) -> None:
    raise NotSaved


@in_every_language
def test_what_cannot_be_saved_stays_in_the_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    desk = make_desk(tmp_path, language)
    place, say = "/sections/strategy", desk.words.say
    sent = {**desk.form(place), AMBITION: "3", f"{AMBITION}.comment": TYPED}
    monkeypatch.setattr(wizard_view, "save_answers", unsaved)
    page = desk.browser.post(desk.at(place), sent, 503)

    said = text_of(page)
    assert say("wizard.not_saved") in said
    assert say("wizard.saved") not in said
    again = filled(page)
    assert (again[AMBITION], again[f"{AMBITION}.comment"]) == ("3", TYPED)
    assert "<b>" not in page.text
    assert desk.stored() == {}

    monkeypatch.undo()
    desk.browser.post(desk.at(place), again)
    assert json.loads(desk.stored()["strategy.ambition"]) == {"value": "3", "comment": TYPED}


def test_a_profile_that_cannot_be_saved_stays_in_the_form(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = profile_of(desk, municipality=TYPED)
    monkeypatch.setattr(profile_view, "save_profile", unsaved)
    page = desk.browser.post(desk.at("/profile"), sent, 503)
    assert desk.words.say("wizard.not_saved") in text_of(page)
    assert filled(page)["f.municipality"] == TYPED
    assert "f-has_products" in page.text


def test_a_script_is_told_that_nothing_was_saved(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = {**desk.form("/sections/strategy"), AMBITION: "3"}
    monkeypatch.setattr(wizard_view, "save_answers", unsaved)
    answer = desk.browser.post(desk.at("/answers"), sent, 503, headers={"X-Requested-With": "kretslop"})
    assert answer.json is not None
    assert answer.json["error"] == "status_503"


def test_a_script_saves_one_answer_and_hears_what_has_changed(desk: Desk) -> None:
    sent = {**desk.form("/sections/strategy"), AMBITION: "3"}
    asked = {
        name: value for name, value in sent.items() if name.startswith(f"{AMBITION}.") or name == AMBITION
    }
    told = desk.browser.post(desk.at("/answers"), asked, 200, headers={"X-Requested-With": "kretslop"}).json
    assert told is not None
    assert told["saved"] == {"strategy.ambition": 1}
    assert (told["problems"], told["clashes"]) == ({}, {})
    assert told["shown"]["strategy.responsibility"] is True
    other = desk.colleague()
    clash = other.post(
        desk.at("/answers"),
        {**asked, "csrf": other.csrf(), AMBITION: "1"},
        200,
        headers={"X-Requested-With": "kretslop"},
    ).json
    assert clash is not None
    assert list(clash["clashes"]) == ["strategy.ambition"]
    assert clash["saved"] == {"strategy.ambition": 1}


@in_every_language
def test_every_change_link_comes_back_to_where_it_was(tmp_path: Path, language: Language) -> None:
    desk = make_desk(tmp_path, language)
    desk.answer_all()
    check = desk.browser.get(desk.at("/check")).text
    found = re.findall(r'href="([^"]+/sections/([a-z_]+)\?from=check)#(q-[a-z_-]+)"', check)
    assert len(found) == 30 - 6  # six of the basic questions are for companies of other kinds
    for place, section, anchor in {one[1]: one for one in found}.values():
        page = desk.browser.get(place)
        assert f'id="{anchor}"' in page.text
        sent = filled(page, "back")
        assert sent["from"] == "check"
        back = desk.browser.post(f"/assessments/{desk.id}/sections/{section}", sent).headers["Location"]
        assert back == desk.browser.path(desk.at(f"/check#s-{section}"))
        assert f'id="s-{section}"' in check
    profile = desk.browser.get(desk.at("/profile?from=check"))
    saved = desk.browser.post(desk.at("/profile"), filled(profile))
    assert saved.headers["Location"] == desk.browser.path(desk.at("/check"))


def test_handing_in_twice_gives_one_receipt(answered: Desk) -> None:
    browser = answered.browser
    guarded = {"csrf": browser.csrf(), "after": "0"}
    place = browser.path(answered.at("/submit"))
    first, second = (browser.client.post(place, data=guarded) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    with answered.site.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 1
        code = session.scalars(select(Submission.receipt)).one()
    page = text_of(browser.get(answered.at("/result")))
    assert page.count(answered.words.say("wizard.handed_in", code=code)) == 1


def test_answers_that_were_saved_are_not_called_lost_where_only_the_mark_of_the_section_is(
    answered: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, say = "/sections/strategy", answered.words.say
    monkeypatch.setattr(wizard_view, "mark_section", unsaved)

    sent = answered.browser.post(answered.at(place), {**answered.form(place), AMBITION: "0"})

    assert sent.headers["Location"].endswith(place)
    said = text_of(answered.browser.get(answered.at(place)))
    assert say("wizard.saved_unmarked") in said
    assert say("wizard.not_saved") not in said
    assert '"0"' in answered.stored()["strategy.ambition"]


def test_what_was_handed_in_takes_no_facts(answered: Desk) -> None:
    sent = answered.form("/profile")
    answered.browser.post(answered.at("/submit"), {"after": "0"})

    refused = answered.browser.post(answered.at("/profile"), sent, 409)

    assert answered.words.say("errors.refused.wizard.locked") in text_of(refused)


def test_what_was_handed_in_takes_no_answers(answered: Desk) -> None:
    place = "/sections/strategy"
    sent = answered.form(place)
    answered.browser.post(answered.at("/submit"), {"after": "0"})
    before = answered.stored()

    page = answered.browser.get(answered.at(place)).text
    assert '<fieldset class="plain" disabled>' in page
    refused = answered.browser.post(answered.at(place), {**sent, AMBITION: "0"}, 409)
    assert answered.words.say("errors.refused.wizard.locked") in text_of(refused)
    answered.browser.post(answered.at("/answers"), {**sent, AMBITION: "0"}, 409)
    assert answered.browser.client.get(answered.browser.path(answered.at("/check"))).status_code == 303
    assert answered.stored() == before


def test_handing_in_waits_for_the_profile(desk: Desk) -> None:
    page = text_of(desk.browser.get(desk.at("/check")))
    assert desk.words.say("wizard.hand_in_profile") in page
    refused = desk.browser.post(desk.at("/submit"), {"after": "0"}, 409)
    assert desk.words.say("errors.refused.submit.profile_missing") in text_of(refused)


@pytest.mark.parametrize("after", ["", "-1", "x", "1e3", "٣", "999999999"])
def test_handing_in_needs_its_form_whole(answered: Desk, after: str) -> None:
    refused = answered.browser.post(answered.at("/submit"), {"after": after}, 409)
    assert answered.words.say("errors.refused.submit.form_damaged") in text_of(refused)


def test_a_member_is_told_who_hands_in(answered: Desk) -> None:
    member = answered.colleague()
    assert answered.words.say("wizard.hand_in_owner") in text_of(member.get(answered.at("/check")))
    member.post(answered.at("/submit"), {"after": "0"}, 403)


@pytest.mark.parametrize("command", ["add_evidence", "clear"])
def test_the_buttons_of_a_question_work_without_scripts(answered: Desk, command: str) -> None:
    place = "/sections/strategy"
    sent = {**answered.form(place), command: "strategy.ambition"}
    answer = answered.browser.post(answered.at(place), sent)
    assert answer.headers["Location"].endswith("/sections/strategy#q-strategy-ambition")
    value = json.loads(answered.stored()["strategy.ambition"])["value"]
    assert value == (None if command == "clear" else "3")


@pytest.mark.parametrize(("button", "place"), [("leave", "/assessments"), ("stay", "/sections/strategy")])
def test_other_buttons_lead_elsewhere(desk: Desk, button: str, place: str) -> None:
    sent = {**desk.form("/sections/strategy", button), AMBITION: "3"}
    assert desk.browser.post(desk.at("/sections/strategy"), sent).headers["Location"].endswith(place)
    assert "strategy.ambition" in desk.stored()


def test_going_deeper_and_back_keeps_every_answer(answered: Desk) -> None:
    before = answered.stored()
    for depth in ("advanced", "basic"):
        answered.browser.post(answered.at("/depth"), {"depth": depth})
        assert answered.opened().depth == depth
    assert answered.stored() == before


@pytest.mark.parametrize(
    "rest", ["", "/profile?from=check", "/sections/design?from=check", "/check", "/all", "/preview"]
)
def test_the_language_is_changed_in_place(answered: Desk, rest: str) -> None:
    page = answered.browser.get(answered.at(rest)).text
    found = dict(re.findall(r'<a href="([^"]+)" lang="(nn|en)"', page))
    assert found == {f"/{language}{answered.at(rest)}": language for language in ("nn", "en")}
    for place in found:
        answered.browser.get(place)


def test_every_page_of_the_wizard_sends_its_form_to_itself(desk: Desk) -> None:
    for rest in ("/profile", "/sections/strategy"):
        page = desk.browser.get(desk.at(rest))
        actions = {form.action for form in forms_of(page.text, rest)}
        assert desk.browser.path(desk.at(rest)) in actions
