"""An advisor with one company, for tests of the list of companies."""

from __future__ import annotations

from datetime import date, timedelta

from tests.webapp.sites import NOW, WORKSHOP, HandedIn, a_company, a_person, as_actor, submitted
from webapp.services.actor import Actor
from webapp.services.portfolio import EVERYTHING, Followed, Line, Portfolio, Wish, open_portfolio
from webapp.services.reviewing import decide
from webapp.services.site import Site

LATER = NOW + timedelta(days=1)
BUTIKK = "eksempel_butikk/circular_business_models"
REPORTING = "eksempel_mobelverksted/sustainability_reporting"


class World:
    """An owner of one company, and its advisor."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.owner_id, self.advisor_id = a_person(site), a_person(site, "r@fylke.no", "Rita")
        self.company = a_company(site, owners=[self.owner_id], advisors=[self.advisor_id])

    def another(self, name: str) -> str:
        """The id of one more company of the same people."""
        return a_company(self.site, name, None, owners=[self.owner_id], advisors=[self.advisor_id])

    @property
    def owner(self) -> Actor:
        """With the roles they have now."""
        return as_actor(self.site, self.owner_id)

    @property
    def advisor(self) -> Actor:
        """With the roles they have now."""
        return as_actor(self.site, self.advisor_id)

    def hand_in(self, *, period: str = "2025", days: int = 0, example: str = WORKSHOP) -> HandedIn:
        """Something the company hands in; ``days`` after the beginning."""
        now = NOW + timedelta(days=days)
        return submitted(self.site, self.owner, self.company, example, period=period, now=now)

    def decide(self, id_: str, *events: str, days: int = 0, due_on: date | None = None) -> None:
        """What the advisor decides about it."""
        for step in events:
            reason = "Se på avfallet." if step in ("send_back", "reopen") else None
            now = NOW + timedelta(days=days)
            decide(self.site, self.advisor, id_, step, now, reason=reason, due_on=due_on if reason else None)

    def open(self, days: int = 0, wish: Wish = EVERYTHING) -> Portfolio:
        """The advisor's list, ``days`` after the beginning."""
        return open_portfolio(self.site, self.advisor, NOW + timedelta(days=days), wish)


def followed(line: Line) -> Followed:
    """The assessment of a line that has one."""
    assert line.assessment is not None
    return line.assessment


def names(found: Portfolio) -> list[str]:
    """Whose lines they are."""
    return [line.company for line in found.lines]
