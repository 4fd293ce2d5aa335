"""What the page gets on which an advisor fills in what is known of a company before it is handed over."""

from __future__ import annotations

from typing import Any

from questionnaires.model import Fact
from webapp.auth import current
from webapp.forms.facts import profile_view
from webapp.forms.profile import ProfileInput
from webapp.services.profile import FactClash, HeldFact
from webapp.services.shelf import Shelved
from webapp.views.profilefacts import clash_views, known_fact, renewed


def shared_facts() -> tuple[Fact, ...]:
    """The facts of the questionnaires that companies answer, each once.

    None is needed yet: its people know better.
    """
    found: dict[str, Fact] = {}
    for shelved in _of_companies():
        for fact in shelved.plan.questionnaire.facts:
            found.setdefault(fact.id, fact.model_copy(update={"required": False}))
    return tuple(found.values())


def facts_page(
    held: dict[str, HeldFact], said: ProfileInput | None = None, clashes: tuple[FactClash, ...] = ()
) -> dict[str, Any]:
    """The facts as they stand, or as they were ``said`` where that could not be kept."""
    words = current.words()
    texts: dict[str, str] = {}
    for shelved in _of_companies():
        texts = {**shelved.plan.questionnaire.words(words.language), **texts}
    view = profile_view(
        shared_facts(),
        {id_: known_fact(fact) for id_, fact in held.items()},
        words,
        texts,
        said=renewed(said, held, clashes),
    )
    return {"view": view, "links": view.links, "clashes": clash_views(clashes, texts)}


def _of_companies() -> list[Shelved]:
    return [one for one in current.site().shelf.offered if not one.is_for_helpers]
