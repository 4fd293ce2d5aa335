"""A gathering: people of companies that consent, of one that does not, of one that handed in nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from assessment.gathering.seats import Settings
from tests.webapp.copies import a_copy
from tests.webapp.services.intakes import CIRCULAR, wanted
from tests.webapp.services.offers import an_activity
from tests.webapp.sites import NOW, a_company, a_person, a_programme, as_actor, submitted
from webapp.db.tables.cohorts import CohortMember
from webapp.db.tables.organisations import Participation
from webapp.services import cohorts, consents, gatheringdesk, gatherings, gatheringseats, places
from webapp.services.actor import Actor
from webapp.services.gatherings import Room, Turn
from webapp.services.site import Site
from webapp.services.uses import USES

EXAMPLES = {"alfa": "eksempel_mobelverksted", "beta": "eksempel_metallverksted", "gamma": "eksempel_bygg"}
WILLING = ("alfa", "beta", "delta")
"""``gamma`` has handed in and does not consent; ``delta`` consents and has handed in nothing."""


class Gathering:
    """A programme, its cohort, and a gathering tomorrow with two people of each company."""

    def __init__(self, site: Site) -> None:
        self.site = site
        staff = a_person(self.site, "stab@fylke.no", "Stab Eksempel")
        self.programme = a_programme(self.site, staff=[staff])
        self.staff: Actor = as_actor(self.site, staff)
        self.cohort = cohorts.set_up_cohort(self.site, self.staff, self.programme, wanted(), NOW)
        stranger = a_person(self.site, "fremmed@eksempel.no", "Else Fremmed")
        self.people: dict[str, str] = {"staff": staff, "stranger": stranger}
        self.companies = {name: self._company(name) for name in ("alfa", "beta", "gamma", "delta")}
        self.id = an_activity(
            self.site,
            self.staff,
            self.programme,
            "G1",
            "gathering",
            starts=NOW + timedelta(hours=1),
            prework=[CIRCULAR],
        )
        for person, name in self._comers():
            places.register(self.site, self.actor(person), self.id, self.companies[name], NOW)
        gatheringdesk.choose_cohort(
            self.site, self.staff, self.programme, self.id, cohort_id=self.cohort, now=NOW
        )

    def _comers(self) -> list[tuple[str, str]]:
        return [(person, name) for name in self.companies for person in (f"{name}1", f"{name}2")]

    def _company(self, name: str) -> str:
        for number in (1, 2):
            person = f"{name}{number}"
            self.people[person] = a_person(self.site, f"{person}@{name}.example", f"Person {person}")
        owner = self.people[f"{name}1"]
        company = a_company(
            self.site, f"Eksempel {name} AS", None, owners=[owner], members=[self.people[f"{name}2"]]
        )
        with self.site.database.write() as session:
            for row in (
                Participation(programme_id=self.programme, organisation_id=company, since_utc=NOW),
                CohortMember(cohort_id=self.cohort, organisation_id=company, joined_utc=NOW),
            ):
                session.add(row)
        if name in EXAMPLES:
            example = f"{EXAMPLES[name]}/{CIRCULAR}"
            submitted(self.site, as_actor(self.site, owner), company, example)
        self.companies = {**getattr(self, "companies", {}), name: company}
        self.consent(name, ("tables", "aggregate") if name in WILLING else ())
        return company

    def actor(self, person: str) -> Actor:
        """Somebody with the roles they have."""
        return as_actor(self.site, self.people[person])

    def consent(self, name: str, uses: tuple[str, ...]) -> None:
        """Have a company let these uses and no other."""
        owner, company = self.actor(f"{name}1"), self.companies[name]
        consents.save_consents(
            self.site, owner, company, self.cohort, uses=uses, shown={*USES} - {*uses}, now=NOW
        )

    def comers(self) -> list[str]:
        """The ids of all who have registered."""
        return [self.people[person] for person, _ in self._comers()]

    def room(self) -> Room:
        """The gathering as it stands."""
        return gatherings.open_room(self.site, self.staff, self.programme, self.id)

    def turn(self, base: int | None = None) -> Turn:
        """Staff's next change, on top of what there is."""
        version = self.room().version if base is None else base
        return Turn(self.site, self.staff, self.programme, self.id, version, NOW + timedelta(hours=2))

    def seat(self) -> None:
        """Propose tables and show them."""
        gatheringseats.propose(self.turn())
        gatheringseats.publish(self.turn(), is_open=True)


def a_gathering(folder: Path) -> Gathering:
    """One without tables."""
    return a_copy(Gathering, folder)


def a_seated_gathering(folder: Path) -> Gathering:
    """One with a table that everybody has been shown."""
    return a_copy(_seated, folder)


def _seated(site: Site) -> Gathering:
    made = Gathering(site)
    gatheringseats.save_settings(made.turn(), Settings(2, 8, tables=1))
    made.seat()
    return made
