"""A company with a word of its own in every field, to look for once the company or its people are erased."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from assessment.answers import Answer, AnswerSet, Evidence
from tests.webapp.copies import a_copy
from tests.webapp.services.printing import print_all
from tests.webapp.sites import (
    NOW,
    a_company,
    a_person,
    an_assessment,
    answer_like,
    as_actor,
    example_answers,
    make_site,
    migrated,
)
from webapp.db.tables.people import Person, SigninLink
from webapp.services import agreeing, delegation, discussion, evidence, invitations
from webapp.services.actor import Actor
from webapp.services.sessions import open_session
from webapp.services.site import Site
from webapp.services.submitting import submit

QUESTION = "strategy.ambition"
PEOPLE = (b"kanari-eier", b"kanari-kollega", b"kanari-invitert", b"kanari-fikk-del")
"""What names and addresses of its people have in them."""

COMPANY = (
    b"Kanarifirma",
    b"974760673",
    b"kanari-svar",
    b"kanari-bevis",
    b"kanari-filnavn",
    b"kanari-filinnhold",
    b"kanari-innlegg",
    b"kanari-kommune",
    b"kanari-tiltak",
    b"kanari-ansvarlig",
    b"kanari-merknad",
    b"987654321",
)
"""What belongs to the company."""

__all__ = ["COMPANY", "NOW", "PEOPLE", "QUESTION", "Nest", "a_copied_nest", "a_nest", "make_site"]


@dataclass(frozen=True)
class Nest:
    """The company with its people, an open assessment, and one that was handed in and printed."""

    site: Site
    company: str
    owner_id: str
    member_id: str
    draft: str
    handed_in: str

    @property
    def owner(self) -> Actor:
        """The owner as they are now."""
        return as_actor(self.site, self.owner_id)

    @property
    def member(self) -> Actor:
        """The colleague as they are now."""
        return as_actor(self.site, self.member_id)

    def bytes_left(self) -> bytes:
        """Everything that lies on the disk: the database's file, and every file with its name."""
        folder = self.site.settings.data_dir
        files = [file for file in folder.rglob("*") if file.is_file()]
        return b"\n".join(str(file).encode() + b"\n" + file.read_bytes() for file in files)


def a_nest(site: Site) -> Nest:
    """Everything one company can have, made by the use cases."""
    owner_id = a_person(site, "kanari-eier@a.example", "Kanari-eier Navn")
    member_id = a_person(site, "kanari-kollega@a.example", "Kanari-kollega Navn")
    company = a_company(site, "Kanarifirma AS", "974760673", owners=[owner_id], members=[member_id])
    owner, member = as_actor(site, owner_id), as_actor(site, member_id)
    answers = _sung(example_answers())
    draft = an_assessment(site, owner, company, depth="advanced", period="2026")
    money = {"indicators.revenue_nok": Answer("answered", Decimal(987654321))}
    answer_like(site, member, draft, replace(answers, answers={**answers.answers, **money}))
    later = NOW + timedelta(minutes=1)
    handed_in = an_assessment(site, owner, company, period="2025", now=later)
    answer_like(site, owner, handed_in, answers)
    for id_, name in ((draft, "utkast"), (handed_in, "levert")):
        _talk(site, member, id_, name)
    submit(site, owner, handed_in, 0, NOW)
    _agree(site, owner, member, handed_in)
    print_all(site, owner, handed_in)
    _ask_others(site, owner, company, draft)
    with site.database.write() as session:
        for id_ in (owner_id, member_id):
            person = session.get_one(Person, id_)
            open_session(session, person, NOW, site.settings)
            assert person.email is not None
            session.add(SigninLink(email=person.email, language="nb", created_utc=NOW, ends_utc=NOW))
    return Nest(site, company, owner_id, member_id, draft, handed_in)


def a_copied_nest(folder: Path) -> Nest:
    """The same in a migrated installation of its own: made once a kind of database, and copied."""
    nest = a_copy(a_nest, folder)
    migrated(nest.site)
    return nest


def _sung(answers: AnswerSet) -> AnswerSet:
    bevis = (Evidence("kanari-bevis", "document"),)
    sung = {
        id_: replace(answer, comment=f"kanari-svar {id_}", evidence=bevis)
        for id_, answer in answers.answers.items()
    }
    return replace(answers, answers=sung, profile={**answers.profile, "municipality": "kanari-kommune"})


def _talk(site: Site, member: Actor, assessment: str, name: str) -> None:
    content = f"navn;verdi\nkanari-filinnhold-{name};1\n".encode()
    upload = evidence.Upload("kanari-filnavn.csv", content)
    evidence.add_file(site, member, assessment, QUESTION, NOW, upload=upload)
    discussion.write_comment(site, member, assessment, QUESTION, NOW, text="kanari-innlegg")


def _agree(site: Site, owner: Actor, member: Actor, id_: str) -> None:
    wanted = agreeing.Wanted(
        "kanari-tiltak", owner="kanari-ansvarlig", due_on=date(2026, 12, 12), effort="small"
    )
    action = agreeing.agree(site, member, id_, NOW, wanted=wanted)
    agreeing.follow_up(site, owner, id_, action, NOW, status="done", remark="kanari-merknad", base=1)


def _ask_others(site: Site, owner: Actor, company: str, draft: str) -> None:
    invitations.invite(
        site, owner, company, NOW, email="kanari-invitert@a.example", role="member", language="nb"
    )
    delegation.give_section(site, owner, draft, "strategy", NOW, email="kanari-fikk-del@a.example")
    delegation.give_section(site, owner, draft, "design", NOW, email="kanari-kollega@a.example")
