"""The name of a company, where it has no page of its own yet."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Length

from webapp.forms.texts import read_text, showable
from webapp.forms.wrong import Wrong

MAX_NAME = 300


def one_line(text: object) -> str:
    """A name as one line without what cannot be kept; one that is too long stays, to be complained of."""
    if not isinstance(text, str):
        return ""
    found = read_text(text, MAX_NAME)
    if isinstance(found, Wrong) and found.code == "text_too_long":
        return " ".join(showable(text).split())
    return "" if found is None or isinstance(found, Wrong) else " ".join(found.split())


class NameForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """A name, which may be empty."""

    name = StringField(validators=[Length(max=MAX_NAME, message="profile.name_long")], filters=[one_line])
