"""Answering an assessment's pages as somebody does who means it, whatever they ask."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.webapp.browser.visiting import Visitor

PROFILE = {"nace": "31.090", "employees": "18", "municipality": "Bodø"}
"""What is typed about the company, by fact."""


def choose_assessment(visitor: Visitor, questionnaire: str) -> None:
    """Start a basic assessment."""
    page = visitor.page
    page.locator(f"input[name=questionnaire][value={questionnaire}]").check()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/profile")


def fill_profile(visitor: Visitor, name: str = "") -> None:
    """Say what is asked about the company, page by page until nothing more is asked."""
    page = visitor.page
    if name:
        page.locator("input[name=name]").fill(name)
    for _ in range(5):
        _fill_facts(page)
        with page.expect_navigation():
            page.locator("button[name=action][value=next]").click()
        if "/profile" not in page.url:
            return
    raise AssertionError("the profile is never done")


def _fill_facts(page: Page) -> None:
    for fact in page.locator("[data-fact]").all():
        radios = fact.locator("input[type=radio]")
        if radios.count():
            if not fact.locator("input[type=radio]:checked").count():
                radios.first.check()
        elif (id_ := fact.get_attribute("data-fact")) in PROFILE:
            fact.locator("input.ds-input").fill(PROFILE[str(id_)])


def answer_section(page: Page) -> None:
    """Answer every question that is shown and has no answer."""
    for question in page.locator(".slot:visible .question").all():
        answer_question(question)


def answer_question(question: Locator) -> None:
    """Give one question an answer: the third choice, a text, a number."""
    choices = question.locator(".choices:not(.statuses) input")
    field = question.locator("textarea[id$='-value'], input[id$='-value']")
    if choices.count():
        if not question.locator(".choices input:checked").count():
            choices.nth(min(2, choices.count() - 1)).check()
    elif field.count() and not field.input_value():
        is_number = field.get_attribute("inputmode") == "decimal"
        field.fill("12,5" if is_number else "Vi har begynt, og fortsetter i år.")


def save_page(page: Page) -> None:
    """Press the button of a section, which waits for what is being saved, until the next page is there."""
    with page.expect_navigation():
        page.locator(".save-bar button[name=action]").first.click()


def answer_everything(visitor: Visitor) -> int:
    """Answer and save section after section until the check of all answers; how many pages were saved."""
    page = visitor.page
    for saved in range(40):
        if page.url.endswith("/check"):
            return saved
        answer_section(page)
        save_page(page)
    raise AssertionError("the sections never end")
