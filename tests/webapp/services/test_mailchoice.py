"""Turning mail off by a link in a mail: whose it is, and that nobody can make one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from tests.webapp.services.post import invited, mail_jobs, sent
from tests.webapp.sites import NOW, a_person, a_workshop, make_site, submitted
from webapp.db.tables.people import Person
from webapp.db.tables.work import AuditEvent
from webapp.errors import NotThere
from webapp.services.mailchoice import gets_mail, mail_token, turn_off
from webapp.services.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def test_a_link_turns_the_mail_of_one_person_off(site: Site) -> None:
    kari, ola = a_person(site), a_person(site, "ola@eksempel.no")
    token = mail_token(site.settings, kari)

    before = gets_mail(site, token)
    turn_off(site, token, NOW)
    turn_off(site, token, NOW)

    assert (before, gets_mail(site, token)) == (True, False)
    with site.database.read() as session:
        assert session.get_one(Person, ola).wants_mail is True
        assert session.scalars(select(AuditEvent.action)).all() == ["mail_turned_off"]


def test_nobody_makes_a_link_of_an_id(site: Site, tmp_path: Path) -> None:
    kari, ola = a_person(site), a_person(site, "ola@eksempel.no")
    other = make_site(tmp_path / "other", secret_key=SecretStr("another secret"))
    wrong = (
        "",
        kari,
        mail_token(other.settings, kari),
        ola + mail_token(site.settings, kari)[22:],
        mail_token(site.settings, kari)[:-1],
        mail_token(site.settings, kari) + "0",
        "æ" * 54,
    )

    for token in wrong:
        with pytest.raises(NotThere):
            turn_off(site, token, NOW)
    with site.database.read() as session:
        assert {person.wants_mail for person in session.query(Person)} == {True}


def test_a_link_of_somebody_who_is_gone_leads_nowhere(site: Site) -> None:
    kari = a_person(site)
    token = mail_token(site.settings, kari)
    with site.database.write() as session:
        session.delete(session.get_one(Person, kari))

    with pytest.raises(NotThere):
        gets_mail(site, token)


def test_mail_that_can_be_turned_off_says_how_and_an_invitation_does_not(site: Site) -> None:
    owner, company = a_workshop(site)
    submitted(site, owner, company)

    receipt = sent(site, mail_jobs(site, "handed_in")[0])
    invitation = sent(site, invited(site, owner, company))

    assert mail_token(site.settings, owner.person_id) in receipt["List-Unsubscribe"]
    assert invitation["List-Unsubscribe"] is None
