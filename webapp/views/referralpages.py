"""What the pages of referrals get, worked out beforehand."""

from __future__ import annotations

from dataclasses import dataclass

from reports.formatting import paragraphs
from webapp.auth import current
from webapp.services.plan import OpenedPlan
from webapp.services.referrals import Came, Referred
from webapp.services.referring import OpenReferring
from webapp.views.page import clock, day
from webapp.views.planpages import called, texts_of


@dataclass(frozen=True, slots=True)
class CameView:
    """What somebody said came of a referral."""

    outcome: str
    note: tuple[str, ...]
    who: str
    day: str
    time: str


@dataclass(frozen=True, slots=True)
class ReferralView:
    """A referral in words. ``about``: the question; ``outcome``: a code, empty while nothing came of it.

    ``state``: the outcome in words; ``actor_id``: empty where the directory has it no more.
    """

    id: str
    actor: str
    offer: str
    url: str
    actor_id: str
    about: str
    dimension: str
    note: tuple[str, ...]
    made: str
    outcome: str
    state: str
    is_live: bool
    is_earlier: bool
    history: tuple[CameView, ...]


def referral_view(plan: OpenedPlan, one: Referred) -> ReferralView:
    """A referral in the page's language."""
    texts, words = texts_of(plan.shelved), current.words()
    id_ = one.question_id or ""
    dimension = next((p.dimension for p in plan.shelved.plan.questions if p.question.id == id_), "")
    return ReferralView(
        id=one.id,
        actor=one.actor,
        offer=one.offer,
        url=one.url,
        actor_id=one.actor_id or "",
        about=texts.get(f"questions/{id_}/text", ""),
        dimension=texts.get(f"dimensions/{dimension}/title", ""),
        note=paragraphs(one.note),
        made=words.say("support.made_by", who=called(one.by), day=day(one.at_utc)),
        outcome=one.outcome or "",
        state=words.say(f"support.outcome_{one.outcome or 'none'}"),
        is_live=one.is_live,
        is_earlier=one.is_earlier,
        history=tuple(_came(came) for came in reversed(one.history)),
    )


def offer_choices(found: OpenReferring) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a company can be referred to, by organisation."""
    language = current.language()
    return [
        (actor.name, [(f"{id_}.{one.id}", getattr(one.title, language)) for one in actor.offers])
        for id_, actor in found.directory.items()
    ]


def _came(one: Came) -> CameView:
    return CameView(
        outcome=current.words().say(f"support.outcome_{one.outcome}"),
        note=paragraphs(one.note),
        who=called(one.by),
        day=day(one.at_utc),
        time=clock(one.at_utc),
    )
