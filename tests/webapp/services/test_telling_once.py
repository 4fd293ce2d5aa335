"""The daily mail: when there is one, at most once a day, whoever is killed and whatever happens at once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.webapp.services.advising import Crew, at_once
from tests.webapp.services.mornings import DAY, HOUR, MORNING, an_action, send, sent_back, told
from tests.webapp.services.post import ADDRESS, mails, text_of
from tests.webapp.sites import NOW, a_person, make_site, submitted
from webapp.db.tables.organisations import AdvisorAssignment
from webapp.db.tables.people import Person
from webapp.db.tables.work import Job
from webapp.jobs.handlers import HANDLERS, Bench
from webapp.mail import MailFailed
from webapp.services import mailing, telling
from webapp.services.jobs import MAX_FAILURES, JobFailed, claim, fail, sweep
from webapp.services.queueing import enqueue
from webapp.services.reviewing import decide
from webapp.services.site import Site


@pytest.fixture
def crew(tmp_path: Path) -> Crew:
    found = Crew(make_site(tmp_path, public_url=ADDRESS))
    found.assign()
    return found


def test_nobody_is_told_twice_on_a_day_nor_without_news(crew: Crew) -> None:
    submitted(crew.site, crew.owner, crew.company)

    days = [bool(told(crew.site, MORNING + at * DAY)) for at in range(20)]
    again = told(crew.site, MORNING + HOUR)

    # handed in on 2 March, due on the 16th: told on the 3rd; on the 13th, three days before; on the 17th
    assert [at for at, is_told in enumerate(days) if is_told] == [0, 10, 14]
    assert again == []


def test_news_of_the_same_day_waits_for_the_next(crew: Crew) -> None:
    submitted(crew.site, crew.owner, crew.company)
    told(crew.site)
    submitted(crew.site, crew.owner, crew.company, period="2024", now=MORNING + HOUR)

    today = told(crew.site, MORNING + 2 * HOUR)
    [tomorrow] = told(crew.site, MORNING + DAY)

    assert today == []
    assert "2 egenvurderinger er klare til gjennomgang:" in text_of(tomorrow)


def test_what_was_saved_while_the_last_mail_was_ordered_is_not_forgotten(crew: Crew) -> None:
    submitted(crew.site, crew.owner, crew.company)
    told(crew.site)
    submitted(crew.site, crew.owner, crew.company, period="2024", now=MORNING - timedelta(seconds=30))

    assert len(told(crew.site, MORNING + DAY)) == 1


def test_a_company_is_told_when_its_day_gets_near_and_when_it_is_over(crew: Crew) -> None:
    sent_back(crew, due_on=date(2026, 3, 12))

    days = [bool(told(crew.site, MORNING + at * DAY)) for at in range(14)]

    # sent back on 2 March, due on the 12th: on the 3rd, on the 9th, and on the 13th
    assert [at for at, is_told in enumerate(days) if is_told] == [0, 6, 10]


def test_what_was_agreed_is_told_when_it_gets_near_and_when_it_is_over(crew: Crew) -> None:
    an_action(crew, date(2026, 3, 12))

    days = [bool(told(crew.site, MORNING + at * DAY)) for at in range(14)]

    # due on the 12th: on the 5th, and on the 13th
    assert [at for at, is_told in enumerate(days) if is_told] == [2, 10]


def test_what_was_settled_before_the_mail_is_sent_is_not_told(crew: Crew) -> None:
    id_ = submitted(crew.site, crew.owner, crew.company).id
    [job] = telling.tell(crew.site, MORNING)
    decide(crew.site, crew.advisor, id_, "start_review", MORNING)
    decide(crew.site, crew.advisor, id_, "approve", MORNING)

    send(crew.site, job, MORNING)

    assert mails(crew.site) == []


def test_two_workers_at_once_order_one_mail(crew: Crew) -> None:
    submitted(crew.site, crew.owner, crew.company)

    found = at_once(*(lambda: telling.tell(crew.site, MORNING) for _ in range(2)))

    assert sorted(len(jobs) for jobs in found) == [0, 1]


def test_a_worker_that_was_killed_in_between_tells_nobody_twice(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second of two people is being told when the worker is killed; the run begins anew."""
    other = a_person(crew.site, "s@fylke.no", "Siv")
    with crew.site.database.write() as session:
        place = {"organisation_id": crew.company, "person_id": other}
        session.add(AdvisorAssignment(**place, from_utc=NOW))
    submitted(crew.site, crew.owner, crew.company)
    seen = list[str]()

    def killed_at_the_second(*arguments: Any, **body: Any) -> Job:
        seen.append(body["person"])
        if len(seen) == 2:
            raise SystemExit
        return enqueue(*arguments, **body)

    with monkeypatch.context() as patched:
        patched.setattr("webapp.services.telling.enqueue", killed_at_the_second)
        with pytest.raises(SystemExit):
            telling.tell(crew.site, MORNING)

    telling.tell(crew.site, MORNING + HOUR)

    with crew.site.database.read() as session:
        ordered = [
            job.key.split(":")[1] for job in session.scalars(select(Job)) if job.key.startswith("waiting:")
        ]
    assert sorted(ordered) == sorted([crew.advisor_id, other])


