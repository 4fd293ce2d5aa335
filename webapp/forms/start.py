"""The form that starts an assessment."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, ValidationError


def is_offered(message: str) -> object:
    """A check that the choice is one of those the page offers; ``message`` is a key of words."""

    def check(_form: FlaskForm, field: SelectField) -> None:
        if field.data not in field.choices:
            raise ValidationError(message)

    return check


def radio(message: str, *choices: str) -> RadioField:
    """One of some choices, which may be set by the page; it must be chosen."""
    checks = [InputRequired(message), is_offered(message)]
    return RadioField(validate_choice=False, validators=checks, choices=list(choices))


def select(message: str) -> SelectField:
    """One of the choices that the page sets; it must be chosen."""
    return SelectField(validate_choice=False, validators=[InputRequired(message), is_offered(message)])


class StartForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """What to answer, for whom, about when. Choices are set by the page; messages are keys of words."""

    organisation = select("assessments.organisation_missing")
    questionnaire = radio("assessments.questionnaire_missing")
    depth = radio("assessments.depth_missing")
    period = select("assessments.period_missing")
    carry = RadioField(validate_choice=False, choices=["carry", "empty"])
