"""The review pages: what an advisor sees, rates and writes, and that nothing they write is lost."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.webapp.views.browsing import text_of
from tests.webapp.views.reviewed import AMBITION, LATER, MEASURED, STAYED, THEN, Reviewed, reviewed
from webapp.db.queries_reviews import reviews_of
from webapp.db.tables.reviews import AcceptedDimension, QuestionReview
from webapp.errors import NotSaved
from webapp.services import judging, notes
from webapp.services.reviewing import decide

PRIVATE = "Spør om hvem som eier målene."
_HIDDEN = re.compile(r'<input type="hidden" name="(number|base)" value="([^"]*)"')


@pytest.fixture
def world(tmp_path: Path) -> Reviewed:
    return reviewed(tmp_path).begin()


def stored(world: Reviewed, question: str, *, number: int = 1) -> QuestionReview | None:
    with world.reading() as session:
        return reviews_of(session, world.id, number).get(question)


def order_of(page: str) -> list[str]:
    """The questions of the list, as its links have them."""
    listed = page.split('id="questions"')[1]
    return re.findall(r'<p class="title"><a class="ds-link" href="[^"?]*/review/([a-z_.]+)', listed)


def test_the_overview_says_how_far_it_has_come(world: Reviewed) -> None:
    world.rate(MEASURED, "2")
    world.rate(STAYED, "3", is_confirmed=True)

    page = text_of(world.browser().get(world.at()))

    assert "Gjennomgang: Eksempel Møbelverksted AS" in page
    assert "Under gjennomgang" in page
    assert "Rita Rådgiver startet gjennomgangen 3. mars 2026." in page
    assert "2 av 24 vurdert" in page
    assert "1 vurdert annerledes, 1 mangler begrunnelse" in page
    assert "Bedriftens nivå 2 Under utvikling" in page
    assert "Dokumentasjon sett" in page


def test_what_needs_a_look_stands_first_with_why(world: Reviewed) -> None:
    page = world.browser().get(world.at()).text

    assert order_of(page)[:3] == [AMBITION, MEASURED, "strategy.business_model"]
    assert page.index("Se på dette først") < page.index("Passer ikke med andre svar")
    assert page.count("Høyt svar uten dokumentasjon") == 9


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_is_whole_in_every_language(world: Reviewed, language: str) -> None:
    browser = world.browser(language=language)

    pages = [
        browser.get(world.at(rest)) for rest in ("", AMBITION, MEASURED, "approve", "send-back", "reopen")
    ]

    assert {page.status_code for page in pages} == {200}


def test_a_list_is_kept_in_the_address_and_on_the_way_through_it(world: Reviewed) -> None:
    world.rate(MEASURED, "2")
    browser = world.browser()

    page = browser.get(f"{world.at()}?show=unrated").text
    question = browser.get(f"{world.at(AMBITION)}?show=unrated").text
    saved = browser.post(f"{world.at(AMBITION)}?show=unrated", {"base": "0", "rating": "3", "then": "next"})

    assert MEASURED not in order_of(page)
    assert f'href="/nb{world.at("strategy.business_model")}?show=unrated" rel="next"' in question
    assert saved.headers["Location"] == f"/nb{world.at('strategy.business_model')}?show=unrated"


@pytest.mark.parametrize("wanted", ["", "nothing", "all", "<script>"])
def test_a_list_nobody_knows_is_all_of_them(world: Reviewed, wanted: str) -> None:
    assert len(order_of(world.browser().get(f"{world.at()}?show={wanted}").text)) == 24


def test_an_empty_list_says_so(world: Reviewed) -> None:
    page = text_of(world.browser().get(f"{world.at()}?show=differs"))

    assert "Ingen vurderinger skiller seg fra bedriftens." in page


def test_a_question_shows_everything_it_is_rated_by(world: Reviewed) -> None:
    page = text_of(world.browser().get(world.at(AMBITION)))

    for said in (
        "Vi har sirkulære mål i forretningsstrategien, med ansvarlig person og frist",
        "Strategien fra 2024 sier at halvparten",
        "Strategi 2024–2030, vedtatt i styret",
        "maaltavle.png",
        "avfall 2025.csv",
        "Hvilket tall ville vist om dere nådde målet i fjor?",
        "Måler dere hvor sirkulære dere er?",
        "Forrige gang, 2024",
        THEN,
        "Spørsmål 1 av 24",
    ):
        assert said in page


def test_the_companys_own_talk_stays_its_own(world: Reviewed) -> None:
    from webapp.services.discussion import write_comment  # noqa: PLC0415

    write_comment(world.site, world.actor(world.owner), world.id, AMBITION, LATER, text="Bare for oss.")

    assert "Bare for oss." not in world.browser().get(world.at(AMBITION)).text


def test_a_rating_is_saved_and_leads_to_the_next(world: Reviewed) -> None:
    answer = world.browser().post(
        world.at(AMBITION),
        {"base": "0", "rating": "2", "confirmed": "yes", "reason": "Bare ett mål.", "then": "next"},
    )

    held = stored(world, AMBITION)
    assert held is not None
    assert (held.rating, held.is_confirmed, held.reason) == ("2", True, "Bare ett mål.")
    assert answer.headers["Location"] == f"/nb{world.at(MEASURED)}"


def test_after_the_last_one_the_overview_follows(world: Reviewed) -> None:
    last = order_of(world.browser().get(world.at()).text)[-1]

    answer = world.browser().post(world.at(last), {"base": "0", "rating": "1", "then": "next"})

    assert answer.headers["Location"] == f"/nb{world.at()}"


def test_a_missing_reason_is_told_long_before_the_approval(world: Reviewed) -> None:
    browser = world.browser()

    browser.post(world.at(AMBITION), {"base": "0", "rating": "2", "then": "stay"})
    page = text_of(browser.get(world.at(AMBITION)))

    assert "Lagret. Du vurderer annerledes enn bedriften" in page
    assert "Skriv hvorfor. Ellers kan ikke egenvurderingen godkjennes." in page


def test_saving_nothing_makes_nothing(world: Reviewed) -> None:
    world.browser().post(world.at(AMBITION), {"base": "0", "rating": "", "then": "next"})

    assert stored(world, AMBITION) is None


def test_a_clash_shows_both_and_the_next_try_is_ones_own(world: Reviewed) -> None:
    world.rate(AMBITION, "1", by=world.colleague, reason="Ingen frist.")
    mine = {"base": "0", "rating": "2", "reason": "Bare ett mål.", "then": "next"}
    browser = world.browser()

    clash = browser.post(world.at(AMBITION), mine, 409)
    page = text_of(clash)
    base = re.search(r'name="base" value="(\d+)"', clash.text)

    assert "En kollega lagret i mellomtiden" in page
    assert "Ditt 2 av 4 – Vi har et skriftlig sirkulært mål for ett område Bare ett mål." in page
    assert "Lagret av Kåre Kollega 1 av 4 – Vi har diskutert sirkulære mål" in page
    assert "Ingen frist." in page
    assert base is not None
    assert base[1] == "1"
    browser.post(world.at(AMBITION), {**mine, "base": base[1]})
    held = stored(world, AMBITION)
    assert held is not None
    assert (held.rating, held.version) == ("2", 2)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"rating": "9"}, "Velg et av svarene på siden."),
        ({"rating": "2", "reason": "x" * 2001}, "Begrunnelsen kan være på høyst 2000 tegn"),
    ],
)
def test_what_cannot_be_kept_stays_in_the_form(world: Reviewed, sent: dict[str, str], said: str) -> None:
    answer = world.browser().post(world.at(AMBITION), {"base": "0", "then": "next", **sent}, 400)

    assert said in text_of(answer)
    assert sent.get("reason", "") in answer.text
    assert stored(world, AMBITION) is None


def test_what_the_database_does_not_take_stays_in_the_form(
    world: Reviewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise NotSaved

    for module, name in ((judging, "judge"), (notes, "write_note")):
        monkeypatch.setattr(module, name, fails)
    browser = world.browser()
    rated = browser.post(world.at(AMBITION), {"base": "0", "rating": "2", "reason": "Bare ett mål."}, 503)
    noted = browser.post(world.at(f"{AMBITION}/notes"), {"text": PRIVATE}, 503)

    assert "Ikke lagret" in text_of(rated)
    assert "Bare ett mål." in rated.text
    assert PRIVATE in noted.text


@pytest.mark.parametrize(
    ("path", "sent"), [("", {"base": "0", "rating": "2", "reason": PRIVATE}), ("/request", {"text": PRIVATE})]
)
def test_what_was_written_too_late_can_be_taken_along(
    world: Reviewed, path: str, sent: dict[str, str]
) -> None:
    decide(world.site, world.actor(world.colleague), world.id, "send_back", LATER, reason="Se på målene.")

    answer = world.browser().post(f"{world.at(AMBITION)}{path}", sent, 409)

    assert "ikke lenger til gjennomgang" in text_of(answer)
    assert PRIVATE in text_of(answer)


@pytest.mark.parametrize("is_rated", [False, True], ids=["never rated", "its rating came along"])
def test_a_page_of_an_earlier_hand_in_rates_no_later_one(world: Reviewed, is_rated: bool) -> None:
    browser, question = world.browser(), STAYED if is_rated else AMBITION
    if is_rated:
        world.rate(question, "3")
    shown = dict(_HIDDEN.findall(browser.get(world.at(question)).text))
    world.resubmit(AMBITION, "1")

    answer = browser.post(world.at(question), {**shown, "rating": "4", "reason": "Strategien er god."}, 409)

    assert "Strategien er god." in text_of(answer)
    assert dict(_HIDDEN.findall(answer.text)) == {"number": "2", "base": "1" if is_rated else "0"}
    held = stored(world, question, number=2)
    assert (held.rating if held else None) == ("3" if is_rated else None)


def test_a_version_of_what_nobody_has_rated_is_refused(world: Reviewed) -> None:
    world.browser().post(world.at(AMBITION), {"base": "1", "rating": "2"}, 409)

    assert stored(world, AMBITION) is None


def test_a_damaged_form_is_not_there(world: Reviewed) -> None:
    for base in ("", "x", "1" * 30):
        world.browser().post(world.at(AMBITION), {"base": base, "rating": "2"}, 404)
    for number in ("0", "x", "1" * 30):
        world.browser().post(world.at(AMBITION), {"base": "0", "number": number, "rating": "2"}, 404)


def test_a_dimension_is_accepted_and_that_is_taken_back(world: Reviewed) -> None:
    browser = world.browser()

    browser.post(world.at("dimensions/use"), {"accepted": "yes"})
    with world.reading() as session:
        there = session.scalars(select(AcceptedDimension.dimension_id)).all()
    browser.post(world.at("dimensions/use"), {"accepted": "no"})
    browser.post(world.at("dimensions/nothing"), {"accepted": "yes"}, 404)

    assert there == ["use"]
    with world.reading() as session:
        assert session.scalars(select(AcceptedDimension)).all() == []


def test_a_picture_is_shown_and_nothing_else_is(world: Reviewed) -> None:
    browser = world.browser()

    picture = browser.get(world.at(f"pictures/{world.picture}"))
    browser.get(world.at(f"pictures/{world.table}"), 404)
    browser.get(world.at("pictures/nothing"), 404)

    assert picture.mimetype == "image/png"
    assert picture.data.startswith(b"\x89PNG\r\n\x1a\n")
    assert picture.headers["Content-Security-Policy"].startswith(
        "default-src 'none'; frame-ancestors 'none'; sandbox"
    )
    assert picture.headers["Content-Disposition"].startswith("inline")
    assert picture.headers["Cache-Control"] == "no-store"


def test_words_of_others_are_shown_as_words(world: Reviewed) -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    browser = world.browser()
    browser.post(world.at(f"{AMBITION}/notes"), {"text": hostile})
    browser.post(world.at(f"{AMBITION}/request"), {"text": hostile})
    browser.post(world.at(AMBITION), {"base": "0", "rating": "2", "reason": hostile, "then": "stay"})

    pages = [browser.get(world.at(rest)).text for rest in ("", AMBITION, "approve", "send-back")]

    assert all("<script>alert" not in page and "<img src=x" not in page for page in pages)
    assert hostile in unescape(pages[1])


def test_everything_ends_with_the_assignment(world: Reviewed) -> None:
    world.rate(AMBITION, "2")
    browser = world.browser()
    browser.get(world.at())
    world.end_assignment()

    for rest in ("", AMBITION, "approve", "send-back", "reopen", f"pictures/{world.picture}"):
        browser.get(world.at(rest), 404)
    for rest, sent in (
        (AMBITION, {"base": "1", "rating": "3"}),
        ("notes", {"text": PRIVATE}),
        (f"{AMBITION}/notes", {"text": PRIVATE}),
        (f"{AMBITION}/request", {"text": PRIVATE}),
        ("dimensions/use", {"accepted": "yes"}),
        ("approve", {"seen": "in_review 1", "judged": "1"}),
        ("send-back", {"seen": "in_review 1", "reason": "x"}),
    ):
        browser.post(world.at(rest), sent, 404)
    assert world.state() == "in_review"


def test_the_company_reads_no_page_of_it(world: Reviewed) -> None:
    owner = world.browser(world.owner)

    for rest in ("", AMBITION, "approve", "send-back", "reopen"):
        owner.get(world.at(rest), 404)


def test_before_it_is_begun_everything_can_be_read_and_nothing_rated(tmp_path: Path) -> None:
    world = reviewed(tmp_path)
    browser = world.browser()

    overview, question = text_of(browser.get(world.at())), text_of(browser.get(world.at(AMBITION)))
    browser.post(world.at(AMBITION), {"base": "0", "rating": "2"}, 409)

    assert "Start gjennomgangen" in overview
    assert "Start gjennomgangen for å vurdere." in question
    assert "Strategien fra 2024" in question
