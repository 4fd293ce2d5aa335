"""Where the head of a page leads, by what somebody is; the first place is where they begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from webapp.auth import current
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.views.remembering import remembered


@dataclass(frozen=True, slots=True)
class Place:
    """A page with what the head calls it. ``key``: of its words."""

    key: str
    address: str


def places_of(actor: Actor) -> list[Place]:
    """Their own assessments and companies, and what they follow; nothing that would be empty for good."""
    own, followed = actor.organisations(*COMPANY_ROLES), _followed(actor)
    places = (
        [] if followed is not None and not own else [_place("common.assessments", "assessments.overview")]
    )
    if followed is not None:
        places.append(followed)
    if len(own) == 1:
        places.append(_place("common.company", "organisation.show_organisation", id_=own[0]))
    elif own:
        places.append(_place("common.companies", "account.show_account", _anchor="organisations"))
    offered = actor.offered if own or actor.teams else frozenset()
    if "activities" in offered:
        places.append(_place("activities.title", "activities.show_list"))
    if "support" in offered:
        places.append(_place("support.title", "support.show_list"))
    return places


def find_followed(actor: Actor) -> Place | None:
    """The way back to what they follow, as they last wanted to see it."""
    return _followed(actor, **remembered())


def list_address() -> str:
    """The list of companies an advisor follows, as they last wanted to see it."""
    return _place("common.advised", "portfolio.show_portfolio", **remembered()).address


def _followed(actor: Actor, **chosen: str) -> Place | None:
    """The companies they advise; where there are none, the programme they run, or the list of programmes."""
    has_own = bool(actor.organisations(*COMPANY_ROLES))
    if actor.organisations("advisor") or actor.teams:
        key = "common.followed" if has_own else "common.advised"
        return _place(key, "portfolio.show_portfolio", **chosen)
    if len(actor.programmes) == 1:
        return _place("common.programme", "portfolio.show_programme", id_=next(iter(actor.programmes)))
    return _place("common.programmes", "portfolio.show_portfolio") if actor.programmes else None


def _place(key: str, endpoint: str, **parts: Any) -> Place:
    return Place(key, url_for(endpoint, lang=current.language(), **parts))
