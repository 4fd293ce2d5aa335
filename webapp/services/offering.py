"""What a programme consists of, between its rows and the one value that carries it anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from questionnaires.programme import (
    PartnerOrganisation,
    PartnerRole,
    ProgrammeActivity,
    ProgrammeFrame,
    ProgrammeTemplate,
)
from questionnaires.programme_values import Words
from questionnaires.support import SupportActor
from webapp.db import queries_activities as queries
from webapp.db import queries_support
from webapp.db.tables.activities import Partner
from webapp.db.tables.activities import ProgrammeActivity as ActivityRow
from webapp.db.tables.organisations import Programme
from webapp.db.tables.support import SupportActor as ActorRow
from webapp.words import words_of

USUAL_MINUTES = 60
"""How long an activity is taken to last that does not say so."""


def activity_in(row: ActivityRow) -> ProgrammeActivity:
    """An activity as its row keeps it."""
    return ProgrammeActivity.model_validate_json(row.body)


def put_activity(row: ActivityRow, activity: ProgrammeActivity, person_id: str | None, now: datetime) -> None:
    """Have a row say what an activity says. What was cancelled stays so, whatever is edited."""
    is_cancelled = row.cancelled_utc is not None or activity.is_cancelled
    row.body = activity.model_copy(update={"is_cancelled": is_cancelled}).model_dump_json(
        exclude_defaults=True
    )
    row.code, row.part, row.kind = activity.id, activity.depth, activity.kind
    row.starts_utc, row.capacity = activity.starts, activity.capacity
    if activity.is_cancelled and row.cancelled_utc is None:
        row.cancelled_utc = now
    row.by_person_id, row.at_utc = person_id, now


def ends_of(activity: ProgrammeActivity) -> datetime | None:
    """When an activity ends, as far as it says; None for one without a time."""
    if activity.starts is None:
        return None
    minutes = activity.duration_min or USUAL_MINUTES
    return activity.ends or activity.starts + timedelta(minutes=minutes)


def template_in(session: Session, programme: Programme) -> ProgrammeTemplate:
    """A whole programme as one value; no company, no registration and nobody who was there is in it."""
    frame = frame_of(programme)
    rows = queries.activities_of(session, [programme.id])
    return ProgrammeTemplate(
        name=frame.name,
        about=frame.about,
        parts=frame.parts,
        partners=tuple(partner_in(row) for row in queries.partners_of(session, programme.id)),
        actors=tuple(actor_in(row) for row in queries_support.actors_of(session, [programme.id])),
        activities=tuple(activity_in(row) for row in in_code_order(rows)),
    )


def in_code_order(rows: Iterable[ActivityRow]) -> list[ActivityRow]:
    """Activities by their codes, C2 before C10."""

    def order(row: ActivityRow) -> tuple[str, int]:
        letters = row.code.rstrip("0123456789")
        return letters, int(row.code[len(letters) :] or 0)

    return sorted(rows, key=order)


def frame_of(programme: Programme) -> ProgrammeFrame:
    """What a programme says of itself; its name alone where it has said nothing."""
    if programme.frame is not None:
        return ProgrammeFrame.model_validate_json(programme.frame)
    parts = {part: {"title": _said(f"programme.part_{part}")} for part in ("basic", "advanced")}
    name = dict.fromkeys(("nb", "nn", "en"), programme.name)
    return ProgrammeFrame.model_validate_json(json.dumps({"name": name, "parts": parts}))


def put_frame(programme: Programme, frame: ProgrammeFrame) -> None:
    """Have a programme say this of itself; its partners and activities have rows of their own."""
    whole = ProgrammeFrame(name=frame.name, about=frame.about, parts=frame.parts)
    programme.frame = whole.model_dump_json(exclude_defaults=True)


def partner_in(row: Partner) -> PartnerOrganisation:
    """A partner as its row keeps it."""
    return PartnerOrganisation(name=row.name, roles=roles_in(row), url=row.url or None)


def roles_in(row: Partner) -> tuple[PartnerRole, ...]:
    """What a partner does in a programme."""
    return tuple(row.roles.split())  # type: ignore[arg-type]  # the table holds roles only


def actor_in(row: ActorRow) -> SupportActor:
    """An organisation that helps companies, as its row keeps it."""
    return SupportActor.model_validate_json(row.body)


def put_actor(row: ActorRow, said: SupportActor, person_id: str | None, now: datetime) -> None:
    """Have a row say what the entry of an organisation says."""
    row.code, row.name = said.id, said.name
    row.body = said.model_dump_json(exclude_defaults=True)
    row.by_person_id, row.at_utc = person_id, now


def put_template(
    session: Session, programme: Programme, template: ProgrammeTemplate, person_id: str | None, now: datetime
) -> None:
    """Give an empty programme everything a template holds."""
    put_frame(programme, template)
    for at, partner in enumerate(template.partners):
        session.add(
            Partner(
                programme_id=programme.id,
                name=partner.name,
                roles=" ".join(partner.roles),
                url=partner.url or "",
                since_utc=now + timedelta(microseconds=at),  # keeps their order
            )
        )
    for actor in template.actors:
        helper = ActorRow(programme_id=programme.id)
        put_actor(helper, actor, person_id, now)
        session.add(helper)
    for activity in template.activities:
        row = ActivityRow(programme_id=programme.id)
        put_activity(row, activity, person_id, now)
        session.add(row)
    session.flush()


def _said(key: str) -> dict[str, str]:
    return {language: words_of(language).say(key) for language in ("nb", "nn", "en")}


def in_all(text: str) -> Words:
    """The same words in every language: a name."""
    return Words(nb=text, nn=text, en=text)
