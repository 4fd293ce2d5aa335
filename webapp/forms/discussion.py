"""The forms of a question's page: a comment, and taking up an earlier answer."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import TextAreaField

from webapp.forms.versions import version_field


class CommentForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """Something to say; what it may be is the use case's to judge."""

    text = TextAreaField()


class RestoreForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """Which version to take up again, and which one was the newest on the page."""

    version = version_field()
    base = version_field()
