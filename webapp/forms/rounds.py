"""The form that starts a new round."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import RadioField

from webapp.forms.start import radio, select


class RoundForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """When, how thoroughly, from which answers. The page sets the periods; messages are keys of words."""

    period = select("assessments.period_missing")
    depth: RadioField = radio("assessments.depth_missing", "basic", "advanced")
    carry: RadioField = radio("result.carry_missing", "carry", "empty")
