"""Which pages need whom. A page without a rule stops the application at its start.

The rule of a page says who may come to the door; what they find behind it is decided in the services, by
their roles in each organisation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from flask import Blueprint, Flask, current_app, g, request

from webapp.auth import current
from webapp.auth.cookies import read_session
from webapp.errors import NotAllowed
from webapp.services.sessions import resume

Rule: TypeAlias = Literal["public", "signed_in", "account"]
"""``public``: anybody. ``signed_in``: trials too. ``account``: people with an address."""

_RULES = "kretslop.rules"


@dataclass(frozen=True, slots=True)
class Door:
    """The pages of one area, with the rule of each by its view's name."""

    blueprint: Blueprint
    rules: Mapping[str, Rule]


class RuleMissing(Exception):
    """Pages without a rule, or rules without a page."""


def hang(app: Flask, doors: tuple[Door, ...]) -> None:
    """Add every page with its rule. Raises RuleMissing where the two do not match."""
    rules: dict[str, Rule] = {}
    for door in doors:
        app.register_blueprint(door.blueprint)
        rules.update({f"{door.blueprint.name}.{view}": rule for view, rule in door.rules.items()})
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    if endpoints != rules.keys():
        raise RuleMissing(sorted(endpoints ^ rules.keys()))
    app.extensions[_RULES] = rules
    app.before_request(_guard)


def rules_of(app: Flask) -> Mapping[str, Rule]:
    """The rule of every page, by endpoint."""
    rules: Mapping[str, Rule] = app.extensions[_RULES]
    return rules


def _guard() -> None:
    """Find out who asks, and stop them at the door where the page is not for them."""
    site = current.site()
    token = read_session(site.settings)
    g.signed_in = None if token is None else resume(site.database, token, current.now(), site.settings)
    if request.endpoint is None:
        return
    rule = rules_of(current_app).get(request.endpoint)
    if rule == "public":
        return
    if rule is None or g.signed_in is None:
        raise current.SignInNeeded
    if rule == "account" and g.signed_in.actor.is_trial:
        raise NotAllowed
