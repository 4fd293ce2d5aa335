"""Every link that stands in a mail leads to a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from werkzeug.routing import MapAdapter

from questionnaires.values import LANGUAGES
from tests.webapp.sites import make_site
from webapp import links
from webapp.app import create_app
from webapp.settings import Settings

SETTINGS = Settings(public_url="https://kretslop.example.org/")
ID = "A" * 22

LINKS: dict[str, tuple[Callable[[str], str], str]] = {
    "signin": (lambda lang: links.signin_link(SETTINGS, lang, "t" * 43), "signin.look"),
    "invitation": (lambda lang: links.invitation_link(SETTINGS, lang, "t" * 43), "invitation.look"),
    "cohort_invitation": (
        lambda lang: links.cohort_invitation_link(SETTINGS, lang, "t" * 43),
        "cohortanswers.look",
    ),
    "assessment": (lambda lang: links.assessment_link(SETTINGS, lang, ID), "assessments.tasks"),
    "result": (lambda lang: links.result_link(SETTINGS, lang, ID), "result.show_result"),
    "section": (lambda lang: links.section_link(SETTINGS, lang, ID, "design"), "wizard.section"),
    "address": (lambda lang: links.address_link(SETTINGS, lang, "t" * 43), "account.look_at_change"),
    "portfolio": (lambda lang: links.portfolio_link(SETTINGS, lang), "portfolio.show_portfolio"),
    "overview": (lambda lang: links.overview_link(SETTINGS, lang), "assessments.overview"),
    "front": (lambda lang: links.front_link(SETTINGS, lang), "start.front"),
    "activity": (lambda lang: links.activity_link(SETTINGS, lang, ID), "activities.show_activity"),
    "desk": (lambda lang: links.desk_link(SETTINGS, lang, ID), "activitydesk.show_list"),
    "ideas": (lambda lang: links.ideas_link(SETTINGS, lang, ID), "gatherings.show_ideas"),
    "mail_off": (lambda lang: links.mail_off_link(SETTINGS, lang, "t" * 54), "mailchoice.ask"),
    "help": (lambda lang: links.help_link(SETTINGS, lang), "pages.help_page"),
}


@pytest.fixture
def routes(tmp_path: Path) -> MapAdapter:
    return create_app(make_site(tmp_path)).url_map.bind("kretslop.example.org", url_scheme="https")


@pytest.mark.parametrize("name", LINKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_leads_to_its_page(routes: MapAdapter, name: str, language: str) -> None:
    make, endpoint = LINKS[name]

    link = make(language)

    assert link.startswith(f"https://kretslop.example.org/{language}/")
    found, values = routes.match(link.removeprefix("https://kretslop.example.org"), "GET")
    assert (found, values["lang"]) == (endpoint, language)


def test_every_kind_of_link_is_looked_at() -> None:
    made = {name.removesuffix("_link") for name in vars(links) if name.endswith("_link")}

    assert made == set(LINKS)


def test_an_offer_called_new_has_an_address_of_its_own(routes: MapAdapter) -> None:
    parts = {"lang": "nb", "id_": "programme", "actor_id": "fund", "offer_id": "new"}

    address = routes.build("supportdesk.edit_offer", parts)

    assert routes.match(address, "GET")[0] == "supportdesk.edit_offer"
