"""A review in a programme that rates blind: the server does not send what is hidden, on any page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.webapp.views.browsing import text_of
from tests.webapp.views.reviewed import AMBITION, MEASURED, STAYED, THEN, Reviewed, reviewed
from webapp.services.review import open_review

GIVES_AWAY = (
    "Forrige gang",
    THEN,
    "Passer ikke med andre svar",
    "Hvilket tall ville vist om dere nådde målet i fjor?",
    "Høyt svar uten dokumentasjon",
    "Målene kan være satt uten et tall",
    "Under utvikling",
    "Vurdert annerledes",
    "own-choice",
)
"""What tells on any page of the review what the company chose, without saying it."""


@pytest.fixture
def world(tmp_path: Path) -> Reviewed:
    return reviewed(tmp_path).begin(is_blind=True)


def shape_of(page: str) -> list[str]:
    """The choices of the form, tags and all."""
    return page.split('<fieldset class="rating">')[1].split("</fieldset>", maxsplit=1)[0].split("<label")


@pytest.mark.parametrize("rest", ["", "?show=first", AMBITION, MEASURED, STAYED, "approve", "send-back"])
def test_no_page_gives_a_choice_away(world: Reviewed, rest: str) -> None:
    path = f"{world.at()}{rest}" if rest.startswith("?") else world.at(rest)

    page = world.browser().get(path).text

    told = [
        text for text in GIVES_AWAY if text in page and not (text == "Vurdert annerledes" and "show=" in page)
    ]
    assert told == []


def test_the_choices_look_the_same_whatever_the_company_chose(world: Reviewed) -> None:
    browser = world.browser()

    three, none = (shape_of(browser.get(world.at(id_)).text) for id_ in (AMBITION, MEASURED))

    assert len(three) == len(none) == 6
    assert [part.count("ds-tag") for part in three] == [part.count("ds-tag") for part in none] == [0] * 6
    assert not any("checked" in part for part in (*three, *none))


def test_comment_and_evidence_are_there_to_rate_by(world: Reviewed) -> None:
    page = text_of(world.browser().get(world.at(AMBITION)))

    assert "Svaret vises når du har vurdert." in page
    assert "Strategien fra 2024 sier at halvparten" in page
    assert "maaltavle.png" in page


def test_a_rating_opens_the_answer_and_last_year(world: Reviewed) -> None:
    browser = world.browser()

    saved = browser.post(world.at(AMBITION), {"base": "0", "rating": "3", "then": "stay"})
    page = text_of(browser.get(world.at(AMBITION)))

    assert saved.headers["Location"] == f"/nb{world.at(AMBITION)}"
    assert "Vurderingen er lagret. Her er bedriftens svar." in page
    assert "Forrige gang, 2024" in page
    assert "Hvilket tall ville vist" not in page


def test_the_questions_stand_as_they_were_asked_until_all_is_rated(world: Reviewed) -> None:
    world.rate(MEASURED, "1", reason="De måler avfall.")

    page = world.browser().get(world.at()).text

    assert "Se på dette først" not in page
    assert page.index(f"/review/{AMBITION}") < page.index(f"/review/{STAYED}")
    assert page.index(f"/review/{STAYED}") < page.index(f"/review/{MEASURED}")
    assert "23 svar igjen." in text_of(world.browser().get(world.at()))


def test_the_result_leads_to_the_review_and_the_rest_says_why_it_is_closed(world: Reviewed) -> None:
    browser = world.browser()

    result = browser.get(f"/assessments/{world.id}/result", 303)
    closed = [
        browser.get(f"/assessments/{world.id}/{rest}", 409)
        for rest in ("report", "report?edition=advisor", "what-if", "documents", "export.json", "export.xlsx")
    ]

    assert result.headers["Location"] == f"/nb{world.at()}"
    assert all("Vurder svarene før du åpner dette." in text_of(page) for page in closed)


def test_an_approval_names_what_is_to_be_rated_first(world: Reviewed) -> None:
    browser = world.browser()
    world.rate(AMBITION, "3")

    page = browser.get(world.at("approve"))
    browser.post(world.at("approve"), {"seen": "in_review 1", "judged": "1"}, 409)

    assert page.text.count("#rate") == 23
    assert "Vurder disse først" in text_of(page)
    assert world.state() == "in_review"


def test_all_of_it_opens_when_all_is_rated(world: Reviewed) -> None:
    for item in open_review(world.site, world.actor(world.advisor), world.id).items:
        world.rate(item.id, "2", reason="Vurdert på befaring.")
    browser = world.browser()

    page = text_of(browser.get(world.at()))

    assert "Se på dette først" in page
    assert "Bedriftens nivå 2 Under utvikling" in page
    browser.get(f"/assessments/{world.id}/result")
    assert "Vurdert annerledes enn bedriften" in text_of(browser.get(world.at("approve")))


def test_a_clash_shows_what_the_colleague_chose(world: Reviewed) -> None:
    world.rate(AMBITION, "1", by=world.colleague)

    answer = world.browser().post(world.at(AMBITION), {"base": "0", "rating": "2"}, 409)

    assert "Lagret av Kåre Kollega 1 av 4" in text_of(answer)


def test_the_company_sees_its_own_as_ever(world: Reviewed) -> None:
    page = text_of(world.browser(world.owner).get(f"/assessments/{world.id}/result"))

    assert "2 Under utvikling" in page
