"""What a mail says, in its reader's language, as plain text and as a simple page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from questionnaires.values import Language
from reports.formatting import clean, shortened
from webapp.mail import Message
from webapp.settings import Settings
from webapp.words import Words, words_of

TEMPLATES = Path(__file__).parents[1] / "templates" / "mail"
MAX_NAME = 80

_LURE = re.compile(r"https?:|://|www\.|@|[^\W_]\.[^\W\d_]{2}", re.IGNORECASE)
"""What a mail program makes a link of. Whoever may invite may choose names; no name leads anywhere."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as sentences. ``before``, ``after``: paragraphs around the link; ``foot``: last lines.

    ``leave``: the address of a page that turns such mail off, after the words ``leaving``; may be empty.
    """

    language: Language
    subject: str
    hello: str
    before: tuple[str, ...]
    action: str
    link: str
    after: tuple[str, ...]
    link_hint: str
    regards: str
    foot: tuple[str, ...]
    leaving: str
    leave: str


class Pen:
    """Writes letters of one kind in one language; ``kind``: a table of the words for mail."""

    def __init__(self, settings: Settings, language: Language, kind: str, **parts: object) -> None:
        self.words: Words = words_of(language)
        self._settings = settings
        self._kind = kind
        self._parts = parts

    def say(self, key: str) -> str:
        """A sentence of this kind of letter."""
        return self.words.say(f"mail.{self._kind}.{key}", **self._parts)

    def write(
        self, link: str, before: tuple[str, ...], after: tuple[str, ...] = (), *, leave: str = ""
    ) -> Letter:
        """The letter with its link between paragraphs. ``leave``: where such mail is turned off."""
        help_email = self._settings.help_email
        foot = (self._settings.operator_name, help_email and self.words.say("mail.help", email=help_email))
        return Letter(
            language=self.words.language,
            subject=self.say("subject"),
            hello=self.words.say("mail.hello"),
            before=before,
            action=self.say("action"),
            link=link,
            after=after,
            link_hint=self.words.say("mail.link_hint"),
            regards=self.words.say("mail.regards"),
            foot=tuple(line for line in foot if line),
            leaving=self.words.say("mail.leaving"),
            leave=leave,
        )


def harmless_name(words: Words, name: str | None, fallback: str) -> str:
    """Somebody's or a company's name on one short line; other words for none, or for one that lures."""
    found = shortened(clean(name), MAX_NAME)
    return words.say(f"mail.{fallback}") if not found or _LURE.search(found) else found


def message(to: str, letter: Letter) -> Message:
    """A letter ready to be sent."""
    return Message(
        to=to,
        subject=letter.subject,
        text=_render("letter.txt.jinja", letter),
        html=_render("letter.html.jinja", letter),
        language=letter.language,
        leave=letter.leave,
    )


def _render(template: str, letter: Letter) -> str:
    text: str = _environment(template.endswith(".html.jinja")).get_template(template).render(letter=letter)
    return text


@cache
def _environment(is_page: bool) -> Environment:
    options: dict[str, Any] = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=is_page, **options)  # noqa: S701  # the other is plain text
