"""The forms of an organisation: its number, its name, and the people it asks to join."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import AnyOf, DataRequired, ValidationError

from webapp.forms.addresses import address_field
from webapp.forms.organisation_name import MAX_NAME
from webapp.forms.texts import read_text, showable
from webapp.forms.wrong import Wrong
from webapp.register.numbers import NumberRefused, plain_number, read_orgnr

_IS_ROLE = AnyOf(("member", "owner"), "organisation.role_missing")


def _check_number(_form: FlaskForm, field: StringField) -> None:
    try:
        read_orgnr(field.data or "")
    except NumberRefused as refused:
        raise ValidationError(f"organisation.{refused.code}") from refused


def _plain(text: object) -> str:
    return plain_number(text) if isinstance(text, str) else ""


def squeezed(text: object) -> object:
    """A name as one line, whatever stands in it."""
    return " ".join(text.split()) if isinstance(text, str) else text


def check_name(_form: FlaskForm, field: StringField) -> None:
    """Raises ValidationError for a name that cannot be kept; what can be shown of it stays in its input."""
    text = field.data or ""
    if isinstance(read_text(text, MAX_NAME), Wrong):
        field.data = showable(text)
        raise ValidationError("organisation.name_wrong")


class NumberForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """A number to look up."""

    number = StringField(validators=[_check_number], filters=[_plain])


class OwnNameForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """A name that must be there."""

    name = StringField(validators=[DataRequired("organisation.name_missing"), check_name], filters=[squeezed])


class InviteForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """Whom to ask to join, as what."""

    email = address_field(DataRequired("together.email_missing"), wrong="together.email_wrong")
    role = StringField(default="member", validators=[_IS_ROLE])


class RoleForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """What a colleague is to be."""

    role = StringField(validators=[_IS_ROLE])


class JoinForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """What somebody is called who joins; may be empty."""

    name = StringField(validators=[check_name], filters=[squeezed])
