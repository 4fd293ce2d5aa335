"""The forms of a gathering: sizes and wishes, rules, and ideas. Messages are keys of words."""

from __future__ import annotations

from typing import Any, get_args

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, StopValidation

from assessment.gathering.ideas import IDEA_STATES
from assessment.gathering.seats import Leaning, Mode, Rule, Settings
from webapp.forms.plan import MAX_OWNER, MAX_TEXT, DueDay
from webapp.forms.texts import as_kept
from webapp.forms.versions import MOST_VERSIONS

MOST_SEATS, MOST_TABLES = 50, 200
MODES: tuple[Mode, ...] = get_args(Mode)
LEANINGS: tuple[Leaning, ...] = ("apart", "together", "free")
_SIZE = "gatherings.size_wrong"
_TABLES = "gatherings.tables_wrong"


class _WholeField(IntegerField):  # type: ignore[misc]  # WTForms has no types
    """A whole number, with words of ours for what is none. ``message``: their key."""

    def __init__(self, message: str, **said: Any) -> None:
        super().__init__(**said)
        self.message = message

    def process_formdata(self, valuelist: list[str]) -> None:
        """The number that was sent. Raises ValueError."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(self.message) from error


class SettingsForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """How large tables are, how many, and who should sit together."""

    min_seats = _WholeField(_SIZE, validators=[InputRequired(_SIZE), NumberRange(1, MOST_SEATS, _SIZE)])
    max_seats = _WholeField(_SIZE, validators=[InputRequired(_SIZE), NumberRange(1, MOST_SEATS, _SIZE)])
    tables = _WholeField(_TABLES, validators=[Optional(), NumberRange(1, MOST_TABLES, _TABLES)])
    mode = StringField(validators=[AnyOf(MODES, "gatherings.choose_one")])
    colleagues = StringField(validators=[AnyOf(LEANINGS, "gatherings.choose_one")])

    def validate_max_seats(self, field: Any) -> None:
        """At least as many as the smallest table has."""
        if self.min_seats.data is not None and field.data is not None and field.data < self.min_seats.data:
            raise StopValidation("gatherings.size_order")

    def settings(self) -> Settings:
        """What was chosen, once the form is valid; without rules."""
        return Settings(
            min_seats=self.min_seats.data,
            max_seats=self.max_seats.data,
            tables=self.tables.data,
            mode=self.mode.data,
            colleagues=self.colleagues.data,
        )


def settings_form(settings: Settings) -> SettingsForm:
    """The form as settings are."""
    names = ("min_seats", "max_seats", "tables", "mode", "colleagues")
    return SettingsForm(formdata=None, data={name: getattr(settings, name) for name in names})


def read_rule(kind: str, of: str, members: list[str]) -> Rule | None:
    """The rule somebody chose; None for one that no page of ours sends."""
    chosen = frozenset(members)
    if kind not in ("apart", "together") or of not in ("people", "owners"):
        return None
    return Rule("apart" if kind == "apart" else "together", chosen, "people" if of == "people" else "owners")


def read_number(text: str) -> int:
    """A whole number that a page of ours sends: a version, a table; -1 for anything else."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_VERSIONS))
    return int(text) if is_number else -1


class _IdeaForm(DueDay, FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """An idea with its next step and the day of that."""

    text = TextAreaField(
        validators=[
            InputRequired("gatherings.idea_missing"),
            Length(max=MAX_TEXT, message="gatherings.text_long"),
        ],
        filters=[as_kept],
    )
    next_step = TextAreaField(
        validators=[Length(max=MAX_TEXT, message="gatherings.text_long")], filters=[as_kept]
    )
    due = StringField(filters=[as_kept])

    def validate_text(self, field: Any) -> None:
        """White space is no text."""
        if not field.data:
            raise StopValidation("gatherings.idea_missing")


class IdeaForm(_IdeaForm):
    """A new idea. ``owner_id``: somebody who is there; else ``owner`` as it is written."""

    table = StringField(filters=[as_kept])
    owner_id = StringField(filters=[as_kept])
    owner = StringField(validators=[Length(max=MAX_OWNER, message="gatherings.text_long")], filters=[as_kept])


class FollowUpForm(_IdeaForm):
    """How far an idea has come. Its fields are named by the idea: there are as many on a page."""

    state = StringField(validators=[AnyOf(IDEA_STATES, "gatherings.choose_one")])

    def __init__(self, idea_id: str) -> None:
        super().__init__()
        for field in self:
            field.id = f"{field.name}-{idea_id}"
