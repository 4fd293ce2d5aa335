"""A new round: what comes with it, and that the old one stays as it is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.webapp.sites import (
    NOW,
    a_company,
    a_person,
    a_programme,
    a_workshop,
    an_assessment,
    as_actor,
    example_answers,
    make_site,
    submitted,
)
from webapp.db.tables.assessments import Assessment, StateChange, StoredAnswer
from webapp.db.tables.people import Membership
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services.opening import open_assessment
from webapp.services.results import open_result
from webapp.services.rounds import preview_round, start_round
from webapp.services.site import Site

NEXT_YEAR = NOW + timedelta(days=365)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def test_every_answer_comes_with_a_round_in_the_same_version(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = submitted(site, owner, company).id

    found = preview_round(site, owner, id_, NEXT_YEAR)

    assert found.carried == len(example_answers().answers)
    assert (found.dropped, found.new_questions, found.is_other_version) == ((), (), False)
    assert found.periods == ("2027", "2026", "2025", "2024", "2023")
    assert found.period == "2026"


def test_a_round_starts_from_the_answers_each_marked_and_the_old_one_stays(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = submitted(site, owner, company).id

    new = start_round(site, owner, id_, NEXT_YEAR, depth="basic", period="2026", carries=True)

    opened = open_assessment(site, owner, new)
    assert opened.answers.answers == example_answers().answers
    assert all(held.is_carried for held in opened.held.values())
    with site.database.read() as session:
        row, old = session.get_one(Assessment, new), session.get_one(Assessment, id_)
        events = list(session.scalars(select(StateChange.event).order_by(StateChange.id)))
    assert (row.state, row.period, row.round, row.previous_id) == ("draft", "2026", 1, id_)
    assert old.state == "submitted"
    assert sorted(events) == ["start", "start", "start_new_round", "submit"]
    assert open_result(site, owner, id_, "nb").material.result.overall.level == 2


def test_a_carried_answer_is_still_whosever_it_was(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = submitted(site, owner, company).id
    successor = a_person(site, "ny@eksempel.no", "Ny Nordmann")
    with site.database.write() as session:
        session.add(
            Membership(organisation_id=company, person_id=successor, role="owner", since_utc=NEXT_YEAR)
        )

    new = start_round(
        site, as_actor(site, successor), id_, NEXT_YEAR, depth="basic", period="2026", carries=True
    )

    before, after = (open_assessment(site, owner, one).held for one in (id_, new))
    assert {(one.by_person_id, one.at_utc) for one in after.values()} == {
        (owner.person_id, one.at_utc) for one in before.values()
    }


def test_a_round_can_start_empty(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = submitted(site, owner, company).id

    new = start_round(site, owner, id_, NEXT_YEAR, depth="advanced", period="2026", carries=False)

    with site.database.read() as session:
        held = list(session.scalars(select(StoredAnswer).where(StoredAnswer.assessment_id == new)))
        depth = session.get_one(Assessment, new).depth
    assert (held, depth) == ([], "advanced")


def test_the_next_result_says_what_has_changed_since(site: Site) -> None:
    owner, company = a_workshop(site)
    submitted(site, owner, company)
    again = submitted(site, owner, company, period="2026", now=NEXT_YEAR)

    found = open_result(site, owner, again.id, "nb").material.previous

    assert found is not None
    assert found.answers.period == "2025"
    assert found.comparison.overall.total == 0


def test_a_second_press_starts_no_second_round(site: Site) -> None:
    owner, company = a_workshop(site)
    id_ = submitted(site, owner, company).id
    start_round(site, owner, id_, NEXT_YEAR, depth="basic", period="2026", carries=True)

    with pytest.raises(Refused, match=r"assessments\.already_open"):
        start_round(site, owner, id_, NEXT_YEAR, depth="basic", period="2026", carries=True)


def test_nothing_new_starts_from_what_is_not_handed_in(site: Site) -> None:
    owner, company = a_workshop(site)
    draft = an_assessment(site, owner, company)

    with pytest.raises(Refused, match=r"rounds\.not_handed_in"):
        preview_round(site, owner, draft, NOW)
    with pytest.raises(Refused, match=r"rounds\.not_handed_in"):
        start_round(site, owner, draft, NOW, depth="basic", period="2026", carries=True)


def test_rounds_are_the_companys_own(site: Site) -> None:
    owner, advisor, staff = a_person(site), a_person(site, "r@fylke.no"), a_person(site, "p@fylke.no")
    company = a_company(site, owners=[owner], advisors=[advisor])
    a_programme(site, staff=[staff], companies=[company])
    id_ = submitted(site, as_actor(site, owner), company).id
    draft = an_assessment(site, as_actor(site, owner), company, "sustainability_reporting")

    with pytest.raises(NotAllowed):
        preview_round(site, as_actor(site, advisor), id_, NOW)
    with pytest.raises(NotThere):
        preview_round(site, as_actor(site, advisor), draft, NOW)
    with pytest.raises(NotThere):
        preview_round(site, as_actor(site, staff), id_, NOW)
    with pytest.raises(NotThere):
        start_round(site, as_actor(site, staff), id_, NOW, depth="basic", period="2026", carries=True)
