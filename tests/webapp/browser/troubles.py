"""What goes wrong in the world, so that browsers see what people are told then.

Two people: nothing Uno does is kept, since the database has no room for it; Hanne is always a moment too
late. Beside them links that nobody can use any more, a document that came to nothing, and files out of reach.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import text, update

from tests.webapp.browser.filed import put_off_reports
from tests.webapp.browser.world import World, hand_in, now
from tests.webapp.oidc_provider import InProcess, LocalProvider
from tests.webapp.sites import WORKSHOP, a_company, a_person, an_assessment, answer_like, example_answers
from webapp.app import create_app
from webapp.auth.cookies import form_cookie
from webapp.db.tables.assessments import EvidenceFile
from webapp.db.tables.people import Invitation, Membership
from webapp.db.tables.work import Document
from webapp.services import invitations, joining, signin
from webapp.services.documents import list_documents
from webapp.services.evidence import Upload, add_file
from webapp.services.jobs import JobFailed, claim, fail
from webapp.services.oidc import IdentityProvider
from webapp.services.profile import SaidFact, open_profile, save_profile
from webapp.services.tokens import hash_of

CODE_ADDRESS, BUSY_ADDRESS = "kode@eksempel.example", "ofte@eksempel.example"
RESTORED = "insight.measurement"
"""The question that has been answered twice."""

_NO_ROOM = """CREATE TRIGGER no_room BEFORE INSERT ON audit_event
WHEN NEW.person_id = '{person}' AND NEW.action != 'account_saved'
BEGIN SELECT abs(-9223372036854775808); END"""
"""SQLite fails at that sum while it writes, as it does where a disk is full: no fault of what was sent."""

_NO_SENSE = """CREATE TRIGGER no_sense BEFORE INSERT ON audit_event
WHEN NEW.person_id = '{person}' AND NEW.action = 'account_saved'
BEGIN SELECT RAISE(ABORT, 'a mistake of ours'); END"""


def make_troubles(world: World) -> None:
    """Add them to a world whose server has not been started."""
    _links(world)
    _invitations(world)
    _hurried(world)
    _unlucky(world)
    _documents(world)


def _links(world: World) -> None:
    """A link for another browser, and an address to which no more links go."""
    _ask_for_link(world, CODE_ADDRESS, "192.0.2.1", minutes=600)
    for _ in range(signin.LINKS_AN_HOUR):
        _ask_for_link(world, BUSY_ADDRESS, "127.0.0.1", minutes=15)


def _ask_for_link(world: World, address: str, asker: str, *, minutes: int) -> None:
    settings = world.site.settings.model_copy(update={"link_minutes": minutes})
    signin.ask_for_link(
        world.site.database,
        address,
        language="nb",
        browser="another browser",
        asker=asker,
        now=now(),
        settings=settings,
    )


def _invitations(world: World) -> None:
    """One that was used, one that has ended, and one to somebody with an account."""
    before = now() - timedelta(days=world.site.settings.invitation_days + 5)
    _invite(world, "used", "brukt@eksempel.example", now())
    joined = joining.join(
        world.site, world.tokens["used"], name="Berit Brukt", language="nb", trial_id=None, now=now()
    )
    assert isinstance(joined, joining.Joined)
    _invite(world, "ended", "sen@eksempel.example", before)
    _invite(world, "own", "staff@eksempel.example", now())


def _invite(world: World, name: str, email: str, at: datetime) -> None:
    site, long = world.site, world.actor("long")
    sent = invitations.invite(
        site, long, world.companies["quiet"], at, email=email, role="member", language="nb"
    )
    world.tokens[name] = f"the token of the invitation that is called {name}"
    with site.database.write() as session:
        session.get_one(Invitation, sent.invitation_id).hash = hash_of(world.tokens[name])


def _documents(world: World) -> None:
    """Those of one hand-in came to nothing, those of another are made, and the others wait for ever."""
    site, kept = world.site, _jobs_of(world, "owner", "submitted")
    for job_id in _jobs_of(world, "owner", "sent_back"):
        claimed = claim(site.database, job_id, now())
        assert claimed is not None
        fail(site.database, claimed, JobFailed("timeout", is_final=True), now())
    put_off_reports(world, kept)


def _jobs_of(world: World, who: str, assessment: str) -> list[str]:
    listed = list_documents(world.site, world.actor(who), world.assessments[assessment])
    return [one.job_id for one in listed if one.job_id is not None]


def _hurried(world: World) -> None:
    """Hanne's company with a colleague, one of whose answers has been changed before."""
    _begin(world, "hurried", "Hanne Hastverk", "Eksempel Travelt AS")
    world.people["quicker"] = a_person(world.site, "quicker@eksempel.example", "Rask Rasmussen")
    joins = {"organisation_id": world.companies["hurried"], "person_id": world.people["quicker"]}
    with world.site.database.write() as session:
        session.add(Membership(role="member", since_utc=now(), **joins))
    for comment in ("Vi måler litt.", "Vi måler mer."):
        world.answer("hurried", "hurried", RESTORED, WORKSHOP, comment)


def _unlucky(world: World) -> None:
    """Uno's company; from here on nothing he does is kept, and no file of his is found."""
    _begin(world, "unlucky", "Uno Uheldig", "Eksempel Uten Plass AS")
    hand_in(world, "out_of_reach", "unlucky", "unlucky", "2020")
    site, actor = world.site, world.actor("unlucky")
    table = Upload("avfall.csv", b"fraksjon;tonn\ntre;12,5\n")
    file = add_file(site, actor, world.assessments["unlucky"], RESTORED, now(), upload=table)
    document = list_documents(site, actor, world.assessments["out_of_reach"])[0].id
    world.tokens["document"] = document
    with site.database.write() as session:
        key = f"{session.get_one(EvidenceFile, file.id).key}/report.pdf"  # a file where a folder should be
        lost = {"state": "ready", "key": key, "size_bytes": 1000, "sha256": "0" * 64}
        session.execute(update(Document).where(Document.id == document).values(**lost))
        for trigger in (_NO_ROOM, _NO_SENSE):
            session.execute(text(trigger.format(person=actor.person_id)))


def _begin(world: World, name: str, called: str, company: str) -> None:
    """Somebody with a company and an assessment with every answer."""
    site = world.site
    world.people[name] = a_person(site, f"{name}@eksempel.example", called)
    world.companies[name] = a_company(site, company, None, owners=[world.people[name]])
    actor = world.actor(name)
    world.assessments[name] = an_assessment(site, actor, world.companies[name], now=now())
    answer_like(site, actor, world.assessments[name], example_answers(), now=now())


def change_employees(world: World, who: str, company: str, number: int) -> None:
    """Have somebody say how many people a company has now."""
    site, actor, company = world.site, world.actor(who), world.companies[company]
    held = open_profile(site, actor, company)["employees"]
    said = SaidFact("employees", number, held.version)
    assert save_profile(site, actor, company, [said], now()) == ()


def way_back_cookie(world: World) -> str:
    """The cookie of a browser that has just come back from the identity provider.

    As the application gives it: one in this process, with the world's key and a provider of its own.
    """
    provider = LocalProvider(now=int(now().timestamp()))
    identity = IdentityProvider(world.site.settings, InProcess(provider))
    client = create_app(replace(world.site, identity=identity)).test_client()
    away = client.get("/nb/signin/provider")
    client.get(provider.approve(away.headers["Location"]))
    cookie = client.get_cookie(form_cookie(world.site.settings))
    assert cookie is not None
    return cookie.value
