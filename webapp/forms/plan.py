"""The forms of a plan: what was agreed on, and how far it has come. Messages are keys of words."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, StopValidation

from assessment.review.plan import STATUSES
from webapp.forms.days import read_day
from webapp.forms.texts import as_kept
from webapp.forms.versions import version_field
from webapp.forms.wrong import Wrong

MAX_TEXT, MAX_OWNER, MAX_REMARK = 1_000, 200, 2_000
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
EFFORTS = ("small", "medium", "large")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class DueDay:
    """What a form has whose field ``due`` takes a day, or nothing."""

    due: StringField

    def validate_due(self, field: Any) -> None:
        """A day there is, and one that people plan for."""
        day = read_day(field.data or "")
        if isinstance(day, Wrong):
            raise StopValidation("plan.due_wrong")
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise StopValidation("plan.due_unlikely")

    @property
    def due_on(self) -> date | None:
        """The day, once the form is valid."""
        day = read_day(self.due.data or "")
        return None if isinstance(day, Wrong) else day

    @property
    def is_native_day(self) -> bool:
        """Whether an input for dates can show what stands in it."""
        return _ISO.fullmatch(self.due.data or "") is not None or not self.due.data


class AgreeForm(DueDay, FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """A new action. ``question``: empty for the whole; ``effort``: empty where nobody has judged it."""

    text = TextAreaField(
        validators=[InputRequired("plan.text_missing"), Length(max=MAX_TEXT, message="plan.text_long")],
        filters=[as_kept],
    )
    owner = StringField(validators=[Length(max=MAX_OWNER, message="plan.owner_long")], filters=[as_kept])
    due = StringField(filters=[as_kept])
    effort = StringField(validators=[AnyOf(("", *EFFORTS), "plan.effort_missing")], filters=[as_kept])
    question = StringField(filters=[as_kept])

    def validate_text(self, field: Any) -> None:
        """White space is no text."""
        if not field.data:
            raise StopValidation("plan.text_missing")


class ReviseForm(AgreeForm):
    """Another wording of an action. ``base``: the version the page showed."""

    base = version_field()


class FollowUpForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """How far an action has come. ``base``: the version the page showed."""

    status = StringField(validators=[AnyOf(STATUSES, "plan.status_missing")])
    remark = TextAreaField(validators=[Length(max=MAX_REMARK, message="plan.remark_long")], filters=[as_kept])
    base = version_field()

    def validate_remark(self, field: Any) -> None:
        """Whoever drops something says why."""
        if self.status.data == "dropped" and not field.data:
            raise StopValidation("plan.remark_missing")
