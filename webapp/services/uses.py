"""What a company's answers may be used for in a cohort, and what it has said to each use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias, get_args

from sqlalchemy.orm import Session

from webapp.db import queries_cohorts as queries
from webapp.db.tables.cohorts import CohortConsent

Use: TypeAlias = Literal["aggregate", "advisor", "tables", "symbiosis"]
"""``aggregate``: counted among others before a gathering; ``advisor``: the programme may give it one;
``tables``: its name stands on table lists and badges; ``symbiosis``: what it has and needs is matched."""

USES: tuple[Use, ...] = get_args(Use)


def given_in(rows: Iterable[CohortConsent]) -> frozenset[Use]:
    """The uses that are let, of what one company said in one cohort, the oldest first."""
    newest = {row.use: row.is_given for row in rows}
    return frozenset(use for use in USES if newest.get(use, False))


def may_be_advised(session: Session, programme_id: str, organisation_id: str) -> bool:
    """Whether a programme may give a company an advisor.

    One that is in cohorts of it says so in at least one; for others nothing was asked.
    """
    found = queries.memberships_of(session, organisation_id, programme_id)
    return not found or any(
        "advisor" in given_in(queries.consents_of(session, cohort.id, organisation_id))
        for _, cohort, _ in found
    )
