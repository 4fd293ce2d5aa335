"""The form of a cohort. Messages are keys of words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, get_args

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, StopValidation

from questionnaires.values import Depth
from webapp.forms.days import read_day
from webapp.forms.texts import as_kept
from webapp.forms.wrong import Wrong

MAX_NAME, MAX_NOTE = 200, 2_000
DEPTHS: tuple[Depth, ...] = get_args(Depth)


class CohortForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """What a cohort is called, its days, and a note on it. ``base``: what the form was made from."""

    name = StringField(
        validators=[
            DataRequired("cohorts.name_missing"),
            Length(max=MAX_NAME, message="programme.too_long"),
        ],
        filters=[as_kept],
    )
    note = TextAreaField(validators=[Length(max=MAX_NOTE, message="programme.too_long")], filters=[as_kept])
    opens = StringField(validators=[DataRequired("cohorts.opens_missing")], filters=[as_kept])
    closes = StringField(filters=[as_kept])
    deadline = StringField(filters=[as_kept])
    base = HiddenField()

    def validate_opens(self, field: Any) -> None:
        """A day."""
        _check_day(field)

    def validate_closes(self, field: Any) -> None:
        """A day that is not before the first, or nothing."""
        _check_day(field, first=read_day(self.opens.data))

    def validate_deadline(self, field: Any) -> None:
        """A day that is not before the first, or nothing."""
        _check_day(field, first=read_day(self.opens.data))


class BeginRoundForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """The day a cohort's next round begins."""

    begins = StringField(validators=[DataRequired("releases.round_day_missing")], filters=[as_kept])

    def validate_begins(self, field: Any) -> None:
        """A day."""
        _check_day(field)


def _check_day(field: Any, first: date | Wrong | None = None) -> None:
    found = read_day(field.data)
    if isinstance(found, Wrong):
        raise StopValidation("cohorts.day_wrong")
    if isinstance(first, date) and found is not None and found < first:
        raise StopValidation("cohorts.day_before")


def day_in(text: str) -> date | None:
    """The day of a field that was checked."""
    found = read_day(text)
    return found if isinstance(found, date) else None


def read_prework(sent: Mapping[str, str], questionnaires: Iterable[str]) -> dict[str, Depth]:
    """The depth that was chosen by questionnaire; those that are not asked are left out."""
    chosen = {id_: sent.get(f"prework-{id_}", "") for id_ in questionnaires}
    return {id_: depth for id_, said in chosen.items() for depth in DEPTHS if depth == said}
