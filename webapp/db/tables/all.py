"""Every table, known to the metadata once this is imported."""

from __future__ import annotations

from webapp.db.tables import (
    activities,
    assessments,
    cohorts,
    gatherings,
    organisations,
    people,
    plans,
    releases,
    reviews,
    support,
    work,
)
from webapp.db.tables.base import Base

TABLES = (
    people,
    organisations,
    assessments,
    reviews,
    plans,
    activities,
    cohorts,
    releases,
    gatherings,
    support,
    work,
)
METADATA = Base.metadata
