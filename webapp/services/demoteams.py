"""The advisors of the demo: one for everybody, one who stands in for a while, and a company to hand over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from webapp.db.tables.people import Person
from webapp.services import handing_over, team
from webapp.services.actor import Actor
from webapp.services.site import Site

ADVISOR, STAND_IN, STAFF = "radgiver@fylke", "vikar@fylke", "programleder@fylke"
"""How the demo knows its people."""

STAND_IN_DAYS = 20


class Desk(Protocol):
    """What the demo is made with: people and companies by name, and a clock that goes forward."""

    site: Site
    today: datetime
    programme: str
    people: dict[str, str]
    organisations: dict[str, str]
    made: dict[tuple[str, str], str]

    def now(self) -> datetime:
        """A time after all the others."""

    def actor(self, name: str) -> Actor:
        """Somebody with the roles they have by now."""


def make_team(desk: Desk) -> None:
    """Give every company its advisor, and one of them somebody who stands in."""
    site, staff = desk.site, desk.actor(STAFF)
    for name in (ADVISOR, STAND_IN):
        team.add(site, staff, desk.programme, desk.now(), email=f"{name}.example", language="nb")
        _arrive(desk, name)
    for company in desk.organisations.values():
        wanted = team.Wanted(desk.people[ADVISOR], company)
        team.assign(site, staff, desk.programme, wanted, desk.now())
    ends = (desk.today + timedelta(days=STAND_IN_DAYS)).astimezone(site.zone).date()
    company = desk.organisations["eksempel_mobelverksted"]
    standing_in = team.Wanted(desk.people[STAND_IN], company, until_on=ends)
    team.assign(site, staff, desk.programme, standing_in, desk.now())


def _arrive(desk: Desk, name: str) -> None:
    """Somebody has been here."""
    with desk.site.database.write() as session:
        session.get_one(Person, desk.people[name]).seen_utc = desk.now()


def hand_over(desk: Desk) -> None:
    """A company that its advisor has set up, and that somebody is asked to take over."""
    site, advisor = desk.site, desk.actor(ADVISOR)
    new = handing_over.set_up(
        site, advisor, desk.programme, desk.now(), looked=None, name="Eksempel Trevare AS"
    )
    email, advisor = "leder@trevare.example", desk.actor(ADVISOR)
    handing_over.invite_owner(site, advisor, new, desk.now(), email=email, language="nb")
