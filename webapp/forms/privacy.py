"""The form that erases a company."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Length


class EraseForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """The company's name, typed to be sure; the page compares it. Messages are keys of words."""

    name = StringField(validators=[Length(max=400, message="privacy.other_name")])
