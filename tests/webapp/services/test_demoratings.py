"""The programme of the demo that its method owner looks at: made at once, and true in every figure."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from assessment.review.agreement import LEAST_PAIRS
from tests.webapp.sites import EXAMPLES, NOW, as_actor, make_site
from webapp.db.tables.organisations import Programme
from webapp.db.tables.people import Person
from webapp.db.tables.work import Document, Job
from webapp.services.calibrating import Wanted, open_calibration
from webapp.services.demoratings import COMPANIES, METHOD_OWNER, make_ratings
from webapp.services.rescoring import rescore_all


def test_the_method_owner_of_the_demo_sees_every_kind_of_question(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    make_ratings(site, EXAMPLES, NOW)
    with site.database.read() as session:
        owner = session.scalars(select(Person.id).where(Person.email == METHOD_OWNER)).one()
        programme = session.scalars(select(Programme.id)).one()

    found = open_calibration(site, as_actor(site, owner), programme, Wanted())

    assert found.companies == COMPANIES >= LEAST_PAIRS
    readings = {line.compared.reading for line in found.lines}
    assert readings == {"alike", "partly", "apart", None}
    assert any(line.compared.is_one_sided for line in found.lines)
    drifts = {rater.name: rater.found.drift or 0 for rater in found.raters}
    assert max(drifts, key=lambda name: drifts[name]) == "Tor Eksempel"


def test_its_results_are_those_its_answers_give_and_nothing_waits_to_be_made(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    make_ratings(site, EXAMPLES, NOW)

    assert [one.reason for one in rescore_all(site)] == [None] * COMPANIES
    with site.database.read() as session:
        assert session.scalars(select(Document)).all() + session.scalars(select(Job)).all() == []
