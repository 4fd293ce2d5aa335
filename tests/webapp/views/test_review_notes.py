"""What advisors write on the review pages beside their ratings: notes, and what the company is asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.webapp.views.browsing import text_of
from tests.webapp.views.reviewed import AMBITION, LATER, Reviewed, reviewed
from webapp.db.queries_reviews import requests_of
from webapp.db.tables.reviews import ReviewNote
from webapp.services.requesting import request_again
from webapp.services.reviewing import decide

PRIVATE, SHARED = "Spør om hvem som eier målene.", "Fint arbeid med målene."


@pytest.fixture
def world(tmp_path: Path) -> Reviewed:
    return reviewed(tmp_path).begin()


def test_notes_say_for_whom_they_are(world: Reviewed) -> None:
    browser = world.browser()
    browser.post(world.at(f"{AMBITION}/notes"), {"text": PRIVATE})
    browser.post(world.at(f"{AMBITION}/notes"), {"text": SHARED, "shared": "yes"})

    page = browser.get(world.at(AMBITION)).text
    own, read = (
        re.search(rf'(?s)<li class="note ({kind})"(?:(?!</li>).)*{text}', page)
        for kind, text in (("is-private", PRIVATE), ("is-shared", SHARED))
    )

    assert own is not None
    assert "Bare for rådgivere" in own[0]
    assert read is not None
    assert "Bedriften kan lese dette" in read[0]


def test_a_note_is_shared_or_removed_by_who_wrote_it(world: Reviewed) -> None:
    advisor, colleague = world.browser(), world.browser(world.colleague)
    for text in (PRIVATE, "Feil."):
        advisor.post(world.at(f"{AMBITION}/notes"), {"text": text})
    with world.reading() as session:
        found = {row.body: row.id for row in session.scalars(select(ReviewNote))}

    assert 'name="question"' not in colleague.get(world.at(AMBITION)).text
    colleague.post(world.at(f"notes/{found[PRIVATE]}/share"), status=403)
    advisor.post(world.at(f"notes/{found[PRIVATE]}/share"), {"question": AMBITION})
    answer = advisor.post(world.at(f"notes/{found['Feil.']}/remove"), {"question": AMBITION})
    page = text_of(advisor.get(world.at(AMBITION)))

    assert answer.headers["Location"].endswith(f"/review/{AMBITION}#notes")
    assert "Notatet er fjernet." in page
    assert "Feil." not in page
    advisor.post(world.at(f"notes/{found[PRIVATE]}/remove"), status=409)


@pytest.mark.parametrize(
    "question", ["//evil.example/a", "../..", "x\x00y", "notes/..", f"{AMBITION}?show=all"]
)
def test_the_way_back_from_a_note_leads_to_a_question_or_to_the_overview(
    world: Reviewed, question: str
) -> None:
    advisor = world.browser()
    advisor.post(world.at(f"{AMBITION}/notes"), {"text": PRIVATE})
    with world.reading() as session:
        [note] = session.scalars(select(ReviewNote.id))

    answer = advisor.post(world.at(f"notes/{note}/remove"), {"question": question})

    assert answer.headers["Location"] == f"/nb{world.at()}#notes"


@pytest.mark.parametrize("place", ["notes", f"{AMBITION}/notes"])
@pytest.mark.parametrize("shared", ["", "yes"])
def test_a_note_that_cannot_be_kept_is_told_where_it_stands(world: Reviewed, place: str, shared: str) -> None:
    browser = world.browser()

    empty = browser.post(world.at(place), {"text": " ", "shared": shared}, 400)
    long = browser.post(world.at(place), {"text": "x" * 5001, "shared": shared}, 400)

    kind = "shared" if shared else "private"
    assert f'href="#text-{kind}"' in empty.text
    assert "Skriv noe i notatet først." in text_of(empty)
    assert "x" * 5001 in long.text


def test_a_locked_assessment_takes_private_notes_only(world: Reviewed) -> None:
    decide(world.site, world.actor(world.advisor), world.id, "approve", LATER)
    browser = world.browser()

    browser.post(world.at("notes"), {"text": PRIVATE})
    refused = browser.post(world.at("notes"), {"text": SHARED, "shared": "yes"}, 409)

    assert SHARED in refused.text
    assert PRIVATE in browser.get(world.at()).text
    assert SHARED not in browser.get(world.at()).text


def test_the_company_is_asked_to_look_again_and_that_is_taken_back(world: Reviewed) -> None:
    browser, reason = world.browser(), "Legg ved styrevedtaket."
    browser.post(world.at(f"{AMBITION}/request"), {"text": reason})
    page = text_of(browser.get(world.at(AMBITION)))
    browser.post(world.at(f"{AMBITION}/request"), {"text": reason, "remove": "yes"})

    assert "Lagre endringen" in page
    assert "Det er tatt bort." in text_of(browser.get(world.at(AMBITION)))
    with world.reading() as session:
        assert requests_of(session, world.id, 1) == {}


def test_what_the_company_was_asked_for_stands_beside_its_new_answer(world: Reviewed) -> None:
    request_again(
        world.site, world.actor(world.advisor), world.id, AMBITION, LATER, reason="Legg ved vedtaket."
    )
    world.resubmit(AMBITION, "4")
    browser = world.browser()

    overview, question = browser.get(world.at()), text_of(browser.get(world.at(AMBITION)))

    assert overview.text.count('<li class="is-changed">') == 1
    assert "Endret siden sist 1" in text_of(overview)
    assert "Bedriften ble bedt om å se på dette: Legg ved vedtaket." in question
    assert "Innsending 2, 3. mars 2026 Vi styrer investeringer" in question
    assert "Innsending 1, 2. mars 2026 Vi har sirkulære mål" in question
