"""The demo's finished cohort: many small companies, two rounds of answers, and what was released of each.

Every result is scored from answers that were handed in. Left out is what nobody would look at: invitations,
and a report for each company. Names are made up, and there are no numbers of a register.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.answers import Answer, AnswerSet, answer_json
from assessment.routing import PlannedQuestion, questions_at
from questionnaires.model import option_ids
from webapp.db.queries_activities import activity_with_code
from webapp.db.tables.activities import Attendance
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.cohorts import CohortMember
from webapp.db.tables.organisations import Organisation, Participation
from webapp.db.tables.people import Membership, Person
from webapp.db.writing_answers import Written, keep_answers
from webapp.services import assessments, cohortrounds, cohorts, releasing
from webapp.services.actor import Actor
from webapp.services.cohorts import WantedCohort
from webapp.services.consents import write_consents
from webapp.services.demoteams import STAFF, Desk
from webapp.services.jobs import Body
from webapp.services.profile import SaidFact, save_facts
from webapp.services.scoring import open_answers
from webapp.services.submitting import hand_in

CROWD = ".kull.example"
"""How the addresses end of those who are many; nobody signs in as one of them."""

NAME = "Kull for småbedrifter"
ACTIVITY = "C1"
"""What every other company was at, between the rounds."""

_CIRCULAR = "circular_business_models"
_OPENED, _FIRST, _TOLD, _ROUND, _SECOND, _TOLD_AGAIN = 380, 350, 335, 35, 20, 8
"""How many days ago each thing happened: opened, handed in, released, and the same once more."""

_EXAMPLES = ("mobelverksted", "metallverksted", "butikk", "bygg", "matforedling")
_PLACES = ("Eksempelvik", "Eksempelvik", "Eksempelnes", "Eksempelnes")
_TRADES = (
    *("Bakeri", "Betong", "Blikk", "Bokbinderi", "Brenneri", "Bryggeri", "Båtbyggeri", "Catering"),
    *("Drivhus", "Elektro", "Emballasje", "Fiskemottak", "Gartneri", "Garveri", "Glassverk", "Gulv"),
    *("Hageanlegg", "Hermetikk", "Hotell", "Innredning", "Isolasjon", "Kaffebrenneri", "Keramikk"),
    *("Kjøkken", "Klesbutikk", "Kontormøbler", "Lys", "Malerfirma", "Meieri", "Mølle", "Papir", "Plast"),
    *("Rør", "Sagbruk", "Skilt", "Skobutikk", "Slakteri", "Solskjerming", "Sport", "Stål", "Sykkel"),
    *("Tak", "Tekstil", "Vaskeri", "Vev", "Ysteri"),
)
_USES = (
    ("aggregate", "tables", "advisor", "symbiosis"),
    ("aggregate", "tables"),
    ("aggregate", "tables", "symbiosis"),
    ("aggregate",),
)
_UNCOUNTED = (11, 34)
"""Two that let themselves not be counted."""

_SHIFTS = (-2, -1, 0, 0, 1)
_PEOPLE = ("Anne", "Bård", "Dagny", "Einar", "Frida", "Geir", "Hilde", "Ivar", "Julie", "Knut", "Lise")


@dataclass(frozen=True, slots=True)
class Finished:
    """The cohort. ``companies``: each with its only owner, in the order of their names."""

    cohort: str
    companies: tuple[tuple[str, Actor], ...]


def make_finished(desk: Desk, examples: Path) -> Finished:
    """Make it, from its opening to its second release."""
    today = desk.today.astimezone(desk.site.zone).date()
    staff = desk.actor(STAFF)
    first, last = today - timedelta(_OPENED), today - timedelta(_FIRST)
    wanted = WantedCohort(NAME, "Hele fylket", first, last, last, {_CIRCULAR: "basic"})
    cohort = cohorts.set_up_cohort(desk.site, staff, desk.programme, wanted, _ago(desk, _OPENED))
    papers = [
        open_answers(examples / f"eksempel_{name}" / f"{_CIRCULAR}.json", desk.site.shelf.definitions).answers
        for name in _EXAMPLES
    ]
    with desk.site.database.write() as session:
        companies = [
            _join(session, desk, cohort, number, papers[number % len(papers)])
            for number in range(len(_TRADES))
        ]
        _hand_in_all(session, desk, companies, papers, round_=1)
        _attend(session, desk, companies)
    _release(desk, staff, cohort, 1, _ago(desk, _TOLD))
    _begin(desk, staff, cohort, today - timedelta(_ROUND))
    with desk.site.database.write() as session:
        _hand_in_all(session, desk, companies, papers, round_=2)
    _release(desk, staff, cohort, 2, _ago(desk, _TOLD_AGAIN))
    return Finished(cohort, tuple(companies))


def _ago(desk: Desk, days: int) -> datetime:
    return desk.today - timedelta(days=days)


def _join(session: Session, desk: Desk, cohort: str, number: int, paper: AnswerSet) -> tuple[str, Actor]:
    """A company with one owner, its profile, and what it lets its answers be used for."""
    now = _ago(desk, _OPENED) + timedelta(minutes=number)
    company = Organisation(
        name=f"Eksempel {_TRADES[number]} AS", kind="main", created_utc=now, active_utc=now
    )
    first = _PEOPLE[number % len(_PEOPLE)]
    person = Person(name=f"{first} Eksempel", email=f"eier@{number:02}{CROWD}", created_utc=now, seen_utc=now)
    session.add_all((company, person))
    session.flush()
    where = {"organisation_id": company.id}
    member = CohortMember(cohort_id=cohort, joined_utc=now, brought_in=True, **where)
    session.add_all(
        (
            Membership(person_id=person.id, role="owner", since_utc=now, **where),
            Participation(programme_id=desk.programme, since_utc=now, **where),
            member,
        )
    )
    session.flush()
    uses = _USES[number % len(_USES)]
    counted = [use for use in uses if use != "aggregate" or number not in _UNCOUNTED]
    write_consents(session, member, counted, person.id, now)
    profile = {**paper.profile, "municipality": _PLACES[number % len(_PLACES)]}
    save_facts(session, company, person.id, [SaidFact(id_, said, 0) for id_, said in profile.items()], now)
    roles = {company.id: frozenset(("owner",))}
    return company.id, Actor(person.id, person.name, person.email, "nb", roles=roles)  # type: ignore[arg-type]  # a role


def _hand_in_all(
    session: Session,
    desk: Desk,
    companies: Sequence[tuple[str, Actor]],
    papers: Sequence[AnswerSet],
    *,
    round_: int,
) -> None:
    """Have every company answer and hand in, in its own way."""
    now = _ago(desk, _FIRST if round_ == 1 else _SECOND)
    shelved = desk.site.shelf.newest(_CIRCULAR)
    assert shelved is not None
    asked = questions_at(shelved.plan, "basic")
    for number, (company, owner) in enumerate(companies):
        wanted = assessments.Wanted(company, _CIRCULAR, "basic", str(now.year))
        row = session.get_one(Assessment, assessments.start_in(session, desk.site, owner, wanted, now))
        said = [
            Written(planned.question.id, json.dumps(answer_json(answer), sort_keys=True), 1)
            for planned, answer in _answers(asked, papers[number % len(papers)], number, round_)
        ]
        keep_answers(session, row, said, owner.person_id, now)
        organisation = session.get_one(Organisation, company)
        hand_in(session, desk.site, owner, row, organisation, now=now + timedelta(minutes=number))


def _answers(
    asked: Iterable[PlannedQuestion], paper: AnswerSet, number: int, round_: int
) -> Iterable[tuple[PlannedQuestion, Answer]]:
    """What a company says: an example's answers, moved up and down in a way of its own."""
    for at, planned in enumerate(asked):
        if planned.question.id in paper.answers:
            by = _SHIFTS[number % len(_SHIFTS)] + (number + at) % 4 // 3 - (number + 2 * at) % 5 // 4
            moved = _grown(number, at) if round_ == 2 else 0
            yield planned, _moved(planned, paper.answers[planned.question.id], by + moved)


