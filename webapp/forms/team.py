"""The forms of an advisor team: whom to add, whom to give which company, and until when.

Messages are keys of words.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, StopValidation

from webapp.forms.addresses import address_field
from webapp.forms.days import read_day
from webapp.forms.texts import showable
from webapp.forms.wrong import Wrong


def _as_typed(text: object) -> str:
    return showable(text).strip() if isinstance(text, str) else ""


def _day_field() -> StringField:
    return StringField(filters=[_as_typed])


def _day_of(field: StringField) -> date | None:
    day = read_day(field.data or "")
    return None if isinstance(day, Wrong) else day


def _check_day(field: StringField, today: date) -> None:
    """Raises StopValidation for what is no day, or one that is over."""
    day = read_day(field.data or "")
    if isinstance(day, Wrong):
        raise StopValidation("team.day_wrong")
    if day is not None and day < today:
        raise StopValidation("team.day_past")


class AddForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """Whom to take into the team."""

    email = address_field(DataRequired("together.email_missing"), wrong="together.email_wrong")


class EndForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """The last day of an assignment; empty: none."""

    until = _day_field()

    def __init__(self, today: date, **named: Any) -> None:
        """``today``: no day before it can be meant."""
        self.today = today
        super().__init__(**named)

    def validate_until(self, field: StringField) -> None:
        """A day there is, and not one that is over."""
        _check_day(field, self.today)

    @property
    def until_on(self) -> date | None:
        """The day, once the form is valid."""
        return _day_of(self.until)


class AssignForm(EndForm):
    """Who is given which company, from when until when; without days from now on and for good."""

    advisor = StringField(validators=[DataRequired("team.advisor_missing")])
    company = StringField(validators=[DataRequired("team.company_missing")])
    begins = _day_field()

    def __init__(
        self, today: date, advisors: Collection[str], companies: Collection[str], **named: Any
    ) -> None:
        """``advisors``, ``companies``: ids of those there are to choose from."""
        self._advisors, self._companies = advisors, companies
        super().__init__(today, **named)

    def validate_advisor(self, field: StringField) -> None:
        """One of the team."""
        if field.data not in self._advisors:
            raise StopValidation("team.advisor_missing")

    def validate_company(self, field: StringField) -> None:
        """One of the programme's."""
        if field.data not in self._companies:
            raise StopValidation("team.company_missing")

    def validate_begins(self, field: StringField) -> None:
        """A day there is, and not one that is over."""
        _check_day(field, self.today)

    def validate_until(self, field: StringField) -> None:
        """As of every end, and not before it begins."""
        _check_day(field, self.today)
        first, last = _day_of(self.begins), _day_of(field)
        if first is not None and last is not None and last < first:
            raise StopValidation("team.day_before")

    @property
    def from_on(self) -> date | None:
        """The first day, once the form is valid."""
        return _day_of(self.begins)
