"""What other cohorts were told, with what it was made of: for the audit of a release, and nobody's to see."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from assessment.cohort.publishing import Release
from assessment.cohort.stored import read_release
from webapp.db import queries_releases as queries
from webapp.services.cohortlayouts import layout_in


def told_beside(session: Session, cohort_id: str, questionnaire: str) -> Mapping[str, Release]:
    """What all other cohorts were told of a questionnaire by id, the oldest first, each by its own layout."""
    found = {}
    for row, cohort in queries.releases_beside(session, cohort_id, questionnaire):
        held = layout_in(cohort, questionnaire)
        assert held is not None  # a release settles it
        found[row.id] = read_release(row.told, row.basis, held.layout)
    return found
