"""A programme to look at: example companies with people, and assessments in every state.

Everything is made by the use cases people use. Names and addresses are made up and cannot be real.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.answers import AnswerSet
from assessment.routing import questions_at
from questionnaires.values import Depth
from webapp.db.tables.organisations import (
    Organisation,
    Participation,
    Programme,
    ProgrammeStaff,
)
from webapp.db.tables.people import Membership, Person
from webapp.services import (
    answering,
    assessments,
    democohorts,
    demogathering,
    demooffers,
    demoratings,
    demorelease,
    demoreviews,
    demosupport,
    demoteams,
    profile,
    reviewing,
    sharing,
    submitting,
)
from webapp.services.actor import Actor
from webapp.services.delegation import give_section
from webapp.services.discussion import write_comment
from webapp.services.scoring import open_answers
from webapp.services.sessions import actor_of
from webapp.services.signin import unbound_link
from webapp.services.site import Site

LINK_MINUTES = 7 * 24 * 60
PROGRAMME = "Sirkulær omstilling (eksempelprogram)"

PersonRole: TypeAlias = Literal["owner", "member", "advisor", "programme", "method_owner"]
Aim: TypeAlias = Literal[
    "draft", "submitted", "shared", "in_review", "sent_back", "approved", "reopened", "next_round"
]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody to sign in as. ``token``: of a link that works once, in any browser."""

    role: PersonRole
    name: str
    organisation: str
    token: str


@dataclass(frozen=True, slots=True)
class _Part:
    """One assessment of the demo: whose, in what, how far it comes, and how many days ago it was begun.

    ``has_earlier``: after one of the year before, answered a little lower. ``due_in``: in how many days the
    company should hand it in again; before 0: it is late.
    """

    company: str
    questionnaire: str
    aim: Aim
    days_ago: int
    has_earlier: bool = False
    due_in: int | None = None


_CIRCULAR, _REPORTING = "circular_business_models", "sustainability_reporting"
_COUNTY, _COLLABORATION = "eksempel_fylkeskommune", "collaboration"
_COMPANIES = (
    "eksempel_mobelverksted",
    "eksempel_metallverksted",
    "eksempel_butikk",
    "eksempel_bygg",
    "eksempel_radgivning",
    "eksempel_matforedling",
)
_PARTS = (
    _Part("eksempel_metallverksted", _CIRCULAR, "approved", 28, has_earlier=True),
    _Part("eksempel_radgivning", _REPORTING, "reopened", 26, due_in=-2),
    _Part("eksempel_butikk", _CIRCULAR, "sent_back", 24, due_in=5),
    _Part("eksempel_butikk", _REPORTING, "submitted", 20),
    _Part("eksempel_bygg", _CIRCULAR, "next_round", 11, has_earlier=True),
    _Part("eksempel_mobelverksted", _CIRCULAR, "shared", 9),
    _Part("eksempel_metallverksted", _REPORTING, "in_review", 6),
    _Part("eksempel_matforedling", _CIRCULAR, "shared", 4),
    _Part("eksempel_mobelverksted", _REPORTING, "draft", 3),
    _Part(_COUNTY, _COLLABORATION, "submitted", 3),
)
"""The oldest first: the clock of the demo goes forward only."""
_HANDED_IN: dict[Aim, tuple[str, ...]] = {
    "draft": (),
    "submitted": (),
    "shared": (),
    "next_round": (),
    "in_review": ("start_review",),
    "sent_back": ("start_review", "send_back"),
    "approved": ("start_review", "approve"),
    "reopened": ("start_review", "approve", "reopen"),
}
_FIRST_NAMES = (
    *("Randi", "Petter", "Kari", "Ola", "Aslaug", "Bjørn", "Cecilie"),
    *("Didrik", "Eva", "Frode", "Gunn", "Håkon", "Ida", "Jon", "Liv", "Marit", "Nils"),
)
"""One for everybody in the demo, in the order they are made; all are called Eksempel."""

_PURPOSE = "Formålet er å forberede samlingene og gi bedriftene råd."
_COMMENT = "Jeg har tallene fra regnskapet. Skal vi bruke dem, eller vente på årsoppgjøret?"


def make_demo(site: Site, examples: Path, now: datetime) -> None:
    """Fill an empty database. Everything happened over the last weeks."""
    desk = _Desk(site, now - timedelta(days=60), today=now)
    desk.make_people()
    for part in _PARTS:
        desk.make(part, examples / part.company / f"{part.questionnaire}.json")
    desk.collaborate()
    demoteams.hand_over(desk)
    demooffers.make_offers(desk)
    democohorts.make_cohorts(desk)
    demorelease.make_finished(desk, examples)
    demogathering.make_gatherings(desk)
    demosupport.make_support(desk)
    demoratings.make_ratings(site, examples, now)


