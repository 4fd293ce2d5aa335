"""What templates get of the documents of a hand-in: each edition with where it has come in each language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from flask import Response

from questionnaires.values import LANGUAGES, Language
from reports.formatting import NO_BREAK
from webapp.auth import current
from webapp.services.beside import DocumentKind
from webapp.services.documents import Listed, editions_open_to, list_documents
from webapp.services.handins import HandIn
from webapp.services.results import Result
from webapp.views.page import voice

KILOBYTE = 1_000

State: TypeAlias = Literal["none", "waiting", "ready", "outdated", "failed"]


@dataclass(frozen=True, slots=True)
class DocumentItem:
    """One edition in one language. ``id``: empty where it was never asked for; ``size``: in words."""

    language: Language
    state: State
    id: str
    size: str


@dataclass(frozen=True, slots=True)
class EditionView:
    """One edition in every language, the page's own first."""

    edition: DocumentKind
    items: tuple[DocumentItem, ...]

    @property
    def first(self) -> DocumentItem:
        """The one in the page's language."""
        return self.items[0]


@dataclass(frozen=True, slots=True)
class HandInView:
    """One hand-in with its documents."""

    hand_in: HandIn
    editions: tuple[EditionView, ...]


def edition_views(editions: Iterable[DocumentKind], listed: Sequence[Listed]) -> tuple[EditionView, ...]:
    """The editions somebody may have, whether they are made or not."""
    found = {(one.edition, one.language): one for one in listed}
    own = current.language()
    languages: list[Language] = sorted(LANGUAGES, key=lambda language: language != own)
    return tuple(
        EditionView(edition, tuple(_item(language, found.get((edition, language))) for language in languages))
        for edition in editions
    )


def editions_of(result: Result) -> tuple[EditionView, ...]:
    """The editions of the last hand-in for whoever reads its result."""
    site, actor = current.site(), current.actor()
    return edition_views(editions_open_to(actor, result.row), list_documents(site, actor, result.id))


def _item(language: Language, found: Listed | None) -> DocumentItem:
    if found is None:
        return DocumentItem(language, "none", "", "")
    return DocumentItem(language, found.state, found.id, size_words(found.size_bytes))


def size_words(size_bytes: int | None) -> str:
    """How large a file is, in words; empty where it is not known."""
    if size_bytes is None:
        return ""
    return f"{voice().number(Fraction(max(size_bytes, KILOBYTE), KILOBYTE), 0)}{NO_BREAK}kB"


def attachment(name: str, content: bytes, media_type: str) -> Response:
    """A file to keep, that no browser opens in its place. ``name``: letters every file system takes."""
    return Response(
        content, mimetype=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
