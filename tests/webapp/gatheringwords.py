"""Keys about gatherings that are put together while the program runs."""

from __future__ import annotations

from typing import get_args

from assessment.gathering.editing import BreachKind
from assessment.gathering.ideas import IDEA_STATES
from assessment.gathering.seats import Refusal
from webapp.forms.gathering import LEANINGS, MODES
from webapp.services.gatheringmaterial import STAFF_KINDS
from webapp.services.ideafiles import COLUMNS

_OF, _KINDS = ("people", "owners"), ("apart", "together")
_RULES = ("apart", "together")
"""Breaches of rules, which say the rule."""

FAMILIES: dict[str, set[str]] = {
    "why there are no tables": {
        f"gatherings.refused_{one}{end}" for one in get_args(Refusal) for end in ("", "_advice")
    },
    "what a plan breaks": {f"gatherings.breach_{one}" for one in get_args(BreachKind) if one not in _RULES},
    "a rule": {f"gatherings.rule_{kind}_{of}" for kind in _KINDS for of in _OF},
    "a kind of rule": {f"gatherings.kind_{kind}" for kind in _KINDS},
    "whom a rule is about": {f"gatherings.of_{of}" for of in _OF},
    "who should sit together": {f"gatherings.mode_{one}" for one in MODES}
    | {f"gatherings.colleagues_{one}" for one in LEANINGS},
    "a paper": {f"gatherings.paper_{kind}{end}" for kind in (*STAFF_KINDS, "own") for end in ("", "_text")},
    "how far an idea has come": {f"gatherings.idea_{state}" for state in IDEA_STATES},
    "a column of ideas": {f"gatherings.column_{name}" for name in COLUMNS},
}
