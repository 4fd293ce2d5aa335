"""Whole addresses of pages, for mails and for people at a terminal."""

from __future__ import annotations

from webapp.settings import Settings


def signin_link(settings: Settings, language: str, token: str) -> str:
    """Where a sign-in link leads."""
    return f"{settings.public_url}/{language}/signin/{token}"


def invitation_link(settings: Settings, language: str, token: str) -> str:
    """Where somebody who was invited can join."""
    return f"{settings.public_url}/{language}/invitation/{token}"


def assessment_link(settings: Settings, language: str, assessment_id: str) -> str:
    """An assessment's task list."""
    return f"{settings.public_url}/{language}/assessments/{assessment_id}"


def result_link(settings: Settings, language: str, assessment_id: str) -> str:
    """The result of an assessment that was handed in."""
    return f"{assessment_link(settings, language, assessment_id)}/result"


def section_link(settings: Settings, language: str, assessment_id: str, section_id: str) -> str:
    """One section of an assessment."""
    return f"{assessment_link(settings, language, assessment_id)}/sections/{section_id}"


def address_link(settings: Settings, language: str, token: str) -> str:
    """Where somebody takes another address over."""
    return f"{settings.public_url}/{language}/account/address/{token}"


def portfolio_link(settings: Settings, language: str) -> str:
    """The companies somebody advises."""
    return f"{settings.public_url}/{language}/portfolio"


def overview_link(settings: Settings, language: str) -> str:
    """A company's own assessments."""
    return f"{settings.public_url}/{language}/assessments"


def front_link(settings: Settings, language: str) -> str:
    """Where everybody comes to what they work with."""
    return f"{settings.public_url}/{language}/"


def activity_link(settings: Settings, language: str, activity_id: str) -> str:
    """An activity of a programme."""
    return f"{settings.public_url}/{language}/activities/{activity_id}"


def cohort_invitation_link(settings: Settings, language: str, token: str) -> str:
    """Where an invitation to a cohort is answered."""
    return f"{settings.public_url}/{language}/cohort-invitation/{token}"


def desk_link(settings: Settings, language: str, programme_id: str) -> str:
    """The activities of a programme, for those who run it."""
    return f"{settings.public_url}/{language}/programme/{programme_id}/activities"


def mail_off_link(settings: Settings, language: str, token: str) -> str:
    """Where somebody turns their mail off."""
    return f"{settings.public_url}/{language}/mail/{token}"


def help_link(settings: Settings, language: str) -> str:
    """Where people find help."""
    return f"{settings.public_url}/{language}/about/help"


def gathering_page(settings: Settings, language: str, activity_id: str) -> str:
    """The page of a gathering for those who come."""
    return f"{settings.public_url}/{language}/gatherings/{activity_id}"


def ideas_link(settings: Settings, language: str, activity_id: str) -> str:
    """The ideas of a gathering."""
    return f"{gathering_page(settings, language, activity_id)}/ideas"


def table_ideas(settings: Settings, language: str, activity_id: str, table: int) -> str:
    """Where those at a table, by its number, write down their ideas."""
    return f"{ideas_link(settings, language, activity_id)}?table={table}"
