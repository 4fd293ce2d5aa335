"""A gathering: consent at every use, two editors, rules refused by name, and everybody at a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from assessment.cohort.topics import Topics
from assessment.gathering.seats import Rule, SeatingRefused, Settings
from tests.webapp.services.crowds import a_crowd, hand_in
from tests.webapp.services.gatheringworld import Gathering, a_gathering
from tests.webapp.services.offers import an_activity
from tests.webapp.sites import NOW, a_person, as_actor
from webapp.db.tables.activities import Attendance
from webapp.db.tables.people import Membership
from webapp.db.tables.work import AuditEvent
from webapp.errors import NotThere, Refused
from webapp.services import gatheringdesk, gatheringseats, owngathering, places
from webapp.services.gatherings import open_room


@pytest.fixture
def gathering(tmp_path: Path) -> Gathering:
    return a_gathering(tmp_path)


def test_everybody_gets_a_seat_and_only_the_willing_are_weighed(gathering: Gathering) -> None:
    gathering.seat()

    room, people = gatheringseats.seated(gathering.site, gathering.staff, gathering.programme, gathering.id)
    seats = [id_ for table in room.plan.tables for id_ in table]
    assert sorted(seats) == sorted(gathering.comers())
    weighed = {one.id for one in people if one.gaps}
    assert weighed == {gathering.people[name] for name in ("alfa1", "alfa2", "beta1", "beta2")}


def test_a_consent_taken_back_takes_name_and_gaps_away_at_once(gathering: Gathering) -> None:
    gatheringseats.save_settings(gathering.turn(), Settings(2, 8, tables=1))
    gathering.seat()
    mates = dict(owngathering.open_own(gathering.site, gathering.actor("alfa1"), gathering.id, NOW).mates)
    assert set(mates) == {"Person alfa2", "Person beta1", "Person beta2", "Person delta1", "Person delta2"}

    gathering.consent("beta", ())

    own = owngathering.open_own(gathering.site, gathering.actor("alfa1"), gathering.id, NOW)
    assert {name for name, _ in own.mates} == {"Person alfa2", "Person delta1", "Person delta2"}
    assert own.unnamed == 4
    seating = gatheringseats.open_seating(gathering.site, gathering.staff, gathering.programme, gathering.id)
    named = {id_ for one in seating.reasons for gap in one.shared for id_ in gap.people}
    assert gathering.people["beta1"] not in named
    assert gathering.people["beta1"] in gathering.room().plan.tables[0]


def test_tables_of_what_may_not_be_used_any_more_are_not_kept(
    gathering: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = gatheringseats.proposed

    def work_slowly(*given: Any) -> object:
        found = work(*given)
        gathering.consent("alfa", ())
        return found

    monkeypatch.setattr(gatheringseats, "proposed", work_slowly)

    with pytest.raises(Refused, match="changed_meanwhile"):
        gatheringseats.propose(gathering.turn())

    assert not gathering.room().plan.tables


def test_before_the_day_nobody_is_sent_to_write_ideas(gathering: Gathering) -> None:
    reader = gathering.site, gathering.actor("alfa1"), gathering.id

    days = (NOW - timedelta(days=1), NOW, NOW + timedelta(days=3))
    assert [owngathering.open_own(*reader, day).is_early for day in days] == [True, False, False]


def test_of_two_who_change_the_same_the_second_is_told(gathering: Gathering) -> None:
    gathering.seat()
    seen = gathering.room().version
    gatheringseats.swap(gathering.turn(seen), gathering.people["alfa1"], gathering.people["gamma1"])

    with pytest.raises(Refused, match="changed_meanwhile"):
        gatheringseats.move(gathering.turn(seen), gathering.people["beta1"], 0)
    with pytest.raises(Refused, match="changed_meanwhile"):
        gatheringseats.propose(gathering.turn(seen))

    with gathering.site.database.read() as session:
        deeds = list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
    assert deeds.count("gathering_edited") == 1


def test_rules_are_about_companies_and_clash_by_name(gathering: Gathering) -> None:
    alfa, beta = (gathering.companies[name] for name in ("alfa", "beta"))
    gatheringseats.add_rule(gathering.turn(), Rule("apart", frozenset({alfa, beta}), "owners"))
    gatheringseats.add_rule(gathering.turn(), Rule("together", frozenset({alfa, beta}), "owners"))

    with pytest.raises(SeatingRefused) as refused:
        gatheringseats.propose(gathering.turn())

    assert refused.value.reason == "contradiction"
    assert {one.kind for one in refused.value.rules} == {"apart", "together"}
    gatheringseats.remove_rule(gathering.turn(), 1)
    gatheringseats.propose(gathering.turn())
    table_of = gathering.room().plan.table_of
    ones, others = (
        {table_of(gathering.people[f"{name}{number}"]) for number in (1, 2)} for name in ("alfa", "beta")
    )
    assert ones.isdisjoint(others)
    with pytest.raises(Refused, match="rule_needs_two"):
        gatheringseats.add_rule(gathering.turn(), Rule("apart", frozenset({alfa, "nobody"}), "owners"))


def test_locked_seats_stay_and_who_comes_later_is_placed_by_hand(gathering: Gathering) -> None:
    gathering.seat()
    locked = gathering.people["gamma1"]
    before = gathering.room().plan.table_of(locked)
    gatheringseats.keep_seats(gathering.turn(), [locked])
    everybody = set(gathering.comers())
    late = gathering.people["delta2"]
    gatheringdesk.save_guests(gathering.turn(), there=everybody - {late}, facilitators=[])
    gatheringseats.propose(gathering.turn())
    assert gathering.room().plan.table_of(locked) == before
    assert gathering.room().plan.table_of(late) is None

    gatheringdesk.save_guests(gathering.turn(), there=everybody, facilitators=[])
    gatheringseats.move(gathering.turn(), late, 0)

    assert gathering.room().plan.table_of(late) == 0
    assert all(gathering.room().plan.tables)
    with pytest.raises(Refused, match="no_seat"):
        gatheringseats.move(gathering.turn(), late, 9)


def test_the_tick_of_the_day_is_the_attendance_and_facilitators_may_be_of_the_programme(
    gathering: Gathering,
) -> None:
    there = [gathering.people["alfa1"], gathering.people["gamma2"]]
    gatheringdesk.save_guests(
        gathering.turn(), there=there, facilitators=[gathering.staff.person_id, "nobody"]
    )

    with gathering.site.database.read() as session:
        assert sorted(one for one in session.scalars(select(Attendance.person_id)) if one) == sorted(there)
    leading = [one.person_id for one in gathering.room().present if one.is_facilitator]
    assert leading == [gathering.staff.person_id]
    before = replace(gathering.turn(), now=NOW)
    gatheringdesk.save_guests(before, there=[], facilitators=[])
    with gathering.site.database.read() as session:
        assert len(list(session.scalars(select(Attendance.id)))) == 2


def test_who_registers_while_the_ticks_are_set_is_not_marked_as_away(gathering: Gathering) -> None:
    late = gathering.people["delta2"]
    asked = sorted(set(gathering.comers()) - {late})

    gatheringdesk.save_guests(gathering.turn(), asked=asked, there=asked[1:], facilitators=[])

    away = [one.person_id for one in gathering.room().guests if one.is_absent]
    assert away == asked[:1]
    with gathering.site.database.read() as session:
        attended = set(session.scalars(select(Attendance.person_id)))
    assert attended == set(asked[1:])
    gatheringdesk.save_guests(gathering.turn(), asked=[late], there=[], facilitators=[])
    assert {one.person_id for one in gathering.room().guests if one.is_absent} == {late, asked[0]}


def a_crowd_comes(gathering: Gathering, companies: list[str]) -> None:
    """One person of each of some companies registers."""
    for company in companies:
        person = a_person(gathering.site, f"{company}{gathering.id}@eksempel.no".lower())
        with gathering.site.database.write() as session:
            more = {"organisation_id": company, "person_id": person}
            session.add(Membership(**more, role="owner", since_utc=NOW))
            session.flush()
        places.register(gathering.site, as_actor(gathering.site, person), gathering.id, company, NOW)


def topics_made(gathering: Gathering) -> Topics | None:
    gatheringdesk.make_topics(gathering.turn())
    desk = gatheringdesk.open_desk(gathering.site, gathering.staff, gathering.programme, gathering.id, NOW)
    return desk.topics


def test_a_hand_in_counts_in_one_list_of_topics_whoever_comes_to_the_next_gathering(
    gathering: Gathering,
) -> None:
    site, programme, cohort = gathering.site, gathering.programme, gathering.cohort
    ids = a_crowd(site, programme, cohort, 13)
    hand_in(site, ids, "2025", NOW)
    a_crowd_comes(gathering, ids[:12])
    first = topics_made(gathering)

    when = NOW + timedelta(hours=1)
    gathering.id = an_activity(site, gathering.staff, programme, "G2", "gathering", starts=when)
    gatheringdesk.choose_cohort(site, gathering.staff, programme, gathering.id, cohort_id=cohort, now=NOW)
    a_crowd_comes(gathering, ids[1:])

    assert first is not None
    assert (first.owners, bool(first.topics)) == (14, True)
    assert topics_made(gathering) == Topics(1, ())  # the new one alone, and nothing of it


def test_topics_are_made_once_and_of_few_companies_there_are_none(gathering: Gathering) -> None:
    gatheringdesk.make_topics(gathering.turn())

    desk = gatheringdesk.open_desk(gathering.site, gathering.staff, gathering.programme, gathering.id, NOW)
    assert desk.topics is not None
    assert desk.topics.owners == 2
    assert not desk.topics.topics
    with pytest.raises(Refused, match="topics_made"):
        gatheringdesk.make_topics(gathering.turn())
    assert [line.readiness.is_ready for line in desk.lines] == [True, True, False, True]


def test_a_seat_goes_with_the_registration_and_others_know_of_nothing(gathering: Gathering) -> None:
    gathering.seat()
    places.withdraw(gathering.site, gathering.actor("delta1"), gathering.id, NOW)

    seating = gatheringseats.open_seating(gathering.site, gathering.staff, gathering.programme, gathering.id)
    assert gathering.people["delta1"] not in [id_ for table in seating.room.plan.tables for id_ in table]
    for who in ("alfa1", "gamma2"):
        with pytest.raises(NotThere):
            open_room(gathering.site, gathering.actor(who), gathering.programme, gathering.id)
    with pytest.raises(NotThere):
        owngathering.open_own(gathering.site, gathering.actor("stranger"), gathering.id, NOW)
