"""Every door of the application."""

from __future__ import annotations

from webapp.auth.access import Door
from webapp.services.demomail import has_inbox
from webapp.settings import Settings
from webapp.views import (
    account,
    activities,
    activitydesk,
    assessments,
    calibration,
    colleagues,
    decisions,
    delegation,
    demo,
    documents,
    evidence,
    handover,
    health,
    invitation,
    mailchoice,
    oidc,
    organisation,
    outsiders,
    pages,
    plan,
    portfolio,
    privacy,
    profile,
    programme,
    question,
    result,
    review,
    rounds,
    shownfiles,
    signin,
    start,
    team,
    whatif,
    wizard,
)

DOORS = (
    start.DOOR,
    signin.DOOR,
    assessments.DOOR,
    profile.DOOR,
    wizard.DOOR,
    pages.DOOR,
    health.DOOR,
    organisation.DOOR,
    colleagues.DOOR,
    invitation.DOOR,
    account.DOOR,
    oidc.DOOR,
    result.DOOR,
    whatif.DOOR,
    rounds.DOOR,
    documents.DOOR,
    portfolio.DOOR,
    privacy.DOOR,
    delegation.DOOR,
    question.DOOR,
    evidence.DOOR,
    plan.DOOR,
    review.DOOR,
    decisions.DOOR,
    calibration.DOOR,
    team.DOOR,
    handover.DOOR,
    outsiders.DOOR,
    mailchoice.DOOR,
    activities.DOOR,
    programme.DOOR,
    activitydesk.DOOR,
    shownfiles.DOOR,
)


def doors_of(settings: Settings) -> tuple[Door, ...]:
    """The doors of one installation: a demo has one more."""
    return (*DOORS, demo.DOOR) if has_inbox(settings) else DOORS
