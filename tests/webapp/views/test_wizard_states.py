"""What the wizard says of where an assessment stands: sent back, to be looked at again, on trial."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessment.answers import Answer
from questionnaires.values import LANGUAGES, Language
from tests.webapp.apps import app_of
from tests.webapp.sites import NOW, answer_like, as_actor, example_answers, make_site
from tests.webapp.views.after import After, hand_in
from tests.webapp.views.browsing import Browser, anonymous, text_of
from tests.webapp.views.desk import Desk, filled, links, make_desk, text
from webapp.auth.cookies import session_cookie
from webapp.db.tables.organisations import Organisation
from webapp.services.assessments import Wanted, start_assessment
from webapp.services.reviewing import decide, withdraw
from webapp.services.submitting import submit
from webapp.services.trial import start_trial
from webapp.words import words_of

in_every_language = pytest.mark.parametrize("language", LANGUAGES)
AMBITION, RESPONSIBILITY = "strategy.ambition", "strategy.responsibility"
PLACES = ("", "/check", "/sections/strategy")
NO = ("has_products", "buys_materials", "process_water", "has_production_residues")
NEED_NO_CODE = {"f.employees": "12", **{f"f.{fact}": "no" for fact in NO}}


@pytest.fixture
def after(tmp_path: Path) -> After:
    return hand_in(tmp_path)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def send_back(after: After, event: str = "send_back") -> str:
    """The reason an advisor gives."""
    reason = "Tallene mangler.\nSe <b>på</b> dem."
    advisor = after.actor(after.advisor)
    steps = ["start_review", "send_back"] if event == "send_back" else ["start_review", "approve", "reopen"]
    for step in steps:
        needs = step in ("send_back", "reopen")
        decide(after.site, advisor, after.id, step, NOW, reason=reason if needs else None)
    return "Tallene mangler. Se <b>på</b> dem."


@in_every_language
@pytest.mark.parametrize(("event", "state"), [("send_back", "sent_back"), ("reopen", "reopened")])
def test_why_an_assessment_came_back_is_told_wherever_it_is_changed(
    after: After, event: str, state: str, language: Language
) -> None:
    reason, say = send_back(after, event), words_of(language).say
    browser = after.browser(after.owner, language)

    for place in PLACES:
        page = browser.get(f"/assessments/{after.id}{place}")
        said = text_of(page)
        assert reason in said, place
        assert say(f"wizard.{state}", who="Rådgiver Eksempel", day="DAY").partition("DAY")[0] in said, place
        assert "<b>" not in page.text
    assert say("wizard.hand_in_again") in text_of(browser.get(f"/assessments/{after.id}/check"))
    assert reason in text_of(browser.get("/assessments"))


def test_nothing_came_back_that_was_not_sent_back(desk: Desk) -> None:
    for place in PLACES:
        assert '<div class="ds-alert" data-color="warning"' not in desk.browser.get(desk.at(place)).text


def test_what_was_taken_back_is_handed_in_again(desk: Desk) -> None:
    owner = as_actor(desk.site, desk.owner)
    contradict(desk)
    submit(desk.site, owner, desk.id, 0, NOW)
    withdraw(desk.site, owner, desk.id, NOW)

    assert desk.words.say("wizard.all_done_again") in text_of(desk.browser.get(desk.at()))


def main_buttons(page: str) -> set[str]:
    """Where the main buttons of the task list lead."""
    return set(re.findall(r'class="ds-button" href="([^"]+)"', page))


def contradict(desk: Desk) -> Desk:
    """Everything answered, with goals that nobody is responsible for."""
    answers = example_answers()
    whole = {p.question.id: Answer("unknown") for p in desk.opened().shelved.plan.questions}
    said = {AMBITION: Answer("answered", "4"), RESPONSIBILITY: Answer("answered", "0")}
    changed = replace(answers, answers={**whole, **answers.answers, **said})
    answer_like(desk.site, as_actor(desk.site, desk.owner), desk.id, changed)
    return desk


@in_every_language
def test_answers_that_do_not_fit_together_say_so_and_hold_nobody_up(
    tmp_path: Path, language: Language
) -> None:
    desk = contradict(make_desk(tmp_path, language))
    say = desk.words.say

    tasks = desk.browser.get(desk.at())
    assert main_buttons(tasks.text) == {desk.browser.path(desk.at("/check"))}
    assert say("wizard.look_doubtful") in text_of(tasks)
    section = desk.browser.get(desk.at("/sections/strategy"))
    assert text_of(section).count(text("contradictions/c01/suggests", language)) == 2
    assert say("wizard.may_stand") in text_of(section)
    assert 'href="#q-strategy-responsibility"' in section.text


def test_a_script_hears_which_answers_do_not_fit_together(desk: Desk) -> None:
    contradict(desk)
    sent = {**desk.form("/sections/strategy"), f"q.{RESPONSIBILITY}": "4"}
    asked = {name: value for name, value in sent.items() if name.startswith(f"q.{RESPONSIBILITY}")}
    script = {"X-Requested-With": "kretslop"}
    same = desk.browser.post(desk.at("/answers"), {**asked, f"q.{RESPONSIBILITY}": "0"}, 200, headers=script)
    told = desk.browser.post(desk.at("/answers"), asked, 200, headers=script)

    assert same.json is not None
    assert told.json is not None
    assert "c01" in same.json["doubts"]
    assert "c01" not in told.json["doubts"]
    assert told.json["minutes"] == ""


@in_every_language
def test_answers_from_last_time_wait_until_somebody_has_looked_at_them(
    after: After, language: Language
) -> None:
    owner, words = after.actor(after.owner), words_of(language)
    wanted = Wanted(after.company, "circular_business_models", "basic", "2026", carry_from=after.id)
    id_ = start_assessment(after.site, owner, wanted, NOW)
    browser, place = after.browser(after.owner, language), f"/assessments/{id_}"

    tasks = browser.get(place)
    assert words.plural("wizard.look_carried", 3) in text_of(tasks)
    assert words.say("wizard.all_done") not in text_of(tasks)
    assert main_buttons(tasks.text) == {browser.path(f"{place}/sections/strategy")}
    section = browser.get(f"{place}/sections/strategy")
    assert text_of(section).count(words.say("wizard.carried_answer")) == 3
    check = text_of(browser.get(f"{place}/check"))
    assert (
        words.plural("wizard.check_carried", 23) in check or words.plural("wizard.check_carried", 22) in check
    )

    browser.post(f"{place}/sections/strategy", filled(section))
    assert main_buttons(browser.get(place).text) == {browser.path(f"{place}/sections/design")}


def test_the_minutes_beside_the_parts_add_up(desk: Desk) -> None:
    said = text_of(desk.browser.get(desk.at()))

    total = int(re.findall(r"Omtrent (\d+) minutter igjen", said)[0])
    parts = re.findall(r"besvart · (\d+) minutt", said)
    assert sum(map(int, parts)) + 2 == total  # the profile takes two, which its line does not say


@in_every_language
def test_nothing_is_said_of_no_minutes_and_the_last_section_is_called_so(
    tmp_path: Path, language: Language
) -> None:
    desk = make_desk(tmp_path, language).answer_all()
    none = desk.words.plural("wizard.minutes_left", 0)

    for section in ("strategy", "insight"):
        assert none not in text_of(desk.browser.get(desk.at(f"/sections/{section}")))
    assert desk.words.say("wizard.last_part") in text_of(desk.browser.get(desk.at("/sections/insight")))


def test_a_list_does_not_repeat_its_heading_on_each_line(after: After) -> None:
    page = text_of(after.browser(after.owner).get("/assessments"))

    assert page.count("Sendt inn") == 1


def test_the_check_begins_with_what_the_company_is_called(desk: Desk) -> None:
    page = desk.browser.get(desk.at("/check")).text

    assert "<dt>Navn på virksomheten</dt><dd>Eksempel Møbelverksted AS</dd>" in page


def on_trial(folder: Path) -> tuple[Browser, str]:
    """Somebody who tries, and where their assessment is."""
    site = make_site(folder)
    app = app_of(site)
    token = start_trial(site.database, "nb", datetime.now(UTC), site.settings)
    browser = anonymous(app)
    browser.client.set_cookie(session_cookie(site.settings), token, domain="localhost")
    with site.database.read() as session:
        company = session.query(Organisation).one().id
    chosen = {"organisation": company, "questionnaire": "circular_business_models"}
    sent = {**chosen, "depth": "basic", "period": "2024", "carry": "empty"}
    place = browser.post("/assessments/new", sent).headers["Location"].removesuffix("/profile")
    return browser, place


def test_who_tries_needs_no_code_of_a_register(tmp_path: Path) -> None:
    browser, place = on_trial(tmp_path)
    page = browser.get(f"{place}/profile")
    assert re.search(r"NACE[^<]*<span class=\"optional\">", page.text)

    sent = {**filled(page), **NEED_NO_CODE}
    saved = browser.post(f"{place}/profile", sent)

    assert saved.headers["Location"].endswith("/sections/strategy")
    assert browser.post(f"{place}/submit", {"after": "0"}).headers["Location"].endswith("/result")
    browser.get(f"{place}/result")


def test_a_company_gives_its_code(desk: Desk) -> None:
    sent = {**desk.form("/profile"), **NEED_NO_CODE}

    page = desk.browser.post(desk.at("/profile"), sent, 400)

    assert links(page.text) == ["f-nace-value"]


def test_one_mistake_made_many_times_is_told_once(desk: Desk) -> None:
    page = desk.browser.post(desk.at("/profile"), desk.form("/profile"), 400).text
    summary = re.search(r'(?s)<div class="ds-error-summary".*?</div>', page)

    assert summary is not None
    assert summary[0].count(desk.words.say("forms.problem.needed")) == 1
    assert "Hvor mange ansatte har dere" in summary[0]


def test_a_name_that_is_too_long_is_in_the_summary(tmp_path: Path) -> None:
    browser, place = on_trial(tmp_path)
    sent = {**filled(browser.get(f"{place}/profile")), **NEED_NO_CODE, "name": "a" * 400}

    page = browser.post(f"{place}/profile", {**sent}, 400).text

    assert links(page) == ["name"]
    assert page.count("Feil:") >= 1


@in_every_language
def test_every_form_with_mistakes_says_so_in_its_title(tmp_path: Path, language: Language) -> None:
    desk = make_desk(tmp_path, language)
    prefix = desk.words.say("wizard.error_prefix")
    visitor = anonymous(desk.app, language)

    answers = [
        desk.browser.post("/assessments/new", {"organisation": desk.company}, 400),
        desk.browser.post("/organisations/new", {"number": "12"}, 400),
        visitor.post("/signin", {"email": "ingen"}, 400),
    ]

    for answer in answers:
        title = answer.text.partition("<title>")[2].partition("</title>")[0]
        assert title.startswith(f"{prefix} ")
        assert title.count(prefix) == 1
