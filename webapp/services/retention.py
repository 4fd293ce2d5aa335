"""Erasing what has been kept long enough: once a day by a worker, or by ``kretslop retention``.

Every organisation and every person goes in a transaction of its own, and the rest in small batches: nobody
waits long, and after a kill the next run goes on where this one ended. Rows go first, files after them;
a file that no row names any more is found by the next run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import ColumnElement, CursorResult, Select, and_, delete, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from webapp.db import queries_retention as queries
from webapp.db.queries_evidence import known_keys
from webapp.db.queries_retention import Use
from webapp.db.queries_work import find_job
from webapp.db.tables.activities import ProgrammeActivity, Registration
from webapp.db.tables.assessments import SectionTask
from webapp.db.tables.cohorts import CohortInvitation, CohortReminder
from webapp.db.tables.gatherings import Gathering, GatheringGuest, GatheringIdea, GatheringPaper
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import AddressChange, BrowserSession, Invitation, Person, SigninLink, Tally
from webapp.db.tables.work import AuditEvent, Job
from webapp.db.upkeep import compact
from webapp.services.audit import record
from webapp.services.erasing import forget_person, remove_files, remove_named, remove_organisation
from webapp.services.evidence import FOLDER as EVIDENCE
from webapp.services.evidence import ORPHAN_AGE, sweep_orphans
from webapp.services.gatherings import NO_TABLES, plan_json
from webapp.services.queueing import enqueue
from webapp.services.site import Site
from webapp.services.sweeping import FILE_DAYS, nobodys_files, remove_nobodys_files

LINK_DAYS = 1
"""How long a link that is used or has ended stays: asking too often is counted by them."""

INVITATION_DAYS = 30
"""How long an owner still sees an invitation that nobody accepted."""

JOB_DAYS = 30
TALLY_DAYS = 1
REGISTRATION_DAYS = 365
"""How long after an activity it is known who registered; which companies were there stays."""

BATCH = 500
ERASURES = ("person_erased", "organisation_erased")
"""What the record calls it when people erase something themselves."""

IDEA_DAYS = 1_095
"""How long after a gathering its ideas stay: longer, since they are followed up."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was erased, or would be: counts by kind. ``organisations``: their ids."""

    is_dry_run: bool
    counts: Mapping[str, int]
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """Rows of one table that have been kept long enough. ``key``: their primary key."""

    name: str
    key: InstrumentedAttribute[str] | InstrumentedAttribute[int]
    condition: ColumnElement[bool]


@dataclass
class _Doomed:
    """What is to go that is more than a row. ``trials``: people who tried without an address."""

    trials: list[str]
    organisations: list[str]
    people: list[str]


def run(site: Site, now: datetime, *, dry_run: bool = False) -> Report:
    """Erase what has been kept long enough; with ``dry_run`` only say what that is. Raises NotSaved."""
    rules = _rules(site, now)
    doomed = _doomed(site, now)
    if dry_run:
        counts = {rule.name: _count(site, rule) for rule in rules}
        counts["addresses"] = _count_tasks(site, now)
        counts["gatherings"] = _count_tables(site, now)
        sizes = {
            "files": len(list(nobodys_files(site, now))),
            "evidence": _count_orphans(site, now),
            "trials": len(doomed.trials),
            "organisations": len(doomed.organisations),
            "people": len(doomed.people),
        }
        return Report(True, counts | sizes, tuple(doomed.organisations))
    return _erase(site, rules, doomed, now)


def order(site: Site, now: datetime) -> str | None:
    """Have a worker do it today; the id of the job, None when there is one for today already.

    To be called as often as one likes; the day is that of the people's time zone.
    """
    key = f"retention:{now.astimezone(site.zone).date().isoformat()}"
    with site.database.read() as session:
        if find_job(session, key) is not None:
            return None
    with site.database.write() as session:
        return enqueue(session, now, "retention", key).id


def _erase(site: Site, rules: Iterable[_Rule], doomed: _Doomed, now: datetime) -> Report:
    counts = {"addresses": _forget_tasks(site, now), "gatherings": _forget_tables(site, now)}
    counts |= {rule.name: _sweep(site, rule) for rule in rules}
    counts["files"] = remove_nobodys_files(site, now)
    site.files.remove_parts(before=now - timedelta(days=FILE_DAYS))
    counts["evidence"] = sweep_orphans(site, now).removed
    counts["trials"] = sum(_end_trial(site, id_, now) for id_ in doomed.trials)
    gone = [id_ for id_ in doomed.organisations if _end_organisation(site, id_, now)]
    counts["organisations"] = len(gone)
    counts["people"] = sum(_end_person(site, id_, now) for id_ in doomed.people)
    with site.database.write() as session:
        erased = queries.was_erased(session, now - timedelta(days=2), ERASURES)
        others = sum(counts[name] for name in counts.keys() - {"trials", "organisations", "people"})
        record(
            session,
            now,
            "retention_run",
            trials=counts["trials"],
            organisations=counts["organisations"],
            people=counts["people"],
            others=others,
        )
    if erased or counts["trials"] + counts["organisations"] + counts["people"]:
        compact(site.database)
    return Report(False, counts, tuple(gone))