def test_a_mail_whose_worker_was_killed_while_sending_is_not_sent_again(crew: Crew) -> None:
    submitted(crew.site, crew.owner, crew.company)
    [job] = telling.tell(crew.site, MORNING)
    claimed = claim(crew.site.database, job, MORNING)
    assert claimed is not None

    for _ in range(2):
        mailing.send_mail(crew.site, claimed.body, MORNING)

    assert len(mails(crew.site)) == 1


def killed(*_: Any) -> None:
    """As if the process ended there."""
    raise SystemExit


def test_a_mail_whose_worker_was_killed_before_it_was_sent_is_sent_by_the_next(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted(crew.site, crew.owner, crew.company)
    [job] = telling.tell(crew.site, MORNING)
    first = claim(crew.site.database, job, MORNING)
    assert first is not None
    with monkeypatch.context() as patched:
        patched.setattr(mailing, "send", killed)
        with pytest.raises(SystemExit):
            mailing.send_mail(crew.site, first.body, MORNING)

    sweep(crew.site.database, MORNING + timedelta(minutes=1))
    again = claim(crew.site.database, job, MORNING + timedelta(minutes=1))
    assert again is not None
    mailing.send_mail(crew.site, again.body, MORNING + timedelta(minutes=1))

    assert len(mails(crew.site)) == 1
    assert told(crew.site, MORNING + HOUR) == []
    assert told(crew.site, MORNING + DAY) == []


def test_a_mail_whose_worker_was_killed_right_after_sending_is_the_same_mail_again(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server has it and we do not know: what comes twice has one id, and programs show it once."""
    submitted(crew.site, crew.owner, crew.company)
    [job] = telling.tell(crew.site, MORNING)
    claimed = claim(crew.site.database, job, MORNING)
    assert claimed is not None
    with monkeypatch.context() as patched:
        patched.setattr(mailing, "note_told", killed)
        with pytest.raises(SystemExit):
            mailing.send_mail(crew.site, claimed.body, MORNING)

    mailing.send_mail(crew.site, claimed.body, MORNING + timedelta(minutes=1))

    assert len({mail["Message-ID"] for mail in mails(crew.site)}) == 1
    assert told(crew.site, MORNING + HOUR) == []


def test_the_mails_of_two_days_and_of_two_people_are_two_mails(crew: Crew) -> None:
    other = a_person(crew.site, "s@fylke.no", "Siv")
    with crew.site.database.write() as session:
        place = {"organisation_id": crew.company, "person_id": other}
        session.add(AdvisorAssignment(**place, from_utc=NOW))
    submitted(crew.site, crew.owner, crew.company)

    told(crew.site)
    told(crew.site, MORNING + 10 * DAY)  # three days before it is due

    assert len({mail["Message-ID"] for mail in mails(crew.site)}) == 4


def test_a_mail_that_could_not_be_sent_at_all_is_told_the_next_day(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted(crew.site, crew.owner, crew.company)
    [job] = telling.tell(crew.site, MORNING)
    give_up(crew.site, job, monkeypatch)

    assert told(crew.site, MORNING + HOUR) == []
    assert len(told(crew.site, MORNING + DAY)) == 1


def give_up(site: Site, job: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail server is away until the job has failed for good."""

    def refuse(*_: Any) -> None:
        raise MailFailed("mail_unreachable")

    with monkeypatch.context() as patched:
        patched.setattr(mailing, "send", refuse)
        for attempt in range(MAX_FAILURES):
            now = MORNING + attempt * timedelta(minutes=11)
            claimed = claim(site.database, job, now)
            assert claimed is not None
            with pytest.raises(JobFailed) as failed:
                mailing.send_mail(site, claimed.body, now)
            fail(site.database, claimed, failed.value, now)


def test_a_mail_that_comes_late_is_the_one_of_its_day(crew: Crew) -> None:
    """Nobody worked for a day: what was ordered then and what would be ordered now are one mail."""
    submitted(crew.site, crew.owner, crew.company)
    [late] = telling.tell(crew.site, MORNING)
    submitted(crew.site, crew.owner, crew.company, period="2024", now=MORNING + HOUR)

    ordered = telling.tell(crew.site, MORNING + DAY)
    send(crew.site, late, MORNING + DAY)

    assert ordered == ()
    [mail] = mails(crew.site)
    assert "2 egenvurderinger er klare til gjennomgang:" in text_of(mail)
    assert told(crew.site, MORNING + DAY + HOUR) == []


def test_a_mail_that_is_done_again_on_another_day_tells_no_old_news(crew: Crew) -> None:
    submitted(crew.site, crew.owner, crew.company)
    [job] = telling.tell(crew.site, MORNING)
    claimed = claim(crew.site.database, job, MORNING)
    assert claimed is not None

    for now in (MORNING, MORNING + DAY):
        mailing.send_mail(crew.site, claimed.body, now)

    assert len(mails(crew.site)) == 1


def test_a_mail_that_no_server_took_is_sent_by_the_next_attempt(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted(crew.site, crew.owner, crew.company)
    [job] = telling.tell(crew.site, MORNING)
    claimed = claim(crew.site.database, job, MORNING)
    assert claimed is not None

    def refuse(*_: Any) -> None:
        raise MailFailed("mail_unreachable")

    with monkeypatch.context() as patched:
        patched.setattr(mailing, "send", refuse)
        with pytest.raises(JobFailed):
            mailing.send_mail(crew.site, claimed.body, MORNING)
    mailing.send_mail(crew.site, claimed.body, MORNING + timedelta(minutes=2))

    assert len(mails(crew.site)) == 1
    assert told(crew.site, MORNING + HOUR) == []


def test_it_is_ordered_once_a_day_and_not_at_night(crew: Crew) -> None:
    before_seven = MORNING - timedelta(minutes=1)

    ordered = [
        telling.order(crew.site, at) for at in (before_seven, MORNING, MORNING + 5 * HOUR, MORNING + DAY)
    ]

    assert [one is not None for one in ordered] == [False, True, False, True]


def test_a_worker_knows_how_to_do_it(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    submitted(crew.site, crew.owner, crew.company)

    def no_render(_job: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(Bench, "now", lambda _bench: MORNING)
    HANDLERS["tell_what_waits"](Bench(crew.site, no_render), {})

    with crew.site.database.read() as session:
        [job] = session.scalars(select(Job).where(Job.key.startswith("waiting:")))
    assert (job.kind, job.state, job.due_utc) == ("send_mail", "waiting", MORNING)
    send(crew.site, job.id, MORNING)
    with crew.site.database.read() as session:
        assert session.get_one(Person, crew.advisor_id).told_utc == MORNING + timedelta(seconds=5)
