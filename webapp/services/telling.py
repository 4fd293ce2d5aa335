"""Telling people once a day what waits for them, where something new does.

Each thing has moments at which it becomes worth telling: when it came, when its deadline gets near, when
that is over. There is a mail where one of them came since the last mail. A mail is one job, of which there
is one a day for each person and none while an earlier one is on its way; whether it applies is asked again
when it is written, and that it was sent is noted after it was. So none is lost: where a worker is killed
before that, the job is done again and sends the same mail with the same id; where it cannot be sent at all,
it is ordered anew the next day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from webapp.db import queries_telling as queries
from webapp.db.queries_gatherings import ideas_due
from webapp.db.queries_portfolio import handed_in, organisations_by_id, taking_part
from webapp.db.queries_work import find_job
from webapp.db.tables.activities import ProgrammeActivity as ActivityRow
from webapp.db.tables.organisations import REVIEW_DAYS
from webapp.db.tables.people import Person
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.services.attention import attention, shortest
from webapp.services.jobs import Body
from webapp.services.queueing import enqueue
from webapp.services.sessions import actor_of
from webapp.services.shelf import Shelved
from webapp.services.site import Site, midnight

HOUR = 7
"""Not before that hour, where the people are."""

NEAR_DAYS = 3
"""How long before a deadline it counts as near; for what was agreed on ``PROMISE_DAYS``."""

PROMISE_DAYS = 7

MEANWHILE = timedelta(minutes=1)
"""What was saved while the last mail was being written may have been missed by it."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that waits. ``shelved``, ``period``: of an assessment; None and empty for anything else.

    ``gathering``: where an idea is from; ``company`` is empty then. ``moments``: when it became worth
    telling, all of them over.
    """

    company: str
    shelved: Shelved | None
    period: str
    due_on: date | None
    is_overdue: bool
    moments: tuple[datetime, ...]
    gathering: ActivityRow | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one person: as an advisor ``hand_ins``, as one of a company's people the next three.

    ``ideas``: of gatherings, which they themselves go on with.
    """

    hand_ins: tuple[Thing, ...]
    sent_back: tuple[Thing, ...]
    reopened: tuple[Thing, ...]
    promises: tuple[Thing, ...]
    ideas: tuple[Thing, ...]

    @property
    def is_for_company(self) -> bool:
        """Whether anything waits for them as one of a company's people."""
        return bool(self.sent_back or self.reopened or self.promises)

    @property
    def things(self) -> tuple[Thing, ...]:
        """All of it."""
        return (*self.hand_ins, *self.sent_back, *self.reopened, *self.promises, *self.ideas)

    def is_news(self, told_utc: datetime | None) -> bool:
        """Whether something became worth telling since then."""
        moments = [moment for thing in self.things for moment in thing.moments]
        return bool(moments) and (told_utc is None or max(moments) > told_utc - MEANWHILE)


def order(site: Site, now: datetime) -> str | None:
    """Have a worker tell everybody today; the id of the job, None before ``HOUR`` and when there is one.

    To be called as often as one likes; the day is that of the people's time zone.
    """
    local = now.astimezone(site.zone)
    key = f"tell_what_waits:{local.date().isoformat()}"
    if local.hour < HOUR:
        return None
    with site.database.read() as session:
        if find_job(session, key) is not None:
            return None
    with site.database.write() as session:
        return enqueue(session, now, "tell_what_waits", key).id


def tell(site: Site, now: datetime) -> tuple[str, ...]:
    """Order the mail of everybody for whom something new waits; the ids of the jobs. Raises NotSaved."""
    today = now.astimezone(site.zone).date()
    with site.database.read() as session:
        people = queries.who_might_be_told(
            session, now, midnight(site.zone, today), today=today, until=today + PROMISE_DAYS * _DAY
        )
    ordered = (_tell(site, person_id, now) for person_id in people)
    return tuple(job_id for job_id in ordered if job_id is not None)


def _tell(site: Site, person_id: str, now: datetime) -> str | None:
    """Order one person's mail, unless they were told today or one is on its way, or nothing new waits."""
    with site.database.read() as session:
        if not _is_to_be_ordered(session, site, session.get(Person, person_id), now):
            return None
    with site.database.write() as session:
        if not _is_to_be_ordered(session, site, session.get(Person, person_id, with_for_update=True), now):
            return None
        body = {"person": person_id, "day": _day(site, now).isoformat()}
        key = queries.mail_key(person_id, _day(site, now))
        return enqueue(session, now, "send_mail", key, mail="waiting", **body).id


def _is_to_be_ordered(session: Session, site: Site, person: Person | None, now: datetime) -> bool:
    if person is None or queries.is_mail_ordered(session, person.id, _day(site, now)):
        return False
    return news_for(session, site, person, now) is not None


