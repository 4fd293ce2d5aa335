"""A register that is asked sparingly: what it said a moment ago is not asked again, and few ask at once.

Everybody may type a number, and a slow register takes a thread of ours for each that waits for it: with a
bound on those, the rest of the application goes on whatever the register does.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from webapp.register.port import Register, RegisterEntry, RegisterUnavailable

T = TypeVar("T")

KEPT_SECONDS: Final = 600
MOST_KEPT: Final = 1_000
AT_ONCE: Final = 3
"""How many in one process may wait for the register together; it answers in a fraction of a second."""


class RememberingRegister:
    """Asks ``register``, and remembers for ten minutes what it said, but not that it did not answer.

    ``clock``: seconds that only go forward. May be used by many threads.
    """

    def __init__(self, register: Register, clock: Callable[[], float] = time.monotonic) -> None:
        self._register = register
        self._clock = clock
        self._seats = threading.BoundedSemaphore(AT_ONCE)
        self._lock = threading.Lock()  # guards what follows
        self._kept: OrderedDict[tuple[str, str], tuple[float, object]] = OrderedDict()

    def find(self, orgnr: str) -> RegisterEntry | None:
        """The unit with a number; None when there is none. Raises RegisterUnavailable, also when many ask."""
        return self._remembered("find", orgnr, self._register.find)

    def sub_units(self, orgnr: str) -> tuple[RegisterEntry, ...]:
        """The units under a main one, by name. Raises RegisterUnavailable, also when many ask."""
        return self._remembered("sub_units", orgnr, self._register.sub_units)

    def _remembered(self, question: str, orgnr: str, ask: Callable[[str], T]) -> T:
        key = (question, orgnr)
        with self._lock:
            at, said = self._kept.get(key, (None, None))
        if at is not None and self._clock() < at + KEPT_SECONDS:
            return said  # type: ignore[return-value]  # the key names the question, and so the type
        with self._seat():
            answer = ask(orgnr)
        with self._lock:
            self._kept[key] = (self._clock(), answer)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return answer

    @contextmanager
    def _seat(self) -> Iterator[None]:
        if not self._seats.acquire(blocking=False):
            raise RegisterUnavailable("too many are asking just now")
        try:
            yield
        finally:
            self._seats.release()
