"""A programme's directory of support: which organisations help companies, with what, where.

Plain values, as they stand in a programme's file and as the web application keeps them. Kinds of help
and themes have the ids of the options of ``needs.support`` and ``needs.themes`` of the questionnaire
``collaboration``; themes are the dimensions companies are scored on. Source: docs/demand-and-support.md.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from pydantic import Field

from questionnaires.programme_values import Day, Paragraph, WebAddress, Words
from questionnaires.values import Frozen, Id, Language, ShortText

MAX_ACTORS = 200
MAX_OFFERS = 20
MAX_PLACES = 60

ActorKind: TypeAlias = Literal[
    "county",
    "municipality",
    "funding",
    "infrastructure",
    "research_council",
    "cluster",
    "incubator",
    "university",
    "authority",
    "other",
]
"""What kind of organisation helps. ``funding``: grants and loans; ``infrastructure``: places and plants."""

Help: TypeAlias = Literal[
    "advice",
    "training",
    "network",
    "financing",
    "testing",
    "research",
    "land",
    "procurement",
    "regulation",
]
Theme: TypeAlias = Literal[
    "strategy",
    "design",
    "inputs",
    "operations",
    "use",
    "recovery",
    "symbiosis",
    "insight",
    "governance",
    "materiality",
    "data",
    "targets",
    "value_chain",
    "assurance",
    "communication",
]

ACTOR_KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
HELPS: tuple[Help, ...] = get_args(Help)
THEMES: tuple[Theme, ...] = get_args(Theme)


class SupportOffer(Frozen):
    """One thing a company can get. ``id``: within its actor; ``help``, ``themes``: each once.

    Without ``themes`` it is for all of them; without ``counties`` and ``municipalities`` for the whole
    country. ``url``: its own page; None where that of the actor is all there is.
    """

    id: Id
    title: Words
    about: Paragraph | None = None
    help: tuple[Help, ...] = Field(min_length=1, max_length=len(HELPS))
    themes: tuple[Theme, ...] = Field(default=(), max_length=len(THEMES))
    counties: tuple[ShortText, ...] = Field(default=(), max_length=MAX_PLACES)
    municipalities: tuple[ShortText, ...] = Field(default=(), max_length=MAX_PLACES)
    url: WebAddress | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """Where it is for; empty for the whole country."""
        return self.counties + self.municipalities


class SupportActor(Frozen):
    """An organisation that helps companies. ``url``: where a company makes contact; no person is named.

    ``languages``: in which it answers; ``checked_on``: when somebody last looked whether all this holds;
    ``source``: where it is from.
    """

    id: Id
    name: ShortText
    kind: ActorKind
    about: Paragraph | None = None
    url: WebAddress | None = None
    languages: tuple[Language, ...] = Field(default=(), max_length=3)
    checked_on: Day | None = None
    source: ShortText | None = None
    offers: tuple[SupportOffer, ...] = Field(default=(), max_length=MAX_OFFERS)


def elsewhere(actors: tuple[SupportActor, ...]) -> tuple[SupportActor, ...]:
    """What another county can take over: offers for the whole country, and those who have some."""
    left = (
        actor.model_copy(update={"offers": tuple(offer for offer in actor.offers if not offer.places)})
        for actor in actors
    )
    return tuple(actor for actor in left if actor.offers)
