"""The record of who did what, written in the same transaction as the deed."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.db.tables.work import AuditEvent


def record(
    session: Session,
    now: datetime,
    action: str,
    *,
    person_id: str | None = None,
    organisation_id: str | None = None,
    assessment_id: str | None = None,
    **detail: str | int | None,
) -> None:
    """Add one event. ``detail``: ids, codes and counts only; never an answer, an address or a token."""
    session.add(
        AuditEvent(
            at_utc=now,
            action=action,
            person_id=person_id,
            organisation_id=organisation_id,
            assessment_id=assessment_id,
            detail=json.dumps(detail, sort_keys=True),
        )
    )
