"""Addresses: only those that mail can be sent to, told apart from typing errors."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from webapp.forms.delegation import OTHER, GiveForm
from webapp.forms.organisation import InviteForm
from webapp.forms.signin import AskForm
from webapp.mail import checked_address

TYPE = "application/x-www-form-urlencoded"


def given() -> GiveForm:
    return GiveForm({}, may_invite=True)


FORMS = pytest.mark.parametrize(
    ("form", "wrong"),
    [
        (AskForm, "signin.email_wrong"),
        (InviteForm, "together.email_wrong"),
        (given, "together.email_wrong"),
    ],
    ids=["sign in", "invite", "give a section"],
)


@pytest.fixture
def app() -> Flask:
    made = Flask(__name__)
    made.secret_key = b"a secret of the tests"
    made.config["WTF_CSRF_ENABLED"] = False
    return made


def sent(app: Flask, form: Any, email: str | bytes) -> Any:
    """A form as somebody sent it."""
    body = urlencode({"email": email, "who": OTHER, "role": "member"})
    with app.test_request_context("/", method="POST", data=body, content_type=TYPE):
        found = form()
        found.validate()
        return found.email


@FORMS
@pytest.mark.parametrize("email", ["bjørn@eksempel.no", "бьорн@eksempel.no", b"bj\xf8rn@eksempel.no"])
def test_signs_that_mail_does_not_reach_are_told(app: Flask, form: Any, wrong: str, email: str) -> None:
    field = sent(app, form, email)

    assert wrong
    assert field.errors == ["forms.address_signs"]


@FORMS
@pytest.mark.parametrize("email", ["ola@", "ola", "@eksempel.no", "ola@bj\ufffdrn.no", "a" * 250 + "@b.no"])
def test_what_is_no_address_is_told(app: Flask, form: Any, wrong: str, email: str) -> None:
    assert sent(app, form, email).errors == [wrong]


@FORMS
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Ola@Eksempel.NO ", "Ola@eksempel.no"),
        ("ola@xn--blbr-roah.no", "ola@blåbær.no"),
        ("ola@blåbær.no", "ola@blåbær.no"),
        ("ola@ｅksempel.no", "ola@eksempel.no"),
    ],
)
def test_one_mailbox_has_one_spelling_and_is_written_to(
    app: Flask, form: Any, wrong: str, typed: str, kept: str
) -> None:
    field = sent(app, form, typed)

    assert wrong
    assert (list(field.errors), field.data) == ([], kept)
    assert checked_address(kept).isascii()
