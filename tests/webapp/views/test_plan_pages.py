"""The pages of a plan: what they show, take and refuse, for the company and for its advisor."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.webapp.sites import NOW
from tests.webapp.views.after import LATER, After, hand_in
from tests.webapp.views.browsing import text_of
from webapp.db.tables.organisations import Programme
from webapp.errors import NotSaved
from webapp.services import agreeing
from webapp.services.agreeing import Wanted
from webapp.services.plan import open_plan
from webapp.services.results import open_result

QUESTION = "strategy.ambition"
LONG_AGO = date(2026, 2, 1)


@pytest.fixture
def after(tmp_path: Path) -> After:
    return hand_in(tmp_path)


def agree(after: After, text: str = "Mål avfallet", *, by: str = "", **parts: Any) -> str:
    actor = after.actor(by or after.owner)
    return agreeing.agree(after.site, actor, after.id, LATER, wanted=Wanted(text, **parts))


def words(answer: TestResponse) -> str:
    return text_of(answer).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "Et godt tiltak svarer på tre ting"),
        ("nn", "Eit godt tiltak svarer på tre ting"),
        ("en", "A good action answers three questions"),
    ],
)
def test_an_empty_plan_says_how_to_begin(after: After, language: str, said: str) -> None:
    page = after.browser(after.owner).get(f"/{language}{after.path('plan')}")

    assert said in words(page)
    assert f"/{language}{after.path('plan/new')}" in page.text


def test_a_plan_says_who_when_how_much_and_what_it_lifts(after: After) -> None:
    agree(
        after, "Mål avfallet\nHver uke", owner="Kari", due_on=LONG_AGO, effort="small", question_id=QUESTION
    )
    agree(after, "Uten noe")

    page = words(after.browser(after.owner).get(after.path("plan")))

    assert "2 tiltak igjen. 1 er over fristen." in page
    assert "Mål avfallet Hver uke Ansvarlig Kari Frist 1. februar 2026 Over fristen Innsats Liten" in page
    assert "Gjelder: Er sirkulær økonomi en del av kursen dere har satt for bedriften?" in page
    assert "· Strategi og forretningsmodell" in page
    assert "Uten noe Ansvarlig ingen ennå Frist ingen frist" in page


def test_company_and_advisor_see_the_same_and_only_the_company_is_led_to_its_question(after: After) -> None:
    agree(after, question_id=QUESTION)

    own, advisor = (after.browser(who).get(after.path("plan")) for who in (after.owner, after.advisor))

    assert "Mål avfallet" in own.text
    assert "Mål avfallet" in advisor.text
    assert after.path(f"questions/{QUESTION}") in own.text
    assert after.path(f"questions/{QUESTION}") not in advisor.text


@pytest.mark.parametrize("who", ["owner", "member", "advisor"])
def test_whoever_may_adds_an_action_and_finds_it_on_the_plan(after: After, who: str) -> None:
    browser = after.browser(getattr(after, who))

    sent = {
        "text": "Mål avfallet",
        "owner": "Kari",
        "due": "1.3.2027",
        "effort": "large",
        "question": QUESTION,
    }
    answer = browser.post(after.path("plan/new"), sent)

    assert answer.headers["Location"].endswith(after.path("plan"))
    page = words(browser.get(after.path("plan")))
    assert "Tiltaket er lagt til." in page
    assert "Ansvarlig Kari Frist 1. mars 2027 Innsats Stor" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": " "}, "Skriv hva som skal gjøres"),
        ({"text": "x" * 1001}, "Teksten kan være på høyst 1000 tegn"),
        ({"text": "Mål", "owner": "x" * 201}, "Navnet kan være på høyst 200 tegn"),
        ({"text": "Mål", "due": "i morgen"}, "Skriv fristen som en dato, for eksempel 1.3.2027"),
        ({"text": "Mål", "due": "31.2.2027"}, "Skriv fristen som en dato, for eksempel 1.3.2027"),
        ({"text": "Mål", "due": "1.3.1027"}, "Sjekk årstallet i fristen"),
        ({"text": "Mål", "effort": "huge"}, "Velg hvor stor innsats det krever"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    after: After, sent: dict[str, str], said: str
) -> None:
    page = after.browser(after.owner).post(after.path("plan/new"), sent, status=400)

    assert words(page).count(said) == 2
    assert "Feil: Nytt tiltak" in page.text
    for name in ("owner", "due"):
        if sent.get(name):
            assert f'name="{name}" value="{sent[name]}"' in page.text
    assert open_plan(after.site, after.actor(after.owner), after.id, LATER).entries == ()


def test_a_question_that_is_none_of_the_questionnaire_is_refused(after: After) -> None:
    after.browser(after.owner).post(
        after.path("plan/new"), {"text": "Mål", "question": "strategy.nothing"}, status=409
    )


def test_advice_on_the_result_leads_to_a_form_that_is_filled_in(after: After) -> None:
    browser = after.browser(after.owner)
    advice = open_result(
        after.site, after.actor(after.owner), after.id, "nb"
    ).material.result.recommendations[0]
    result = browser.get(after.path("result"))
    assert f'{after.path("plan/new")}?question={advice.question}"' in result.text

    page = browser.get(after.path(f"plan/new?question={advice.question}"))

    assert f'<option value="{advice.question}" selected>' in page.text
    assert f'value="{advice.effort}" checked' in page.text
    text = re.search(r"(?s)<textarea[^>]*>\n(.*?)</textarea>", page.text)
    assert text is not None
    assert len(text[1]) > 20
    assert open_plan(after.site, after.actor(after.owner), after.id, LATER).entries == ()


def test_advice_that_is_on_the_plan_leads_there(after: After) -> None:
    advice = open_result(
        after.site, after.actor(after.owner), after.id, "nb"
    ).material.result.recommendations[0]
    id_ = agree(after, question_id=advice.question)

    page = after.browser(after.owner).get(after.path("result"))

    assert f"?question={advice.question}" not in page.text
    assert after.path(f"plan/{id_}") in page.text
    assert "Avtalte tiltak 1 tiltak igjen. Se og følg opp" in words(page)


def test_following_up_says_how_far_it_has_come_and_keeps_what_was(after: After) -> None:
    id_ = agree(after)
    browser = after.browser(after.advisor)

    browser.post(
        after.path(f"plan/{id_}/status"), {"status": "begun", "remark": "Vekt er bestilt", "base": "1"}
    )

    plan, action = (words(browser.get(after.path(f"plan{rest}"))) for rest in ("", f"/{id_}"))
    assert "I gang 1 Mål avfallet" in plan
    assert "Vekt er bestilt Sist endret av Rådgiver Eksempel" in plan
    assert "Status: Ikke begynt → I gang Merknad: Vekt er bestilt" in action
    assert "Kari Nordmann 2. mars 2026 kl. 11:00 La til tiltaket." in action


def test_dropping_something_takes_a_reason(after: After) -> None:
    id_ = agree(after)

    page = after.browser(after.owner).post(
        after.path(f"plan/{id_}/status"), {"status": "dropped", "base": "1"}, status=400
    )

    assert "Skriv hvorfor dere dropper tiltaket" in words(page)
    assert 'value="dropped" checked' in page.text


def test_two_who_change_the_same_see_both_and_the_second_decides(after: After) -> None:
    id_ = agree(after, owner="Kari")
    mine, theirs = after.browser(after.owner), after.browser(after.advisor)
    theirs.post(after.path(f"plan/{id_}"), {"text": "Mål avfallet", "owner": "Ola", "base": "1"})

    page = mine.post(
        after.path(f"plan/{id_}"), {"text": "Vei avfallet", "owner": "Liv", "base": "1"}, status=409
    )

    assert "Ansvarlig Ditt (ikke lagret) Liv Fra Rådgiver Eksempel Ola Slik sto det før Kari" in words(page)
    assert "Tiltak Ditt" not in words(page)
    assert 'name="owner" value="Liv"' in page.text
    assert 'name="base" value="2"' in page.text
    mine.post(after.path(f"plan/{id_}"), {"text": "Vei avfallet", "owner": "Liv", "base": "2"})
    found = open_plan(after.site, after.actor(after.owner), after.id, LATER).entry(id_)
    assert (found.agreed.text, found.agreed.owner, found.version) == ("Vei avfallet", "Liv", 3)


@pytest.mark.parametrize("base", ["", "0", "x", "99"])
def test_a_form_without_its_version_saves_nothing(after: After, base: str) -> None:
    id_ = agree(after)
    browser = after.browser(after.owner)

    browser.post(after.path(f"plan/{id_}/status"), {"status": "done", "base": base}, status=409)
    browser.post(after.path(f"plan/{id_}"), {"text": "Nytt", "base": base}, status=409)

    assert open_plan(after.site, after.actor(after.owner), after.id, LATER).entry(id_).version == 1


@pytest.mark.parametrize("deed", ["agree", "revise", "follow_up"])
def test_what_the_database_does_not_take_stays_in_the_form(
    after: After, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    id_ = agree(after)
    path = {"agree": "plan/new", "revise": f"plan/{id_}", "follow_up": f"plan/{id_}/status"}[deed]

    def refuse(*_: object, **__: object) -> None:
        raise NotSaved

    monkeypatch.setattr(agreeing, deed, refuse)
    sent = {"text": "Dette skrev jeg", "status": "begun", "remark": "Dette skrev jeg", "base": "1"}

    page = after.browser(after.owner).post(after.path(path), sent, status=503)

    assert "Det du skrev, står fortsatt i skjemaet." in words(page)
    assert "\nDette skrev jeg</textarea>" in page.text


def test_an_advisor_who_is_to_rate_first_is_sent_to_the_review(after: After) -> None:
    id_ = agree(after)
    with after.site.database.write() as session:
        session.get_one(Programme, after.programme).rates_blind = True
    browser = after.browser(after.advisor)

    assert browser.get(after.path("plan"), status=303).headers["Location"].endswith(after.path("review"))
    for rest in (f"plan/{id_}", "plan/new"):
        assert "Mål avfallet" not in browser.get(after.path(rest), status=409).text


def test_what_somebody_writes_is_text_and_nothing_else(after: After) -> None:
    id_ = agree(after, "<script>alert(1)</script>", owner='"><b>')

    for rest in ("plan", f"plan/{id_}"):
        page = after.browser(after.advisor).get(after.path(rest))
        assert "<script>alert" not in page.text
        assert "<b>" not in page.text


def test_an_action_of_an_earlier_round_is_followed_up_in_the_next(after: After) -> None:
    id_ = agree(after, due_on=LONG_AGO)
    again = after.again("2026")
    browser = after.browser(after.owner)

    page = words(browser.get(f"/assessments/{again}/plan"))
    assert "Mål avfallet" in page
    assert "fra runden for 2025" in page
    browser.post(f"/assessments/{again}/plan/{id_}/status", {"status": "done", "base": "1"})
    assert "Ferdig 1 Mål avfallet" in words(browser.get(f"/assessments/{again}/plan"))


def test_the_overview_says_what_is_left_and_leads_there(after: After) -> None:
    for text, due_on in (("Sent", LONG_AGO), ("Ett", None), ("To", NOW.date() + timedelta(days=3650))):
        agree(after, text, due_on=due_on)

    page = after.browser(after.member).get("/assessments")

    assert "3 avtalte tiltak, 1 over fristen" in words(page)
    assert after.path("plan") in page.text


def test_the_overview_says_nothing_where_nothing_is_left(after: After) -> None:
    agreeing.follow_up(
        after.site, after.actor(after.owner), after.id, agree(after), LATER, status="done", remark="", base=1
    )

    page = words(after.browser(after.owner).get("/assessments"))

    assert "avtalt" not in page
