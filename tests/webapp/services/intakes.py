"""A programme with an open cohort, staff, and a list to invite from."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from tests.webapp.services.post import ADDRESS, mails
from tests.webapp.sites import NOW, a_person, a_programme, as_actor, make_site
from webapp.services import cohortinviting, cohortmailing, cohorts, mailing
from webapp.services.actor import Actor
from webapp.services.cohorts import WantedCohort
from webapp.services.jobs import Body, claim, due
from webapp.services.site import Site

CIRCULAR = "circular_business_models"
ALFA, BETA, GAMMA = "310028142", "310028150", "310028169"
LIST = (
    "navn;orgnr;kontakt;epost\n"
    f"Eksempel Alfa;{ALFA};Kari Eksempel;kari@eksempel.no\n"
    f"Eksempel Beta;{BETA};Ola Eksempel;ola@eksempel.no\n"
)


def wanted(name: str = "Kull 1") -> WantedCohort:
    """An intake that is open and has one questionnaire as its pre-work, due in twenty days."""
    today = NOW.date()
    deadline = today + timedelta(days=20)
    return WantedCohort(name, "", today, today + timedelta(days=60), deadline, {CIRCULAR: "basic"})


class Intake:
    """One programme and its first cohort."""

    def __init__(self, folder: Path) -> None:
        self.site: Site = make_site(folder, public_url=ADDRESS)
        staff = a_person(self.site, "s@fylke.no", "Stab Eksempel")
        self.programme = a_programme(self.site, staff=[staff])
        self.staff: Actor = as_actor(self.site, staff)
        self.cohort = self.add()

    def add(self, name: str = "Kull 1") -> str:
        return cohorts.set_up_cohort(self.site, self.staff, self.programme, wanted(name), NOW)

    def base(self) -> str:
        """What the form of the first cohort carries."""
        return cohorts.open_cohort(self.site, self.staff, self.programme, self.cohort, NOW)[1].base

    def change(self, wanted: WantedCohort, now: datetime = NOW, base: str = "") -> None:
        """Write the first cohort anew, from a page that is as it stands unless another ``base`` is given."""
        base = base or self.base()
        where = (self.site, self.staff, self.programme, self.cohort)
        cohorts.change_cohort(*where, wanted=wanted, base=base, now=now)

    def invite(self, text: str = LIST, cohort: str = "") -> int:
        """Import a list and have all mail ordered and sent; how many companies are new."""
        count, _ = cohortinviting.invite_all(
            self.site,
            self.staff,
            self.programme,
            cohort or self.cohort,
            text=text,
            language="nb",
            now=NOW,
        )
        self.work()
        return count

    def remind(self, days: int = 0, cohort: str = "") -> int:
        """Do what the job of the reminders does some days later; how many were ordered."""
        now = NOW + timedelta(days=days)
        body: Body = {"what": "remind", "cohort": cohort or self.cohort}
        found = cohortmailing.order_mails(self.site, body, now)
        self.work(days)
        return len(found)

    def work(self, days: int = 0) -> None:
        """Do every job that is due."""
        now = NOW + timedelta(days=days)
        for kind in ("cohort_mails", "send_mail"):
            for job_id in due(self.site.database, [kind], now):
                claimed = claim(self.site.database, job_id, now)
                assert claimed is not None
                if kind == "send_mail":
                    mailing.send_mail(self.site, claimed.body, now)
                else:
                    cohortmailing.order_mails(self.site, claimed.body, now)

    def actor(self, email: str) -> Actor:
        """A new person with an address."""
        return as_actor(self.site, a_person(self.site, email, email.partition("@")[0].title()))

    def addressees(self) -> list[str]:
        """Whom mail was sent to, each as often as it was."""
        return sorted(str(one["To"]) for one in mails(self.site))
