"""What a running program writes about itself: one JSON object a line on standard error, and no values.

A message is written as it stands only where the call that logs it stands in our own code, whose messages
name ids, codes and counts. Other packages' messages may quote what people typed, so their texts are left
out. An exception is its type and where it passed; its message may hold anything, and is left out too.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import structlog
from structlog.typing import EventDict, WrappedLogger

from webapp.settings import Settings

ROOT = Path(__file__).parents[2]
PACKAGES = ("assessment", "questionnaires", "reports", "webapp")
_OURS = tuple(f"{ROOT / name}/" for name in PACKAGES)
_LIBRARIES = "site-packages/"

FIELDS = ("endpoint", "method", "status", "duration_ms")
"""What a line may say beside its message."""

LEFT_OUT = "(the text of another package is left out)"
MAX_FRAMES = 30
MAX_CAUSES = 5

log = logging.getLogger(__name__)


def level_of(settings: Settings) -> int:
    """From which level on an installation logs: a demo's terminal is for who can sign in."""
    return logging.WARNING if settings.demo else logging.INFO


def configure(level: int = logging.INFO, stream: IO[str] | None = None) -> None:
    """Have this process log that way: its loggers, its warnings, and what ends it or one of its threads."""
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(_formatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in PACKAGES:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(True)
    sys.excepthook = _ended
    threading.excepthook = _thread_ended


def _formatter() -> logging.Formatter:
    return _Formatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(allow=FIELDS),
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        ],
        processors=[
            _say_error,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
    )


class _Handler(logging.StreamHandler[IO[str]]):
    """A stream of lines; one that cannot be written is mentioned without what was in it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # named by the standard library
        """Say which logger's line was lost."""
        line = f'{{"event": "a line could not be written", "level": "error", "logger": "{record.name}"}}'
        try:
            self.stream.write(line + self.terminator)
        except (OSError, ValueError):  # nobody reads; nothing is left to say it with
            return


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """Takes the text of foreign messages away before anything else sees them."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        told = logging.makeLogRecord(record.__dict__)
        told.stack_info = None
        if not told.pathname.startswith(_OURS):
            told.msg, told.args = LEFT_OUT, ()
        return super().format(told)


def _say_error(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    found = event.pop("exc_info", None)
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["error"] = list(said_error(error))
    return event


def said_error(error: BaseException) -> Iterator[dict[str, Any]]:
    """An exception and what led to it, the last first: types and places, no messages and no values."""
    current: BaseException | None = error
    for _ in range(MAX_CAUSES):
        if current is None:
            return
        said: dict[str, Any] = {"type": _type_of(current), "frames": list(_frames(current.__traceback__))}
        code = _code_of(current)
        if code is not None:
            said["code"] = code
        yield said
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)


def _type_of(error: BaseException) -> str:
    kind = type(error)
    return f"{kind.__module__}.{kind.__qualname__}"


def _code_of(error: BaseException) -> str | int | None:
    """What a database or the system calls the error; a word or a number of theirs."""
    driver = getattr(error, "orig", error)
    for name in ("sqlstate", "sqlite_errorname", "errno"):
        found = getattr(driver, name, None)
        if isinstance(found, (str, int)):
            return found
    return None


def _frames(traceback: TracebackType | None) -> Iterator[str]:
    """File, line and function of the last calls, the innermost last."""
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{_short(code.co_filename)}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    yield from places[-MAX_FRAMES:]


def _short(file: str) -> str:
    """A file's path from the package on; the folders before it say something about the machine only."""
    if file.startswith(_OURS):
        return file.removeprefix(f"{ROOT}/")
    _, found, rest = file.rpartition(_LIBRARIES)
    return rest if found else Path(file).name


def _ended(kind: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    log.critical("the process ended by an error", exc_info=error)


def _thread_ended(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None and not issubclass(arguments.exc_type, SystemExit):
        log.critical("a thread ended by an error", exc_info=arguments.exc_value)
