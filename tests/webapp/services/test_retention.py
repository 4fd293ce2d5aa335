"""What is erased when, what stays, and that a dry run says the same and changes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.webapp.sites import (
    NOW,
    a_company,
    a_person,
    a_programme,
    an_assessment,
    as_actor,
    make_site,
)
from webapp.db.tables.all import METADATA
from webapp.db.tables.assessments import Assessment, EvidenceFile, SectionTask
from webapp.db.tables.organisations import Organisation, Programme
from webapp.db.tables.people import AddressChange, BrowserSession, Invitation, Person, SigninLink, Tally
from webapp.db.tables.work import AuditEvent, Job
from webapp.services import retention
from webapp.services.sessions import open_session
from webapp.services.site import Site
from webapp.services.trial import start_trial

NOTHING = dict.fromkeys(
    (
        *("sessions", "signin_links", "address_changes", "invitations", "cohort_invitations"),
        *("cohort_reminders", "registrations", "gatherings", "gathering_papers", "ideas", "jobs"),
        *("tallies", "audit_events", "addresses", "files", "evidence", "trials", "organisations", "people"),
    ),
    0,
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def in_days(days: float) -> datetime:
    return NOW + timedelta(days=days)


def erased(site: Site, now: datetime) -> dict[str, int]:
    """What a run erased; a dry run before it must have said the same."""
    dry = retention.run(site, now, dry_run=True)
    done = retention.run(site, now)
    assert dry.counts == done.counts
    assert dry.organisations == done.organisations
    return {name: count for name, count in done.counts.items() if count}


def everything(site: Site) -> dict[str, int]:
    """How many rows each table has."""
    with site.database.read() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in METADATA.sorted_tables
        }


def ids_of(site: Site, table: type[Organisation] | type[Person]) -> set[str]:
    with site.database.read() as session:
        return set(session.scalars(select(table.id)))


def test_a_new_installation_has_nothing_to_erase(site: Site) -> None:
    assert retention.run(site, NOW).counts == NOTHING


def test_a_dry_run_changes_nothing(site: Site) -> None:
    start_trial(site.database, "nb", NOW, site.settings)
    before = everything(site)

    report = retention.run(site, in_days(31), dry_run=True)

    assert report.is_dry_run
    assert report.counts["trials"] == 1
    assert everything(site) == before


def test_a_trial_goes_after_thirty_days_with_what_it_held(site: Site) -> None:
    start_trial(site.database, "nb", NOW, site.settings)
    with site.database.read() as session:
        person = session.scalars(select(Person.id)).one()
        company = session.scalars(select(Organisation.id)).one()
    an_assessment(site, as_actor(site, person), company)

    assert erased(site, in_days(29.9)) == {}
    assert erased(site, in_days(30.1)) == {"sessions": 1, "trials": 1}

    left = {name: count for name, count in everything(site).items() if count}
    assert left.keys() == {"audit_event"}


def test_a_trial_that_was_kept_is_no_trial_any_more(site: Site) -> None:
    start_trial(site.database, "nb", NOW, site.settings)
    with site.database.write() as session:
        person = session.scalars(select(Person)).one()
        person.is_trial, person.email = False, "kari@eksempel.no"
        session.scalars(select(Organisation)).one().kind = "main"

    assert "trials" not in erased(site, in_days(31))
    assert len(ids_of(site, Organisation)) == 1


def test_an_organisation_goes_when_nobody_has_used_it_for_three_years(site: Site) -> None:
    owner = a_person(site)
    company = a_company(site, owners=[owner])
    an_assessment(site, as_actor(site, owner), company)

    assert erased(site, in_days(1094)) == {}
    assert erased(site, in_days(1096)) == {"organisations": 1, "people": 1}

    with site.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Assessment)) == 0
        ended = session.scalars(select(AuditEvent).where(AuditEvent.action == "organisation_ended")).one()
    assert ended.organisation_id == company


def test_somebody_who_signs_in_keeps_the_organisation(site: Site) -> None:
    owner = a_person(site)
    a_company(site, owners=[owner])
    with site.database.write() as session:
        open_session(session, session.get_one(Person, owner), in_days(1000), site.settings)

    assert erased(site, in_days(1096)) == {"sessions": 1}
    assert erased(site, in_days(2100)) == {"organisations": 1, "people": 1}


def test_a_programme_says_how_long_its_organisations_are_kept_the_longest_of_several(site: Site) -> None:
    inside, between = a_company(site, orgnr=None), a_company(site, orgnr=None)
    short, long = a_programme(site, companies=[inside, between]), a_programme(site, companies=[between])
    with site.database.write() as session:
        session.get_one(Programme, short).retention_days = 100
        session.get_one(Programme, long).retention_days = 2000

    assert erased(site, in_days(101)) == {"organisations": 1}
    assert ids_of(site, Organisation) == {between}
    assert erased(site, in_days(1999)) == {"audit_events": 2}
    assert erased(site, in_days(2001)) == {"organisations": 1}


def test_a_unit_stays_as_long_as_the_people_or_programmes_of_its_parent_keep_it(site: Site) -> None:
    owner = a_person(site)
    seen, kept = a_company(site, owners=[owner]), a_company(site, orgnr=None)
    units = {a_company(site, orgnr=None, parent=seen), a_company(site, orgnr=None, parent=kept)}
    programme = a_programme(site, companies=[kept])
    with site.database.write() as session:
        session.get_one(Programme, programme).retention_days = 1500
        open_session(session, session.get_one(Person, owner), in_days(1000), site.settings)

    assert erased(site, in_days(1096)) == {"sessions": 1}
    assert units <= ids_of(site, Organisation)
    assert erased(site, in_days(1501)) == {"organisations": 2}
    assert ids_of(site, Organisation) & {seen, kept} == {seen}


def test_a_parent_stays_as_long_as_one_of_its_units_is_used(site: Site) -> None:
    parent = a_company(site)
    used, unused = a_company(site, orgnr=None, parent=parent), a_company(site, orgnr=None, parent=parent)
    with site.database.write() as session:
        session.get_one(Organisation, used).active_utc = in_days(1000)

    assert erased(site, in_days(1096)) == {"organisations": 1}
    assert ids_of(site, Organisation) == {parent, used}
    assert unused not in ids_of(site, Organisation)
    assert erased(site, in_days(2097))["organisations"] == 2


def test_people_stay_while_they_advise_run_a_programme_or_belong_somewhere(site: Site) -> None:
    advisor, leader = a_person(site, "a@fylke.example"), a_person(site, "b@fylke.example")
    a_person(site, "nobody@eksempel.no")
    company = a_company(site, advisors=[advisor])
    a_programme(site, staff=[leader])
    with site.database.write() as session:
        session.get_one(Organisation, company).active_utc = in_days(1000)

    assert erased(site, in_days(1096)) == {"people": 1}
    assert ids_of(site, Person) == {advisor, leader}


def test_sessions_go_when_they_have_ended_or_slept_too_long(site: Site) -> None:
    person = a_person(site)
    with site.database.write() as session:
        open_session(session, session.get_one(Person, person), NOW, site.settings)
        open_session(session, session.get_one(Person, person), NOW + timedelta(hours=2), site.settings)

    assert erased(site, NOW + timedelta(hours=3)) == {"sessions": 1}


def test_the_session_of_a_trial_sleeps_as_long_as_it_likes(site: Site) -> None:
    start_trial(site.database, "nb", NOW, site.settings)

    assert erased(site, in_days(20)) == {}


def a_link(email: str, **changed: datetime) -> SigninLink:
    times = {"created_utc": NOW, "ends_utc": NOW + timedelta(minutes=15), **changed}
    return SigninLink(email=email, language="nb", **times)


def test_links_stay_a_day_after_they_are_over_so_that_asking_is_counted(site: Site) -> None:
    person = a_person(site)
    with site.database.write() as session:
        session.add_all(
            [a_link("a@x.no"), a_link("b@x.no", used_utc=NOW), a_link("c@x.no", ends_utc=in_days(7))]
        )
        session.add(
            AddressChange(
                person_id=person,
                email="ny@x.no",
                language="nb",
                created_utc=NOW,
                ends_utc=NOW + timedelta(hours=1),
            )
        )

    assert erased(site, in_days(0.9)) == {}
    assert erased(site, in_days(1.1)) == {"signin_links": 2, "address_changes": 1}


def test_an_address_that_was_invited_and_never_came_is_forgotten(site: Site) -> None:
    owner = a_person(site)
    company = a_company(site, owners=[owner])
    assessment = an_assessment(site, as_actor(site, owner), company)
    with site.database.write() as session:
        session.add(
            Invitation(
                organisation_id=company,
                email="aldri@eksempel.no",
                role="member",
                language="nb",
                assessment_id=assessment,
                section_id="data",
                by_person_id=owner,
                created_utc=NOW,
                ends_utc=in_days(14),
            )
        )
        session.add(
            SectionTask(
                assessment_id=assessment,
                section_id="data",
                email="aldri@eksempel.no",
                by_person_id=owner,
                given_utc=NOW,
            )
        )

    assert erased(site, in_days(43)) == {}
    assert erased(site, in_days(45)) == {"invitations": 1}
    assert erased(site, in_days(45)) == {"addresses": 1}

    with site.database.read() as session:
        task = session.scalars(select(SectionTask)).one()
    assert (task.email, task.given_utc) == (None, None)


def test_what_was_counted_against_a_limit_goes_after_a_day(site: Site) -> None:
    with site.database.write() as session:
        session.add_all(Tally(kind="trial", hash="0" * 64, at_utc=in_days(day)) for day in (0, 1))

    assert erased(site, in_days(1.5)) == {"tallies": 1}


def test_jobs_that_ended_a_month_ago_go_and_those_that_wait_stay(site: Site) -> None:
    def job(key: str, state: str, ended: datetime | None) -> Job:
        times = {"due_utc": NOW, "created_utc": NOW, "ended_utc": ended}
        return Job(kind="send_mail", key=key, body="{}", state=state, **times)

    with site.database.write() as session:
        session.add_all([job("a", "done", NOW), job("b", "failed", NOW), job("c", "waiting", None)])

    assert erased(site, in_days(29)) == {}
    assert erased(site, in_days(31)) == {"jobs": 2}


def test_the_record_goes_after_five_years(site: Site) -> None:
    with site.database.write() as session:
        session.add_all([AuditEvent(at_utc=NOW, action="a"), AuditEvent(at_utc=in_days(1), action="b")])

    assert erased(site, in_days(1825.5)) == {"audit_events": 1}


def test_many_rows_go_in_batches(site: Site) -> None:
    with site.database.write() as session:
        session.add_all(AuditEvent(at_utc=NOW, action="a") for _ in range(2 * retention.BATCH + 1))

    assert erased(site, in_days(2000)) == {"audit_events": 2 * retention.BATCH + 1}


def a_file(site: Site, company: str, assessment: str, key: str) -> None:
    site.files.put(key, b"content")
    with site.database.write() as session:
        session.add(
            EvidenceFile(
                assessment_id=assessment,
                organisation_id=company,
                question_id="strategy.ambition",
                name="Strategi.pdf",
                kind="pdf",
                size_bytes=7,
                sha256="0" * 64,
                key=key,
                at_utc=NOW,
            )
        )


def test_files_go_with_their_organisation(site: Site) -> None:
    owner = a_person(site)
    company = a_company(site, owners=[owner])
    other = a_company(site, orgnr=None, owners=[owner])
    a_file(site, company, an_assessment(site, as_actor(site, owner), company), f"evidence/{company}/one")
    site.files.put(f"documents/{company}/{'0' * 64}.pdf", b"a report whose row a kill prevented")
    a_file(site, other, an_assessment(site, as_actor(site, owner), other), f"evidence/{other}/two")
    with site.database.write() as session:
        session.get_one(Organisation, company).active_utc = NOW - timedelta(days=2000)
        session.get_one(Person, owner).seen_utc = NOW - timedelta(days=2000)

    assert erased(site, NOW) == {"organisations": 1}
    assert list(site.files.list_keys()) == [f"evidence/{other}/two"]


def test_a_file_that_no_row_names_goes_a_day_later(site: Site) -> None:
    owner = a_person(site)
    company = a_company(site, owners=[owner])
    kept = [f"evidence/{company}/kept", "programmes/x/logo.png"]
    a_file(site, company, an_assessment(site, as_actor(site, owner), company), kept[0])
    left = (
        *(f"{folder}/{company}/left.pdf" for folder in ("evidence", "documents", "gatherings", "releases")),
        "health/left",
    )
    for key in (*left, kept[1]):
        site.files.put(key, b"content")
    part = site.settings.data_dir / "files" / "evidence" / company / ".half.x1"
    part.write_bytes(b"half")
    today = datetime.now(NOW.tzinfo)

    assert "files" not in erased(site, today)
    assert part.exists()
    assert erased(site, today + timedelta(days=1, minutes=1)) == {"files": 4, "evidence": 1}
    assert sorted(site.files.list_keys()) == kept
    assert not part.exists()


def test_a_run_that_was_killed_between_rows_and_files_is_finished_by_the_next(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    company, other = a_company(site, orgnr=None), a_company(site, orgnr=None)
    for one in (company, other):
        site.files.put(f"evidence/{one}/file", b"content")
    later = datetime.now(NOW.tzinfo) + timedelta(days=1096)
    monkeypatch.setattr(retention, "remove_files", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        retention.run(site, later)
    monkeypatch.undo()
    assert len(ids_of(site, Organisation)) == 1

    report = retention.run(site, later)

    assert report.counts["organisations"] == 1
    assert not ids_of(site, Organisation)
    assert list(site.files.list_keys()) == []


def test_it_is_ordered_once_a_day_where_the_people_are(site: Site) -> None:
    evening = datetime(2026, 3, 1, 22, 30, tzinfo=NOW.tzinfo)

    assert retention.order(site, evening) is not None
    assert retention.order(site, evening + timedelta(minutes=20)) is None
    assert retention.order(site, evening + timedelta(minutes=40)) is not None
    with site.database.read() as session:
        keys = list(session.scalars(select(Job.key).order_by(Job.key)))
    assert keys == ["retention:2026-03-01", "retention:2026-03-02"]


def test_the_run_itself_is_recorded(site: Site) -> None:
    start_trial(site.database, "nb", NOW, site.settings)

    retention.run(site, in_days(31))

    with site.database.read() as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.action == "retention_run")).one()
        sessions = session.scalar(select(func.count()).select_from(BrowserSession))
    assert events.detail == '{"organisations": 0, "others": 1, "people": 0, "trials": 1}'
    assert sessions == 0
