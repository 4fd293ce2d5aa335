"""A hand-in in review with everything that can stand beside it, and its documents."""

from __future__ import annotations

from datetime import timedelta

from tests.reports.making import words_of
from tests.webapp.services.printing import printed
from tests.webapp.services.test_judging import LATER, QUESTION, World
from webapp.services import agreeing, documents
from webapp.services.actor import Actor
from webapp.services.documents import Listed
from webapp.services.notes import write_note
from webapp.services.reviewing import decide

PRIVATE, SHARED, REASON = "Kanarifugl", "Delt merknad", "Vi så målingene på befaringen."
ACTION = "Mål andelen gjenbrukt treverk"
ENDED = LATER + timedelta(days=2)
ADVISORS = ("advisor", "meeting")


def ordered(world: World, edition: str, actor: Actor | None = None) -> Listed:
    """A document, ordered by somebody who may have it."""
    who = actor or (world.advisors[0] if edition in ADVISORS else world.owner)
    return documents.order_document(world.site, who, world.id, edition, "nb", now=LATER)


def made(world: World, edition: str) -> str:
    """What a document says, ordered and printed now; empty where nothing was to be rendered."""
    page = printed(world.site, ordered(world, edition).id)
    return words_of(page) if page is not None else ""


def note(world: World, text: str, *, is_shared: bool = False, question: str | None = None) -> str:
    """A note of the first advisor's; its id."""
    advisor = world.advisors[0]
    return write_note(
        world.site, advisor, world.id, LATER, text=text, is_shared=is_shared, question_id=question
    )


def agree(world: World, text: str = ACTION) -> str:
    """An action the company agrees to; its id."""
    wanted = agreeing.Wanted(text, owner="Ola", effort="small")
    return agreeing.agree(world.site, world.owner, world.id, LATER, wanted=wanted)


def review_all(world: World) -> None:
    """Two other ratings with reasons, one confirmed, notes of both kinds, and an action."""
    for question in ("insight.measurement", "insight.competence"):
        world.judge(question, rating="4", reason=REASON)
    world.judge(QUESTION, is_confirmed=True)
    for at in (QUESTION, None):
        note(world, f"{PRIVATE} {at}", question=at)
        note(world, f"{SHARED} {at}", is_shared=True, question=at)
    agree(world)


def approve(world: World) -> None:
    """Sign it off."""
    decide(world.site, world.advisors[0], world.id, "approve", LATER)
