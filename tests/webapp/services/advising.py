"""A programme with somebody who runs it, an advisor of its team, and a company: for tests of assignments."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tests.webapp.sites import NOW, a_company, a_person, a_programme, as_actor
from webapp.db.tables.organisations import AdvisorAssignment
from webapp.db.tables.work import AuditEvent
from webapp.errors import NotThere, Refused
from webapp.services import team
from webapp.services.actor import Actor
from webapp.services.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


class Crew:
    """``staff_id`` runs the programme; ``advisor_id`` is in its team and has no company yet."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.owner_id = a_person(site)
        self.staff_id = a_person(site, "p@fylke.no", "Per Programleder")
        self.advisor_id = a_person(site, "r@fylke.no", "Rita Rådgiver")
        self.company = a_company(site, owners=[self.owner_id])
        self.programme = a_programme(site, staff=[self.staff_id], companies=[self.company])
        self.add("r@fylke.no")

    def actor(self, person_id: str, now: datetime = NOW) -> Actor:
        """Somebody with the roles they have at a moment."""
        return as_actor(self.site, person_id, now)

    @property
    def staff(self) -> Actor:
        """Who runs the programme."""
        return self.actor(self.staff_id)

    @property
    def owner(self) -> Actor:
        """The company's."""
        return self.actor(self.owner_id)

    @property
    def advisor(self) -> Actor:
        """The one of the team."""
        return self.actor(self.advisor_id)

    def add(self, email: str, now: datetime = NOW) -> str:
        """The job that tells somebody new in the team."""
        return team.add(self.site, self.staff, self.programme, now, email=email, language="nb")

    def assign(
        self, *, from_on: date | None = None, until_on: date | None = None, now: datetime = NOW
    ) -> None:
        """Give the company the advisor."""
        wanted = team.Wanted(self.advisor_id, self.company, from_on, until_on)
        team.assign(self.site, self.staff, self.programme, wanted, now)

    def follows(self, now: datetime) -> bool:
        """Whether the company is open to the advisor at a moment."""
        return self.actor(self.advisor_id, now).is_any_of(self.company, "advisor")

    def assignments(self) -> list[AdvisorAssignment]:
        """Every assignment there is."""
        with self.site.database.read() as session:
            return list(session.scalars(select(AdvisorAssignment)))

    def actions(self) -> list[str]:
        """What the record says was done."""
        with self.site.database.read() as session:
            return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What came of deeds done at the same time: what each gave, or how it was refused."""
    gate = Barrier(len(deeds))

    def carry_out(deed: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return deed()
        except (Refused, NotThere) as error:
            return getattr(error, "code", "not there")

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(carry_out, deeds))
