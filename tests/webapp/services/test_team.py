"""The advisor team of a programme: who is in it, who follows whom from when until when, and the end of it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from tests.webapp.services.advising import Crew, at_once
from tests.webapp.services.post import ADDRESS, not_sent, sent, text_of
from tests.webapp.services.printing import print_all
from tests.webapp.sites import NOW, a_company, a_person, a_programme, make_site, submitted
from webapp.db.queries_retention import absent_people
from webapp.db.tables.organisations import Participation, ProgrammeAdvisor, ProgrammeStaff
from webapp.db.tables.people import Person
from webapp.errors import NotAllowed, NotThere, Refused, TooOften
from webapp.services import documents, outsiders, team
from webapp.services.personal_copy import personal_copy
from webapp.services.reviewing import decide
from webapp.services.sessions import open_session, resume
from webapp.services.staffing import end_participation

TODAY = date(2026, 3, 2)
NEXT_YEAR = datetime(2027, 3, 2, tzinfo=UTC)


@pytest.fixture
def crew(tmp_path: Path) -> Crew:
    return Crew(make_site(tmp_path, public_url=ADDRESS))


def opened(crew: Crew, now: datetime = NOW) -> team.Team:
    return team.open_team(crew.site, crew.staff, crew.programme, now)


def end_now(crew: Crew, now: datetime = NOW) -> None:
    team.end_now(crew.site, crew.staff, crew.programme, crew.advisor_id, crew.company, now=now)


# --- the team ------------------------------------------------------------------------------------


def test_being_in_a_team_opens_no_company(crew: Crew) -> None:
    assert crew.advisor.teams == {crew.programme}
    assert crew.advisor.roles == {}
    assert [one.email for one in opened(crew).advisors] == ["r@fylke.no"]
    assert opened(crew).without == ("Eksempel Møbelverksted AS",)


def test_somebody_new_gets_an_account_and_a_mail_in_the_language_of_whoever_added_them(crew: Crew) -> None:
    job = team.add(crew.site, crew.staff, crew.programme, NOW, email=" Liv@Fylke.no ", language="nn")

    mail = sent(crew.site, job)

    assert mail["To"] == "liv@fylke.no"
    assert mail["Subject"] == "Du er rådgjevar i Sirkulær region"
    assert "Per Programleder har lagt deg til som rådgjevar i Sirkulær region." in text_of(mail)
    assert f"{ADDRESS}/nn/portfolio" in text_of(mail)
    assert crew.actions()[-1] == "advisor_added"


def test_who_was_taken_out_meanwhile_is_told_nothing(crew: Crew) -> None:
    job = crew.add("liv@fylke.no")
    with crew.site.database.write() as session:
        session.execute(delete(ProgrammeAdvisor))

    assert not_sent(crew.site, job)


def test_nobody_learns_by_adding_an_address_whose_it_is(crew: Crew) -> None:
    before = opened(crew).advisors[0]
    with crew.site.database.write() as session:
        person = session.get_one(Person, crew.advisor_id)
        open_session(session, person, NOW + timedelta(minutes=1), crew.site.settings)
    after = opened(crew).advisors[0]

    assert (before.name, before.called, before.was_here) == ("", "r@fylke.no", False)
    assert (after.name, after.called, after.was_here) == ("Rita Rådgiver", "Rita Rådgiver", True)


def test_nobody_is_added_twice(crew: Crew) -> None:
    with pytest.raises(Refused, match=r"team\.already_here"):
        crew.add("R@fylke.no")


def test_two_who_add_the_same_address_at_once_add_it_once(crew: Crew) -> None:
    other = a_person(crew.site, "q@fylke.no")
    with crew.site.database.write() as session:
        place = {"programme_id": crew.programme, "person_id": other}
        session.add(ProgrammeStaff(**place, since_utc=NOW))
    staff = [crew.staff, crew.actor(other)]

    found = at_once(
        *(
            lambda who=who: team.add(crew.site, who, crew.programme, NOW, email="liv@fylke.no", language="nb")
            for who in staff
        )
    )

    assert found.count("team.already_here") == 1
    assert [one.email for one in opened(crew).advisors].count("liv@fylke.no") == 1


def test_nobody_is_flooded_and_nobody_adds_without_end(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team, "ADDED_A_DAY", 2)
    crew.add("a@fylke.no")

    with pytest.raises(TooOften):
        crew.add("b@fylke.no")


@pytest.mark.parametrize("who", ["owner", "advisor", "former", "other"])
def test_a_team_is_there_for_those_who_run_the_programme(crew: Crew, who: str) -> None:
    actor = {"owner": crew.owner, "advisor": crew.advisor}.get(who, crew.staff)
    if who == "former":  # their page is older than their leaving
        with crew.site.database.write() as session:
            session.execute(delete(ProgrammeStaff))
    programme = a_programme(crew.site, "Et annet") if who == "other" else crew.programme
    wanted = team.Wanted(crew.advisor_id, crew.company)

    for deed in (
        lambda: team.add(crew.site, actor, programme, NOW, email="ny@fylke.no", language="nb"),
        lambda: team.assign(crew.site, actor, programme, wanted, NOW),
        lambda: team.remove(crew.site, actor, programme, crew.advisor_id, NOW),
    ):
        with pytest.raises(NotThere):
            deed()
    assert crew.assignments() == []


# --- assignments ---------------------------------------------------------------------------------


def test_an_assignment_holds_from_now_on_until_somebody_ends_it(crew: Crew) -> None:
    crew.assign()

    assert crew.follows(NOW)
    assert crew.follows(NEXT_YEAR)
    assert opened(crew).without == ()
    assert crew.actions()[-1] == "advisor_assigned"


def test_days_are_whole_days_where_the_people_are(crew: Crew) -> None:
    crew.assign(from_on=date(2026, 3, 5), until_on=date(2026, 3, 10))

    # in Oslo it is one hour later than UTC in March
    moments = {
        datetime(2026, 3, 4, 22, 59, tzinfo=UTC): False,
        datetime(2026, 3, 4, 23, 0, tzinfo=UTC): True,
        datetime(2026, 3, 10, 22, 59, 59, tzinfo=UTC): True,
        datetime(2026, 3, 10, 23, 0, tzinfo=UTC): False,
    }
    assert {moment: crew.follows(moment) for moment in moments} == moments
    [given] = opened(crew).advisors[0].assigned
    assert (given.from_on, given.until_on, given.is_now) == (date(2026, 3, 5), date(2026, 3, 10), False)


def test_a_last_day_of_today_lasts_until_tonight(crew: Crew) -> None:
    crew.assign(until_on=TODAY)

    assert crew.follows(NOW + timedelta(hours=13))
    assert not crew.follows(NOW + timedelta(hours=14))


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2026, 3, 1), None, "team.day_past"),
        (None, date(2026, 3, 1), "team.day_past"),
        (date(2026, 3, 9), date(2026, 3, 8), "team.day_before"),
    ],
)
def test_days_that_cannot_be_are_refused(
    crew: Crew, first: date | None, last: date | None, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        crew.assign(from_on=first, until_on=last)

    assert crew.assignments() == []


def test_who_follows_already_keeps_the_first_day(crew: Crew) -> None:
    crew.assign()

    crew.assign(until_on=date(2026, 3, 20), now=NOW + timedelta(days=3))

    [held] = crew.assignments()
    assert (held.from_utc, held.until_utc) == (NOW, datetime(2026, 3, 20, 23, tzinfo=UTC))


def test_who_has_followed_before_begins_anew(crew: Crew) -> None:
    crew.assign()
    end_now(crew, NOW + timedelta(days=1))

    crew.assign(now=NOW + timedelta(days=5))

    [held] = crew.assignments()
    assert (held.from_utc, held.until_utc) == (NOW + timedelta(days=5), None)


def test_only_companies_of_the_programme_and_advisors_of_the_team_can_be_brought_together(crew: Crew) -> None:
    stranger = a_person(crew.site, "x@fylke.no")
    elsewhere = a_company(crew.site, "Fremmed AS", None)

    for wanted in (
        team.Wanted(stranger, crew.company),
        team.Wanted(crew.advisor_id, elsewhere),
        team.Wanted("A" * 22, crew.company),
        team.Wanted(crew.advisor_id, "tull"),
    ):
        with pytest.raises(NotThere):
            team.assign(crew.site, crew.staff, crew.programme, wanted, NOW)
    assert crew.assignments() == []


def test_two_who_assign_at_once_make_one_assignment(crew: Crew) -> None:
    other = a_programme(crew.site, "Et annet", staff=[crew.staff_id], companies=[crew.company])
    team.add(crew.site, crew.staff, other, NOW, email="r@fylke.no", language="nb")
    staff, wanted = crew.staff, team.Wanted(crew.advisor_id, crew.company)

    at_once(
        *(
            lambda programme=programme: team.assign(crew.site, staff, programme, wanted, NOW)
            for programme in (crew.programme, other)
        )
    )

    assert len(crew.assignments()) == 1
    assert crew.follows(NOW)


def test_the_end_can_be_moved_and_taken_away(crew: Crew) -> None:
    crew.assign(until_on=date(2026, 3, 20))

    def change(until_on: date | None) -> datetime | None:
        place = (crew.programme, crew.advisor_id, crew.company)
        team.change_end(crew.site, crew.staff, *place, until_on=until_on, now=NOW)
        return crew.assignments()[0].until_utc

    assert change(date(2026, 4, 1)) == datetime(2026, 4, 1, 22, tzinfo=UTC)  # summer time by then
    assert change(None) is None
    with pytest.raises(Refused, match=r"team\.day_past"):
        change(date(2026, 3, 1))


# --- the end -------------------------------------------------------------------------------------


def test_ended_means_ended_at_the_next_request(crew: Crew) -> None:
    crew.assign()
    with crew.site.database.write() as session:
        person = session.get_one(Person, crew.advisor_id)
        token = open_session(session, person, NOW, crew.site.settings)
    later = NOW + timedelta(minutes=5)

    before = resume(crew.site.database, token, later, crew.site.settings)
    end_now(crew, later)
    after = resume(crew.site.database, token, later, crew.site.settings)

    assert before is not None
    assert after is not None
    assert before.actor.organisations("advisor") == [crew.company]
    assert after.actor.organisations("advisor") == []
    assert opened(crew, later).advisors[0].assigned[0].has_ended
    with pytest.raises(NotThere):
        end_now(crew, later)


def test_what_an_advisor_ordered_is_not_handed_out_after_the_end(crew: Crew) -> None:
    site, id_ = crew.site, submitted(crew.site, crew.owner, crew.company).id
    crew.assign()
    ordered = documents.order_document(site, crew.advisor, id_, "advisor", "nb", now=NOW)
    end_now(crew)
    advisor = crew.advisor

    print_all(site, crew.owner, id_)

    for ask in (
        lambda: documents.find_document(site, advisor, ordered.id),
        lambda: documents.open_pdf(site, advisor, ordered.id, NOW),
        lambda: documents.list_documents(site, advisor, id_),
        lambda: documents.order_document(site, advisor, id_, "advisor", "nb", now=NOW),
        lambda: decide(site, advisor, id_, "start_review", NOW),
    ):
        with pytest.raises(NotThere):
            ask()


def test_who_leaves_the_team_has_none_of_its_companies_any_more(crew: Crew) -> None:
    own = a_company(crew.site, "Utenfor AS", None, advisors=[crew.advisor_id])
    coming = a_company(crew.site, "Kommer AS", None)
    with crew.site.database.write() as session:
        session.add(Participation(programme_id=crew.programme, organisation_id=coming, since_utc=NOW))
    crew.assign()
    wanted = team.Wanted(crew.advisor_id, coming, date(2026, 4, 1))
    team.assign(crew.site, crew.staff, crew.programme, wanted, NOW)

    ended = team.remove(crew.site, crew.staff, crew.programme, crew.advisor_id, NOW)

    assert ended == 2
    assert crew.advisor.roles == {own: frozenset({"advisor"})}
    assert crew.actor(crew.advisor_id, NEXT_YEAR).organisations("advisor") == [own]
    assert crew.advisor.teams == frozenset()
    assert opened(crew).advisors == ()
    assert crew.actions()[-1] == "advisor_removed"


def test_of_two_who_remove_the_same_advisor_at_once_one_does(crew: Crew) -> None:
    crew.assign()
    staff = crew.staff

    found = at_once(
        *(lambda: team.remove(crew.site, staff, crew.programme, crew.advisor_id, NOW) for _ in range(2))
    )

    assert sorted(map(str, found)) == ["1", "not there"]


def test_nobody_is_assigned_while_they_are_being_removed(crew: Crew) -> None:
    staff, wanted = crew.staff, team.Wanted(crew.advisor_id, crew.company)

    at_once(
        lambda: team.assign(crew.site, staff, crew.programme, wanted, NOW),
        lambda: team.remove(crew.site, staff, crew.programme, crew.advisor_id, NOW),
    )

    assert not crew.follows(NOW)


def test_a_company_that_leaves_the_programme_is_its_advisors_no_more(crew: Crew) -> None:
    crew.assign()

    end_participation(crew.site.database, crew.programme, crew.company, NOW)

    assert not crew.follows(NOW)


# --- the company's own say -----------------------------------------------------------------------


def test_a_company_sees_who_its_advisors_are_and_until_when(crew: Crew) -> None:
    crew.assign(from_on=date(2026, 3, 5), until_on=date(2026, 3, 10))

    name, one = outsiders.get_advisor(crew.site, crew.owner, crew.company, crew.advisor_id, NOW)

    assert name == "Eksempel Møbelverksted AS"
    assert (one.name, one.until_on, one.is_coming) == ("Rita Rådgiver", date(2026, 3, 10), True)


def test_an_owner_ends_an_advisors_access_alone(crew: Crew) -> None:
    crew.assign()

    outsiders.end_access(crew.site, crew.owner, crew.company, crew.advisor_id, NOW)

    assert not crew.follows(NOW)
    assert crew.actions()[-1] == "advisor_ended_by_company"
    with pytest.raises(NotThere):
        outsiders.end_access(crew.site, crew.owner, crew.company, crew.advisor_id, NOW)


def test_only_owners_end_an_advisors_access(crew: Crew) -> None:
    crew.assign()
    stranger = a_person(crew.site, "else@eksempel.no")
    a_company(crew.site, "Annet AS", None, owners=[stranger])

    for actor, error in (
        (crew.advisor, NotAllowed),
        (crew.staff, NotAllowed),
        (crew.actor(stranger), NotThere),
    ):
        with pytest.raises(error):
            outsiders.end_access(crew.site, actor, crew.company, crew.advisor_id, NOW)
    assert crew.follows(NOW)


def test_somebody_in_a_team_is_not_erased_for_having_no_company(crew: Crew) -> None:
    with crew.site.database.read() as session:
        absent = absent_people(session, NEXT_YEAR)

    assert crew.advisor_id not in absent
    assert crew.owner_id in absent


def test_a_copy_of_a_person_names_their_teams(crew: Crew) -> None:
    copy = json.loads(personal_copy(crew.site, crew.advisor, NOW))

    assert [one["programme"] for one in copy["advisor_teams"]] == ["Sirkulær region"]
    with crew.site.database.read() as session:
        assert session.scalars(select(ProgrammeAdvisor.person_id)).all() == [crew.advisor_id]
