"""What the papers of a gathering are made from, and a mark that tells when they would say something else.

What may be told of a company follows from its consent at the moment: of one that does not consent to
``tables`` no name, no gap and no sheet goes into what staff print. A person's own sheet is theirs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias, get_args

from sqlalchemy.orm import Session

from assessment.gathering.reasons import reasons
from questionnaires.model import Questionnaire
from questionnaires.values import Language
from reports.gathering.material import (
    NOTHING_SHARED,
    AgendaPoint,
    GatheringFacts,
    PackMaterial,
    Person,
)
from reports.gathering.pack import PackKind
from reports.marks import program_version
from webapp.db.tables.gatherings import GatheringPaper
from webapp.db.tables.organisations import Programme
from webapp.links import gathering_page, table_ideas
from webapp.services.gatheringdesk import topics_in
from webapp.services.gatheringresults import Brought, brought_in, counting, readiness_in
from webapp.services.gatherings import Guest, Room
from webapp.services.gatheringseats import participants, without_absent
from webapp.services.offering import ends_of
from webapp.services.site import Site
from webapp.services.submitted import branding_of, look_of

PaperKind: TypeAlias = PackKind | Literal["own"]
"""A document of the pack, or somebody's own sheet."""

STAFF_KINDS: tuple[PackKind, ...] = get_args(PackKind)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which paper. ``person_id``: whose own sheet; None for what staff print."""

    kind: PaperKind
    language: Language
    person_id: str | None = None


def asked_of(paper: GatheringPaper) -> Asked:
    """Which paper a row is about."""
    return Asked(paper.kind, paper.language, paper.person_id)  # type: ignore[arg-type]  # as stored


def readers_of(room: Room, asked: Asked) -> tuple[Guest, ...]:
    """Who is in a paper: those who are there; on sheets only participants of companies that consent."""
    if asked.kind == "own":
        return tuple(one for one in room.guests if one.person_id == asked.person_id)
    if asked.kind == "participants":
        return tuple(one for one in room.present if one.is_open and not one.is_facilitator)
    return room.present


def has_content(room: Room, kind: PackKind) -> bool:
    """Whether there is anything to print."""
    return bool(without_absent(room).tables if kind == "tables" else readers_of(room, Asked(kind, "nb")))


def mark_of(session: Session, site: Site, room: Room, asked: Asked) -> str:
    """64 hexadecimal digits that tell what a paper says now from whatever else it might say."""
    kind, language = asked.kind, asked.language
    there = readers_of(room, asked)
    counts = {} if kind == "badges" else counting(session, _counted(kind, there), room.prework)
    look = look_of(session, session.get(Programme, room.programme_id))
    plan = without_absent(room)
    parts = (
        program_version(),
        kind,
        language,
        room.programme,
        room.activity.model_dump_json(),
        sorted(room.prework.items()),
        [asdict(one) for one in there],
        [sorted(one.submission_id for one in counts[id_].values()) for id_ in sorted(counts)],
        plan.tables if kind in ("tables", "notes") else (),
        room.topics if kind in ("tables", "notes") else None,
        None if look is None else asdict(look),
        gathering_page(site.settings, language, room.activity_id),
        str(site.zone),
    )
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _counted(kind: PaperKind, there: Collection[Guest]) -> list[str]:
    """The companies whose pre-work a paper speaks of; in the notes all are counted, and none is named."""
    is_all = kind in ("own", "notes")
    return sorted({one.organisation_id for one in there if one.organisation_id and (is_all or one.is_open)})


def pack_material(session: Session, site: Site, room: Room, asked: Asked) -> PackMaterial:
    """What a paper is made from."""
    kind, language = asked.kind, asked.language
    there = readers_of(room, asked)
    companies, willing = _counted(kind, there), room.willing
    ready = readiness_in(session, room, companies)
    told = [id_ for id_ in companies if kind == "own" or id_ in willing]
    brought = brought_in(session, site, room, told)
    plan, page = without_absent(room), gathering_page(site.settings, language, room.activity_id)

    def person(one: Guest) -> Person:
        own = brought.get(one.organisation_id)
        return Person(
            id=one.person_id,
            name=one.name,
            company=one.organisation,
            role="facilitator" if one.is_facilitator and kind != "own" else "participant",
            is_named=one.is_open,
            shares_gaps=one.organisation_id in willing,
            sheet=own.sheet if own else None,
            readiness=ready.get(one.organisation_id),
            address=page,
        )

    numbers = range(1, len(plan.tables) + 1)
    return PackMaterial(
        gathering=_facts(site, room, language),
        language=language,
        programme=room.programme,
        people=tuple(person(one) for one in there),
        questionnaires=_questionnaires(site, room, brought),
        plan=plan,
        reasons=reasons(plan, participants(room, brought)),
        ideas=tuple(table_ideas(site.settings, language, room.activity_id, number) for number in numbers),
        topics=topics_in(room.topics) or NOTHING_SHARED,
        branding=branding_of(site, look_of(session, session.get(Programme, room.programme_id))),
    )


def _facts(site: Site, room: Room, language: Language) -> GatheringFacts:
    said = room.activity
    starts, ends = said.starts, ends_of(said)
    return GatheringFacts(
        title=getattr(said.title, language),
        place=said.place or "",
        starts=None if starts is None else starts.astimezone(site.zone),
        ends=None if ends is None else ends.astimezone(site.zone),
        agenda=tuple(AgendaPoint(getattr(one.title, language), one.minutes) for one in said.agenda),
    )


def _questionnaires(site: Site, room: Room, brought: Mapping[str, Brought]) -> dict[str, Questionnaire]:
    """Those that are asked for, answered, or on the list of topics, in their newest words."""
    answered = {id_ for one in brought.values() for id_ in one.questionnaires}
    topics = topics_in(room.topics) or NOTHING_SHARED
    spoken_of = {one.topic.partition("/")[0] for one in topics.topics}
    shelved = (site.shelf.newest(id_) for id_ in sorted({*room.prework, *answered, *spoken_of}))
    return {one.id: one.plan.questionnaire for one in shelved if one is not None}
