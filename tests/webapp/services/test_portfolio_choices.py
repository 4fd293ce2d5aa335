"""Choosing from the list of an advisor, its pages, and what it costs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.webapp.counting import counted
from tests.webapp.services.following import BUTIKK, REPORTING, World, followed, names
from tests.webapp.sites import NOW, a_company, a_programme, make_site, submitted
from webapp.services import portfolio
from webapp.services.portfolio import Wish, open_portfolio
from webapp.services.since import Outcome, outcome


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(make_site(tmp_path))


@pytest.fixture
def many(world: World) -> World:
    """Three companies: one that has handed in twice, one that has not, one of another programme."""
    other = world.another("Alm & Bjørk AS")
    world.another("Taus AS")
    a_programme(world.site, "Det ene", companies=[world.company])
    a_programme(world.site, "Det andre", companies=[other])
    done = world.hand_in(example=REPORTING)
    world.decide(done.id, "start_review", "approve")
    world.hand_in()
    submitted(world.site, world.owner, other)
    return world


WISHES: dict[str, tuple[Wish, list[str]]] = {
    "everything": (
        Wish(),
        ["Alm & Bjørk AS", "Eksempel Møbelverksted AS", "Taus AS", "Eksempel Møbelverksted AS"],
    ),
    "a part of a name": (Wish(name="bjØRK"), ["Alm & Bjørk AS"]),
    "a name nobody has": (Wish(name="gran"), []),
    "a state": (Wish(state="approved"), ["Eksempel Møbelverksted AS"]),
    "nothing handed in": (Wish(state="nothing"), ["Taus AS"]),
    "yours": (Wish(waits="you"), ["Alm & Bjørk AS", "Eksempel Møbelverksted AS"]),
    "a questionnaire": (Wish(questionnaire="sustainability_reporting"), ["Eksempel Møbelverksted AS"]),
    "several": (Wish(waits="you", name="verksted"), ["Eksempel Møbelverksted AS"]),
}


@pytest.mark.parametrize(("wish", "expected"), WISHES.values(), ids=WISHES)
def test_what_was_asked_for_is_shown(many: World, wish: Wish, expected: list[str]) -> None:
    found = many.open(wish=wish)

    assert names(found) == expected
    assert found.companies == 3


def test_the_companies_of_one_programme(many: World) -> None:
    programmes = {one.name: one.id for one in many.open().programmes}

    assert list(programmes) == ["Det andre", "Det ene"]
    assert names(many.open(wish=Wish(programme=programmes["Det andre"]))) == ["Alm & Bjørk AS"]


NO = "A" * 22
NO_CHOICES = (Wish(state=NO), Wish(waits=NO), Wish(questionnaire=NO), Wish(programme=NO))


@pytest.mark.parametrize("wish", NO_CHOICES, ids=["state", "waits", "questionnaire", "programme"])
def test_what_is_no_choice_counts_as_none(many: World, wish: Wish) -> None:
    found = many.open(wish=wish)

    assert found.wish == Wish()
    assert found.found == 4


def test_a_long_list_comes_in_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio, "PAGE_SIZE", 2)
    for name in "BCDE":
        a_company(world.site, name, None, advisors=[world.advisor_id])

    pages = [world.open(wish=Wish(page=page)) for page in (1, 2, 3)]

    assert [names(one) for one in pages] == [["B", "C"], ["D", "E"], ["Eksempel Møbelverksted AS"]]
    assert {(one.found, one.pages) for one in pages} == {(5, 3)}
    assert [world.open(wish=Wish(page=page)).page for page in (0, 4, 99_999)] == [1, 3, 3]


def asked(world: World) -> int:
    advisor = world.advisor
    with counted(world.site) as seen:
        open_portfolio(world.site, advisor, NOW)
    return len([one for one in seen if one.lstrip().startswith("SELECT")])


def test_many_companies_ask_the_database_no_more_than_one(world: World) -> None:
    world.hand_in(period="2024", example=BUTIKK)
    world.hand_in()
    before = asked(world)
    for name in "BCD":
        company = world.another(name)
        submitted(world.site, world.owner, company)

    assert asked(world) == before
    assert before <= 8


def test_results_are_read_for_the_page_that_is_shown_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def note(text: str) -> Outcome:
        read.append(text)
        return outcome(text)

    monkeypatch.setattr(portfolio, "outcome", note)
    for days, period in enumerate(("2022", "2023", "2024")):
        world.hand_in(period=period, days=days)
    monkeypatch.setattr(portfolio, "PAGE_SIZE", 1)

    world.open()

    assert len(read) == 1  # of the oldest, which had no round before


def test_a_line_holds_no_answer(world: World) -> None:
    world.hand_in()

    [line] = world.open().lines

    assert "Strategien fra 2024" not in repr(replace(line, assessment=replace(followed(line), shelved=None)))  # type: ignore[arg-type]
