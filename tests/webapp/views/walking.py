"""The world that the access walk goes through: a company with a canary in every field, and all who may ask.

A canary is a text that stands nowhere else. Each belongs to a secret, and each secret says who may see it;
one that turns up before anybody else has got out.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assessment.answers import Answer, AnswerSet, Evidence
from tests.webapp.apps import app_of
from tests.webapp.kinds import Kind, choose, lasting
from tests.webapp.services.printing import print_all
from tests.webapp.sites import (
    NOW,
    SHELF,
    a_company,
    a_person,
    a_programme,
    an_assessment,
    answer_like,
    as_actor,
    example_answers,
    make_site,
    migrated,
)
from tests.webapp.views.squeezed import plain
from tests.webapp.views.walkintake import make_cohort
from tests.webapp.views.walkoffers import make_offers
from tests.webapp.views.walkplan import make_plan
from tests.webapp.views.walkreview import make_review
from tests.webapp.views.walktables import make_gathering
from webapp.auth.cookies import session_cookie
from webapp.db.tables.organisations import AdvisorAssignment, ProgrammeAdvisor, ProgrammeStaff
from webapp.db.tables.people import AddressChange, Invitation, Person, SigninLink
from webapp.services import (
    colleagues,
    delegation,
    discussion,
    documents,
    evidence,
    handing_over,
    invitations,
    notes,
    reviewing,
)
from webapp.services.actor import Actor
from webapp.services.mailchoice import mail_token
from webapp.services.sessions import open_session
from webapp.services.sharing import share
from webapp.services.site import Site
from webapp.services.submitting import submit
from webapp.services.tokens import hash_of, new_token
from webapp.services.trial import start_trial

PERSONS = (
    "anonymous",
    "trial",
    "member",
    "owner",
    "stranger",
    "advisor",
    "former_advisor",
    "staff",
    "method_owner",
    "removed",
    "returned",
)
"""Who walks. ``stranger``: owner of another company; ``method_owner``: of the programme's staff too;
``removed``: a member taken out, with the session they had; ``returned``: the same person, signed in again."""

OWN = {"owner", "member"}
RUN = {"staff", "method_owner"}
SECRETS: Mapping[str, set[str]] = {
    "company": OWN | RUN | {"advisor"},
    "names": OWN | {"advisor"},
    "addresses": OWN,
    "gone": OWN | {"returned"},
    "profile": OWN | {"advisor"},
    "draft": OWN,
    "handed_in": OWN | {"advisor"},
    "talk": OWN,
    "reason": OWN | {"advisor"},
    "programme": OWN | RUN | {"advisor"},
    "note": OWN | {"advisor"},
    "private": {"advisor"},
    "invited": RUN,
    "idea": OWN | RUN,
}
"""Who may see the canaries of each secret. ``note``, ``private``: what advisors wrote, shared and not."""


@dataclass(frozen=True)
class World:
    """``things``: ids and tokens by name; ``tokens``: of sessions by person; ``canaries``: by secret."""

    site: Site
    app: Flask
    things: Mapping[str, str]
    tokens: Mapping[str, str]
    canaries: Mapping[str, frozenset[str]]

    def browser(self, person: str) -> FlaskClient:
        """A browser somebody is signed in with."""
        client = self.app.test_client()
        self.sign_in(client, person)
        return client

    def sign_in(self, client: FlaskClient, person: str) -> None:
        """Give a browser the session that somebody has, and no other, and nothing to say on the next page."""
        name = session_cookie(self.site.settings)
        client.delete_cookie(name)
        if person != "anonymous":
            client.set_cookie(name, self.tokens[person])
        with client.session_transaction() as session:
            session.pop("_flashes", None)

    def got_out(self, text: str, person: str) -> list[str]:
        """The canaries in a text that are not for this person."""
        squeezed = plain(text)
        return [
            canary
            for secret, canaries in self.canaries.items()
            if person not in SECRETS[secret]
            for canary in canaries
            if canary in squeezed
        ]


@cache
def world_of(kind: Kind, before: str = "") -> World:
    """The world on a kind of database, made once for the tests of a process.

    ``before``: what stands before each canary, for those that sing something else too.
    """
    choose(kind)
    folder = tempfile.TemporaryDirectory(prefix="kretslop-walk-")
    _KEPT.append(folder)
    with lasting():
        return _Builder(make_site(Path(folder.name)), before).build()


def another_like(world: World) -> World:
    """A second installation with everything that is in the first."""
    folder = tempfile.TemporaryDirectory(prefix="kretslop-walk-")
    _KEPT.append(folder)
    with lasting():
        site = migrated(make_site(Path(folder.name), like=world.site.settings))
        return replace(world, site=site, app=app_of(site))


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


class _Builder:
    def __init__(self, site: Site, before: str) -> None:
        self.site = site
        self.before = before
        self.canaries: dict[str, set[str]] = {secret: set() for secret in SECRETS}
        self.things: dict[str, str] = {}
        self.people: dict[str, str] = {}
        self.tokens: dict[str, str] = {}

    def sing(self, secret: str, what: str) -> str:
        """A canary."""
        text = f"kanari-{secret.replace('_', '')}-{what.replace('.', '-').replace('_', '-')}"
        self.canaries[secret].add(plain(text))
        return text if what.endswith(("epost", "filinnhold")) else f"{self.before}{text}"

    def count(self, secret: str, number: int) -> int:
        """A number as a canary."""
        self.canaries[secret].add(str(number))
        return number

    def build(self) -> World:
        self._people()
        self._company()
        self._draft()
        self._handed_in()
        self._links()
        self._set_up()
        self._sessions()
        self._go()
        migrated(self.site)
        canaries = {secret: frozenset(found) for secret, found in self.canaries.items()}
        return World(self.site, app_of(self.site), self.things, self.tokens, canaries)

    def actor(self, person: str) -> Actor:
        return as_actor(self.site, self.people[person])

    def _people(self) -> None:
        for person in ("owner", "member", "removed"):
            secrets = ("gone", "gone") if person == "removed" else ("names", "addresses")
            name, email = (
                self.sing(secrets[0], f"{person}-navn"),
                f"{self.sing(secrets[1], f'{person}-epost')}@a.example",
            )
            self.people[person] = a_person(self.site, email, name)
        for person in ("stranger", "advisor", "former_advisor", "staff", "method_owner"):
            self.people[person] = a_person(self.site, f"{person}@b.example", f"Navn {person}")

    def _company(self) -> None:
        site, people = self.site, self.people
        company = a_company(
            site,
            self.sing("company", "firma AS"),
            "974760673",
            owners=[people["owner"]],
            members=[people["member"], people["removed"]],
            advisors=[people["advisor"], people["former_advisor"]],
        )
        self.canaries["company"].add("974760673")
        with site.database.write() as session:
            left = AdvisorAssignment.person_id == people["former_advisor"]
            session.scalars(select(AdvisorAssignment).where(left)).one().until_utc = NOW
        unit = a_company(site, self.sing("company", "avdeling"), None, parent=company)
        programme = a_programme(
            site,
            self.sing("programme", "navn"),
            staff=[people["staff"], people["method_owner"]],
            companies=[company],
        )
        with site.database.write() as session:
            place = (programme, people["method_owner"])
            session.get_one(ProgrammeStaff, place).is_method_owner = True
        other = a_company(site, "Annet firma AS", "311046276", owners=[people["stranger"]])
        other_draft = an_assessment(site, self.actor("stranger"), other)
        self.things |= {"company": company, "unit": unit, "programme": programme, "other_company": other}
        self.things |= {name: people[name] for name in ("owner", "member", "removed")}
        self.things["other_draft"] = other_draft
        staff, owner = self.actor("staff"), self.actor("owner")
        self.things |= make_offers(site, staff, owner, programme, company, sing=self.sing)
        self.things |= make_cohort(site, staff, owner, programme, company, sing=self.sing)
        self.things["other_programme"] = a_programme(site, "Et annet program", companies=[other])

    def _sung(self, answers: AnswerSet, secret: str) -> AnswerSet:
        """The answers with a canary in every text of every answer."""
        sung = {
            id_: replace(
                answer,
                comment=self.sing(secret, f"kommentar-{id_}"),
                evidence=(Evidence(self.sing(secret, f"bevis-{id_}"), "document"),),
            )
            for id_, answer in answers.answers.items()
            if id_ != NOT_FOR_US
        }
        sung[NOT_FOR_US] = Answer("not_applicable", reason=self.sing(secret, f"grunn-{NOT_FOR_US}"))
        profile = dict(answers.profile) | {
            "municipality": self.sing("profile", "kommune"),
            "employees": self.count("profile", 7654321),
        }
        return replace(answers, answers=sung, profile=profile)

    def _draft(self) -> None:
        site, owner = self.site, self.actor("owner")
        draft = an_assessment(site, owner, self.things["company"], depth="advanced", period="2026")
        sung = self._sung(example_answers(), "draft")
        money = Answer("answered", Decimal(self.count("draft", 987654321)))
        answer_like(
            site, owner, draft, replace(sung, answers={**sung.answers, "indicators.revenue_nok": money})
        )
        self.things["draft"] = draft
        self.things["draft_file"] = self._file(draft, "draft")
        self.things["comment"] = self._say(draft, "member")
        self._say(draft, "owner")
        self._say(draft, "removed")
        delegation.give_section(
            site,
            owner,
            draft,
            SECTION,
            NOW,
            email=f"{self.sing('addresses', 'innbudt-til-del-epost')}@c.example",
        )
        delegation.give_section(site, owner, draft, "design", NOW, email=self.actor("member").email or "")

    def _file(self, assessment: str, secret: str) -> str:
        name, content = self.sing(secret, "filnavn"), self.sing(secret, "filinnhold")
        upload = evidence.Upload(f"{name}.csv", f"navn;verdi\n{content};1\n".encode())
        return evidence.add_file(self.site, self.actor("member"), assessment, QUESTION, NOW, upload=upload).id

    def _say(self, assessment: str, person: str) -> str:
        text = self.sing("talk", f"innlegg-{person}")
        return discussion.write_comment(self.site, self.actor(person), assessment, QUESTION, NOW, text=text)

    def _handed_in(self) -> None:
        site, owner, company = self.site, self.actor("owner"), self.things["company"]
        sung = self._sung(example_answers(), "handed_in")
        for name, period in (("handed_in", "2025"), ("shared", "2024"), ("sent_back", "2023")):
            id_ = self.things[name] = an_assessment(site, owner, company, period=period)
            answer_like(site, owner, id_, sung)
            if name == "handed_in":
                self.things["file"] = self._file(id_, "handed_in")
            submit(site, owner, id_, 0, NOW)
            self._note(name)
        self.things |= make_plan(site, owner, self.things, self.sing)
        share(site, owner, self.things["shared"], NOW, is_shared=True)
        for name in ("handed_in", "shared"):
            self._print(name)
        advisor, sent_back = self.actor("advisor"), self.things["sent_back"]
        reviewing.decide(site, advisor, sent_back, "start_review", NOW)
        reviewing.decide(site, advisor, sent_back, "send_back", NOW, reason=self.sing("reason", "tekst"))
        self.things |= make_review(site, owner, advisor, company, self.sing)
        self.things |= make_gathering(site, self.actor("staff"), owner, self.things, self.sing)

    def _note(self, name: str) -> None:
        """What the advisor writes about an answer and about the whole, for the company and not."""
        advisor, id_ = self.actor("advisor"), self.things[name]
        for at, question in (("svar", QUESTION), ("alt", None)):
            for kind in ("note", "private"):
                text = self.sing(kind, f"notat-{name}-{at}")
                notes.write_note(
                    self.site, advisor, id_, NOW, text=text, is_shared=kind == "note", question_id=question
                )

    def _print(self, name: str) -> None:
        site, id_ = self.site, self.things[name]
        for edition in ("company", "share", "advisor", "meeting"):
            listed = documents.order_document(site, self.actor("advisor"), id_, edition, "nb", now=NOW)
            self.things[f"{name}_{edition}_pdf"] = listed.id
        print_all(site, self.actor("advisor"), id_)

    def _set_up(self) -> None:
        """A company that its advisor has set up and nobody has taken over, and what a mail ends with."""
        programme, people = self.things["programme"], self.people
        with self.site.database.write() as session:
            session.add(ProgrammeAdvisor(programme_id=programme, person_id=people["advisor"], since_utc=NOW))
        self.things["pending"] = handing_over.set_up(
            self.site, self.actor("advisor"), programme, NOW, looked=None, name="Ventende firma AS"
        )
        self.things["advisor"] = people["advisor"]
        self.things["mail_token"] = mail_token(self.site.settings, people["owner"])

    def _links(self) -> None:
        email = f"{self.sing('addresses', 'innbudt-epost')}@c.example"
        sent = invitations.invite(
            self.site,
            self.actor("owner"),
            self.things["company"],
            NOW,
            email=email,
            role="member",
            language="nb",
        )
        self.things["invitation"] = sent.invitation_id
        now = datetime.now(UTC)
        for name in ("invitation_token", "signin_token", "address_token"):
            self.things[name] = new_token()
        with self.site.database.write() as session:
            asked = session.get_one(Invitation, sent.invitation_id)
            asked.hash, asked.ends_utc = hash_of(self.things["invitation_token"]), now + timedelta(days=9)
            owner = session.get_one(Person, self.people["owner"])
            times = {"created_utc": now, "ends_utc": now + timedelta(days=1), "language": "nb"}
            session.add(SigninLink(hash=hash_of(self.things["signin_token"]), email=owner.email, **times))
            new = f"{self.sing('addresses', 'ny-adresse-epost')}@a.example"
            session.add(
                AddressChange(
                    hash=hash_of(self.things["address_token"]), person_id=owner.id, email=new, **times
                )
            )

    def _sessions(self) -> None:
        now, settings = datetime.now(UTC), self.site.settings
        with self.site.database.write() as session:
            for person, id_ in self.people.items():
                self.tokens[person] = open_session(session, session.get_one(Person, id_), now, settings)
        self.tokens["trial"] = start_trial(self.site.database, "nb", now, settings)

    def _go(self) -> None:
        """The member who is removed has their session by now."""
        removed, now = self.people["removed"], datetime.now(UTC)
        colleagues.remove(self.site, self.actor("owner"), self.things["company"], removed, now)
        with self.site.database.write() as session:
            person = session.get_one(Person, removed)
            self.tokens["returned"] = open_session(session, person, now, self.site.settings)


SECTION = "strategy"
QUESTION = "strategy.ambition"
_ANSWERED = example_answers().answers.keys()
NOT_FOR_US = next(
    planned.question.id
    for planned in SHELF.open("circular_business_models", "1.0.0").plan.questions
    if planned.question.allows_not_applicable and planned.question.id in _ANSWERED - {QUESTION}
)
