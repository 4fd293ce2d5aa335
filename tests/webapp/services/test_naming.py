"""Naming a company beside its facts."""

from __future__ import annotations

from pathlib import Path

from tests.webapp.registers import WORKSHOP, site_with_register
from tests.webapp.sites import NOW
from webapp.db.tables.organisations import Organisation
from webapp.services import naming, registering
from webapp.services.registering import Wanted, look_up
from webapp.services.sessions import resume
from webapp.services.trial import start_trial


def test_the_name_by_a_number_outlives_an_older_page(tmp_path: Path) -> None:
    site, _ = site_with_register(tmp_path)
    token = start_trial(site.database, "nb", NOW, site.settings)
    signed_in = resume(site.database, token, NOW, site.settings)
    assert signed_in is not None
    trial = signed_in.actor
    (own,) = trial.organisations("owner")
    naming.name_company(site, trial, own, "Bare et forsøk", NOW)

    registering.identify(site, trial, own, Wanted(look_up(site, WORKSHOP.orgnr)), NOW)
    naming.name_company(site, trial, own, "Bare et forsøk", NOW)

    with site.database.read() as session:
        assert session.get_one(Organisation, own).name == WORKSHOP.name
