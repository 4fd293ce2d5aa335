"""From gap to help: what the programmes a company takes part in offer it, and what it has attended.

A company outside of programmes, or in one without activities, is suggested those of the usual list.
"""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy.orm import Session

from assessment.advice.offers import offers
from questionnaires.programme import ProgrammeActivity
from reports.material import ProgrammeOffer
from webapp.db import queries_activities as queries
from webapp.db.tables.activities import ProgrammeActivity as ProgrammeActivityRow
from webapp.services.offering import activity_in, in_code_order
from webapp.services.site import Site


def offer_text(session: Session, site: Site, organisation_id: str, now: datetime) -> str:
    """What is offered to a company, as one text that differs whenever anything of it does; empty for nothing.

    Of two programmes that call an activity the same, the one joined first has the word.
    """
    rows = _rows(session, organisation_id)
    if not rows:
        return ""
    activities = {code: activity_in(row) for code, row in rows.items()}
    there = offers(activities.values(), now)
    attended = {id_ for id_, _ in queries.attended_by(session, [organisation_id])}
    content = {
        "activities": [
            activities[one.id].model_dump(mode="json", exclude_defaults=True) for one in there.open
        ],
        "kinds": dict(there.kinds),
        "done": sorted(code for code, row in rows.items() if row.id in attended),
        "zone": site.settings.time_zone,
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False)


def pages_of(session: Session, organisation_id: str) -> dict[str, str]:
    """The ids of the activities that are offered to a company, by their codes."""
    return {code: row.id for code, row in _rows(session, organisation_id).items()}


def _rows(session: Session, organisation_id: str) -> dict[str, ProgrammeActivityRow]:
    found: dict[str, ProgrammeActivityRow] = {}
    for programme in queries.programmes_with_family(session, organisation_id):
        for row in in_code_order(queries.activities_of(session, [programme.id])):
            found.setdefault(row.code, row)
    return found


def offer_in(text: str) -> ProgrammeOffer | None:
    """The same as values; None for nothing."""
    if not text:
        return None
    content = json.loads(text)
    return ProgrammeOffer(
        activities=tuple(
            ProgrammeActivity.model_validate_json(json.dumps(one)) for one in content["activities"]
        ),
        kinds=content["kinds"],
        done=frozenset(content["done"]),
        zone=content["zone"],
    )
