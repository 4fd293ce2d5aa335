"""Companies with evidence files, for tests."""

from __future__ import annotations

from datetime import timedelta

from tests.webapp.sites import (
    NOW,
    a_company,
    a_person,
    a_programme,
    an_assessment,
    answer_like,
    as_actor,
    example_answers,
)
from webapp.db.tables.assessments import Assessment
from webapp.services.actor import Actor
from webapp.services.evidence import Upload, add_file
from webapp.services.site import Site

QUESTION = "strategy.ambition"
TONNES = b"fraksjon;tonn\ntre;12,5\n"
LATER = NOW + timedelta(hours=1)


def add(site: Site, actor: Actor, assessment: str, content: bytes = TONNES, name: str = "tonn.csv") -> str:
    """Upload a file; its id."""
    return add_file(site, actor, assessment, QUESTION, NOW, upload=Upload(name, content)).id


def table(number: int) -> bytes:
    """A table unlike the others."""
    return f"fraksjon;tonn\ntre;{number}\n".encode()


def keys(site: Site) -> list[str]:
    """Every evidence file in the store."""
    return sorted(site.files.list_keys("evidence"))


def a_pair(site: Site) -> tuple[Actor, Actor, str]:
    """An owner, a member of the same company, and the id of its assessment."""
    kari, ola = a_person(site), a_person(site, "ola@eksempel.no", "Ola")
    company = a_company(site, owners=[kari], members=[ola])
    owner = as_actor(site, kari)
    return owner, as_actor(site, ola), an_assessment(site, owner, company)


def reopened(site: Site, assessment: str) -> None:
    """What an advisor does who sends it back."""
    with site.database.write() as session:
        session.get_one(Assessment, assessment).state = "sent_back"


def with_advisor(site: Site) -> tuple[Actor, Actor, Actor, str]:
    """Owner, advisor, programme staff, and the id of an assessment with every answer."""
    kari, rita, pia = a_person(site), a_person(site, "rita@eksempel.no"), a_person(site, "pia@eksempel.no")
    company = a_company(site, owners=[kari], advisors=[rita])
    a_programme(site, staff=[pia], companies=[company])
    owner = as_actor(site, kari)
    id_ = an_assessment(site, owner, company)
    answer_like(site, owner, id_, example_answers())
    return owner, as_actor(site, rita), as_actor(site, pia), id_
