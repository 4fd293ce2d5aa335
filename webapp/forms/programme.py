"""The forms of a programme: a new one, and a partner of it. Messages are keys of words."""

from __future__ import annotations

from typing import Any, get_args

from flask_wtf import FlaskForm
from pydantic import TypeAdapter, ValidationError
from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, StopValidation

from questionnaires.programme import PartnerRole
from questionnaires.programme_values import WebAddress
from questionnaires.scalars import forbidden_character
from webapp.forms.texts import as_kept

MAX_NAME, MAX_PURPOSE = 200, 2_000
ROLES: tuple[PartnerRole, ...] = get_args(PartnerRole)
_ADDRESS = TypeAdapter(WebAddress)


def _refuse_invisible(_form: Any, field: Any) -> None:
    """What a programme's file cannot hold cannot be its name either."""
    if forbidden_character(field.data or "") is not None or "\n" in (field.data or ""):
        raise StopValidation("programme.signs_wrong")


def _line(missing: str) -> StringField:
    """One line that has to be there."""
    checks = [DataRequired(missing), Length(max=MAX_NAME, message="programme.too_long"), _refuse_invisible]
    return StringField(validators=checks, filters=[as_kept])


class AboutForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """What a programme is called, and who answers for it."""

    name = _line("programme.name_missing")
    controller = _line("programme.controller_missing")
    contact = _line("programme.contact_missing")
    purpose = TextAreaField(
        validators=[Length(max=MAX_PURPOSE, message="programme.too_long")], filters=[as_kept]
    )


class SavedAboutForm(AboutForm):
    """The same of a programme there is. ``base``: what the form was made from."""

    base = HiddenField()


class SetUpForm(AboutForm):
    """A new programme. ``source``: ``template``, ``file``, or the id of a programme to copy."""

    source = StringField(validators=[DataRequired("programme.source_missing")])


class PartnerForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """An organisation behind a programme."""

    name = _line("programme.partner_missing")
    roles = SelectMultipleField(choices=list(ROLES), validate_choice=False)
    url = StringField(filters=[as_kept])

    def validate_roles(self, field: Any) -> None:
        """At least one there is."""
        if not field.data or not set(field.data) <= set(ROLES):
            raise StopValidation("programme.roles_missing")

    def validate_url(self, field: Any) -> None:
        """Nothing, or an address of the web."""
        try:
            if field.data:
                _ADDRESS.validate_python(field.data)
        except ValidationError as error:
            raise StopValidation("programme.url_wrong") from error


class SavedPartnerForm(PartnerForm):
    """What is said of a partner there is. ``base``: what the form was made of; ``drops_logo``: no logo."""

    base = HiddenField()
    drops_logo = BooleanField()
