"""Short forms keep what was typed when the database does not take it, and say so."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.webapp.views.browsing import anonymous, text_of
from tests.webapp.views.desk import make_desk
from webapp.errors import NotSaved
from webapp.services import account, addresses, delegation, invitations, registering, signin

TYPED = "ola.hansen@eksempel.no"
NAME = "Eksempel & Sønner"


def refuse(*_arguments: Any, **_named: Any) -> None:
    raise NotSaved


@pytest.mark.parametrize(
    ("place", "sent", "room", "deed"),
    [
        (
            "/organisations/{company}/invitations/new",
            {"email": TYPED, "role": "member"},
            invitations,
            "invite",
        ),
        ("/account", {"name": NAME, "language": "nb"}, account, "save_details"),
        ("/account/address", {"email": TYPED}, addresses, "ask_for_address"),
        ("/organisations/new/unnumbered", {"name": NAME}, registering, "set_up"),
        ("/organisations/new/315637023", {"name": NAME}, registering, "set_up"),
        (
            "/assessments/{id}/sections/strategy/give",
            {"who": "other", "email": TYPED},
            delegation,
            "give_section",
        ),
        ("/signin", {"email": TYPED}, signin, "ask_for_link"),
    ],
)
def test_what_was_typed_stays_in_the_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, place: str, sent: dict[str, str], room: Any, deed: str
) -> None:
    desk = make_desk(tmp_path)
    browser = anonymous(desk.app) if place == "/signin" else desk.browser
    monkeypatch.setattr(room, deed, refuse)

    page = browser.post(place.format(company=desk.company, id=desk.id), sent, 503)

    assert desk.words.say("common.form_unsaved") in text_of(page)
    typed = sent.get("email") or sent["name"]
    assert f'value="{typed}"' in unescape(page.text)
