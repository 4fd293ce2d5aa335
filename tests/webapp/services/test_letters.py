"""What a letter makes of names and addresses, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.webapp.services.post import (
    ADDRESS,
    SOON,
    asked,
    body_of,
    invited,
    mail_jobs,
    mails,
    sent,
    text_of,
)
from tests.webapp.sites import NOW, a_workshop, as_actor, make_site, submitted
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Person, SigninLink
from webapp.services import mailing
from webapp.services.jobs import JobFailed
from webapp.services.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path, public_url=ADDRESS, help_email="hjelp@fylke.no", operator_name="Fylket")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nordmann\r\nBcc: alle@eksempel.no", "En kollega"),
        ("https://lure.no vinn en bil", "En kollega"),
        ("WWW.lure.no", "En kollega"),
        ("Logg inn: lure.no/vinn", "En kollega"),
        ("Kari O. Nordmann", "Kari O. Nordmann"),
        ("", "kari"),
        ("K" * 300, "K" * 79 + "…"),
        ("<b>Kari</b>", "<b>Kari</b>"),
        ("Kari\u202eNordmann", "KariNordmann"),
    ],
    ids=["line", "address", "www", "domain", "initial", "none", "long", "markup", "turned"],
)
def test_no_name_leads_anywhere(site: Site, name: str, shown: str) -> None:
    owner, company = a_workshop(site)
    with site.database.write() as session:
        session.get_one(Person, owner.person_id).name = name
    submitted(site, as_actor(site, owner.person_id), company)

    mail = sent(site, mail_jobs(site, "handed_in")[0])

    assert f"{shown} sendte inn egenvurderingen" in text_of(mail)
    assert "<b>" not in text_of(mail, "html")
    assert mail["Bcc"] is None


def test_a_companys_name_that_lures_is_left_out(site: Site) -> None:
    owner, company = a_workshop(site)
    with site.database.write() as session:
        session.get_one(Organisation, company).name = "Vinn på http://lure.no"

    text = text_of(sent(site, invited(site, owner, company)))

    assert "eigenvurderinga for verksemda dykkar" in text
    assert "lure" not in text


def test_a_mail_of_no_kind_fails_for_good(site: Site) -> None:
    with pytest.raises(JobFailed, match="unknown_mail") as failed:
        mailing.send_mail(site, {"mail": "greeting"}, NOW)
    assert failed.value.is_final


def test_an_address_no_server_takes_fails_for_good(site: Site) -> None:
    job = asked(site)
    with site.database.write() as session:
        session.query(SigninLink).one().email = "kari@eksempel.no\nBcc: alle@eksempel.no"

    with pytest.raises(JobFailed, match="address") as failed:
        mailing.send_mail(site, body_of(site, job), SOON)
    assert failed.value.is_final
    assert mails(site) == []