def _count_orphans(site: Site, now: datetime) -> int:
    """How many files of evidence have no row, besides those of organisations that were erased."""
    stale = set(site.files.list_stale(now - ORPHAN_AGE, EVIDENCE)) - set(nobodys_files(site, now))
    with site.database.read() as session:
        return len(stale - known_keys(session, stale))


def _rules(site: Site, now: datetime) -> tuple[_Rule, ...]:
    settings = site.settings
    idle = now - timedelta(minutes=settings.session_minutes)
    links, invitations = now - timedelta(days=LINK_DAYS), now - timedelta(days=INVITATION_DAYS)
    jobs, events = now - timedelta(days=JOB_DAYS), now - timedelta(days=settings.audit_days)
    accounts = select(Person.id).where(Person.is_trial.is_(False))
    return (
        _Rule(
            "sessions",
            BrowserSession.hash,
            or_(
                BrowserSession.ends_utc <= now,
                and_(BrowserSession.seen_utc <= idle, BrowserSession.person_id.in_(accounts)),
            ),
        ),
        _Rule("signin_links", SigninLink.id, _is_over(SigninLink, now, links)),
        _Rule("address_changes", AddressChange.id, _is_over(AddressChange, now, links)),
        _Rule(
            "invitations",
            Invitation.id,
            or_(Invitation.ends_utc < invitations, Invitation.used_utc < invitations),
        ),
        _Rule(
            "cohort_invitations",
            CohortInvitation.id,
            or_(CohortInvitation.ends_utc < invitations, CohortInvitation.used_utc < invitations),
        ),
        _Rule("cohort_reminders", CohortReminder.id, CohortReminder.at_utc < jobs),
        _Rule("jobs", Job.id, and_(Job.state.in_(("done", "failed")), Job.ended_utc < jobs)),
        _Rule("registrations", Registration.number, Registration.activity_id.in_(_long_over(now))),
        _Rule("gathering_papers", GatheringPaper.id, GatheringPaper.activity_id.in_(_long_over(now))),
        _Rule("ideas", GatheringIdea.id, GatheringIdea.activity_id.in_(_long_over(now, IDEA_DAYS))),
        _Rule("tallies", Tally.id, Tally.at_utc < now - timedelta(days=TALLY_DAYS)),
        _Rule("audit_events", AuditEvent.id, AuditEvent.at_utc < events),
    )


def _long_over(now: datetime, days: int = REGISTRATION_DAYS) -> Select[str]:
    """The activities whose lists nobody needs any more."""
    before = now - timedelta(days=days)
    return select(ProgrammeActivity.id).where(ProgrammeActivity.starts_utc < before)


def _is_over(
    table: type[SigninLink] | type[AddressChange], now: datetime, before: datetime
) -> ColumnElement[bool]:
    return and_(table.created_utc < before, or_(table.used_utc.is_not(None), table.ends_utc <= now))


def _count(site: Site, rule: _Rule) -> int:
    with site.database.read() as session:
        return session.scalar(select(func.count()).where(rule.condition).select_from(rule.key.class_)) or 0


def _sweep(site: Site, rule: _Rule) -> int:
    """Erase the rows of a rule, a batch at a time; how many there were."""
    some, total = select(rule.key).where(rule.condition).limit(BATCH), 0
    while True:
        with site.database.write() as session:
            keys = list(session.scalars(some))
            session.execute(delete(rule.key.class_).where(rule.key.in_(keys)))
        total += len(keys)
        if len(keys) < BATCH:
            return total


def _long_ago(site: Site, now: datetime) -> datetime:
    """Before when a section must have been given for its address to be forgotten."""
    return now - timedelta(days=site.settings.invitation_days + INVITATION_DAYS)


def _count_tasks(site: Site, now: datetime) -> int:
    condition = queries.is_forgotten_task(_long_ago(site, now))
    with site.database.read() as session:
        return session.scalar(select(func.count()).select_from(SectionTask).where(condition)) or 0


def _forget_tasks(site: Site, now: datetime) -> int:
    """Take sections back that were given to an address nobody ever joined by."""
    statement = update(SectionTask).where(queries.is_forgotten_task(_long_ago(site, now)))
    with site.database.write() as session:
        done = session.execute(
            statement.values(email=None, by_person_id=None, given_utc=None),
            execution_options={"synchronize_session": False},
        )
        return cast("CursorResult[object]", done).rowcount