def is_filled(site: Site) -> bool:
    """Whether there is a demo in the database already."""
    with site.database.read() as session:
        return session.scalar(select(Programme.id).limit(1)) is not None


def links(site: Site, now: datetime) -> list[DemoPerson]:
    """A fresh link for everybody in the demo."""
    with site.database.write() as session:
        people = session.scalars(
            select(Person)
            .where(Person.email.like("%.example"), Person.email.notlike(f"%{demorelease.CROWD}"))
            .order_by(Person.created_utc)
        )
        return [_linked(session, site, person, now) for person in people]


def _linked(session: Session, site: Site, person: Person, now: datetime) -> DemoPerson:
    actor = actor_of(session, person, now)
    role, organisation = _role_of(session, actor)
    return DemoPerson(
        role,
        person.name,
        organisation,
        unbound_link(session, person, now, site.settings, minutes=LINK_MINUTES),
    )


def _role_of(session: Session, actor: Actor) -> tuple[PersonRole, str]:
    if actor.email == demoratings.METHOD_OWNER:
        return "method_owner", demoratings.PROGRAMME
    if actor.programmes:
        return "programme", PROGRAMME
    if actor.organisations("advisor") or actor.teams:
        return "advisor", PROGRAMME
    own = actor.organisations("owner", "member")[0]
    organisation = session.get_one(Organisation, own)
    return ("owner" if actor.is_any_of(own, "owner") else "member"), organisation.name


