"""Everything a company has here, for its owners to take away: one ZIP file.

Answers stand in it as answer files, results as the contracts have them, so that ``kretslop score`` and every
other program can read them. The file is written to the disk as it grows, under no name: it goes with the
one who reads it, also after a kill.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy.orm import Session

from assessment.answers import to_json
from questionnaires.errors import DefinitionError, UnknownDefinition
from webapp.db import queries_activities as activity_queries
from webapp.db import queries_asked as asked_queries
from webapp.db import queries_organisations as organisation_queries
from webapp.db import queries_plans as plan_queries
from webapp.db import queries_privacy as queries
from webapp.db import queries_reviews as review_queries
from webapp.db.queries_assessments import facts_of, tasks_of
from webapp.db.queries_evidence import files_of
from webapp.db.tables.assessments import Assessment, EvidenceFile, Submission
from webapp.db.tables.organisations import Organisation
from webapp.errors import NotSaved, NotThere, TooOften
from webapp.evidence.storage import FileMissing
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.beside import ADVISORS_OWN, besides
from webapp.services.cohortcopies import company_cohorts
from webapp.services.documents import editions_open_to, is_current
from webapp.services.gatheringcopies import company_ideas
from webapp.services.notes import PRIVATE_DEEDS
from webapp.services.opening import answer_set, held_answers
from webapp.services.people import called
from webapp.services.personal_copy import columns, json_text
from webapp.services.reports import slug
from webapp.services.site import Site
from webapp.services.supportcopies import company_referrals

COPIES_AN_HOUR = 10
DEED = "organisation_exported"
_UNSAFE = re.compile(r"[^\w. -]")
MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class Copy:
    """A ZIP file to hand out, open at its beginning. ``name``: what to call it."""

    name: str
    file: IO[bytes]
    size_bytes: int


@dataclass(frozen=True, slots=True)
class _Texts:
    """One folder of the copy: what is written into it, and the files that are fetched into it, by name."""

    folder: str
    contents: Mapping[str, Any]
    files: Mapping[str, str]


def company_copy(site: Site, actor: Actor, organisation_id: str, now: datetime) -> Copy:
    """The copy, with the taking of it recorded. Raises NotThere, NotAllowed, TooOften and NotSaved."""
    actor.needs(organisation_id, "owner")
    with site.database.write() as session:
        if _is_too_often(session, actor, now):
            raise TooOften(60)
        record(session, now, DEED, person_id=actor.person_id, organisation_id=organisation_id)
    with site.database.read() as session:
        organisation = session.get(Organisation, organisation_id)
        if organisation is None:
            raise NotThere
        name = organisation.name
        assessments = queries.assessments_in(session, organisation_id)
    stem = slug(name) or "company"
    file = tempfile.TemporaryFile(dir=site.settings.data_dir, prefix=".copy-")  # noqa: SIM115  # whoever reads it closes it
    with ExitStack() as undoing:
        undoing.callback(file.close)
        try:
            with ZipFile(file, "w") as archive:
                put = partial(_put, archive, stem, now)
                for folder in _folders(site, actor, organisation_id, assessments):
                    _write(site, folder, put)
        except OSError as error:  # the disk is full
            raise NotSaved from error
        undoing.pop_all()
    size = file.tell()
    file.seek(0)
    return Copy(f"{stem}.zip", file, size)


def _is_too_often(session: Session, actor: Actor, now: datetime) -> bool:
    """Whether somebody has taken too many copies within the hour."""
    since = now - timedelta(hours=1)
    return organisation_queries.count_deeds(session, actor.person_id, DEED, since) >= COPIES_AN_HOUR


def _put(archive: ZipFile, stem: str, now: datetime, path: str, content: bytes) -> None:
    """Add one file; texts are made smaller, files are so already."""
    entry = ZipInfo(f"{stem}/{path}", now.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED if path.endswith(".json") else ZIP_STORED
    entry.external_attr = 0o600 << 16
    archive.writestr(entry, content)


def _write(site: Site, folder: _Texts, put: Callable[[str, bytes], None]) -> None:
    missing = []
    for name, key in folder.files.items():
        try:
            put(f"{folder.folder}{name}", site.files.get(key))
        except FileMissing:
            missing.append(name)
    for name, content in folder.contents.items():
        put(f"{folder.folder}{name}.json", json_text(content))
    if missing:
        put(f"{folder.folder}missing.json", json_text(missing))


def _folders(
    site: Site, actor: Actor, organisation_id: str, assessments: list[Assessment]
) -> Iterator[_Texts]:
    """The parts of the copy, each read in a transaction that ends before it is written."""
    with site.database.read() as session:
        organisation = session.get(Organisation, organisation_id)
        if organisation is None:  # erased meanwhile
            raise NotThere
        ids = [row.id for row in assessments]
        people = queries.names_in(session, organisation_id, ids)
        names = {id_: called(person.name, person.email) for id_, person in people.items()}
        company = _company(session, organisation, names)
        company["activities"] = _activities(session, organisation_id, names)
        company["cohorts"] = company_cohorts(session, organisation_id, names)
        company["ideas"] = company_ideas(session, organisation_id, names)
    yield _Texts("", company, {})
    for number, row in enumerate(assessments, 1):
        with site.database.read() as session:
            found = session.get(Assessment, row.id)
            parts = None if found is None else _assessment(session, site, actor, found, names)
        if parts is not None:  # else erased meanwhile
            period = _UNSAFE.sub("_", row.period)
            yield _Texts(f"{number:02}-{row.questionnaire}-{period}-{row.round}/", *parts)


_OWN = ("id", "name", "orgnr", "kind", "parent_id", "entity_orgnr", "register_utc", "created_utc")


def _company(session: Session, row: Organisation, names: Mapping[str, str]) -> dict[str, Any]:
    organisation_id = row.id
    people = organisation_queries.people_of(session, organisation_id)
    programmes = organisation_queries.programmes_of(session, organisation_id)
    company = {
        **columns(row, *_OWN),
        "units": [
            columns(one, "id", "name", "orgnr") for one in organisation_queries.units_of(session, row.id)
        ],
        "people": [
            {"name": names.get(person.id), "email": person.email, **columns(one, "role", "since_utc")}
            for one, person in people
        ],
        "invitations": [
            columns(one, "email", "role", "created_utc", "ends_utc")
            for one, _ in organisation_queries.invitations_of(session, organisation_id)
        ],
        "programmes": [
            {**columns(programme, "name", "controller", "contact"), "since_utc": one.since_utc}
            for one, programme in programmes
        ],
        "profile": [
            {
                **columns(fact, "fact_id", "source", "source_on", "version", "at_utc"),
                "value": json.loads(fact.value),
                "by": names.get(fact.by_person_id or ""),
            }
            for fact in facts_of(session, organisation_id).values()
        ],
    }
    events = [
        {
            **columns(event, "at_utc", "action", "assessment_id"),
            "by": names.get(event.person_id or ""),
            "detail": json.loads(event.detail),
        }
        for event in queries.events_about(session, organisation_id)
        if event.action not in PRIVATE_DEEDS
    ]
    return {"company": company, "record": events}


def _activities(session: Session, organisation_id: str, names: Mapping[str, str]) -> dict[str, Any]:
    """What its people registered for, and where it was."""
    return {
        "registrations": [
            {**columns(activity, "code", "starts_utc"), "by": names.get(one.person_id), "at_utc": one.at_utc}
            for one, activity in activity_queries.registered_from(session, organisation_id)
        ],
        "attended": [
            {
                **columns(activity, "code", "starts_utc"),
                "by": names.get(one.person_id or ""),
                "marked_utc": one.at_utc,
            }
            for one, activity in activity_queries.where_it_was(session, organisation_id)
        ],
    }


def _assessment(
    session: Session, site: Site, actor: Actor, row: Assessment, names: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """What is written of an assessment, and which files go with it."""
    hand_ins = queries.hand_ins_of(session, row.id)
    contents: dict[str, Any] = {
        "about": _about(session, row, names, hand_ins),
        "answers": _answers(session, site, row),
        "history": [
            {
                **columns(one, "question_id", "version", "at_utc"),
                "by": names.get(one.by_person_id or ""),
                "answer": json.loads(one.body),
            }
            for one in queries.history_in(session, row.id)
        ],
        "comments": [
            {**columns(one, "question_id", "at_utc", "body"), "by": names.get(one.person_id or "")}
            for one in queries.comments_in(session, row.id)
        ],
    }
    contents["review"] = _review(session, row, names)
    contents["plan"] = _plan(session, row, names)
    contents["referrals"] = company_referrals(session, row, names)
    files = _evidence_names(files_of(session, row.id))
    for hand_in in hand_ins:
        place = f"hand-in-{hand_in.number}/"
        contents[f"{place}answers"] = json.loads(hand_in.answers)
        contents[f"{place}result"] = json.loads(hand_in.result)
        files |= {f"{place}{name}.pdf": key for name, key in _reports(session, site, actor, row, hand_in)}
    return contents, files


def _reports(
    session: Session, site: Site, actor: Actor, row: Assessment, hand_in: Submission
) -> Iterator[tuple[str, str]]:
    """What the reports are called and where they lie; none of those that are for advisors alone.

    One that would say something else now is called so.
    """
    kinds = [kind for kind in editions_open_to(actor, row) if kind not in ADVISORS_OWN]
    said = besides(session, site, hand_in, row, kinds)
    for one in queries.ready_documents(session, hand_in.id):
        beside = next((held for kind, held in said.items() if kind == one.edition), None)
        if beside is not None and one.key:
            older = "" if is_current(one, beside) else "-outdated"
            yield f"report-{one.edition}-{one.language}{older}", one.key


def _review(session: Session, row: Assessment, names: Mapping[str, str]) -> dict[str, Any]:
    """What the advisors have told the company; what they keep to themselves is no part of it."""
    return {
        "notes": [
            {
                **columns(note, "question_id", "number", "at_utc", "body"),
                "by": names.get(note.person_id or "") or (called(person.name, None) if person else None),
            }
            for note, person in review_queries.shared_notes_of(session, row.id)
        ],
        "requests": [
            {
                **columns(one, "question_id", "number", "reason", "at_utc"),
                "by": names.get(one.by_person_id or "") or (called(person.name, None) if person else None),
            }
            for number in sorted(asked_queries.sent_back(session, row.id))
            for one, person in asked_queries.requests_with_people(session, row.id, number)
        ],
        "approvals": [
            {
                **columns(one, "level", "at_utc", "undone_utc"),
                "review": json.loads(one.review),
                "result": json.loads(one.result),
            }
            for one in review_queries.approvals_of(session, row.id)
        ],
    }


def _plan(session: Session, row: Assessment, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """What was agreed on over an assessment, with every version each action has had."""
    actions = plan_queries.own_actions(session, row.id)
    versions = plan_queries.versions_of(session, [one.id for one in actions])
    own = ("id", "question_id", "body", "owner", "due_on", "effort", "status", "remark", "started_utc")
    return [
        {
            **columns(action, *own),
            "history": [
                {
                    **columns(one, "version", "at_utc"),
                    "by": names.get(one.by_person_id or "") or (called(by.name, None) if by else None),
                    "action": json.loads(one.body),
                }
                for one, by in versions
                if one.action_id == action.id
            ],
        }
        for action in actions
    ]


def _about(
    session: Session, row: Assessment, names: Mapping[str, str], hand_ins: list[Submission]
) -> dict[str, Any]:
    own = ("id", "questionnaire", "version", "depth", "period", "state", "round", "previous_id")
    return {
        **columns(row, *own, "due_on", "shared_utc", "started_utc", "changed_utc"),
        "steps": [
            {
                **columns(one, "event", "state", "reason", "at_utc"),
                "by": names.get(one.by_person_id or ""),
            }
            for one in queries.steps_in(session, row.id)
        ],
        "sections": [
            {
                **columns(task, "section_id", "done_utc", "given_utc", "email"),
                "given_to": names.get(task.person_id or ""),
            }
            for task in tasks_of(session, row.id).values()
        ],
        "hand_ins": [
            {
                **columns(one, "number", "receipt", "completed_on", "engine", "definition_sha256", "at_utc"),
                "by": names.get(one.by_person_id or ""),
            }
            for one in hand_ins
        ],
        "files": [
            {
                **columns(one, "question_id", "name", "kind", "size_bytes", "sha256", "at_utc"),
                "by": names.get(one.by_person_id or ""),
            }
            for one in files_of(session, row.id)
        ],
    }


def _answers(session: Session, site: Site, row: Assessment) -> dict[str, Any] | None:
    """The answers as they stand, as an answer file; None without their questionnaire: see the history."""
    organisation = session.get_one(Organisation, row.organisation_id)
    try:
        shelved = site.shelf.open(row.questionnaire, row.version)
    except (DefinitionError, UnknownDefinition):
        return None
    held = held_answers(session, row.id, shelved)
    return to_json(answer_set(session, row, organisation, shelved, held))


def _evidence_names(files: list[EvidenceFile]) -> dict[str, str]:
    """Names that no two files share and no system stumbles over; what people called them stays readable."""
    return {
        f"evidence/{at:02}-{_UNSAFE.sub('_', file.name)[-MAX_NAME:]}": file.key
        for at, file in enumerate(files, 1)
    }
