"""The demo's gatherings: two that were held, with tables, papers and ideas, and one to come.

To the first came people of the cohort that has its figures; to the second those who can sign in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.gathering.ideas import IdeaState
from assessment.gathering.seats import Settings
from webapp.db import queries_activities, queries_cohorts
from webapp.db.ids import new_id
from webapp.db.tables.people import Membership, Person
from webapp.services import (
    activitydesk,
    demooffers,
    demorelease,
    gatheringdesk,
    gatheringpapers,
    gatherings,
    gatheringseats,
    ideas,
    places,
)
from webapp.services.actor import Actor
from webapp.services.demoteams import ADVISOR, STAFF, Desk
from webapp.services.gatheringmaterial import STAFF_KINDS
from webapp.services.gatherings import Room, Turn
from webapp.services.ideas import Followed, WantedIdea
from webapp.services.sessions import actor_of

COHORT = "Vårkullet"
"""Whose companies came to the second, and come to the next."""

_COMERS = 26
"""No more came to one."""

_COMING = "G1"
_DAYS_AGO = 6
_OPENING = {"nb": "Oppstartssamling", "nn": "Oppstartssamling", "en": "Opening gathering"}
_REUSE = {"nb": "Temasamling om ombruk", "nn": "Temasamling om ombruk", "en": "Gathering on reuse"}
_SEATS = Settings(min_seats=4, max_seats=6)
_IDEAS: tuple[tuple[str, str, int, IdeaState], ...] = (
    ("Felles henting av trevirke og metall", "Spørre to bedrifter i nabolaget hva de har", 21, "open"),
    ("Låne ut måleutstyr til hverandre", "Lage en liste over det vi har", -2, "open"),
    ("Kurs i reparasjon for lærlinger", "Ringe opplæringskontoret", -1, "done"),
    ("Felles krav til emballasje fra grossisten", "Skrive utkast til brev", 14, "open"),
    ("Egen nettside for brukte deler", "Sjekke om det finnes fra før", 0, "dropped"),
)
"""What came up, the next step, in how many days it is due, and how far it has come."""


def make_gatherings(desk: Desk) -> None:
    """Hold one a few days ago, and begin to prepare the next."""
    with desk.site.database.read() as session:
        cohorts = {one.name: one.id for one in queries_cohorts.cohorts_of(session, desk.programme)}
        coming = queries_activities.activity_with_code(session, desk.programme, _COMING)
        assert coming is not None
        held = [(cohorts[demorelease.NAME], _OPENING), (cohorts[COHORT], _REUSE)]
        people = {cohort: _people(session, desk, cohort) for cohort, _ in held}
    for cohort, title in held:
        _hold(desk, cohort, title, people[cohort][:_COMERS])
    _begin(desk, coming.id, cohorts[COHORT], desk.today)


def _people(session: Session, desk: Desk, cohort: str) -> list[tuple[str, Actor]]:
    """The people of each company of a cohort, owners first, each with the company's id."""
    return [
        (company.id, actor_of(session, person, desk.today))
        for member, company in queries_cohorts.members_in(session, cohort)
        if member.left_utc is None
        for person in session.scalars(
            select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.organisation_id == company.id)
            .order_by(Membership.role.desc(), Person.created_utc)
        )
    ]


def _hold(desk: Desk, cohort: str, title: Mapping[str, str], people: list[tuple[str, Actor]]) -> None:
    """A gathering that people registered for, sat at and had ideas at."""
    starts = demooffers.moment(desk, -_DAYS_AGO, 10)
    before, during = starts - timedelta(days=5), starts + timedelta(hours=3)
    id_ = _activity(desk, starts, title)
    for company, person in people:
        places.register(desk.site, person, id_, company, before)
    _begin(desk, id_, cohort, before)
    there = [person.person_id for _, person in people[1:]]
    gatheringdesk.save_guests(_turn(desk, id_, during), there=there, facilitators=_leaders(desk))
    gatheringseats.save_settings(_turn(desk, id_, during), _SEATS)
    gatheringseats.propose(_turn(desk, id_, during))
    gatheringseats.publish(_turn(desk, id_, during), is_open=True)
    gatheringdesk.make_topics(_turn(desk, id_, during))
    for at, (_, person) in zip(range(len(_IDEAS)), reversed(people), strict=False):
        _think(desk, id_, person, at, during + timedelta(minutes=at))
    for kind in STAFF_KINDS:
        gatheringpapers.order_paper(
            desk.site, desk.actor(STAFF), desk.programme, id_, kind, language="nb", now=desk.today
        )


def _activity(desk: Desk, starts: datetime, title: Mapping[str, str]) -> str:
    site, staff = desk.site, desk.actor(STAFF)
    form = activitydesk.open_form(site, staff, desk.programme)
    content = {
        "id": activitydesk.free_code(form, "gathering"),
        "kind": "gathering",
        "depth": "basic",
        "title": dict(title),
        **demooffers.gathering_content(starts),
    }
    activity = activitydesk.checked(site, form, content)
    id_, _ = activitydesk.save(site, staff, desk.programme, None, activity, base=0, now=desk.now())
    return id_


def _begin(desk: Desk, activity: str, cohort: str, now: datetime) -> None:
    staff = desk.actor(STAFF)
    gatheringdesk.choose_cohort(desk.site, staff, desk.programme, activity, cohort_id=cohort, now=now)
    there = [one.person_id for one in _room(desk, activity).guests]
    gatheringdesk.save_guests(_turn(desk, activity, now), there=there, facilitators=_leaders(desk))


def _leaders(desk: Desk) -> list[str]:
    return [desk.people[STAFF], desk.people[ADVISOR]]


def _think(desk: Desk, activity: str, person: Actor, at: int, now: datetime) -> None:
    """Have somebody write down an idea that they go on with, and say how far it has come."""
    text, step, days, state = _IDEAS[at]
    due_on = (desk.today + timedelta(days=days)).astimezone(desk.site.zone).date()
    table = _room(desk, activity).plan.table_of(person.person_id)
    wanted = WantedIdea(text, None if table is None else table + 1, person.person_id, "", step, due_on)
    ideas.add_idea(desk.site, person, activity, token=new_id(), wanted=wanted, now=now)
    if state != "open":
        [idea] = [one for one in _ideas(desk, activity, now) if one.text == text]
        said = Followed(state, text, step, due_on, idea.version)
        ideas.follow_up(desk.site, person, activity, idea.id, said=said, now=desk.today)


def _ideas(desk: Desk, activity: str, now: datetime) -> Iterator[ideas.Idea]:
    yield from ideas.open_ideas(desk.site, desk.actor(STAFF), activity, now).ideas


def _room(desk: Desk, activity: str) -> Room:
    return gatherings.open_room(desk.site, desk.actor(STAFF), desk.programme, activity)


def _turn(desk: Desk, activity: str, now: datetime) -> Turn:
    version = _room(desk, activity).version
    return Turn(desk.site, desk.actor(STAFF), desk.programme, activity, version, now)
