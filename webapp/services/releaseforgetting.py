"""Making a stranger of an erased company in everything a cohort's releases were made of.

What was told stays as it is. Where the company stood is still counted, of nobody: without it the audit could
not see what its leaving gives away.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace

from sqlalchemy.orm import Session

from assessment.cohort.publishing import Release
from assessment.cohort.stored import basis_text, forget, read_release
from webapp.db import queries_releases as queries
from webapp.db.ids import new_id
from webapp.db.queries_cohorts import find_cohort
from webapp.services.cohortlayouts import layout_in


def forget_company(session: Session, organisation_id: str) -> None:
    """Take a company's name out of every basis, within the transaction that erases it.

    A company that is counted for another is known by its results, which go with it. Where it stood for
    others of its legal entity, their results stay theirs.
    """
    cohorts = queries.cohorts_counting(session, organisation_id)
    results = queries.results_named(session, organisation_id) if cohorts else set()
    stranger = new_id()  # the same in all: the audit has to see that it is one
    for cohort_id in cohorts:
        cohort = find_cohort(session, cohort_id, is_locked=True)
        assert cohort is not None  # it has a release
        for row in queries.releases_with_basis(session, cohort_id):
            held = layout_in(cohort, row.questionnaire)
            assert held is not None
            release = read_release(row.told, row.basis, held.layout)
            forgotten = _without(release, organisation_id, results, stranger)
            if forgotten is not None:
                row.basis = basis_text(forgotten)


def _without(release: Release, company: str, results: AbstractSet[str], stranger: str) -> Release | None:
    """A release whose basis knows the company no more; None where it never did."""
    before = basis = release.basis
    for owner in sorted({one.owner for one in before.counted if one.result in results}):
        basis = forget(basis, owner, stranger)
    counted = (replace(one, owner=stranger) if one.owner == company else one for one in basis.counted)
    basis = replace(basis, counted=tuple(counted))
    return None if basis == before else replace(release, basis=basis)
