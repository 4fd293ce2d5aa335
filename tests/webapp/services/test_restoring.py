"""A backup that is brought back lets nobody in by what was theirs when it was made."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.webapp.sites import NOW, a_person, a_workshop, as_actor, make_site
from webapp.db.tables.people import BrowserSession, Invitation, Person
from webapp.errors import NotThere
from webapp.services import invitations, joining, linking
from webapp.services.backup import make_backup
from webapp.services.linking import Arrival
from webapp.services.oidc import Identity
from webapp.services.restoring import restore_backup
from webapp.services.sessions import open_session, resume
from webapp.services.site import Site
from webapp.services.tokens import hash_of
from webapp.services.trial import start_trial

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path / "one")


def brought_back(site: Site, tmp_path: Path) -> Site:
    """Another installation with what a backup of this one holds."""
    make_backup(site, tmp_path / "backup", NOW)
    two = make_site(tmp_path / "two")
    restore_backup(two, tmp_path / "backup", LATER)
    return two


def test_sessions_end_but_those_of_trials(site: Site, tmp_path: Path) -> None:
    kari = a_person(site)
    with site.database.write() as session:
        by_link = open_session(session, session.get_one(Person, kari), NOW, site.settings)
    arrival = Arrival(Identity("issuer liv-1", None, "Liv"), "nb")
    by_provider = linking.enter_identified(site, arrival, NOW).token
    trial = start_trial(site.database, "nb", NOW, site.settings)

    two = brought_back(site, tmp_path)

    alive = [
        resume(two.database, token, LATER, two.settings) is not None
        for token in (by_link, by_provider, trial)
    ]
    assert alive == [False, False, True]
    with two.database.read() as session:
        assert len(session.scalars(select(BrowserSession)).all()) == 1


def test_invitations_end_and_can_be_sent_again(site: Site, tmp_path: Path) -> None:
    kari, company = a_workshop(site)
    sent = invitations.invite(site, kari, company, NOW, email="ola@eksempel.no", role="owner", language="nb")
    with site.database.write() as session:
        session.get_one(Invitation, sent.invitation_id).hash = hash_of("secret")

    two = brought_back(site, tmp_path)

    assert joining.look(two, "secret", LATER) == "expired"
    ola = as_actor(two, a_person(two, "ola@eksempel.no"))
    with pytest.raises(NotThere):
        joining.join_own(two, ola, sent.invitation_id, LATER)
    (listed,) = invitations.list_open(two, kari, company, LATER)
    assert (listed.has_ended, listed.ends_utc) == (True, LATER)
    invitations.send_again(two, kari, company, sent.invitation_id, LATER)
    assert joining.join_own(two, ola, sent.invitation_id, LATER + timedelta(minutes=1)).organisation
