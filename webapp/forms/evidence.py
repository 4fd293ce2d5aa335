"""The form that sends a file."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField


class FileForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """One file; whether it can be taken is the use case's to judge."""

    file = FileField()
