"""What advisors ask of a company and tell it, on the company's pages, and nothing of what is private."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from assessment.answers import Answer
from tests.webapp.views.after import LATER, After, hand_in
from tests.webapp.views.browsing import text_of
from webapp.services.answering import Said, save_answers
from webapp.services.judging import Judgement, judge
from webapp.services.notes import write_note
from webapp.services.opening import open_assessment
from webapp.services.requesting import request_again
from webapp.services.reviewing import decide
from webapp.services.submitting import submit

QUESTION, SECTION, OTHER = "strategy.ambition", "strategy", "operations.waste_data"
REASON = "Legg ved styrevedtaket."
SHARED, PRIVATE = "Kanari-delt: fint mål.", "Kanari-privat: de aner ikke."
UNSENT = "Kanari-utkast: spør om tallene."
OVERRIDE = "Kanari-begrunnelse: bare ett mål."


@pytest.fixture
def after(tmp_path: Path) -> After:
    return hand_in(tmp_path)


def words(answer: TestResponse) -> str:
    return text_of(answer).replace("\u00a0", " ")


def take(after: After, *events: str, reason: str | None = None, due_on: date | None = None) -> None:
    for event in events:
        why = reason if event in ("send_back", "reopen") else None
        decide(after.site, after.actor(after.advisor), after.id, event, LATER, reason=why, due_on=due_on)


def ask(after: After, *questions: str) -> None:
    for question in questions:
        request_again(after.site, after.actor(after.advisor), after.id, question, LATER, reason=REASON)


def tell(
    after: After, text: str = SHARED, *, question: str | None = QUESTION, is_shared: bool = True
) -> None:
    actor = after.actor(after.advisor)
    write_note(after.site, actor, after.id, LATER, text=text, is_shared=is_shared, question_id=question)


def returned(after: After, due_on: date | None = date(2099, 12, 12)) -> None:
    take(after, "start_review")
    ask(after, QUESTION, OTHER)
    take(after, "send_back", reason="Se over dette.", due_on=due_on)


def answer(after: After, question: str = QUESTION, value: str = "1") -> None:
    owner = after.actor(after.owner)
    held = open_assessment(after.site, owner, after.id).held[question]
    said = Said(question, Answer("answered", value), held.version)
    assert save_answers(after.site, owner, after.id, [said], LATER).changed


def test_tasks_and_check_list_what_to_look_at_with_why_by_when_and_how_far(after: After) -> None:
    returned(after)
    answer(after)

    browser = after.browser(after.member)
    for rest in ("", "/check"):
        page = browser.get(f"/assessments/{after.id}{rest}")
        said = words(page)
        assert (
            "Sendt tilbake av Rådgiver Eksempel 2. mars 2026 Se over dette. Frist 12. desember 2099" in said
        )
        assert "2 spørsmål å se på igjen 1 av 2 svar er endret" in said
        assert f"satt for bedriften? Endret Rådgiver Eksempel: {REASON}" in said
        assert f"hva det koster? Ikke endret ennå Rådgiver Eksempel: {REASON}" in said
        assert f"/sections/{SECTION}#q-strategy-ambition" in page.text


def test_a_section_marks_its_own_questions_and_no_others(after: After) -> None:
    returned(after)

    page = words(after.browser(after.owner).get(after.path(f"sections/{SECTION}")))

    assert page.count("Rådgiver Eksempel ber dere se på dette igjen: Ikke endret ennå") == 1
    assert page.count(REASON) == 1
    assert "Frist 12. desember 2099" in page


def test_the_page_of_a_question_says_what_is_wanted_of_it(after: After) -> None:
    returned(after)
    browser = after.browser(after.owner)

    assert REASON in words(browser.get(after.path(f"questions/{QUESTION}")))
    assert REASON not in words(browser.get(after.path("questions/strategy.responsibility")))


@pytest.mark.parametrize(
    ("due_on", "said"),
    [(date(2099, 12, 12), "Frist 12. desember 2099"), (date(2026, 3, 3), "Fristen var 3. mars 2026")],
)
def test_the_overview_says_by_when(after: After, due_on: date, said: str) -> None:
    returned(after, due_on)

    assert said in words(after.browser(after.owner).get("/assessments"))


def test_without_a_deadline_none_is_said(after: After) -> None:
    returned(after, None)
    browser = after.browser(after.owner)

    for path in ("/assessments", f"/assessments/{after.id}"):
        assert "Frist" not in words(browser.get(path))


def test_what_was_handed_in_again_says_what_was_done(after: After) -> None:
    returned(after)
    answer(after, OTHER)
    submit(after.site, after.actor(after.owner), after.id, 1, LATER)

    page = words(after.browser(after.owner).get(after.path("result")))

    assert "Dette ble dere bedt om å se på igjen 1 av 2 svar ble endret" in page
    assert "satt for bedriften? Ikke endret Rådgiver Eksempel:" in page
    assert "hva det koster? Endret Rådgiver Eksempel:" in page
    assert "Frist" not in page


def test_shared_notes_stand_on_question_section_and_result_apart_from_comments(after: After) -> None:
    tell(after)
    tell(after, "Om alt sammen.", question=None)
    browser = after.browser(after.member)

    question = browser.get(after.path(f"questions/{QUESTION}"))
    assert "Notater fra rådgiveren Skrevet til dere." in words(question)
    assert words(question).index(SHARED) < words(question).index("Kommentarer Bare dere")
    assert "Om alt sammen." not in question.text
    section = words(browser.get(after.path(f"sections/{SECTION}")))
    assert "1 notat fra rådgiveren" in section
    assert SHARED not in section
    result = words(browser.get(after.path("result")))
    assert f"satt for bedriften? {SHARED} Rådgiver Eksempel , rådgiver, 2. mars 2026 kl. 11:00" in result
    assert "Om hele egenvurderingen Om alt sammen." in result


def test_an_advisor_reads_notes_in_the_review_and_not_beside_the_result(after: After) -> None:
    tell(after)

    assert SHARED not in words(after.browser(after.advisor).get(after.path("result")))


def test_both_levels_stand_side_by_side_with_why_they_part(after: After) -> None:
    take(after, "start_review")
    said = Judgement("1", reason=OVERRIDE)
    judge(after.site, after.actor(after.advisor), after.id, QUESTION, LATER, judgement=said, base=0)
    owner = after.browser(after.owner)
    before = words(owner.get(after.path("result")))
    take(after, "approve")

    for who in (after.owner, after.advisor):
        page = words(after.browser(who).get(after.path("result")))
        assert (
            "Godkjent nivå Godkjent av Rådgiver Eksempel 2. mars 2026. Rådgiveren har kommet til noe annet"
            in page
        )
        assert "Virksomhetens egen vurdering 2 Under utvikling 2,52 poeng" in page
        assert "Strategi og forretningsmodell Annerledes Virksomheten 3 Etablert (2,80) Godkjent" in page
        assert (
            "Design av produkter og tjenester Virksomheten 3 Etablert (3,20) Godkjent 3 Etablert (3,20)"
            in page
        )
        assert "1 svar er vurdert annerledes" in page
        assert "Virksomheten: 3 av 4 – Vi har sirkulære mål" in page
        assert "Rådgiveren: 1 av 4 – Vi har diskutert sirkulære mål, men ikke skrevet dem ned" in page
        assert f"ikke skrevet dem ned Begrunnelse: {OVERRIDE}" in page
    assert OVERRIDE not in before
    assert "Godkjent nivå" not in before


def test_an_advisor_who_agrees_is_said_to(after: After) -> None:
    take(after, "start_review", "approve")

    page = words(after.browser(after.owner).get(after.path("result")))

    assert "Rådgiveren har kommet til det samme som virksomheten." in page
    assert "vurdert annerledes" not in page


@pytest.mark.parametrize("step", ["in_review", "send_back", "resubmit", "approve", "reopen"])
def test_nothing_private_stands_on_any_page_of_the_company(after: After, step: str) -> None:
    take(after, "start_review")
    tell(after, PRIVATE, is_shared=False)
    tell(after, PRIVATE, question=None, is_shared=False)
    tell(after)
    said = Judgement("1", reason=OVERRIDE)
    judge(after.site, after.actor(after.advisor), after.id, QUESTION, LATER, judgement=said, base=0)
    if step in ("send_back", "resubmit"):
        returned_from_review(after)
    if step == "resubmit":
        submit(after.site, after.actor(after.owner), after.id, 1, LATER)
        take(after, "start_review")
    request_unsent(after, step)
    if step in ("approve", "reopen"):
        take(after, "approve")
    if step == "reopen":
        take(after, "reopen", reason="Nye tall.")

    for who in (after.owner, after.member):
        pages = every_page(after, who)
        assert [word for word in (PRIVATE, UNSENT) if word in pages] == []
        assert (OVERRIDE in pages) is (step == "approve")
        assert SHARED in pages


def returned_from_review(after: After) -> None:
    ask(after, QUESTION)
    take(after, "send_back", reason="Se over dette.")


def request_unsent(after: After, step: str) -> None:
    """Something the advisor has noted to ask and not sent, wherever that can be."""
    if step != "send_back":
        request_again(after.site, after.actor(after.advisor), after.id, OTHER, LATER, reason=UNSENT)


def every_page(after: After, who: str) -> str:
    """The words of everything the company can open about an assessment."""
    browser = after.browser(who)
    paths = ["/assessments"]
    rests = (
        "",
        "/result",
        "/check",
        "/all",
        "/plan",
        "/plan/new",
        "/files",
        "/report",
        "/documents",
        "/what-if",
    )
    paths += [f"/assessments/{after.id}{rest}" for rest in rests]
    paths += [after.path(f"sections/{section}") for section in (SECTION, "operations")]
    paths += [after.path(f"questions/{question}") for question in (QUESTION, OTHER)]
    texts = []
    for path in paths:
        found = browser.client.get(browser.path(path), follow_redirects=True)
        assert found.status_code == 200, path
        texts.append(found.get_data(as_text=True))
    return "\n".join(texts)
