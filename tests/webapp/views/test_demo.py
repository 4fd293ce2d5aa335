"""The mail of a demo: on a page of its own, on one's own machine, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from questionnaires.values import LANGUAGES
from tests.webapp.apps import app_of
from tests.webapp.sites import NOW, make_site
from tests.webapp.views.browsing import anonymous, text_of
from webapp.mail import Message, send
from webapp.services.demomail import NEWEST
from webapp.words import words_of

LINK = "http://127.0.0.1:8000/nb/signin/kanari"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_demo_shows_the_mail_it_would_have_sent(tmp_path: Path, language: str) -> None:
    site, say = make_site(tmp_path, demo=True), words_of(language).say  # type: ignore[arg-type]
    browser = anonymous(app_of(site), language)
    assert say("demo.none") in text_of(browser.get("/demo/mail"))

    send(site.settings, Message("ola@d.example", "Hei", f"Hei <b>du</b>!\n\n{LINK}\n"), NOW)

    page = browser.get("/demo/mail")
    assert f'href="{LINK}"' in page.text
    assert "<b>du" not in page.text
    assert "ola@d.example" in text_of(page)


def test_who_asks_for_a_link_in_a_demo_is_told_where_it_went(tmp_path: Path) -> None:
    browser = anonymous(app_of(make_site(tmp_path, demo=True)))

    page = browser.get(browser.post("/signin", {"email": "ola@d.example"}).headers["Location"])

    assert 'href="/nb/demo/mail"' in page.text.split("<main")[1]


def test_the_newest_mail_comes_first_and_old_mail_is_left_out(tmp_path: Path) -> None:
    site = make_site(tmp_path, demo=True)
    for number in range(NEWEST + 2):
        send(site.settings, Message("ola@d.example", f"Nummer {number}.", "Hei"), NOW)

    said = text_of(anonymous(app_of(site)).get("/demo/mail"))

    assert said.index(f"Nummer {NEWEST + 1}.") < said.index(f"Nummer {NEWEST}.")
    assert "Nummer 1." not in said


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"demo": True, "public_url": "https://kretslop.example"},
        {"demo": True, "smtp_url": "smtp://127.0.0.1:2525"},
    ],
    ids=["no demo", "public", "sends mail"],
)
def test_nobody_else_has_such_a_page(tmp_path: Path, chosen: dict[str, Any]) -> None:
    browser = anonymous(app_of(make_site(tmp_path, **chosen)))
    host = {"base_url": "https://kretslop.example"} if "public_url" in chosen else {}

    browser.get("/demo/mail", 404, **host)
