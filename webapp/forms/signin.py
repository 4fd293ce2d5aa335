"""The forms of signing in."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from webapp.forms.addresses import address_field


class AskForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """An address to send a link to. Error messages are keys of words."""

    email = address_field(DataRequired("signin.email_missing"), wrong="signin.email_wrong")


class CodeForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """The short code of another browser; empty where none is needed."""

    code = StringField(validators=[Length(max=40, message="signin.code_wrong")])