def _grown(number: int, at: int) -> int:
    """What a year brings: more to most of those who were at the activity, and much to some others."""
    is_much = number % 6 != 0 if _was_there(number) else number % 6 == 1
    return 1 if is_much or (number + at) % 6 == 0 else 0


def _moved(planned: PlannedQuestion, answer: Answer, by: int) -> Answer:
    """An answer so many steps up or down, as far as there are steps."""
    steps = sorted(id_ for id_ in option_ids(planned.question) if id_.isdecimal())
    if answer.value not in steps:
        return answer
    at = min(len(steps) - 1, max(0, steps.index(str(answer.value)) + by))
    return replace(answer, value=steps[at])


def _was_there(number: int) -> bool:
    return number % 2 == 0


def _attend(session: Session, desk: Desk, companies: Sequence[tuple[str, Actor]]) -> None:
    """Note who was at the activity."""
    activity = activity_with_code(session, desk.programme, ACTIVITY)
    assert activity is not None
    staff = session.scalar(select(Person.id).where(Person.id == desk.people[STAFF]))
    for number, (company, owner) in enumerate(companies):
        if _was_there(number):
            session.add(
                Attendance(
                    activity_id=activity.id,
                    organisation_id=company,
                    person_id=owner.person_id,
                    by_person_id=staff,
                    at_utc=activity.starts_utc,
                )
            )


def _begin(desk: Desk, staff: Actor, cohort: str, day: date) -> None:
    now = _ago(desk, _ROUND) + timedelta(hours=1)
    cohortrounds.begin_round(desk.site, staff, desk.programme, cohort, begins_on=day, now=now)


def _release(desk: Desk, staff: Actor, cohort: str, round_: int, now: datetime) -> None:
    """Do at once what a worker would. Nothing is ordered: one that runs beside would do it today."""
    body: Body = {"cohort": cohort, "questionnaire": _CIRCULAR, "round": round_, "person": staff.person_id}
    releasing.release(desk.site, body, now)
