"""Beginning, sending back, approving and opening again: with what was seen, and with a reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.webapp.sites import NOW
from tests.webapp.views.after import hand_in
from tests.webapp.views.browsing import text_of
from tests.webapp.views.reviewed import AMBITION, LATER, STAYED, Reviewed, reviewed
from webapp.db.queries_reviews import requests_of
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.organisations import AdvisorAssignment
from webapp.services.requesting import request_again
from webapp.services.reviewing import decide

WHY = "Avfallet veies, men tallene mangler."


@pytest.fixture
def world(tmp_path: Path) -> Reviewed:
    return reviewed(tmp_path)


def due(world: Reviewed) -> str:
    with world.reading() as session:
        return str(session.get_one(Assessment, world.id).due_on)


def seen_on(page: str) -> dict[str, str]:
    """What the form of a page says it is about."""
    return dict(re.findall(r'<input type="hidden" name="(seen|judged)" value="([^"]*)"', page))


def test_it_is_begun_from_the_overview(world: Reviewed) -> None:
    browser = world.browser()

    browser.post(world.at("start"), seen_on(browser.get(world.at()).text))

    assert world.state() == "in_review"
    assert "Gjennomgangen er startet." in text_of(browser.get(world.at()))


def test_a_beginning_on_an_old_page_is_refused(world: Reviewed) -> None:
    world.begin()

    answer = world.browser().post(world.at("start"), {"seen": "submitted 1"}, 409)

    assert "har endret seg siden du åpnet siden" in text_of(answer)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "Du hører til denne bedriften"),
        ("nn", "Du høyrer til denne verksemda"),
        ("en", "You belong to this company"),
    ],
)
def test_who_belongs_to_the_company_is_told_why_they_do_not_review_it(
    tmp_path: Path, language: str, said: str
) -> None:
    after = hand_in(tmp_path)
    with after.site.database.write() as session:
        session.add(AdvisorAssignment(organisation_id=after.company, person_id=after.member, from_utc=NOW))
    browser = after.browser(after.member, language)

    looked = browser.get(after.path("review"), 409)
    decided = browser.post(after.path("review/start"), {"seen": "submitted 1"}, 409)

    assert said in text_of(looked)
    assert said in text_of(decided)
    assert after.state() == "submitted"


def test_it_is_sent_back_with_a_reason_for_each_question_and_a_deadline(world: Reviewed) -> None:
    world.begin()
    advisor = world.actor(world.advisor)
    request_again(world.site, advisor, world.id, AMBITION, LATER, reason="Legg ved vedtaket.")
    browser = world.browser()
    page = browser.get(world.at("send-back"))

    browser.post(world.at("send-back"), {**seen_on(page.text), "reason": WHY, "due": "2099-05-01"})
    after = text_of(browser.get(world.at())).replace("\u00a0", " ")

    assert "Legg ved vedtaket." in text_of(page)
    assert (world.state(), due(world)) == ("sent_back", "2099-05-01")
    assert WHY in after
    assert "Frist for bedriften: 1. mai 2099." in after
    assert "Bedriften er bedt om å se på dette" in after
    with world.reading() as session:
        assert requests_of(session, world.id, 1)[AMBITION].reason == "Legg ved vedtaket."


def test_the_company_reads_why(world: Reviewed) -> None:
    world.begin()
    world.browser().post(world.at("send-back"), {"seen": "in_review 1", "reason": WHY})

    for path in (f"/assessments/{world.id}/result", "/assessments"):
        assert WHY in text_of(world.browser(world.owner).get(path))


@pytest.mark.parametrize("due_text", ["", "1.5.2099", "01.05.2099"])
def test_a_deadline_may_be_left_out_and_typed_as_people_do(world: Reviewed, due_text: str) -> None:
    world.begin()

    world.browser().post(world.at("send-back"), {"seen": "in_review 1", "reason": WHY, "due": due_text})

    assert due(world) == ("2099-05-01" if due_text else "None")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reason": " "}, "Skriv en begrunnelse, så bedriften vet hva de skal se på"),
        ({"reason": "x" * 2001}, "Begrunnelsen kan være på høyst 2000 tegn"),
        ({"reason": WHY, "due": "i morgen"}, "Skriv fristen som en dato"),
        ({"reason": WHY, "due": "31.2.2099"}, "Skriv fristen som en dato"),
        ({"reason": WHY, "due": "2020-01-01"}, "Fristen må være i dag eller senere"),
    ],
)
def test_what_is_missing_is_told_where_it_goes(world: Reviewed, sent: dict[str, str], said: str) -> None:
    world.begin()

    answer = world.browser().post(world.at("send-back"), {"seen": "in_review 1", **sent}, 400)

    assert text_of(answer).count(said) == 2
    assert sent["reason"].strip() in answer.text
    assert world.state() == "in_review"


@pytest.mark.parametrize("seen", ["submitted 1", "in_review 7", "x", ""])
def test_a_decision_on_another_page_keeps_what_was_written(world: Reviewed, seen: str) -> None:
    world.begin()

    answer = world.browser().post(world.at("send-back"), {"seen": seen, "reason": WHY}, 409 if seen else 400)

    assert WHY in answer.text
    assert world.state() == "in_review"


def test_what_a_colleague_has_decided_meanwhile_keeps_what_was_written(world: Reviewed) -> None:
    world.begin()
    browser = world.browser()
    seen = seen_on(browser.get(world.at("send-back")).text)
    decide(world.site, world.actor(world.colleague), world.id, "approve", LATER)

    answer = browser.post(world.at("send-back"), {**seen, "reason": WHY}, 409)

    assert WHY in answer.text
    assert "har endret seg siden du åpnet siden" in text_of(answer)


def test_the_approval_lists_every_difference_with_its_reason(world: Reviewed) -> None:
    world.begin()
    world.rate(AMBITION, "1", reason="Ingen mål er skrevet ned.")
    world.rate(STAYED, "3")

    page = text_of(world.browser().get(world.at("approve")))

    # weights 2, 2, 1: (2*3 + 2*3 + 1*2) / 5 and (2*1 + 2*3 + 1*2) / 5
    assert "Strategi og forretningsmodell 3 Etablert (2,80) 2 Under utvikling (2,00)" in page
    assert "Samlet 2 Under utvikling (2,52) 2 Under utvikling (2,40)" in page
    assert "Rådgiver 1 av 4 – Vi har diskutert sirkulære mål, men ikke skrevet dem ned" in page
    assert "Begrunnelse Ingen mål er skrevet ned." in page


def test_a_missing_reason_blocks_with_a_way_to_write_it(world: Reviewed) -> None:
    world.begin()
    world.rate(AMBITION, "1")
    browser = world.browser()

    page = browser.get(world.at("approve")).text
    browser.post(world.at("approve"), {"seen": "in_review 1", "judged": "1"}, 409)

    assert f'href="/nb{world.at(AMBITION)}#rate"' in page
    assert "Begrunnelse mangler" in page
    assert 'name="judged"' not in page
    assert world.state() == "in_review"


def test_it_is_approved_as_it_was_shown(world: Reviewed) -> None:
    world.begin()
    world.rate(AMBITION, "1", reason="Ingen mål.")
    browser = world.browser()

    browser.post(world.at("approve"), seen_on(browser.get(world.at("approve")).text))
    page = text_of(browser.get(world.at())).replace("\u00a0", " ")

    assert world.state() == "approved"
    assert "Bedriftens nivå 2 Under utvikling Godkjent nivå 2 Under utvikling" in page
    assert "Godkjent av Rita Rådgiver" in page


def test_an_approval_after_a_colleague_has_rated_is_refused(world: Reviewed) -> None:
    world.begin()
    browser = world.browser()
    seen = seen_on(browser.get(world.at("approve")).text)
    world.rate(STAYED, "3", by=world.colleague)

    browser.post(world.at("approve"), seen, 409)

    assert world.state() == "in_review"


@pytest.mark.parametrize("sent", [{}, {"seen": "in_review 1"}, {"seen": "in_review 1", "judged": "x"}])
def test_a_damaged_approval_changes_nothing(world: Reviewed, sent: dict[str, str]) -> None:
    world.begin()

    world.browser().post(world.at("approve"), sent, 409)

    assert world.state() == "in_review"


def test_it_is_opened_again_with_a_reason_only(world: Reviewed) -> None:
    world.begin()
    decide(world.site, world.actor(world.advisor), world.id, "approve", LATER)
    browser = world.browser()
    seen = seen_on(browser.get(world.at("reopen")).text)

    browser.post(world.at("reopen"), seen, 400)
    still = world.state()
    browser.post(world.at("reopen"), {**seen, "reason": "Nye tall."})

    assert (still, world.state()) == ("approved", "reopened")
    assert "Nye tall." in text_of(browser.get(world.at()))


@pytest.mark.parametrize("rest", ["approve", "send-back", "reopen"])
def test_a_page_of_what_cannot_be_done_now_says_so_and_has_no_form(world: Reviewed, rest: str) -> None:
    page = world.browser().get(world.at(rest))

    assert re.search(r"kan ikke (godkjennes|sendes tilbake)|er ikke godkjent", text_of(page))
    assert f'action="/nb{world.at(rest)}"' not in page.text


def test_the_company_and_strangers_decide_nothing(world: Reviewed) -> None:
    owner, stranger = world.browser(world.owner), world.browser(world.stranger)

    owner.post(world.at("start"), {"seen": "submitted 1"}, 403)
    stranger.post(world.at("start"), {"seen": "submitted 1"}, 404)

    assert world.state() == "submitted"


def test_the_result_leads_here(world: Reviewed) -> None:
    page = world.browser().get(f"/assessments/{world.id}/result").text

    assert f'href="/nb{world.at()}"' in page
    assert "Gå til gjennomgangen" in page
    assert (
        "Gå til gjennomgangen" not in world.browser(world.owner).get(f"/assessments/{world.id}/result").text
    )
