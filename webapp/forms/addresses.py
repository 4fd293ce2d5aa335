"""A field for an e-mail address that mail can be sent to."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import ValidationError

MAX_ADDRESS = 254


class Mailable:
    """Takes an address that every mail server takes, and keeps one spelling of its domain.

    Mail to signs such as ø before the @ needs servers that few have. Raises ValidationError with ``wrong``,
    or with words of its own for such signs.
    """

    def __init__(self, wrong: str) -> None:
        self._wrong = wrong

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        """Refuse what is none."""
        text = field.data or ""
        name, at, _ = text.partition("@")
        if at and (not name.isascii() or "%" in name):  # Werkzeug writes bytes that are no text as %F8
            raise ValidationError("forms.address_signs")
        try:
            found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError as error:
            raise ValidationError(self._wrong) from error
        if len(text) > MAX_ADDRESS:
            raise ValidationError(self._wrong)
        field.data = found.normalized


def address_field(*before: object, wrong: str) -> StringField:
    """An input for one address. ``before``: validators that come first; ``wrong``: key of what is said."""
    return StringField(
        validators=[*before, Mailable(wrong)],
        filters=[lambda text: text.strip() if isinstance(text, str) else text],
    )
