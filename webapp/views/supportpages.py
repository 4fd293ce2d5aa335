"""What the pages of a directory of support get, worked out beforehand: words for themes, kinds and places."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from questionnaires.support import HELPS, THEMES, SupportActor, SupportOffer
from webapp.auth import current
from webapp.services.directory import Listed
from webapp.views.page import voice

Choices = list[tuple[str, str]]
"""Values of a form with what they are called."""


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer in words. ``themes``, ``places``: empty for all of them, and for the whole country."""

    id: str
    title: str
    about: str
    help: tuple[str, ...]
    themes: tuple[str, ...]
    places: tuple[str, ...]
    url: str
    is_dead: bool


@dataclass(frozen=True, slots=True)
class ActorView:
    """An organisation in words. ``checked``: the day somebody last looked; empty where nobody has."""

    id: str
    name: str
    kind: str
    about: str
    url: str
    is_dead: bool
    languages: tuple[str, ...]
    checked: str
    source: str
    programme: str
    offers: tuple[OfferView, ...]


def theme_choices() -> Choices:
    """Every theme with what the questionnaire on collaboration calls it."""
    return [(theme, _option("themes", theme)) for theme in THEMES]


def help_choices() -> Choices:
    """Every kind of help, called so too."""
    return [(help_, _option("support", help_)) for help_ in HELPS]


def actor_view(one: Listed) -> ActorView:
    """An organisation and its offers in the page's language."""
    said, words = one.actor, current.words()
    return ActorView(
        id=one.id,
        name=said.name,
        kind=words.say(f"support.kind_{said.kind}"),
        about=_in_language(said),
        url=said.url or "",
        is_dead=said.url is not None and said.url in one.dead,
        languages=tuple(words.say(f"support.in_{language}") for language in said.languages),
        checked=voice().date(said.checked_on) if said.checked_on else "",
        source=said.source or "",
        programme=one.programme,
        offers=tuple(offer_view(offer, one.dead) for offer in said.offers),
    )


def offer_view(offer: SupportOffer, dead: Collection[str] = ()) -> OfferView:
    """An offer in the page's language."""
    return OfferView(
        id=offer.id,
        title=getattr(offer.title, current.language()),
        about=_in_language(offer),
        help=tuple(_option("support", one) for one in offer.help),
        themes=tuple(_option("themes", one) for one in offer.themes),
        places=offer.places,
        url=offer.url or "",
        is_dead=offer.url is not None and offer.url in dead,
    )


def _in_language(said: SupportActor | SupportOffer) -> str:
    return "" if said.about is None else getattr(said.about, current.language())


def _option(question: str, id_: str) -> str:
    """What the questionnaire on collaboration calls it; the id where there is no such questionnaire."""
    shelved = current.site().shelf.newest("collaboration")
    texts = {} if shelved is None else shelved.plan.questionnaire.words(current.language())
    return texts.get(f"questions/needs.{question}/options/{id_}", id_)
