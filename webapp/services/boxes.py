"""What a form of boxes says when somebody else has changed some of them since it was shown."""

from __future__ import annotations

from collections.abc import Collection, Set
from typing import TypeVar

T = TypeVar("T")


def ticked(held: Collection[T], *, marked: Collection[T], shown: Collection[T]) -> Set[T]:
    """What holds once a form has come in: what holds now, and on top of it what its writer changed.

    ``marked``: the boxes that came ticked; ``shown``: those that were when the page was shown. A box that its
    writer left alone stays as somebody else has set it meanwhile.
    """
    return (set(held) - (set(shown) - set(marked))) | (set(marked) - set(shown))
