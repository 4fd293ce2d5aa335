"""Which offers of a directory fit: what somebody looks for, and what a company's gap is about.

An order is by how closely an offer fits and then by ids: it says nothing about how good one is.
Source: decision 0044.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from questionnaires.support import Help, SupportActor, SupportOffer, Theme
from questionnaires.values import Language


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; None and empty: anything. ``area``: a county or municipality by name.

    ``text``: words with one space between.
    """

    theme: Theme | None = None
    help: Help | None = None
    area: str = ""
    text: str = ""

    @property
    def is_anything(self) -> bool:
        """Whether nothing is looked for in particular."""
        return self == Wanted()


@dataclass(frozen=True, slots=True)
class Match:
    """An offer that fits. ``key``: of its actor; ``is_general``: for every theme, not for this one."""

    key: str
    actor: SupportActor
    offer: SupportOffer
    is_general: bool


def find_actors(
    actors: Iterable[SupportActor], wanted: Wanted, language: Language
) -> tuple[SupportActor, ...]:
    """Those with an offer that fits, in their order, each with the offers that do.

    What is for the whole country fits every area, what is for every theme fits each. A text is looked
    for in names and descriptions of the language; one in the actor's own words finds all its offers.
    """
    found = []
    for actor in actors:
        offers = tuple(offer for offer in actor.offers if _fits(actor, offer, wanted, language))
        if offers:
            found.append(actor.model_copy(update={"offers": offers}))
    return tuple(found)


def offers_for(
    theme: str, actors: Mapping[str, SupportActor], municipality: str, *, most: int
) -> tuple[Match, ...]:
    """The offers for a dimension that scores low, at most so many, at most one of each actor.

    Those for the theme come before those for all; then those that name the company's municipality, those
    for other areas, those for the whole country. An offer that names municipalities alone, and not the
    company's, is left out: which county a company is in is not known, so those for a county stay.
    """
    ranked = sorted(
        (
            (
                not offer.themes,
                _nearness(offer, municipality),
                (actor.id, key),
                offer.id,
                Match(key, actor, offer, not offer.themes),
            )
            for key, actor in actors.items()
            for offer in actor.offers
            if (not offer.themes or theme in offer.themes) and _may_be_for(offer, municipality)
        ),
        key=lambda one: one[:4],
    )
    best: dict[str, Match] = {}
    for *_, match in ranked:
        best.setdefault(match.key, match)
    return tuple(best.values())[:most]


def areas_of(actors: Iterable[SupportActor]) -> tuple[str, ...]:
    """Every county and municipality that an offer names, once, by name."""
    return tuple(sorted({place for actor in actors for offer in actor.offers for place in offer.places}))


def _fits(actor: SupportActor, offer: SupportOffer, wanted: Wanted, language: Language) -> bool:
    return (
        (wanted.theme is None or not offer.themes or wanted.theme in offer.themes)
        and (wanted.help is None or wanted.help in offer.help)
        and (not wanted.area or not offer.places or wanted.area in offer.places)
        and wanted.text.casefold() in _said(actor, offer, language)
    )


def _said(actor: SupportActor, offer: SupportOffer, language: Language) -> str:
    texts = [actor.name, getattr(offer.title, language)]
    texts += [getattr(about, language) for about in (actor.about, offer.about) if about is not None]
    return "\n".join(" ".join(text.split()) for text in texts).casefold()


def _may_be_for(offer: SupportOffer, municipality: str) -> bool:
    names = {name.casefold() for name in offer.municipalities}
    return not names or bool(offer.counties) or not municipality or municipality.casefold() in names


def _nearness(offer: SupportOffer, municipality: str) -> int:
    """0 for the company's own municipality, 1 for some area, 2 for the whole country."""
    if municipality and municipality.casefold() in {name.casefold() for name in offer.municipalities}:
        return 0
    return 1 if offer.places else 2
