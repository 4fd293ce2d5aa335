"""The page of a question: what it shows, takes and refuses."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from assessment.answers import Answer, Evidence
from tests.webapp.apps import app_of
from tests.webapp.services.filing import QUESTION, TONNES, add
from tests.webapp.sites import (
    NOW,
    a_company,
    a_person,
    an_assessment,
    answer_like,
    as_actor,
    example_answers,
    make_site,
    submitted,
)
from tests.webapp.views.browsing import Browser, browser_of, text_of, timeless
from webapp.auth.cookies import session_cookie
from webapp.errors import NotSaved
from webapp.services import discussion
from webapp.services.actor import Actor
from webapp.services.answering import Said, save_answers
from webapp.services.assessments import change_depth
from webapp.services.discussion import write_comment
from webapp.services.opening import open_assessment
from webapp.services.sessions import resume
from webapp.services.site import Site
from webapp.services.trial import start_trial

UNASKED = "design.service_design"
ADVANCED = "strategy.material_risk"


@dataclass(frozen=True)
class Desk:
    """An owner at their browser, with an assessment."""

    site: Site
    app: Flask
    owner: Actor
    member: Actor
    assessment: str
    browser: Browser

    @property
    def path(self) -> str:
        """The page of the question."""
        return self.page(QUESTION)

    def page(self, question: str) -> str:
        """The page of a question."""
        return f"/assessments/{self.assessment}/questions/{question}"

    def answer(self, given: Answer, base: int, question: str = QUESTION) -> None:
        """Answer a question."""
        assert save_answers(
            self.site, self.owner, self.assessment, [Said(question, given, base)], NOW
        ).changed


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    site = make_site(tmp_path)
    kari = a_person(site)
    ola = a_person(site, "ola@eksempel.no", "Ola")
    company = a_company(site, owners=[kari], members=[ola])
    owner, member = as_actor(site, kari), as_actor(site, ola)
    app = app_of(site)
    return Desk(site, app, owner, member, an_assessment(site, owner, company), browser_of(app, site, kari))


def let_go(answer: TestResponse) -> TestResponse:
    """An answer whose request has let go of the file that the test client made of a large form."""
    answer.request.environ["wsgi.input"].close()
    return answer


def uploaded(name: str = "tonn.csv", content: bytes = TONNES) -> dict[str, Any]:
    return {"file": (BytesIO(content), name)}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", ("Ingen har svart ennå.", "Ingen filer ennå.", "Ingen har kommentert ennå.")),
        ("nn", ("Ingen har svart enno.", "Ingen filer enno.", "Ingen har kommentert enno.")),
        ("en", ("No one has answered yet.", "No files yet.", "No one has commented yet.")),
    ],
)
def test_a_question_nobody_has_touched_says_so(desk: Desk, language: str, said: tuple[str, ...]) -> None:
    page = text_of(desk.browser.get(f"/{language}{desk.path}"))

    assert all(text in page for text in said)


def test_the_answer_stands_in_words_with_its_anchor_and_who_gave_it(desk: Desk) -> None:
    desk.answer(Answer("answered", "2", comment="Planen gjelder\nto avdelinger."), 0)

    page = text_of(desk.browser.get(desk.path))

    assert "2 Vi har et skriftlig sirkulært mål for ett område" in page
    assert "Kommentar til svaret: Planen gjelder to avdelinger." in page
    assert "Kari Nordmann, 2. mars 2026 kl. 10:00" in page.replace("\xa0", " ")


def test_history_says_what_every_answer_was_and_became(desk: Desk) -> None:
    desk.answer(Answer("answered", "1"), 0)
    desk.answer(Answer("unknown"), 1)
    desk.answer(Answer("unknown", evidence=(Evidence("Styrevedtak", "document"),)), 2)

    page = text_of(desk.browser.get(desk.path))

    history = page[page.index("Historikk") :]
    assert "Fra: Vi har diskutert sirkulære mål, men ikke skrevet dem ned Til: Vet ikke" in history
    assert "Fra: Ikke besvart Til: Vi har diskutert" in history
    assert "Dokumentasjon: Styrevedtak" in history
    assert history.count("Gjelder nå") == 1


def test_an_earlier_answer_is_brought_back_with_a_button(desk: Desk) -> None:
    desk.answer(Answer("answered", "1"), 0)
    desk.answer(Answer("answered", "3"), 1)

    sent = desk.browser.post(f"{desk.path}/restore", {"version": "1", "base": "2"})

    assert sent.headers["Location"].endswith(f"/nb{desk.path}")
    assert "Svaret er hentet tilbake." in text_of(desk.browser.get(desk.path))
    held = open_assessment(desk.site, desk.owner, desk.assessment).held[QUESTION]
    assert (held.answer, held.version) == (Answer("answered", "1"), 3)


def test_bringing_back_over_a_newer_answer_changes_nothing_and_says_so(desk: Desk) -> None:
    for base, value in enumerate(("1", "2")):
        desk.answer(Answer("answered", value), base)
    theirs = Said(QUESTION, Answer("answered", "4"), 2)
    save_answers(desk.site, desk.member, desk.assessment, [theirs], NOW)

    page = desk.browser.post(f"{desk.path}/restore", {"version": "1", "base": "2"}, 409)

    assert "Noen andre svarte i mellomtiden" in text_of(page)
    assert open_assessment(desk.site, desk.owner, desk.assessment).held[QUESTION].version == 3


@pytest.mark.parametrize("version", ["", "0", "-1", "99", "1e3", "9" * 5000, "٣", "1; drop"])
def test_a_version_that_cannot_be_is_not_there(desk: Desk, version: str) -> None:
    desk.answer(Answer("answered", "1"), 0)

    desk.browser.post(f"{desk.path}/restore", {"version": version, "base": "1"}, 404)


def test_older_versions_unfold(desk: Desk) -> None:
    for base in range(7):
        desk.answer(Answer("answered", str(base % 2)), base)

    assert "Vis 2 eldre versjoner" in text_of(desk.browser.get(desk.path))


def test_a_table_s_rows_stand_in_words(desk: Desk) -> None:
    change_depth(desk.site, desk.owner, desk.assessment, "advanced", NOW)
    rows = ({"material": "Stål\nog tre", "mass_tonnes": Decimal("1234.5")}, {"material": "Glass"})
    desk.answer(Answer("answered", rows), 0, "indicators.inflow")

    page = text_of(desk.browser.get(desk.page("indicators.inflow"))).replace("\xa0", " ")

    assert "Materiale: Stål og tre; Vekt (tonn): 1 234,5" in page
    assert "Materiale: Glass" in page


def test_an_answer_that_other_answers_hide_is_said_not_to_count(desk: Desk) -> None:
    answer_like(desk.site, desk.owner, desk.assessment, example_answers())
    desk.answer(Answer("answered", "2"), 0, UNASKED)

    page = text_of(desk.browser.get(desk.page(UNASKED)))

    assert "Dette spørsmålet stilles ikke nå" in page
    assert "Svaret er tatt vare på, men teller ikke." in page


def test_a_question_of_the_advanced_part_says_so_in_the_basic_one(desk: Desk) -> None:
    page = text_of(desk.browser.get(desk.page(ADVANCED)))

    assert "Dette spørsmålet hører til avansert del" in page
    assert "Last opp" not in page


def test_a_comment_is_written_shown_and_removed(desk: Desk) -> None:
    desk.browser.post(f"{desk.path}/comments", {"text": "Har dere <b>tallene</b>?\r\nJeg fant dem."})
    page = desk.browser.get(desk.path)
    assert "Har dere <b>tallene</b>?" in text_of(page)
    assert "&lt;b&gt;" in page.text
    comment = page.text.split("/comments/")[1].split("/remove")[0]

    desk.browser.post(f"{desk.path}/comments/{comment}/remove")

    shown = text_of(desk.browser.get(desk.path))
    assert "tallene" not in shown
    assert "Kommentaren er fjernet." in shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" \r\n", "Skriv en kommentar før du legger den til."),
        ("x" * 5001, "Kort den ned til høyst 5000 tegn."),
    ],
)
def test_a_comment_that_cannot_be_kept_stays_in_the_form(desk: Desk, text: str, said: str) -> None:
    page = desk.browser.post(f"{desk.path}/comments", {"text": text}, 400)

    assert said in text_of(page)
    assert text.strip() in page.text
    assert 'href="#text"' in page.text


def test_a_comment_the_database_cannot_take_stays_in_the_form(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_named: object) -> str:
        raise NotSaved from sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(discussion, "write_comment", full)
    page = desk.browser.post(f"{desk.path}/comments", {"text": "Lang tekst"}, 503)

    assert "Lang tekst</textarea>" in page.text
    assert "Kommentaren er ikke lagret." in text_of(page)
    assert "lagt til" not in text_of(page)


@pytest.mark.parametrize(
    "text", ["\x00", "a\ud800b".encode("utf-8", "surrogatepass"), "\u202e", "x" * 100_000]
)
def test_hostile_comments_get_a_clear_answer(desk: Desk, text: str | bytes) -> None:
    answer = desk.browser.client.post(
        desk.browser.path(f"{desk.path}/comments"), data={"csrf": desk.browser.csrf(), "text": text}
    )

    assert answer.status_code in (303, 400)


def test_a_file_is_uploaded_saved_and_removed(desk: Desk) -> None:
    sent = desk.browser.post(f"{desk.path}/files", uploaded())
    assert sent.headers["Location"].endswith("#files")
    page = desk.browser.get(desk.path)
    assert "Filen «tonn.csv» er lagret." in text_of(page)
    file = page.text.split(f"/nb/assessments/{desk.assessment}/files/")[1].split('"')[0]

    saved = desk.browser.get(f"/assessments/{desk.assessment}/files/{file}")
    desk.browser.post(f"/assessments/{desk.assessment}/files/{file}/remove")

    assert saved.data == TONNES
    assert "Filen er fjernet." in text_of(desk.browser.get(desk.path))
    desk.browser.get(f"/assessments/{desk.assessment}/files/{file}", 404)


def test_a_download_is_never_shown_as_a_page_of_ours(desk: Desk) -> None:
    id_ = add(desk.site, desk.owner, desk.assessment, name='tonn "æøå"\r\nSet-Cookie: x.csv')

    saved = desk.browser.get(f"/assessments/{desk.assessment}/files/{id_}")

    headers = saved.headers
    assert headers["Content-Disposition"].startswith("attachment; filename=")
    assert "filename*=UTF-8''tonn%20-%C3%A6%C3%B8%C3%A5" in headers["Content-Disposition"]
    assert headers["Content-Type"] in ("text/csv", "text/csv; charset=utf-8")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].strip() == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in headers


def test_the_page_that_says_there_is_no_such_file_is_a_page_like_any_other(desk: Desk) -> None:
    answer = desk.browser.get(f"/assessments/{desk.assessment}/files/{'x' * 22}", 404)

    assert "sandbox" not in answer.headers["Content-Security-Policy"]
    assert "style-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("", b"", "Velg en fil først."),
        ("tom.pdf", b"", "«tom.pdf» er tom."),
        ("side.csv", b"<html><body>hei", "er en nettside eller kode"),
        ("stor.csv", b"a;b\n" * 5_100_000, "«stor.csv» er større enn 20"),
    ],
    ids=["none", "empty", "page", "large"],
)
def test_a_file_that_cannot_be_kept_is_explained(desk: Desk, name: str, content: bytes, said: str) -> None:
    page = let_go(desk.browser.post(f"{desk.path}/files", uploaded(name, content), 400))

    assert said in text_of(page)
    assert 'href="#file"' in page.text
    assert 'aria-invalid="true"' in page.text


@pytest.mark.parametrize("data", [{}, {"file": "tekst i stedet for en fil"}], ids=["nothing", "text"])
def test_a_form_without_a_file_asks_for_one(desk: Desk, data: dict[str, str]) -> None:
    assert "Velg en fil først." in text_of(desk.browser.post(f"{desk.path}/files", data, 400))


def test_a_form_beyond_all_limits_is_refused_as_a_whole(desk: Desk) -> None:
    page = let_go(desk.browser.post(f"{desk.path}/files", uploaded("stor.csv", b"a" * 26_000_000), 413))

    assert "Gjør filen eller teksten mindre" in text_of(page)


def test_the_language_can_be_changed_after_something_was_refused(desk: Desk) -> None:
    for path, data in ((f"{desk.path}/files", {}), (f"{desk.path}/comments", {"text": ""})):
        refused = desk.browser.post(path, data, 400)
        assert f'href="/nn{desk.path}"' in refused.text


def test_all_files_stand_on_one_page_by_question(desk: Desk) -> None:
    add(desk.site, desk.owner, desk.assessment)

    page = text_of(desk.browser.get(f"/assessments/{desk.assessment}/files"))

    assert "Er sirkulær økonomi en del av kursen" in page
    assert "tonn.csv" in page
    assert "Filene til virksomheten bruker 1 kB av 500 MB." in page.replace("\xa0", " ")


def test_what_was_handed_in_can_be_read_and_talked_about_but_not_changed(desk: Desk) -> None:
    handed_in = submitted(desk.site, desk.owner, next(iter(desk.owner.roles)), period="2024")
    path = f"/assessments/{handed_in.id}/questions/{QUESTION}"

    page = text_of(desk.browser.get(path))
    desk.browser.post(f"{path}/comments", {"text": "Bra svart"})

    assert "Egenvurderingen er sendt inn." in page
    assert "Last opp" not in page
    assert "Bruk dette svaret igjen" not in page
    desk.browser.post(f"{path}/restore", {"version": "1", "base": "1"}, 409)
    assert "sendt inn" in text_of(desk.browser.post(f"{path}/files", uploaded(), 409))


def test_others_do_not_see_the_page(desk: Desk) -> None:
    advisor = a_person(desk.site, "rita@eksempel.no")
    stranger = a_person(desk.site, "else@eksempel.no")
    a_company(desk.site, "Annet AS", "315637023", owners=[stranger])
    write_comment(desk.site, desk.owner, desk.assessment, QUESTION, NOW, text="Kanarifugl")
    unknown = f"/assessments/{'x' * 22}/questions/{QUESTION}"

    for person in (advisor, stranger):
        browser = browser_of(desk.app, desk.site, person)
        foreign = browser.get(desk.path, 404)
        assert "Kanarifugl" not in foreign.text
        never = browser.get(unknown, 404)
        assert timeless(foreign.text.replace(desk.assessment, "x" * 22)) == timeless(never.text)
        browser.post(f"{desk.path}/comments", {"text": "Hei"}, 404)
        browser.post(f"{desk.path}/files", uploaded(), 404)
        browser.get(f"/assessments/{desk.assessment}/files", 404)


def test_a_trial_sees_history_and_is_told_how_to_get_the_rest(desk: Desk) -> None:
    token = start_trial(desk.site.database, "nb", datetime.now(UTC), desk.site.settings)
    signed_in = resume(desk.site.database, token, datetime.now(UTC), desk.site.settings)
    assert signed_in is not None
    id_ = an_assessment(desk.site, signed_in.actor, next(iter(signed_in.actor.roles)))
    browser = Browser(desk.app.test_client())
    browser.client.set_cookie(session_cookie(desk.site.settings), token, domain="localhost")
    path = f"/assessments/{id_}/questions/{QUESTION}"

    page = text_of(browser.get(path))

    assert "Legg til e-postadressen din" in page
    assert "Skriv en kommentar" not in page
    browser.post(f"{path}/comments", {"text": "Hei"}, 403)
    browser.post(f"{path}/files", uploaded(), 403)