def news_for(session: Session, site: Site, person: Person, now: datetime) -> Waiting | None:
    """All that waits for somebody; None where they want no mail, had today's, or nothing of it is new."""
    if not person.wants_mail or person.email is None or person.is_trial:
        return None
    if person.told_utc is not None and _day(site, person.told_utc) >= _day(site, now):
        return None
    found = waiting_for(session, site, actor_of(session, person, now), now)
    return found if found.is_news(person.told_utc) else None


def note_told(site: Site, body: Body, now: datetime) -> None:
    """Remember that a mail was sent. ``now``: when it was written. Raises NotSaved."""
    with site.database.write() as session:
        person = session.get(Person, str(body["person"]), with_for_update=True)
        if person is not None:
            person.told_utc = max(now, person.told_utc or now)


def waiting_for(session: Session, site: Site, actor: Actor, now: datetime) -> Waiting:
    """What waits for somebody now, by what they are to whom at this moment."""
    own, today = actor.organisations(*COMPANY_ROLES), _day(site, now)
    returned = queries.returned_to(session, own) if own else []
    promises = queries.promised_by(session, own, today + PROMISE_DAYS * _DAY) if own else []
    return Waiting(
        hand_ins=tuple(_hand_ins(session, site, actor.organisations("advisor"), now)),
        sent_back=tuple(_returned(site, one, now) for one in returned if one.state == "sent_back"),
        reopened=tuple(_returned(site, one, now) for one in returned if one.state == "reopened"),
        promises=tuple(_promise(site, one, now) for one in promises),
        ideas=tuple(_ideas(session, site, actor, now)),
    )


def _hand_ins(session: Session, site: Site, organisations: Collection[str], now: datetime) -> Iterable[Thing]:
    """What was handed in and waits to be reviewed, the first deadline first."""
    rows = [row for row in handed_in(session, organisations) if row.state in queries.ADVISORS]
    if not rows:
        return []
    names = organisations_by_id(session, {row.organisation_id for row in rows})
    days: dict[str, list[int]] = {}
    for part in taking_part(session, names):
        days.setdefault(part.organisation_id, []).append(part.review_days)
    found = []
    for row in rows:
        due = attention(
            row.state,  # type: ignore[arg-type]  # one of the advisor's, as filtered above
            _day(site, now),
            handed_in_on=_day(site, row.at_utc),
            review_days=shortest(days.get(row.organisation_id, ()), REVIEW_DAYS),
            due_on=None,
        ).due_on
        shelved = site.shelf.open(row.questionnaire, row.version)
        name = names[row.organisation_id]
        found.append(_thing(site, name, due, row.at_utc, now, shelved=shelved, period=row.period))
    return sorted(found, key=lambda thing: (thing.due_on or date.max, thing.company))


def _returned(site: Site, one: queries.Returned, now: datetime) -> Thing:
    shelved = site.shelf.open(one.questionnaire, one.version)
    return _thing(site, one.company, one.due_on, one.since_utc, now, shelved=shelved, period=one.period)


def _promise(site: Site, one: queries.Promise, now: datetime) -> Thing:
    near = max(one.since_utc, midnight(site.zone, one.due_on - PROMISE_DAYS * _DAY))
    return _thing(site, one.company, one.due_on, near, now)


def _ideas(session: Session, site: Site, actor: Actor, now: datetime) -> Iterable[Thing]:
    """The ideas somebody goes on with whose day has come: told once, then only beside something new."""
    own, runs = set(actor.organisations(*COMPANY_ROLES)), actor.programmes | actor.teams
    for idea, activity in ideas_due(session, actor.person_id, _day(site, now)):
        company = idea.owner_organisation_id
        is_theirs = company in own if company is not None else activity.programme_id in runs
        if is_theirs and idea.due_on is not None:
            came = max(idea.at_utc, midnight(site.zone, idea.due_on))
            is_overdue = idea.due_on < _day(site, now)
            yield Thing("", None, "", idea.due_on, is_overdue, (came,), activity)


def _thing(
    site: Site,
    company: str,
    due_on: date | None,
    came_utc: datetime,
    now: datetime,
    *,
    shelved: Shelved | None = None,
    period: str = "",
) -> Thing:
    moments = [came_utc]
    if due_on is not None:
        turns = (due_on - NEAR_DAYS * _DAY, due_on + _DAY) if shelved is not None else (due_on + _DAY,)
        moments += [max(came_utc, midnight(site.zone, day)) for day in turns]
    return Thing(
        company=company,
        shelved=shelved,
        period=period,
        due_on=due_on,
        is_overdue=due_on is not None and due_on < _day(site, now),
        moments=tuple(moment for moment in moments if moment <= now),
    )


def _day(site: Site, moment: datetime) -> date:
    return moment.astimezone(site.zone).date()
