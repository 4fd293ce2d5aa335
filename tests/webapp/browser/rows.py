"""What a row of the table of pages says, and how addresses are written in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from tests.webapp.browser.deeds import Deed
from tests.webapp.browser.visiting import Visitor
from tests.webapp.browser.world import World

Path: TypeAlias = Callable[[World], str]


@dataclass(frozen=True)
class PageRow:
    """One page in one state. ``status``: how it is answered; ``deed``: what is done there first."""

    name: str
    endpoint: str
    who: str
    path: Path
    deed: Deed | None = None
    status: int = 200

    def __str__(self) -> str:
        return self.name

    def open(self, visitor: Visitor, world: World) -> None:
        """Bring a visitor there."""
        visitor.go(self.path(world))
        if self.deed is not None:
            self.deed(visitor, world)
        assert visitor.watch.status() == self.status, visitor.page.url


def at(path: str) -> Path:
    """A page that is always in the same place."""
    return lambda _world: path


def of(assessment: str, rest: str = "") -> Path:
    """A page of an assessment."""
    return lambda world: f"/assessments/{world.assessments[assessment]}{rest}"


def company(name: str, rest: str = "") -> Path:
    """A page of an organisation."""
    return lambda world: f"/organisations/{world.companies[name]}{rest}"


def question(assessment: str, id_: str) -> Path:
    """The page of one question."""
    return of(assessment, f"/questions/{id_}")


def token(name: str, before: str) -> Path:
    """A page whose address ends in what the world keeps by a name."""
    return lambda world: f"{before}{world.tokens[name]}"
