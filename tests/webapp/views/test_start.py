"""The front page and the first pages somebody meets: what to press, and what comes next."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.webapp.apps import app_of
from tests.webapp.sites import a_company, a_person, an_assessment, as_actor, make_site
from tests.webapp.views.browsing import anonymous, browser_of, text_of
from webapp.services.site import Site

CHOSEN = re.compile(r'name="questionnaire" value="([a-z_]+)" checked')


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


@pytest.fixture
def app(site: Site) -> Any:
    return app_of(site)


@pytest.mark.parametrize("id_", ["circular_business_models", "sustainability_reporting"])
def test_a_card_starts_its_own_questionnaire(app: Any, id_: str) -> None:
    visitor = anonymous(app)
    assert f'name="questionnaire" value="{id_}"' in visitor.get("/").text

    started = visitor.post("/try", {"questionnaire": id_})

    page = visitor.get(started.headers["Location"]).text
    assert CHOSEN.findall(page) == [id_]


@pytest.mark.parametrize("wanted", ["", "no_such", "\x00", "x" * 10_000])
def test_what_is_no_questionnaire_chooses_none(app: Any, wanted: str) -> None:
    visitor = anonymous(app)

    started = visitor.post("/try", {"questionnaire": wanted})

    assert started.headers["Location"] == "/nb/assessments/new"


def test_somebody_new_is_told_what_comes_next(app: Any, site: Site) -> None:
    newcomer = a_person(site, "ny@eksempel.no")

    assert "Først legger dere til virksomheten" in text_of(
        browser_of(app, site, newcomer).get("/assessments")
    )


def test_a_company_without_assessments_is_told_what_comes_next(app: Any, site: Site) -> None:
    owner = a_person(site)
    a_company(site, owners=[owner])

    page = text_of(browser_of(app, site, owner).get("/assessments"))

    assert "Velg først hva dere vil vurdere." in page


def test_the_task_list_says_that_colleagues_can_answer_too(app: Any, site: Site) -> None:
    owner, member = a_person(site), a_person(site, "ola@eksempel.no")
    company = a_company(site, owners=[owner], members=[member])
    id_ = an_assessment(site, as_actor(site, owner), company)
    line = f'Svar sammen: <a class="ds-link" href="/nb/organisations/{company}/invitations/new">'

    assert line in browser_of(app, site, owner).get(f"/assessments/{id_}").text
    assert line not in browser_of(app, site, member).get(f"/assessments/{id_}").text
