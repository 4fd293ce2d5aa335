"""Advisors in the world that browsers meet: a team, assignments with an end, companies to be handed over."""

from __future__ import annotations

from datetime import timedelta

from tests.webapp.browser.rows import Path
from tests.webapp.browser.world import LONG_NAME, LONG_WORD, World, now
from tests.webapp.sites import a_person
from webapp.db.tables.people import Person
from webapp.services import handing_over, team
from webapp.services.mailchoice import mail_token, turn_off
from webapp.services.sessions import open_session


def make_advisings(world: World) -> None:
    """Add them to a world whose server has not been started."""
    site, staff = world.site, world.actor("staff")
    world.people["helper"] = a_person(site, f"{'vikar' * 10}@eksempel.example", f"Vigdis {LONG_WORD}")
    for who in ("advisor", "helper"):
        with site.database.read() as session:
            email = session.get_one(Person, world.people[who]).email or ""
        team.add(site, staff, world.programme, now(), email=email, language="nb")
        with site.database.write() as session:
            open_session(session, session.get_one(Person, world.people[who]), now(), site.settings)
    team.add(site, staff, world.programme, now(), email="ny.radgiver@eksempel.example", language="nb")
    today = now().astimezone(site.zone).date()
    for company, days in (("workshop", 30), ("long", 3)):
        last = today + timedelta(days=days)
        wanted = team.Wanted(world.people["helper"], world.companies[company], until_on=last)
        team.assign(site, staff, world.programme, wanted, now())
    _handovers(world)


def _handovers(world: World) -> None:
    site, advisor = world.site, world.actor("advisor")
    for name, called in (("pending", "Eksempel Trevare AS"), ("invited", LONG_NAME)):
        world.companies[name] = handing_over.set_up(
            site, advisor, world.programme, now(), looked=None, name=called
        )
    advisor = world.actor("advisor")
    handing_over.invite_owner(
        site,
        advisor,
        world.companies["invited"],
        now(),
        email=f"{'leder' * 8}@eksempel.example",
        language="nb",
    )
    settings = site.settings
    world.tokens["mail"] = mail_token(settings, world.people["member"])
    world.tokens["mail_off"] = mail_token(settings, world.people["newcomer"])
    turn_off(site, world.tokens["mail_off"], now())


def team_at(rest: str = "") -> Path:
    """A page of the programme's team."""
    return lambda world: f"/programme/{world.programme}/advisors{rest}"


def helper_at(rest: str) -> Path:
    """A page about the advisor who stands in; ``{workshop}`` is a company's id."""
    return lambda world: (
        f"/programme/{world.programme}/advisors/{world.people['helper']}{rest.format(**world.companies)}"
    )


def handover(name: str, rest: str = "") -> Path:
    """A page of a company that waits to be taken over."""
    return lambda world: f"/portfolio/companies/{world.companies[name]}{rest}"