def _has_old_tables(now: datetime) -> ColumnElement[bool]:
    """That a gathering still says who sat where, long after."""
    return and_(Gathering.activity_id.in_(_long_over(now)), Gathering.plan != plan_json(NO_TABLES))


def _count_tables(site: Site, now: datetime) -> int:
    with site.database.read() as session:
        return session.scalar(select(func.count()).select_from(Gathering).where(_has_old_tables(now))) or 0


def _forget_tables(site: Site, now: datetime) -> int:
    """Forget who was there and sat where, with the lists of who registered."""
    old = update(Gathering).where(_has_old_tables(now)).values(plan=plan_json(NO_TABLES))
    with site.database.write() as session:
        session.execute(delete(GatheringGuest).where(GatheringGuest.activity_id.in_(_long_over(now))))
        done = session.execute(old, execution_options={"synchronize_session": False})
        return cast("CursorResult[object]", done).rowcount


def _doomed(site: Site, now: datetime) -> _Doomed:
    settings = site.settings
    before_trials = now - timedelta(days=settings.trial_days)
    with site.database.read() as session:
        trials = list(session.scalars(select(Person.id).where(_is_over_trial(before_trials))))
        of_trials = {id_ for person in trials for id_ in queries.trials_of(session, person)}
        used = [use for use in queries.uses(session) if use.id not in of_trials]
        organisations = _unused(used, site, now)
        gone = {*organisations, *of_trials}
        absent = queries.absent_people(session, now - timedelta(days=settings.inactive_days))
        people = [id_ for id_, own in absent.items() if own <= gone]
    return _Doomed(trials, organisations, people)


def _is_over_trial(before: datetime) -> ColumnElement[bool]:
    return and_(Person.is_trial.is_(True), Person.created_utc < before)


def _is_unused(use: Use, site: Site, now: datetime) -> bool:
    """Whether nobody has used an organisation for as long as it is kept, its programmes having the word."""
    kept = use.retention_days or site.settings.inactive_days
    days = site.settings.trial_days if use.is_trial else kept
    return use.last_utc < now - timedelta(days=days)


def _unused(uses: list[Use], site: Site, now: datetime) -> list[str]:
    """The organisations to go, units before their parents; a parent stays while one of its units does."""
    units: dict[str | None, list[Use]] = {}
    for use in uses:
        units.setdefault(use.parent_id, []).append(use)
    found: list[str] = []

    def look(use: Use) -> bool:
        goes = [look(unit) for unit in units.get(use.id, [])]
        is_over = all(goes) and _is_unused(use, site, now)
        if is_over:
            found.append(use.id)
        return is_over

    known = {use.id for use in uses}
    for use in uses:
        if use.parent_id not in known:
            look(use)
    return found


def _end_trial(site: Site, person_id: str, now: datetime) -> bool:
    """Erase somebody who tried, with what they tried; not if they have become somebody since."""
    before = now - timedelta(days=site.settings.trial_days)
    with site.database.write() as session:
        person = session.get(Person, person_id, with_for_update=True)
        if person is None or not person.is_trial or person.created_utc >= before:
            return False
        keys = {id_: remove_organisation(session, id_) for id_ in queries.trials_of(session, person_id)}
        forget_person(session, person)
        for organisation_id in keys:
            record(session, now, "organisation_ended", organisation_id=organisation_id)
        record(session, now, "trial_ended", person_id=person_id)
    for organisation_id, own in keys.items():
        remove_files(site, organisation_id, own)
    return True


def _end_organisation(site: Site, organisation_id: str, now: datetime) -> bool:
    """Erase an organisation, unless it has been used in the meantime or one of its units stayed."""
    with site.database.write() as session:
        session.get(Organisation, organisation_id, with_for_update=True)
        use = next(queries.uses(session, organisation_id), None)
        if use is None or queries.has_units(session, use.id) or not _is_unused(use, site, now):
            return False
        keys = remove_organisation(session, organisation_id)
        record(session, now, "organisation_ended", organisation_id=organisation_id)
    remove_files(site, organisation_id, keys)
    return True


def _end_person(site: Site, person_id: str, now: datetime) -> bool:
    """Erase somebody who has not been here for long, unless they have come back or got something to do."""
    before = now - timedelta(days=site.settings.inactive_days)
    with site.database.write() as session:
        person = session.get(Person, person_id, with_for_update=True)
        if person is None or queries.absent_people(session, before, only=person_id) != {person_id: set()}:
            return False
        keys = forget_person(session, person)
        record(session, now, "person_ended", person_id=person_id)
    remove_named(site, keys)
    return True
