"""Registering for activities: places are held exactly, who waits moves up, and nobody is told twice."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from tests.webapp.services.offers import TOMORROW, an_activity
from tests.webapp.services.post import ADDRESS, mails, text_of
from tests.webapp.sites import NOW, a_company, a_person, a_programme, as_actor, make_site
from webapp.db.tables.activities import ActivityReminder, Attendance, Registration
from webapp.db.tables.organisations import Participation
from webapp.db.tables.people import Person
from webapp.db.tables.work import AuditEvent
from webapp.errors import NotThere, Refused
from webapp.services import activitydesk, activitymailing, colleagues, mailing, places, retention
from webapp.services.activities import Seat, open_activity
from webapp.services.actor import Actor
from webapp.services.company_copy import company_copy
from webapp.services.erasing import forget_person
from webapp.services.jobs import claim, due
from webapp.services.personal_copy import personal_copy
from webapp.services.site import Site


class World:
    """A programme with one company of three people, and staff."""

    def __init__(self, folder: Path) -> None:
        self.site: Site = make_site(folder, public_url=ADDRESS)
        names = ("kari", "ola", "eva")
        people = [a_person(self.site, f"{name}@eksempel.no", name.title()) for name in names]
        staff = a_person(self.site, "s@fylke.no", "Stab Eksempel")
        self.company = a_company(self.site, owners=people[:1], members=people[1:])
        self.programme = a_programme(self.site, staff=[staff], companies=[self.company])
        self.staff: Actor = as_actor(self.site, staff)
        self.people: list[Actor] = [as_actor(self.site, one) for one in people]

    def add(self, capacity: int | None = None) -> str:
        said = {} if capacity is None else {"capacity": capacity}
        return an_activity(self.site, self.staff, self.programme, "G1", "gathering", **said)

    def register(self, who: int, activity: str) -> Seat:
        return places.register(self.site, self.people[who], activity, self.company, NOW)

    def send_all(self) -> None:
        for job_id in due(self.site.database, ["send_mail"], NOW):
            claimed = claim(self.site.database, job_id, NOW)
            assert claimed is not None
            mailing.send_mail(self.site, claimed.body, NOW)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_of_many_who_come_at_once_as_many_get_a_place_as_there_are(world: World) -> None:
    id_ = world.add(2)
    seats: list[Seat] = []
    threads = [
        threading.Thread(target=lambda at=at: seats.append(world.register(at, id_))) for at in range(3)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(seat.waits_at or 0 for seat in seats) == [0, 0, 1]


def test_whoever_waits_gets_the_place_of_who_leaves_and_is_told(world: World) -> None:
    id_ = world.add(1)
    assert [world.register(at, id_).waits_at for at in range(3)] == [None, 1, 2]

    places.withdraw(world.site, world.people[0], id_, NOW)
    world.send_all()

    assert [mail["To"] for mail in mails(world.site)] == ["ola@eksempel.no"]
    seat = open_activity(world.site, world.people[2], id_, NOW).offered.seat
    assert seat == Seat(world.company, 1)


def test_registering_again_changes_nothing(world: World) -> None:
    id_ = world.add()
    world.register(0, id_)
    world.register(0, id_)

    with world.site.database.read() as session:
        assert len(list(session.scalars(select(Registration)))) == 1
        deeds = session.scalars(select(AuditEvent.action).where(AuditEvent.action == "activity_registered"))
        assert len(list(deeds)) == 1


def test_what_is_over_or_called_off_takes_nobody(world: World) -> None:
    id_ = world.add()
    with pytest.raises(Refused):
        places.register(world.site, world.people[0], id_, world.company, NOW + timedelta(days=9))
    activitydesk.cancel(world.site, world.staff, world.programme, id_, NOW)
    with pytest.raises(Refused):
        world.register(0, id_)
    with pytest.raises(NotThere):
        places.register(world.site, world.staff, id_, world.company, NOW)


def test_there_are_never_fewer_places_than_people_who_have_one(world: World) -> None:
    id_ = world.add(2)
    world.register(0, id_)
    world.register(1, id_)
    form = activitydesk.open_form(world.site, world.staff, world.programme, id_)
    assert form.activity is not None
    fewer = form.activity.model_copy(update={"capacity": 1})

    with pytest.raises(Refused):
        activitydesk.save(world.site, world.staff, world.programme, id_, fewer, base=1, now=NOW)


def test_everybody_who_registered_is_told_of_another_time(world: World) -> None:
    id_ = world.add(1)
    world.register(0, id_)
    world.register(1, id_)
    form = activitydesk.open_form(world.site, world.staff, world.programme, id_)
    assert form.activity is not None
    later = form.activity.model_copy(update={"starts": TOMORROW + timedelta(days=1)})

    activitydesk.save(world.site, world.staff, world.programme, id_, later, base=1, now=NOW)
    world.send_all()

    assert sorted(mail["To"] for mail in mails(world.site)) == ["kari@eksempel.no", "ola@eksempel.no"]
    assert {mail["Subject"] for mail in mails(world.site)} == {"Endret: Aktivitet G1"}


def test_everybody_with_a_place_is_reminded_once_also_after_a_kill(world: World) -> None:
    id_ = world.add(2)
    for at in range(3):
        world.register(at, id_)
    with world.site.database.write() as session:
        session.get_one(Person, world.people[1].person_id).wants_mail = False

    jobs = activitymailing.remind(world.site, NOW)
    assert activitymailing.remind(world.site, NOW) == jobs
    body = {"mail": "activity_soon", "activity": id_, "person": world.people[0].person_id}
    with world.site.database.write() as session:  # as a worker that is killed once the mail has gone
        first = activitymailing.write_activity_mail(session, world.site, body, NOW)
    world.send_all()

    [mail] = mails(world.site)
    assert first is not None
    assert first.id in mail["Message-ID"]
    assert mail["Subject"] == "Snart: Aktivitet G1"
    assert "Tid: 3. mars 2026 kl. " in text_of(mail)
    with world.site.database.write() as session:
        assert activitymailing.write_activity_mail(session, world.site, body, NOW) is None
    assert activitymailing.remind(world.site, NOW + timedelta(minutes=1)) == jobs[1:]


def test_reminding_is_ordered_once_a_day_and_only_where_something_is_near(world: World) -> None:
    noon = NOW.replace(hour=12)
    assert activitymailing.order_reminding(world.site, noon) is None
    world.add()
    assert activitymailing.order_reminding(world.site, noon) is not None
    assert activitymailing.order_reminding(world.site, noon) is None
    assert TOMORROW > NOW


def test_places_go_with_the_membership_and_with_the_person(world: World) -> None:
    id_ = world.add()
    for at in (1, 2):
        world.register(at, id_)
    assert b"G1" in personal_copy(world.site, world.people[2], NOW)
    with company_copy(world.site, world.people[0], world.company, NOW).file as file:
        name = "eksempel_mobelverksted_as/activities.json"
        assert len(json.loads(ZipFile(file).read(name))["registrations"]) == 2

    colleagues.remove(world.site, world.people[0], world.company, world.people[1].person_id, NOW)
    with world.site.database.write() as session:
        forget_person(session, session.get_one(Person, world.people[2].person_id))

    with world.site.database.read() as session:
        assert list(session.scalars(select(Registration))) == []


def test_who_registered_is_forgotten_after_a_year_and_which_company_was_there_is_not(world: World) -> None:
    id_ = world.add()
    world.register(0, id_)
    later = NOW + timedelta(days=2)
    marked = [f"{world.company}.{world.people[0].person_id}"]
    activitydesk.mark_attendance(
        world.site, world.staff, world.programme, id_, marked=marked, shown=(), now=later
    )

    retention.run(world.site, NOW + timedelta(days=370))

    with world.site.database.read() as session:
        assert list(session.scalars(select(Registration))) == []
        assert [one.organisation_id for one in session.scalars(select(Attendance))] == [world.company]
        assert list(session.scalars(select(ActivityReminder))) == []


def test_marking_again_says_nothing_of_a_company_that_has_left(world: World) -> None:
    id_ = world.add()
    later = NOW + timedelta(days=2)
    activitydesk.mark_attendance(
        world.site, world.staff, world.programme, id_, marked=[f"{world.company}."], shown=(), now=later
    )
    with world.site.database.write() as session:
        session.delete(session.get_one(Participation, (world.programme, world.company)))

    activitydesk.mark_attendance(
        world.site, world.staff, world.programme, id_, marked=[], shown=[f"{world.company}."], now=later
    )

    with world.site.database.read() as session:
        assert [one.organisation_id for one in session.scalars(select(Attendance))] == [world.company]


def test_two_who_mark_from_two_pages_mark_what_both_have_seen(world: World) -> None:
    other = a_company(world.site, "Et annet selskap", None)
    with world.site.database.write() as session:
        session.add(Participation(programme_id=world.programme, organisation_id=other, since_utc=NOW))
    id_, later = world.add(), NOW + timedelta(days=2)

    for company in (world.company, other):
        activitydesk.mark_attendance(
            world.site, world.staff, world.programme, id_, marked=[f"{company}."], shown=(), now=later
        )
    activitydesk.mark_attendance(
        world.site, world.staff, world.programme, id_, marked=[], shown=[f"{other}."], now=later
    )

    with world.site.database.read() as session:
        assert [one.organisation_id for one in session.scalars(select(Attendance))] == [world.company]
