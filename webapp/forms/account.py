"""The form of somebody's own account."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.validators import AnyOf

from questionnaires.values import LANGUAGES
from webapp.forms.organisation import check_name, squeezed


class DetailsForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """What somebody is called, and how they want to be written to. ``shown_mail``: as the page had it."""

    name = StringField(validators=[check_name], filters=[squeezed])
    language = StringField(validators=[AnyOf(LANGUAGES, "account.language_missing")])
    wants_mail = BooleanField()
    shown_mail = BooleanField()