class _Desk:
    """Makes the demo, its clock going forward a little with every deed."""

    def __init__(self, site: Site, now: datetime, *, today: datetime) -> None:
        self.site = site
        self.clock = now
        self.today = today
        self.programme = ""
        self.people: dict[str, str] = {}
        self.organisations: dict[str, str] = {}
        self.made: dict[tuple[str, str], str] = {}

    def now(self) -> datetime:
        """A time after all the others."""
        self.clock += timedelta(minutes=19)
        return self.clock

    def go_to(self, days_ago: int) -> None:
        """Move the clock on."""
        self.clock = max(self.clock, self.today - timedelta(days=days_ago))

    def actor(self, name: str) -> Actor:
        """Somebody with the roles they have by now."""
        with self.site.database.read() as session:
            return actor_of(session, session.get_one(Person, self.people[name]), self.clock)

    def make_people(self) -> None:
        """The programme with its people, and companies with theirs."""
        with self.site.database.write() as session:
            programme = Programme(
                name=PROGRAMME,
                controller="Eksempel fylkeskommune",
                contact="personvern@fylke.example",
                purpose=_PURPOSE,
                retention_days=1095,
                created_utc=self.clock,
            )
            session.add(programme)
            self._person(session, f"{_FIRST_NAMES[0]} Eksempel", "radgiver@fylke.example")
            staff = self._person(session, f"{_FIRST_NAMES[1]} Eksempel", "programleder@fylke.example")
            session.flush()
            self.programme = programme.id
            session.add(ProgrammeStaff(programme_id=programme.id, person_id=staff.id, since_utc=self.clock))
            for company in _COMPANIES:
                self._company(session, company, programme.id)
            self._person(session, f"{_FIRST_NAMES[len(self.people)]} Eksempel", "vikar@fylke.example")
            self._company(session, _COUNTY, programme.id)
        demoteams.make_team(self)

    def _person(self, session: Session, name: str, email: str) -> Person:
        person = Person(name=name, email=email, created_utc=self.now(), seen_utc=self.clock)
        session.add(person)
        session.flush()
        self.people[email.partition(".")[0]] = person.id
        return person

    def _company(self, session: Session, company: str, programme_id: str) -> None:
        short = company.removeprefix("eksempel_")
        organisation = Organisation(name=company, kind="main", created_utc=self.clock, active_utc=self.clock)
        session.add(organisation)
        session.flush()
        self.organisations[company] = organisation.id
        since = {"since_utc": self.clock}
        for role in ("owner", "member"):
            called = f"{_FIRST_NAMES[len(self.people)]} Eksempel"
            person = self._person(session, called, f"{role}@{short}.example")
            session.add(Membership(organisation_id=organisation.id, person_id=person.id, role=role, **since))
        session.add(Participation(programme_id=programme_id, organisation_id=organisation.id, **since))

    def make(self, part: _Part, file: Path) -> None:
        """One assessment, from its start to the state it aims at."""
        answers = open_answers(file, self.site.shelf.definitions).answers
        short = part.company.removeprefix("eksempel_")
        owner = f"owner@{short}"
        if part.company not in {company for company, _ in self.made}:
            _name(self.site, self.organisations[part.company], answers)
        organisation = self.organisations[part.company]
        facts = [profile.SaidFact(id_, value, 0) for id_, value in answers.profile.items()]
        profile.save_profile(self.site, self.actor(owner), organisation, facts, self.now())
        said = list(_said(self.site, answers))
        if part.has_earlier:
            year_before = str(int(answers.period) - 1)
            id_ = self._start(part, answers.depth, year_before)
            self._answer(part, id_, [_lower(one) if at % 3 else one for at, one in enumerate(said)])
            self._hand_in(replace(part, aim="approved"), id_, owner)
        self.go_to(part.days_ago)
        id_ = self.made[part.company, part.questionnaire] = self._start(part, answers.depth, answers.period)
        self._answer(part, id_, said[: len(said) // 2] if part.aim == "draft" else said)
        if part.aim != "draft":
            self._hand_in(part, id_, owner)

    def _start(self, part: _Part, depth: Depth, period: str) -> str:
        owner = self.actor(f"owner@{part.company.removeprefix('eksempel_')}")
        wanted = assessments.Wanted(self.organisations[part.company], part.questionnaire, depth, period)
        return assessments.start_assessment(self.site, owner, wanted, self.now())

    def _answer(self, part: _Part, id_: str, said: Sequence[answering.Said]) -> None:
        """Have the owner say one half and a colleague the other."""
        half, short = len(said) // 2, part.company.removeprefix("eksempel_")
        for name, some in ((f"owner@{short}", said[:half]), (f"member@{short}", said[half:])):
            answering.save_answers(self.site, self.actor(name), id_, list(some), self.now())

    def _hand_in(self, part: _Part, id_: str, owner: str) -> None:
        submitting.submit(self.site, self.actor(owner), id_, 0, self.now())
        key = (part.company, part.questionnaire)
        for event in _HANDED_IN[part.aim]:
            is_back = event in ("send_back", "reopen")
            reason = demoreviews.REASONS[key] if is_back else None
            due_on = _due_on(part, self.today.astimezone(self.site.zone).date()) if is_back else None
            advisor = self.actor(demoteams.ADVISOR)
            reviewing.decide(self.site, advisor, id_, event, self.now(), reason=reason, due_on=due_on)
            if event == "start_review" and self.made.get(key) == id_:
                demoreviews.review(self, key, id_)
        if part.aim == "shared":
            sharing.share(self.site, self.actor(owner), id_, self.now(), is_shared=True)
        if part.aim == "next_round":
            wanted = assessments.Wanted(
                self.organisations[part.company], part.questionnaire, "basic", "2026", carry_from=id_
            )
            assessments.start_assessment(self.site, self.actor(owner), wanted, self.now())

    def collaborate(self) -> None:
        """A section given to a colleague, and a remark, in the draft; and a plan that is followed."""
        id_ = self.made["eksempel_mobelverksted", _REPORTING]
        owner = self.actor("owner@mobelverksted")
        give_section(self.site, owner, id_, "data", self.now(), email="member@mobelverksted.example")
        for question in _first_questions(self.site, _REPORTING):
            write_comment(self.site, owner, id_, question, self.now(), text=_COMMENT)
        demoreviews.follow_up(self, demoreviews.FOLLOWED, self.made[demoreviews.FOLLOWED])


def _said(site: Site, answers: AnswerSet) -> Iterable[answering.Said]:
    """The answers to what is asked at their depth."""
    plan = site.shelf.open(answers.questionnaire, answers.version).plan
    for planned in questions_at(plan, answers.depth):
        if planned.question.id in answers.answers:
            yield answering.Said(planned.question.id, answers.answers[planned.question.id], 0)


def _name(site: Site, organisation_id: str, answers: AnswerSet) -> None:
    """Give a company the name and number that its answers have."""
    with site.database.write() as session:
        organisation = session.get_one(Organisation, organisation_id)
        organisation.name = answers.organisation.name or organisation.name
        organisation.orgnr = answers.organisation.orgnr


def _due_on(part: _Part, today: date) -> date | None:
    """Until when the company should hand it in again."""
    return None if part.due_in is None else today + timedelta(days=part.due_in)


def _lower(said: answering.Said) -> answering.Said:
    """An answer as it may have been a year before: one step lower, where there is one."""
    value = said.answer.value
    if not isinstance(value, str) or value not in ("2", "3", "4"):
        return said
    return replace(said, answer=replace(said.answer, value=str(int(value) - 1)))


def _first_questions(site: Site, questionnaire: str) -> Iterable[str]:
    shelved = site.shelf.newest(questionnaire)
    assert shelved is not None
    return [shelved.plan.questions[0].question.id]
