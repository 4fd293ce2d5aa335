"""The forms of a review: a rating, a note, a request, and what is decided. Messages are keys of words."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, StopValidation, ValidationError

from webapp.forms.days import read_day
from webapp.forms.texts import as_kept
from webapp.forms.versions import MOST_VERSIONS, version_field
from webapp.forms.wrong import Wrong

MAX_REASON = 2_000
MAX_JUDGED = 2_000
"""Of a number and the ids of dimensions."""


class JudgeForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """What an advisor makes of an answer. ``base``: the version the page showed; 0 before the first.

    ``number``: of the hand-in it showed.
    """

    rating = StringField()
    confirmed = BooleanField()
    reason = TextAreaField(
        validators=[Length(max=MAX_REASON, message="review.reason_long")], filters=[as_kept]
    )
    base = version_field(0)
    number = IntegerField(validators=[Optional(), NumberRange(1, MOST_VERSIONS)])


class TextForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """A note or a request; what it may be is the use case's to judge."""

    text = TextAreaField(filters=[as_kept])
    shared = StringField()


class ReasonForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """Why the company gets it back, and until when it should be done. ``seen``: what it is about."""

    seen = HiddenField(validators=[InputRequired(), Length(max=20)])
    reason = TextAreaField(
        validators=[Length(max=MAX_REASON, message="review.reason_long")], filters=[as_kept]
    )
    due = StringField(filters=[as_kept])

    def __init__(self, today: date, **named: Any) -> None:
        """``today``: no day before it can be asked for."""
        self.today = today
        super().__init__(**named)

    def validate_reason(self, field: Any) -> None:
        """The company has to know what to do."""
        if not field.data:
            raise ValidationError("review.reason_missing")

    def validate_due(self, field: Any) -> None:
        """A day there is, and not one that has gone by."""
        day = read_day(field.data or "")
        if isinstance(day, Wrong):
            raise StopValidation("review.due_wrong")
        if day is not None and day < self.today:
            raise StopValidation("review.due_past")

    @property
    def due_on(self) -> date | None:
        """The day, once the form is valid."""
        day = read_day(self.due.data or "")
        return None if isinstance(day, Wrong) else day


class ApproveForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """What the page showed: the state and hand-in, and what had been made of the answers."""

    seen = HiddenField(validators=[InputRequired(), Length(max=20)])
    judged = HiddenField(validators=[InputRequired(), Length(max=MAX_JUDGED)])
