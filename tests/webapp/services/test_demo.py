"""The programme of the demo: what its advisors find, and that nothing of it is in the future."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.webapp.sites import EXAMPLES, NOW, as_actor, make_site
from webapp.db.tables.people import Person
from webapp.db.tables.work import AuditEvent
from webapp.services import demo
from webapp.services.portfolio import Followed, open_portfolio
from webapp.services.site import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Made once, on a file: what it holds is no matter of the database."""
    made = make_site(Path(tmp_path_factory.mktemp("demo")))
    demo.make_demo(made, EXAMPLES, NOW)
    return made


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


def person(site: Site, email: str) -> str:
    with site.database.read() as session:
        return session.scalars(select(Person.id).where(Person.email == email)).one()


def test_the_advisor_finds_something_late_something_new_and_a_company_to_hand_over(site: Site) -> None:
    found = open_portfolio(site, as_actor(site, person(site, "radgiver@fylke.example")), NOW)

    assert found.overdue == 2
    stands = {(line.company, line.stand) for line in found.lines}
    assert ("Eksempel Butikk AS", "submitted") in stands
    assert ("Eksempel Rådgivning AS", "reopened") in stands
    assert ("Eksempel Trevare AS", "invited") in stands
    assert ("Eksempel Metallverksted AS", "in_review") in stands
    late = [line.company for line in found.lines if line.attention.is_overdue]
    assert late == ["Eksempel Butikk AS", "Eksempel Rådgivning AS"]


def test_an_approved_round_has_an_earlier_one_that_was_lower(site: Site) -> None:
    found = open_portfolio(site, as_actor(site, person(site, "radgiver@fylke.example")), NOW)

    told: list[Followed] = [line.assessment for line in found.lines if line.assessment is not None]
    changes = [one.since for one in told if one.is_approved and one.since is not None]
    assert len(changes) == 1
    assert changes[0].is_approved
    assert changes[0].up > 0
    assert changes[0].down == 0


def test_who_stands_in_does_so_for_a_while(site: Site) -> None:
    id_ = person(site, "vikar@fylke.example")

    days = [len(as_actor(site, id_, NOW + timedelta(days=at)).organisations("advisor")) for at in (0, 19, 22)]

    assert days == [1, 1, 0]


def test_nothing_has_happened_in_the_future(site: Site) -> None:
    with site.database.read() as session:
        latest = session.scalar(select(func.max(AuditEvent.at_utc)))

    assert latest is not None
    assert latest <= NOW


def test_everybody_has_a_role_and_a_link(site: Site) -> None:
    people = demo.links(site, NOW)

    assert {one.role for one in people} >= {"owner", "member", "advisor", "programme"}
    assert len({one.token for one in people}) == len(people)
