"""The pages of a gathering: what is refused in words, seats by hand without scripts, papers, and ideas."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from questionnaires.values import LANGUAGES, Language
from tests.webapp.apps import app_of
from tests.webapp.services.gatheringworld import a_gathering
from tests.webapp.views.browsing import Browser, browser_of, text_of


class Desk:
    """A gathering with everybody in a browser."""

    def __init__(self, folder: Path) -> None:
        self.made = a_gathering(folder)
        self.app = app_of(self.made.site)
        self.at = f"/programme/{self.made.programme}/activities/{self.made.id}/gathering"
        self.own = f"/gatherings/{self.made.id}"

    def browser(self, who: str, language: str = "nb") -> Browser:
        return browser_of(self.app, self.made.site, self.made.people[who], language)

    def based(self, **said: object) -> dict[str, object]:
        """A form on top of what there is."""
        return {"base": str(self.made.room().version), **said}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_tables_are_set_and_changed_without_scripts_and_the_second_of_two_is_told(desk: Desk) -> None:
    staff, people, tables = desk.browser("staff"), desk.made.people, f"{desk.at}/tables"
    sizes = {"min_seats": "4", "max_seats": "4", "mode": "complementary", "colleagues": "apart"}
    staff.post(f"{tables}/settings", desk.based(**sizes))
    wrong = staff.post(f"{tables}/settings", desk.based(**sizes | {"max_seats": "3"}), 400)
    assert "Flest kan ikke være mindre enn færrest" in text_of(wrong)
    staff.post(f"{tables}/proposal", desk.based())
    assert len(desk.made.room().plan.tables) == 2

    seen = desk.based(person=people["alfa1"], other=people["gamma1"])
    staff.post(f"{tables}/moves", desk.based(person=people["alfa1"], table="3"))
    clash = staff.post(f"{tables}/swaps", seen, 409)

    assert "Noen andre har endret det samme" in text_of(clash)
    page = text_of(staff.get(tables))
    assert "Bord 3 1 person" in page
    assert "For få ved bordet" in page
    assert desk.made.room().plan.tables[2] == (people["alfa1"],)
    staff.post(f"{tables}/moves", desk.based(person=people["alfa1"], table="0"), 409)


def test_ticks_are_kept_of_those_the_page_asked_about(desk: Desk) -> None:
    staff, late = desk.browser("staff"), desk.made.people["delta2"]
    asked = re.findall(r'name="asked" value="([^"]+)"', staff.get(f"{desk.at}/guests").text)
    assert set(desk.made.comers()) < set(asked)

    staff.post(f"{desk.at}/guests", desk.based(asked=[one for one in asked if one != late], there=asked[:1]))

    assert {one.person_id for one in desk.made.room().present} >= {asked[0], late}
    assert sum(one.is_absent for one in desk.made.room().guests) == len(desk.made.comers()) - 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_kept_is_said_with_names(desk: Desk, language: Language) -> None:
    staff, tables = desk.browser("staff", language), f"{desk.at}/tables"
    companies = [desk.made.companies[name] for name in ("alfa", "beta")]
    for kind in ("apart", "together"):
        staff.post(f"{tables}/rules", desk.based(kind=kind, of="owners", members=companies))

    refused = text_of(staff.post(f"{tables}/proposal", desk.based(), 409))

    for one in ("Eksempel alfa AS", "Eksempel beta AS", "Person alfa1 (Eksempel alfa AS)"):
        assert one in refused
    said = {"nb": "Reglene sier imot hverandre", "nn": "Reglane seier imot", "en": "The rules contradict"}
    assert said[language] in refused
    staff.post(f"{tables}/rules/2/removal", desk.based())
    staff.post(
        f"{tables}/settings", desk.based(min_seats="9", max_seats="9", mode="shared_gaps", colleagues="free")
    )
    none = text_of(staff.post(f"{tables}/proposal", desk.based(), 409))
    assert "9" in none
    assert "Eksempel alfa AS, Eksempel" not in none


def test_who_comes_sees_table_sheet_and_ideas_and_nobody_without_consent(desk: Desk) -> None:
    desk.made.seat()
    staff, alfa, gamma = (desk.browser(who) for who in ("staff", "alfa1", "gamma1"))

    own = text_of(alfa.get(desk.own))
    assert "Bord 1" in own
    assert "Der det er mest å hente" in own
    for page in (own, text_of(alfa.get(f"{desk.own}/ideas?table=1"))):
        assert "gamma" not in page
    assert "Før samlingen mangler dere" in text_of(desk.browser("delta1").get(desk.own))
    assert "Dere har ikke sagt ja til bordlister" in text_of(gamma.get(desk.own))

    form = gamma.get(f"{desk.own}/ideas")
    token = re.search(r'name="token" value="([^"]+)"', form.text)
    assert token is not None
    said = {"token": token[1], "text": "Felles henting", "table": "1", "due": "2099-01-01"}
    for _ in range(2):
        gamma.post(f"{desk.own}/ideas", said)
    assert text_of(staff.get(f"{desk.own}/ideas")).count("Felles henting") == 3  # and where it is followed up
    assert "Felles henting" not in text_of(alfa.get(f"{desk.own}/ideas"))
    assert "Skriv hva ideen går ut på" in text_of(gamma.post(f"{desk.own}/ideas", {"text": " "}, 400))
    ordered = gamma.post(f"{desk.own}/papers", {"language": "nb"})
    assert ordered.headers["Location"].endswith("#papers")
    assert "Lages nå på bokmål" in text_of(gamma.get(desk.own))


def test_an_idea_is_put_in_better_words_and_nothing_typed_is_lost(desk: Desk) -> None:
    desk.made.seat()
    alfa, staff = desk.browser("alfa1"), desk.browser("staff")
    page = alfa.get(f"{desk.own}/ideas").text
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    alfa.post(f"{desk.own}/ideas", {"token": token[1], "text": "Feles henting"})
    idea = re.search(r'id="idea-([^"]+)"', alfa.get(f"{desk.own}/ideas").text)
    assert idea is not None
    at, said = f"{desk.own}/ideas/{idea[1]}", {"state": "open", "next_step": "Ringe Beta", "due": ""}

    alfa.post(at, {**said, "base": "1", "text": "Felles henting"})

    assert "Feles" not in text_of(staff.get(f"{desk.own}/ideas"))
    late = staff.post(at, {**said, "base": "1", "text": "Henting på fredager"}, 409)
    assert "Noen andre har endret ideen" in text_of(late)
    assert ">\nHenting på fredager</textarea>" in late.text
    assert f'href="#text-{idea[1]}"' in late.text
    staff.post(at, {**said, "base": "2", "text": "Henting på fredager"})
    assert "Henting på fredager" in text_of(alfa.get(f"{desk.own}/ideas"))
    missing = text_of(staff.post(at, {**said, "base": "3", "text": " ", "due": "31.2.2027"}, 400))
    assert "Skriv hva ideen går ut på" in missing
