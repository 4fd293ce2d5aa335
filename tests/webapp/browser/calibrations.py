"""A programme whose companies have been rated blind, with its method owner: for the pages of calibration."""

from __future__ import annotations

from sqlalchemy import select

from tests.webapp.browser.rows import Path
from tests.webapp.browser.world import World, now
from tests.webapp.sites import EXAMPLES
from webapp.db.tables.organisations import Programme
from webapp.db.tables.people import Person
from webapp.services.demoratings import METHOD_OWNER, PROGRAMME, make_ratings

ENOUGH, FEW = "operations.waste_sorting", "design.durability"
"""Of the first there are enough pairs for kappa and a table."""


def make_calibrations(world: World) -> None:
    """Add the programme of the demo."""
    make_ratings(world.site, EXAMPLES, now())
    with world.site.database.read() as session:
        owner = session.scalars(select(Person.id).where(Person.email == METHOD_OWNER)).one()
        programme = session.scalars(select(Programme.id).where(Programme.name == PROGRAMME)).one()
    world.people["method_owner"] = owner
    world.tokens["calibration"] = programme


def within(rest: str = "") -> Path:
    """A page of calibration."""
    return lambda world: f"/programme/{world.tokens['calibration']}/calibration{rest}"
