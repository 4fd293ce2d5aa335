"""The world of the walk with an assessment in every state a review can be in, and notes in each.

What the company must never read is a canary of the secret ``private``: private notes, and what advisors have
made of answers and mean to ask for while nothing is decided yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import select

from tests.webapp.kinds import Kind
from tests.webapp.sites import NOW, an_assessment, answer_like, as_actor, example_answers
from tests.webapp.views.squeezed import plain
from tests.webapp.views.walking import QUESTION, World, another_like, world_of
from tests.webapp.views.walks import Step, method_of, step_of
from tests.webapp.views.walktable import TABLE
from webapp.db.tables.people import Person
from webapp.services import judging, notes, requesting, reviewing
from webapp.services.actor import Actor
from webapp.services.submitting import submit

OF_ASSESSMENTS = ("draft", "handed_in", "shared", "sent_back")
"""What the table of the walk calls its assessments: each stands for any."""

STEPS: Mapping[str, tuple[str, ...]] = {
    "submitted": (),
    "in_review": ("start_review",),
    "sent_back_again": ("start_review", "send_back"),
    "approved": ("start_review", "approve"),
    "reopened": ("start_review", "approve", "reopen"),
    "taken_back": ("withdraw",),
    "resubmitted": ("start_review", "send_back", "submit"),
}
SENT = ("sent_back_again", "resubmitted")
"""Where the company has been asked what the advisors meant to ask."""


@dataclass(frozen=True)
class Noted:
    """``ids``: of the assessments by state; ``removed``: what stood in a private note that is gone."""

    world: World
    ids: Mapping[str, str]
    removed: str

    def actor(self, person: str) -> Actor:
        """Somebody with the roles they have now."""
        if person in self.world.things:
            return as_actor(self.world.site, self.world.things[person])
        with self.world.site.database.read() as session:
            found = session.scalars(select(Person.id).where(Person.email == f"{person}@b.example")).one()
        return as_actor(self.world.site, found)

    def pages(self) -> Iterator[Step]:
        """Every page of the walk, those of an assessment for each one there is."""
        seen = set()
        mine = ({**self.world.things, **dict.fromkeys(OF_ASSESSMENTS, id_)} for id_ in self.ids.values())
        for things in (self.world.things, *mine):
            world = replace(self.world, things=things)
            for stop in TABLE:
                if method_of(world, stop) == "GET":
                    step = step_of(world, stop, "GET")
                    if step.address not in seen:
                        seen.add(step.address)
                        yield step

    def private_in(self, text: str) -> list[str]:
        """What is for the advisors alone and stands in a text."""
        return self._sung("private", text)

    def shared_in(self, text: str) -> list[str]:
        """What was written to the company and stands in a text."""
        return self._sung("note", text)

    def _sung(self, secret: str, text: str) -> list[str]:
        squeezed = plain(text)
        return sorted(canary for canary in self.world.canaries[secret] if canary in squeezed)


@cache
def noted(kind: Kind) -> Noted:
    """The world on a kind of database, made once for the tests of a process."""
    return _Pen(another_like(world_of(kind))).write_all()


class _Pen:
    def __init__(self, world: World) -> None:
        self.world, self.site = world, world.site
        self.canaries = {secret: set(found) for secret, found in world.canaries.items()}
        self.owner = as_actor(self.site, world.things["owner"])
        self.advisor = as_actor(self.site, world.things["advisor"])
        self.removed = "kanari-fjernet-notat"

    def write_all(self) -> Noted:
        """An assessment in every state."""
        ids = {name: self._one(name, str(2000 + at)) for at, name in enumerate(STEPS)}
        canaries = {secret: frozenset(found) for secret, found in self.canaries.items()}
        return Noted(replace(self.world, canaries=canaries), ids, self.removed)

    def _sing(self, secret: str, what: str) -> str:
        text = f"kanari-{secret}-{what}".replace("_", "-")
        self.canaries[secret].add(plain(text))
        return f"Lest: {text}"

    def _one(self, name: str, period: str) -> str:
        site, owner = self.site, self.owner
        id_ = an_assessment(site, owner, self.world.things["company"], period=period)
        answer_like(site, owner, id_, example_answers())
        submit(site, owner, id_, 0, NOW)
        self._note(id_, name)
        for event in STEPS[name]:
            if event == "withdraw":
                reviewing.withdraw(site, owner, id_, NOW)
            elif event == "submit":
                submit(site, owner, id_, 1, NOW)
            else:
                reviewing.decide(site, self.advisor, id_, event, NOW, reason=self._sing("reason", name))
            if event == "start_review":
                self._judge(id_, name)
        return id_

    def _note(self, id_: str, name: str) -> None:
        for question, where in ((QUESTION, "svar"), (None, "alt")):
            for kind in ("note", "private"):
                text = self._sing(kind, f"{name}-{where}")
                notes.write_note(
                    self.site,
                    self.advisor,
                    id_,
                    NOW,
                    text=text,
                    is_shared=kind == "note",
                    question_id=question,
                )
        gone = notes.write_note(self.site, self.advisor, id_, NOW, text=self.removed, is_shared=False)
        notes.remove_note(self.site, self.advisor, id_, NOW, note_id=gone)

    def _judge(self, id_: str, name: str) -> None:
        """What is made of an answer, and meant to be asked for; the company's once it is decided."""
        kind = "private" if name == "in_review" else "note"
        judgement = judging.Judgement("0", reason=self._sing(kind, f"{name}-begrunnelse"))
        judging.judge(self.site, self.advisor, id_, QUESTION, NOW, judgement=judgement, base=0)
        asked = self._sing("note" if name in SENT else "private", f"{name}-bes-om")
        requesting.request_again(self.site, self.advisor, id_, QUESTION, NOW, reason=asked)
