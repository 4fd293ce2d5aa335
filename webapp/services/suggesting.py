"""What the activities of its programmes are suggested to a company for, over all it has handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from assessment.advice.learning import LearningPath, learning_path
from assessment.result import AssessmentResult
from reports.material import ProgrammeOffer
from reports.sections.learning import offered
from webapp.db.queries_portfolio import handed_in
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.organisations import Organisation
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.services.learning import offer_in, offer_text, pages_of
from webapp.services.site import Site
from webapp.services.submitted import Given, ResultDiffers, given_of, given_result

MAX_COMPANIES = 3
"""Of somebody's own, for which a page works it out."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A company's path through what its programmes offer. ``pages``: ids of activities by code."""

    company: str
    offer: ProgrammeOffer
    path: LearningPath
    pages: dict[str, str]


def suggested_to(site: Site, actor: Actor, now: datetime) -> tuple[Suggested, ...]:
    """The paths of the reader's own companies that have handed something in and are offered something."""
    found = []
    for organisation_id in sorted(actor.organisations(*COMPANY_ROLES))[:MAX_COMPANIES]:
        with site.database.read() as session:
            text = offer_text(session, site, organisation_id, now)
            newest = _newest(session, organisation_id) if text else []
            name = session.get_one(Organisation, organisation_id).name
            pages = pages_of(session, organisation_id) if newest else {}
        offer = offer_in(text)
        results = [result for given in newest if (result := _result(site, given)) is not None]
        if offer is not None and results:
            path = learning_path(results, offered(offer), done=offer.done)
            found.append(Suggested(name, offer, path, pages))
    return tuple(one for one in found if one.path.webinars or one.path.gathering)


def _newest(session: Session, organisation_id: str) -> list[Given]:
    """The last hand-in of each questionnaire."""
    found: dict[str, Given] = {}
    for row in handed_in(session, [organisation_id]):
        if row.questionnaire not in found:
            submission, assessment = (
                session.get_one(Submission, row.submission_id),
                session.get_one(Assessment, row.id),
            )
            found[row.questionnaire] = given_of(submission, assessment)
    return list(found.values())


def _result(site: Site, given: Given) -> AssessmentResult | None:
    """The result of a hand-in; None where it cannot be recomputed, since the page stands without it."""
    try:
        return given_result(site, given)
    except ResultDiffers:
        return None
