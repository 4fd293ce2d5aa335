"""The facts about a company: saved as they are typed, and two people who say different things."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest

from questionnaires.values import LANGUAGES, Language
from tests.webapp.sites import as_actor
from tests.webapp.views.browsing import Browser, text_of
from tests.webapp.views.desk import Desk, filled, make_desk
from webapp.db.tables.organisations import Organisation
from webapp.services.profile import HeldFact, open_profile

SCRIPT = {"X-Requested-With": "kretslop"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def typed(desk: Desk, browser: Browser, fact: str, value: str, version: int) -> Any:
    """What a script hears after somebody typed one fact."""
    name = f"f.{fact}"
    sent = {f"{name}.here": desk.language, f"{name}.version": version, name: value, "csrf": browser.csrf()}
    return browser.post(desk.at("/profile/answers"), sent, 200, headers=SCRIPT).json


def held(desk: Desk) -> dict[str, HeldFact]:
    return open_profile(desk.site, as_actor(desk.site, desk.owner), desk.company)


def test_a_fact_is_saved_as_it_is_typed(desk: Desk) -> None:
    page = desk.browser.get(desk.at("/profile")).text
    assert f'data-autosave="{desk.browser.path(desk.at("/profile/answers"))}"' in page

    told = typed(desk, desk.browser, "employees", "1 234", 0)

    assert (told["saved"], told["problems"], told["clashes"]) == ({"employees": 1}, {}, {})
    assert held(desk)["employees"].value == 1234


def test_what_is_not_kept_is_said_to_be_so(desk: Desk) -> None:
    typed(desk, desk.browser, "municipality", "Eksempelvik", 0)

    wrong = typed(desk, desk.browser, "employees", "mange", 0)["problems"]
    emptied = typed(desk, desk.browser, "employees", "", 0)["problems"]

    assert wrong["employees"][0]["text"]
    assert emptied["employees"][0]["text"] == desk.words.say("forms.problem.needed")
    assert "employees" not in held(desk)


def test_nobody_clashes_with_what_they_just_typed_themselves(desk: Desk) -> None:
    typed(desk, desk.browser, "employees", "18", 0)

    told = typed(desk, desk.browser, "employees", "180", 0)

    assert (told["saved"], told["clashes"]) == ({"employees": 2}, {})
    assert held(desk)["employees"].value == 180


def test_a_whole_old_form_does_not_take_back_what_one_changed_elsewhere(desk: Desk) -> None:
    typed(desk, desk.browser, "employees", "18", 0)
    old = filled(desk.browser.get(desk.at("/profile")))
    typed(desk, desk.browser, "employees", "20", 1)

    page = desk.browser.post(desk.at("/profile"), old, 409)

    assert "Du endret dette et annet sted" in text_of(page)
    assert held(desk)["employees"].value == 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clash_says_who_and_what_stands_next_to_what_was_typed(tmp_path: Path, language: Language) -> None:
    desk = make_desk(tmp_path, language)
    other = desk.colleague()
    typed(desk, other, "employees", "450", 0)

    told = typed(desk, desk.browser, "employees", "18", 0)
    page = desk.browser.post(
        desk.at("/profile"),
        {"f.employees.here": language, "f.employees.version": 0, "f.employees": "18"},
        409,
    )

    assert list(told["clashes"]) == ["employees"]
    for said in (unescape(told["clashes"]["employees"]), unescape(page.text)):
        assert "Ola Nordmann" in said
        assert "<dd>450</dd>" in said
        assert "<dd>18</dd>" in said
    assert held(desk)["employees"].value == 450


def test_the_name_of_a_trial_is_saved_as_it_is_typed(desk: Desk) -> None:
    with desk.site.database.write() as session:
        company = session.get_one(Organisation, desk.company)
        company.kind, company.orgnr = "trial", None
    trial, place = desk.browser, desk.at("/profile")

    told = trial.post(
        f"{place}/answers", {"csrf": trial.csrf(), "name": "Eksempel prøve"}, 200, headers=SCRIPT
    )
    too_long = trial.post(f"{place}/answers", {"csrf": trial.csrf(), "name": "x" * 301}, 200, headers=SCRIPT)

    assert told.json is not None
    assert (told.json["saved"], told.json["problems"]) == ({"name": 0}, {})
    assert 'value="Eksempel prøve"' in trial.get(place).text
    with desk.site.database.write() as session:
        session.get_one(Organisation, desk.company).orgnr = "311046276"  # and a name by it, in another tab
    late = trial.post(f"{place}/answers", {"csrf": trial.csrf(), "name": "Et annet"}, 200, headers=SCRIPT)
    assert late.json is not None
    assert "name" not in late.json["saved"]
    assert too_long.json is not None
    assert too_long.json["problems"]["name"][0]["text"] == desk.words.say("profile.name_long")
