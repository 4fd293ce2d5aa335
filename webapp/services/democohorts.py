"""The demo's cohorts: one that is open, with companies in every state, and one that is closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from webapp.db.tables.organisations import Organisation
from webapp.services import cohortinviting, cohortjoining, cohorts, consents
from webapp.services.cohorts import WantedCohort
from webapp.services.demoteams import STAFF, Desk

_CIRCULAR = "circular_business_models"
_OUTSIDE = (
    "Eksempel Trykkeri AS;310028142;Ingrid Eksempel;post@trykkeri.example;nn",
    "Eksempel Snekkeri AS;310028150;Jonas Eksempel;post@snekkeri.example;nb",
    "Eksempel Renhold AS;310028169;;post@renhold.example;",
)
"""Companies that have not answered."""

_USES = {
    "mobelverksted": ("aggregate", "advisor", "tables", "symbiosis"),
    "metallverksted": ("aggregate", "advisor", "tables"),
    "butikk": ("aggregate", "advisor"),
    "bygg": ("aggregate",),
    "radgivning": (),
}
"""What each company that joins lets its answers be used for; the last leaves again."""

_EARLIER = ("metallverksted", "bygg")


def make_cohorts(desk: Desk) -> None:
    """Set both up, have companies invited, and have most of them answer."""
    today = desk.today.astimezone(desk.site.zone).date()
    old = WantedCohort(
        "Fjorårets kull",
        "Hele fylket",
        today - timedelta(400),
        None,
        today - timedelta(330),
        {_CIRCULAR: "basic"},
    )
    earlier = cohorts.set_up_cohort(desk.site, desk.actor(STAFF), desk.programme, old, desk.now())
    _invite(desk, earlier, [_row(desk, name) for name in _EARLIER])
    for name in _EARLIER:
        _join(desk, earlier, name, ("aggregate",))
    cohorts.close_cohort(desk.site, desk.actor(STAFF), desk.programme, earlier, desk.now(), is_closed=True)

    new = WantedCohort(
        "Vårkullet",
        "Hele fylket",
        today - timedelta(30),
        today + timedelta(60),
        today + timedelta(12),
        {_CIRCULAR: "basic"},
    )
    current = cohorts.set_up_cohort(desk.site, desk.actor(STAFF), desk.programme, new, desk.now())
    _invite(desk, current, [*(_row(desk, name) for name in (*_USES, "matforedling")), *_OUTSIDE])
    for name, uses in _USES.items():
        _join(desk, current, name, uses)
    _leave(desk, current, "radgivning")
    _decline(desk, current, "matforedling")


def make_actors_cohort(desk: Desk) -> None:
    """The intake of those who help companies, with the county in it."""
    today = desk.today.astimezone(desk.site.zone).date()
    wanted = WantedCohort(
        "Innovasjonsaktører",
        "Hele fylket",
        today - timedelta(20),
        None,
        today + timedelta(20),
        {"collaboration": "basic"},
    )
    cohort = cohorts.set_up_cohort(desk.site, desk.actor(STAFF), desk.programme, wanted, desk.now())
    _invite(desk, cohort, [_row(desk, "fylkeskommune")])
    _join(desk, cohort, "fylkeskommune", ("aggregate", "tables"))


def _row(desk: Desk, name: str) -> str:
    """A company of the demo as a row of a list."""
    with desk.site.database.read() as session:
        company = session.get_one(Organisation, desk.organisations[f"eksempel_{name}"])
        return f"{company.name};{company.orgnr};;{_owner(desk, name)};"


def _owner(desk: Desk, name: str) -> str:
    email = desk.actor(f"owner@{name}").email
    assert email is not None
    return email


def _invite(desk: Desk, cohort: str, rows: Iterable[str]) -> None:
    text = "\n".join(("navn;orgnr;kontakt;epost;språk", *rows))
    cohortinviting.invite_all(
        desk.site, desk.actor(STAFF), desk.programme, cohort, text=text, language="nb", now=desk.now()
    )


def _asked(desk: Desk, cohort: str, name: str) -> str:
    """The invitation of a company's owner to a cohort."""
    with desk.site.database.read() as session:
        called = cohorts.cohort_in(session, desk.programme, cohort).name
    found = cohortjoining.list_asked(desk.site, desk.actor(f"owner@{name}"), desk.now())
    return next(one.id for one in found if one.cohort == called)


def _join(desk: Desk, cohort: str, name: str, uses: tuple[str, ...]) -> None:
    owner, asked = desk.actor(f"owner@{name}"), _asked(desk, cohort, name)
    company = desk.organisations[f"eksempel_{name}"]
    cohortjoining.accept(desk.site, owner, asked, company_id=company, uses=uses, now=desk.now())


def _leave(desk: Desk, cohort: str, name: str) -> None:
    company = desk.organisations[f"eksempel_{name}"]
    consents.leave(desk.site, desk.actor(f"owner@{name}"), company, cohort, desk.now())


def _decline(desk: Desk, cohort: str, name: str) -> None:
    cohortjoining.decline(desk.site, desk.actor(f"owner@{name}"), _asked(desk, cohort, name), desk.now())
