"""The people and companies that browsers meet: assessments in every state, and one with very long words.

Made by the use cases people use, before the server starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from tests.webapp.browser.serving import Server
from tests.webapp.sites import (
    SHELF,
    Pokes,
    a_company,
    a_person,
    a_programme,
    an_assessment,
    answer_like,
    as_actor,
    example_answers,
)
from webapp.db.engine import Database
from webapp.db.migrating import upgrade
from webapp.db.tables.people import Person
from webapp.evidence.storage import open_store
from webapp.register.choose import register_of
from webapp.services import addresses, invitations, reviewing, sharing
from webapp.services.actor import Actor
from webapp.services.answering import Said, save_answers
from webapp.services.delegation import give_section
from webapp.services.discussion import write_comment
from webapp.services.evidence import Upload, add_file
from webapp.services.opening import open_assessment
from webapp.services.sessions import open_session
from webapp.services.signin import unbound_link
from webapp.services.site import Site
from webapp.services.submitting import submit
from webapp.services.trial import start_trial

CIRCULAR, REPORTING = "circular_business_models", "sustainability_reporting"
LONG_WORD = "Sirkulærøkonomiomstillingsrapporteringspliktvurderingsansvarligæøå" * 2
LONG_NAME = f"{LONG_WORD} og Sønner og Døtre med Datterselskaper AS"
NUMBERS = {
    "workshop": "311046276",
    "metal": "310028754",
    "long": "310042579",
}
_COUNT = count(1)


@dataclass
class World:
    """An installation with people in it.

    ``people``: ids by what they are; ``companies``, ``assessments``, ``tokens``: by name.
    """

    server: Server
    site: Site
    people: dict[str, str] = field(default_factory=dict)
    companies: dict[str, str] = field(default_factory=dict)
    assessments: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    programme: str = ""

    def actor(self, who: str) -> Actor:
        """Somebody with the roles they have now."""
        return as_actor(self.site, self.people[who], now())

    def session(self, who: str) -> str:
        """The token of a new session of somebody."""
        if who == "trial":
            return self.tokens["trial"]
        with self.site.database.write() as session:
            person = session.get_one(Person, self.people[who])
            return open_session(session, person, now(), self.site.settings)

    def answer(self, who: str, assessment: str, question: str, example: str, comment: str) -> None:
        """Have somebody answer one question as an example does, with a comment, over whatever stands."""
        self.answer_all(who, assessment, [question], example, comment)

    def answer_all(
        self, who: str, assessment: str, questions: Iterable[str], example: str, comment: str
    ) -> None:
        """Have somebody answer several questions."""
        opened = open_assessment(self.site, self.actor(who), self.assessments[assessment])
        given = example_answers(example).answers
        said = []
        for question in questions:
            held = opened.held.get(question)
            answer = given[question]
            said.append(
                Said(
                    question,
                    type(answer)(
                        status=answer.status,
                        value=answer.value,
                        reason=answer.reason,
                        comment=comment or answer.comment,
                        evidence=answer.evidence,
                        estimate=answer.estimate,
                    ),
                    held.version if held is not None else 0,
                )
            )
        saved = save_answers(self.site, self.actor(who), opened.id, said, now())
        assert saved.clashes == ()

    def ask_for_address(self, who: str, address: str) -> str:
        """The path that confirms the address somebody wants to have."""
        addresses.ask_for_address(self.site, self.actor(who), address, "nb", now())
        return self.mailed_path(address, "account/")

    def mailed_path(self, address: str, part: str) -> str:
        """The path of the link in the newest mail to an address that has ``part`` in it."""
        return link_in(self.server.mail_to(address), part)


def now() -> datetime:
    """What the clock says."""
    return datetime.now(UTC)


def a_new_address() -> str:
    """An e-mail address nobody has used."""
    return f"ny{next(_COUNT)}@eksempel.example"


def link_in(mail: str, part: str) -> str:
    """The path of the first link in a mail that has ``part`` in it, its language left out."""
    found = re.search(rf"https?://[^/\s]+/(?:nb|nn|en)(/{part}\S*)", mail)
    assert found is not None, mail
    return found[1]


def empty_world(server: Server) -> World:
    """A new installation that nobody has used."""
    settings = server.settings
    database = Database(settings.database)
    upgrade(database)
    site = Site(settings, database, SHELF, open_store(settings), register_of(settings), Pokes())
    return World(server, site)


def make_world(server: Server) -> World:
    """Fill a new installation."""
    world = empty_world(server)
    _people(world)
    _companies(world)
    _working(world)
    _handed_in(world)
    _long(world)
    _visitors(world)
    return world


_NAMES = {
    "owner": "Kari Nordmann",
    "member": "Ola Hansen",
    "advisor": "Rita Rådgiver",
    "staff": "Per Programleder",
    "newcomer": "",
    "long": f"Ingeborg {LONG_WORD}",
}


def _people(world: World) -> None:
    for who, name in _NAMES.items():
        world.people[who] = a_person(world.site, f"{who}@eksempel.example", name)


def _companies(world: World) -> None:
    people, site = world.people, world.site
    workshop = a_company(
        site,
        orgnr=NUMBERS["workshop"],
        owners=[people["owner"]],
        members=[people["member"]],
        advisors=[people["advisor"]],
    )
    a_company(site, "Eksempel Møbelverksted, avd. Bodø", None, parent=workshop)
    quiet = a_company(site, "Eksempel Tomt AS", None, owners=[people["long"]])
    long = a_company(site, LONG_NAME, NUMBERS["long"], owners=[people["long"]], advisors=[people["advisor"]])
    a_company(site, f"{LONG_NAME}, avdeling {LONG_WORD}", None, parent=long)
    world.companies.update(workshop=workshop, quiet=quiet, long=long)
    world.programme = a_programme(
        site, "Sirkulær region (eksempel)", staff=[people["staff"]], companies=[workshop, long]
    )


def _working(world: World) -> None:
    """Assessments that are being answered."""
    site, owner, company = world.site, world.actor("owner"), world.companies["workshop"]
    made = world.assessments
    made["complete"] = an_assessment(site, owner, company, period="2025", now=now())
    answer_like(site, owner, made["complete"], example_answers(), now=now())
    made["draft"] = an_assessment(site, owner, company, REPORTING, depth="advanced", period="2025", now=now())
    reporting = f"eksempel_mobelverksted/{REPORTING}"
    questions = list(example_answers(reporting).answers)
    world.answer_all("owner", "draft", questions[:4], reporting, "")
    world.answer_all("member", "draft", questions[4:8], reporting, "Spør Liv om tallene.")
    made["wide"] = an_assessment(site, owner, company, depth="advanced", period="2023", now=now())
    made["empty"] = an_assessment(site, owner, company, period="2022", now=now())
    made["clash"] = an_assessment(site, owner, company, period="2021", now=now())
    _together(world, questions[0])


def _together(world: World, question: str) -> None:
    site, owner, draft = world.site, world.actor("owner"), world.assessments["draft"]
    world.tokens["question"] = question
    write_comment(site, owner, draft, question, now(), text="Har du tallene fra regnskapet?")
    write_comment(site, world.actor("member"), draft, question, now(), text="Ja, de kommer i morgen.")
    table = Upload("avfall 2025.csv", b"fraksjon;tonn\ntre;12,5\nmetall;3,1\n")
    add_file(site, owner, draft, question, now(), upload=table)
    give_section(site, owner, draft, "data", now(), email="member@eksempel.example")
    give_section(site, owner, draft, "targets", now(), email="kollega@eksempel.example")


def _handed_in(world: World) -> None:
    """Assessments that have been handed in, in every state after that."""
    steps: dict[str, tuple[str, ...]] = {
        "submitted": (),
        "in_review": ("start_review",),
        "approved": ("start_review", "approve"),
        "sent_back": ("start_review", "send_back"),
        "reopened": ("start_review", "approve", "reopen"),
    }
    for at, (name, events) in enumerate(steps.items()):
        hand_in(world, name, "workshop", "owner", f"{2020 - at}")
        for event in events:
            reason = "Avfallstallene mangler for høsten." if event in ("send_back", "reopen") else None
            reviewing.decide(
                world.site, world.actor("advisor"), world.assessments[name], event, now(), reason=reason
            )
    shared = world.assessments["approved"]
    sharing.share(world.site, world.actor("owner"), shared, now(), is_shared=True)


def hand_in(world: World, name: str, company: str, owner: str, period: str) -> None:
    """A new assessment, answered as the example and handed in."""
    actor = world.actor(owner)
    id_ = an_assessment(world.site, actor, world.companies[company], period=period, now=now())
    world.assessments[name] = id_
    answer_like(world.site, actor, id_, example_answers(), now=now())
    submit(world.site, actor, id_, 0, now())


def _long(world: World) -> None:
    """The same with words no line holds, in every field that takes some."""
    site, owner, company = world.site, world.actor("long"), world.companies["long"]
    answers = example_answers()
    for name, period in (("long", "2025"), ("long_submitted", "2024")):
        id_ = an_assessment(site, owner, company, depth="advanced", period=period, now=now())
        world.assessments[name] = id_
        answer_like(site, owner, id_, answers, now=now())
        world.answer_all("long", name, _asked(world, name), f"eksempel_mobelverksted/{CIRCULAR}", LONG_WORD)
    question = "strategy.ambition"
    write_comment(site, owner, world.assessments["long"], question, now(), text=LONG_WORD)
    table = Upload(f"{LONG_WORD}.csv", b"fraksjon;tonn\ntre;12,5\n")
    add_file(site, owner, world.assessments["long"], question, now(), upload=table)
    give_section(
        site, owner, world.assessments["long"], "design", now(), email=f"{'lang' * 12}@eksempel.example"
    )
    submit(site, owner, world.assessments["long_submitted"], 0, now())


def _asked(world: World, name: str) -> list[str]:
    opened = open_assessment(world.site, world.actor("long"), world.assessments[name])
    return list(opened.held)


def _visitors(world: World) -> None:
    """Trials, links and invitations."""
    site, settings = world.site, world.site.settings
    world.tokens["trial"] = start_trial(site.database, "nb", now(), settings)
    with site.database.read() as session:
        trial = session.query(Person).filter(Person.is_trial).one()
        world.people["trial"] = trial.id
    actor = world.actor("trial")
    company = actor.organisations("owner")[0]
    world.assessments["trial"] = an_assessment(site, actor, company, period="2025", now=now())
    with site.database.write() as session:
        person = session.get_one(Person, world.people["newcomer"])
        world.tokens["link"] = unbound_link(session, person, now(), settings, minutes=600)
        world.tokens["expired"] = unbound_link(session, person, now() - timedelta(hours=1), settings)
    owner, workshop = world.actor("owner"), world.companies["workshop"]
    invitations.invite(
        site, owner, workshop, now(), email="innbudt@eksempel.example", role="member", language="nb"
    )
