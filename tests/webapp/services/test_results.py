"""Opening a result: whose it is, and that a preview is the same arithmetic on what stands now."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import select

from assessment.answers import Answer
from tests.webapp.copies import a_copy
from tests.webapp.sites import (
    NOW,
    a_company,
    a_person,
    a_programme,
    an_assessment,
    as_actor,
    submitted,
)
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.organisations import AdvisorAssignment
from webapp.errors import NotThere, Refused
from webapp.services.answering import Said, save_answers
from webapp.services.exports import export_json, export_xlsx
from webapp.services.results import open_preview, open_result
from webapp.services.reviewing import decide
from webapp.services.site import Site

LATER = NOW + timedelta(days=1)


class World:
    """A company with an advisor, in a programme, with something handed in."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.owner_id, self.member_id = a_person(site), a_person(site, "ola@eksempel.no")
        self.advisor_id, self.staff_id = a_person(site, "r@fylke.no"), a_person(site, "p@fylke.no")
        self.company = a_company(
            site, owners=[self.owner_id], members=[self.member_id], advisors=[self.advisor_id]
        )
        a_programme(site, "Program B", staff=[self.staff_id], companies=[self.company])
        self.owner = as_actor(site, self.owner_id)
        self.id = submitted(site, self.owner, self.company).id


@pytest.fixture
def world(tmp_path: Path) -> World:
    return a_copy(World, tmp_path)


@pytest.fixture
def site(world: World) -> Site:
    return world.site


def test_the_company_gets_what_was_handed_in(site: Site, world: World) -> None:
    found = open_result(site, world.owner, world.id, "nn")

    assert found.material.result.overall.score == Fraction(1511, 600)
    assert (found.material.language, found.material.edition, found.material.is_draft) == (
        "nn",
        "company",
        False,
    )
    assert found.submission is not None
    assert found.programmes == ("Program B",)
    assert (found.is_own, found.is_owner, found.is_advisor) == (True, True, False)
    assert (found.may_withdraw, found.may_renew, found.is_editable) == (True, True, False)


def test_a_member_reads_it_but_takes_nothing_back(site: Site, world: World) -> None:
    found = open_result(site, as_actor(site, world.member_id), world.id, "nb")

    assert (found.is_own, found.is_owner, found.may_withdraw, found.may_renew) == (True, False, False, True)


def test_an_advisor_reads_it(site: Site, world: World) -> None:
    found = open_result(site, as_actor(site, world.advisor_id), world.id, "nb")

    assert (found.is_own, found.is_advisor, found.may_withdraw, found.may_renew) == (
        False,
        True,
        False,
        False,
    )


def test_an_ended_assignment_closes_it(site: Site, world: World) -> None:
    with site.database.write() as session:
        session.scalars(select(AdvisorAssignment)).one().until_utc = NOW + timedelta(hours=1)

    open_result(site, as_actor(site, world.advisor_id, NOW), world.id, "nb")
    with pytest.raises(NotThere):
        open_result(site, as_actor(site, world.advisor_id, LATER), world.id, "nb")


def test_staff_find_no_result_even_where_the_report_is_shared(site: Site, world: World) -> None:
    with site.database.write() as session:
        session.get_one(Assessment, world.id).shared_utc = NOW

    with pytest.raises(NotThere):
        open_result(site, as_actor(site, world.staff_id), world.id, "nb")


def test_nobody_elses_and_unknown_ones_are_not_there(site: Site, world: World) -> None:
    stranger = as_actor(site, a_person(site, "else@eksempel.no"))

    for actor, id_ in ((stranger, world.id), (world.owner, "A" * 22), (world.owner, "x\x00")):
        with pytest.raises(NotThere):
            open_result(site, actor, id_, "nb")


def test_a_draft_has_no_result(site: Site, world: World) -> None:
    draft = an_assessment(site, world.owner, world.company, "sustainability_reporting")

    with pytest.raises(NotThere):
        open_result(site, world.owner, draft, "nb")


def test_a_result_that_cannot_be_recomputed_is_not_shown(site: Site, world: World) -> None:
    with site.database.write() as session:
        row = session.scalars(select(Submission)).one()
        row.result = row.result.replace('"level": 2', '"level": 4')

    with pytest.raises(Refused, match=r"documents\.result_differs"):
        open_result(site, world.owner, world.id, "nb")


def test_the_reason_comes_with_what_was_sent_back(site: Site, world: World) -> None:
    advisor = as_actor(site, world.advisor_id)
    decide(site, advisor, world.id, "start_review", LATER)
    decide(site, advisor, world.id, "send_back", LATER, reason="Tallene mangler.")

    found = open_result(site, world.owner, world.id, "nb")

    assert (found.reason, found.is_editable, found.may_renew) == ("Tallene mangler.", True, False)


def test_what_is_changed_after_handing_in_is_not_in_the_result_but_in_the_preview(
    site: Site, world: World
) -> None:
    advisor = as_actor(site, world.advisor_id)
    decide(site, advisor, world.id, "start_review", LATER)
    decide(site, advisor, world.id, "send_back", LATER, reason="Se på målingen.")
    save_answers(
        site, world.owner, world.id, [Said("insight.measurement", Answer("answered", "1"), 1)], LATER
    )

    result = open_result(site, world.owner, world.id, "nb").material.result
    preview = open_preview(site, world.owner, world.id, "nb").material

    assert result.overall.score == Fraction(1511, 600)
    assert preview.result.overall.score == Fraction(1551, 600)
    assert preview.is_draft


def test_a_preview_is_the_companys_alone(site: Site, world: World) -> None:
    draft = an_assessment(site, world.owner, world.company, "sustainability_reporting")

    assert open_preview(site, world.owner, draft, "nb").submission is None
    for person in (world.advisor_id, world.staff_id, a_person(site, "else@eksempel.no")):
        with pytest.raises(NotThere):
            open_preview(site, as_actor(site, person), draft, "nb")


def test_the_files_to_take_away_are_named_after_the_company(site: Site, world: World) -> None:
    data = export_json(site, world.owner, world.id, "nb")
    sheet = export_xlsx(site, world.owner, world.id, "en")

    assert data.name == "eksempel_mobelverksted_as-circular_business_models.json"
    assert sheet.name == "eksempel_mobelverksted_as-circular_business_models-en.xlsx"
    assert '"strategy.ambition"' in data.content.decode()
    assert sheet.content.startswith(b"PK")


def test_staff_take_nothing_away(site: Site, world: World) -> None:
    with pytest.raises(NotThere):
        export_json(site, as_actor(site, world.staff_id), world.id, "nb")
    with pytest.raises(NotThere):
        export_xlsx(site, as_actor(site, world.staff_id), world.id, "nb")
