"""The version of a thing that a page showed, as its forms send it back."""

from __future__ import annotations

from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

MOST_VERSIONS = 999_999_999


def version_field(least: int = 1) -> IntegerField:
    """A version, ``least`` or more; a page of ours always says one."""
    return IntegerField(validators=[InputRequired(), NumberRange(least, MOST_VERSIONS)])
