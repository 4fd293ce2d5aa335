"""The form that gives a section to somebody."""

from __future__ import annotations

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import Field, RadioField
from wtforms.validators import InputRequired, StopValidation

from webapp.forms.addresses import address_field

OTHER = "other"
"""What stands for an address that is nobody's on the list."""


def only_for_other(form: FlaskForm, _field: Field) -> None:
    """An address says nothing where somebody from the list was chosen."""
    if form.who.data != OTHER:
        raise StopValidation


class GiveForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """Somebody from a list, or another address. Error messages are keys of words."""

    who = RadioField(choices=[], validate_choice=False, validators=[InputRequired("together.who_missing")])
    email = address_field(
        only_for_other, InputRequired("together.email_missing"), wrong="together.email_wrong"
    )

    def __init__(self, addresses: Mapping[str, str], may_invite: bool) -> None:
        """``addresses``: of those on the list, by the value of their button."""
        self._addresses = {**addresses, OTHER: ""} if may_invite else dict(addresses)
        super().__init__()

    def validate_who(self, field: RadioField) -> None:
        """Whether it is one of the buttons."""
        if field.data not in self._addresses:
            raise StopValidation("together.who_missing")

    @property
    def address(self) -> str:
        """Who was meant, once the form is valid."""
        return self._addresses[self.who.data] or str(self.email.data)
