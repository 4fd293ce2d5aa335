"""How far an idea from a table has come."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

IdeaState: TypeAlias = Literal["open", "done", "dropped"]
IDEA_STATES: tuple[IdeaState, ...] = get_args(IdeaState)
