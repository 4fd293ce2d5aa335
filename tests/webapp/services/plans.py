"""A company with its advisors and everybody else, and something handed in to agree on things about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from tests.webapp.copies import a_copy
from tests.webapp.sites import NOW, a_company, a_person, a_programme, as_actor, submitted
from webapp.db.tables.organisations import Programme
from webapp.db.tables.work import AuditEvent
from webapp.services import agreeing
from webapp.services.actor import Actor
from webapp.services.agreeing import Kept, Wanted
from webapp.services.plan import Entry, OpenedPlan, history_of, open_plan
from webapp.services.site import Site

LATER = NOW + timedelta(days=1)
MUCH_LATER = NOW + timedelta(days=2)
QUESTION = "strategy.ambition"
OTHER = "operations.waste_data"
DUE = date(2026, 6, 1)


@dataclass
class Board:
    """People by what they are, and the assessment."""

    site: Site
    owner: Actor
    member: Actor
    advisor: Actor
    second: Actor
    staff: Actor
    stranger: Actor
    company: str
    id: str

    def agree(
        self, text: str = "Mål avfallet", *, by: str = "owner", now: datetime = LATER, **parts: object
    ) -> str:
        """Put something on the plan; its id."""
        wanted = Wanted(text, **parts)  # type: ignore[arg-type]  # a test's own words
        return agreeing.agree(self.site, getattr(self, by), self.id, now, wanted=wanted)

    def revise(self, action: str, wanted: Wanted, base: int, *, by: str = "owner", of: str = "") -> Kept:
        """Have it say something else."""
        actor: Actor = getattr(self, by)
        return agreeing.revise(self.site, actor, of or self.id, action, MUCH_LATER, wanted=wanted, base=base)

    def follow(
        self, action: str, status: str, base: int, *, remark: str = "", by: str = "advisor", of: str = ""
    ) -> Kept:
        """Say how far it has come."""
        actor: Actor = getattr(self, by)
        return agreeing.follow_up(
            self.site, actor, of or self.id, action, MUCH_LATER, status=status, remark=remark, base=base
        )

    def plan(self, by: str = "owner", *, of: str = "", now: datetime = MUCH_LATER) -> OpenedPlan:
        """The plan as somebody reads it."""
        return open_plan(self.site, getattr(self, by), of or self.id, now)

    def entry(self, action: str) -> Entry:
        """One action as it stands."""
        return self.plan().entry(action)

    def versions(self, action: str) -> list[tuple[int, str, str]]:
        """Number, status and by whom of every version, the newest first."""
        found = history_of(self.site, self.entry(action))
        return [(one.number, one.agreed.status, one.by.name) for one in found]

    def rate_blind(self) -> None:
        """Have the programme's advisors rate before they see."""
        with self.site.database.write() as session:
            session.query(Programme).one().rates_blind = True

    def deeds(self) -> list[str]:
        """What the record says was done with the plan."""
        with self.site.database.read() as session:
            return list(
                session.scalars(
                    select(AuditEvent.action)
                    .where(AuditEvent.action.like("action_%"))
                    .order_by(AuditEvent.id)
                )
            )


def a_board(folder: Path) -> Board:
    """All of it, on a new installation."""
    return a_copy(_board, folder)


def _board(site: Site) -> Board:
    names = ("kari", "ola", "rita", "rolf", "siri", "else")
    people = [a_person(site, f"{name}@eksempel.no", name) for name in names]
    company = a_company(site, owners=people[:1], members=people[1:2], advisors=people[2:4])
    a_company(site, "Eksempel Annet AS", "310028142", owners=people[5:])
    a_programme(site, staff=people[4:5], companies=[company])
    actors = [as_actor(site, id_) for id_ in people]
    return Board(site, *actors, company, submitted(site, actors[0], company).id)
