"""Two deeds, of which the second is done between what the first asks and what it does about it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from types import ModuleType
from typing import Any

import pytest

from tests.webapp.services.advising import at_once

_IN_VAIN_SECONDS = 0.3
"""How long the first waits for a second that has to wait for it."""


def meanwhile(
    first: Callable[[], Any],
    asks: tuple[ModuleType, str],
    second: Callable[[], Any],
    patch: pytest.MonkeyPatch,
) -> list[Any]:
    """What came of both, as ``at_once``. ``asks``: what the first has called when the second begins."""
    module, name = asks
    ask = getattr(module, name)
    has_asked, is_done = Event(), Event()

    def ask_and_wait(*args: Any) -> Any:
        found = ask(*args)
        if not has_asked.is_set():  # the second may ask the same
            has_asked.set()
            is_done.wait(_IN_VAIN_SECONDS)
        return found

    def begin_then() -> Any:
        assert has_asked.wait(10)
        try:
            return second()
        finally:
            is_done.set()

    patch.setattr(module, name, ask_and_wait)
    return at_once(first, begin_then)
