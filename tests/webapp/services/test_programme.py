"""A programme for those who run it: how far companies have come, levels in numbers only, never one's own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.webapp.sites import (
    NOW,
    a_company,
    a_person,
    a_programme,
    an_assessment,
    as_actor,
    make_site,
    submitted,
)
from webapp.errors import NotThere
from webapp.services.programme import PAGE_SIZE, open_programme
from webapp.services.reviewing import decide
from webapp.services.sharing import share
from webapp.services.site import Site

LATER = NOW + timedelta(days=1)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def test_staff_see_how_far_each_company_is_and_count_it(site: Site) -> None:
    owner, advisor, staff = a_person(site), a_person(site, "r@fylke.no"), a_person(site, "p@fylke.no")
    workshop = a_company(site, owners=[owner], advisors=[advisor])
    waiting = a_company(site, "Annen AS", "923609016", owners=[owner])
    programme = a_programme(site, staff=[staff], companies=[workshop, waiting])
    actor = as_actor(site, owner)
    circular = submitted(site, actor, workshop)
    reporting = submitted(site, actor, workshop, "eksempel_mobelverksted/sustainability_reporting", now=LATER)
    an_assessment(site, actor, waiting)
    decide(site, as_actor(site, advisor), circular.id, "start_review", LATER)
    share(site, actor, reporting.id, LATER, is_shared=True)

    found = open_programme(site, as_actor(site, staff), programme)

    assert (len(found.companies), found.handed_in, found.shared) == (2, 1, 1)
    assert found.states == {"submitted": 1, "in_review": 1}
    assert found.assessments == 2
    lines = {company.name: company.assessments for company in found.companies}
    assert lines["Annen AS"] == ()
    assert [(line.state, line.is_shared) for line in lines["Eksempel Møbelverksted AS"]] == [
        ("submitted", True),
        ("in_review", False),
    ]


def test_what_staff_get_of_a_company_has_no_place_for_a_level(site: Site) -> None:
    owner, staff = a_person(site), a_person(site, "p@fylke.no")
    workshop = a_company(site, owners=[owner])
    programme = a_programme(site, staff=[staff], companies=[workshop])
    submitted(site, as_actor(site, owner), workshop)

    [company] = open_programme(site, as_actor(site, staff), programme).companies

    assert not hasattr(company.assessments[0], "level")


def test_companies_come_a_page_at_a_time_and_are_found_by_name(site: Site) -> None:
    staff = a_person(site, "p@fylke.no")
    names = [f"Eksempel {number:02} AS" for number in range(PAGE_SIZE + 1)]
    programme = a_programme(site, staff=[staff], companies=[a_company(site, name, None) for name in names])

    last = open_programme(site, as_actor(site, staff), programme, page=9)
    one = open_programme(site, as_actor(site, staff), programme, sought="eksempel 07")

    assert ([company.name for company in last.companies], last.page, last.pages) == (names[-1:], 2, 2)
    assert ([company.name for company in one.companies], one.pages) == (["Eksempel 07 AS"], 1)
    assert last.taking_part == one.taking_part == PAGE_SIZE + 1


def test_a_programme_is_there_for_those_who_run_it(site: Site) -> None:
    owner, other = a_person(site), a_person(site, "p@fylke.no")
    programme = a_programme(site, companies=[a_company(site, owners=[owner])])
    a_programme(site, "Et annet", staff=[other])

    for person in (owner, other):
        with pytest.raises(NotThere):
            open_programme(site, as_actor(site, person), programme)
