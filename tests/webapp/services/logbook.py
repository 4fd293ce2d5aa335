"""Reading what a test's program logs, as an operator would."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import structlog

from webapp.services import logs


@dataclass
class Logbook:
    """The lines of a log."""

    stream: io.StringIO = field(default_factory=io.StringIO)

    @property
    def text(self) -> str:
        """All of it."""
        return self.stream.getvalue()

    def lines(self, event: str | None = None) -> list[dict[str, Any]]:
        """Every line, or those of an event; each must be one JSON object."""
        found = [json.loads(line) for line in self.text.splitlines()]
        assert all(isinstance(line, dict) for line in found)
        return [line for line in found if event is None or line["event"] == event]


@contextmanager
def kept_log() -> Iterator[Logbook]:
    """Log as a running program does, into a book; afterwards everything is as it was."""
    root = logging.getLogger()
    loggers = [logging.getLogger(name) for name in logs.PACKAGES]
    before = [list(root.handlers), root.level, [one.level for one in loggers]]
    hooks = sys.excepthook, threading.excepthook
    book = Logbook()
    logs.configure(stream=book.stream)
    try:
        yield book
    finally:
        logging.captureWarnings(False)
        root.handlers[:], level, levels = before  # type: ignore[assignment]  # as they were taken
        root.setLevel(level)  # type: ignore[arg-type]
        for one, was in zip(loggers, levels, strict=True):  # type: ignore[arg-type]
            one.setLevel(was)
        sys.excepthook, threading.excepthook = hooks
        structlog.contextvars.clear_contextvars()
