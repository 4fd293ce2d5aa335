"""Lines for operators: one JSON object each, with what happened and where, and nothing of anybody."""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import NoReturn

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from tests.webapp.services.logbook import Logbook, kept_log
from webapp.services import logs
from webapp.settings import Settings

OURS = logging.getLogger("webapp.services.logs")
FOREIGN = logging.getLogger("somebody.else")


@pytest.fixture
def book() -> Iterator[Logbook]:
    with kept_log() as kept:
        yield kept


def record(name: str, path: str, message: str, *arguments: object) -> None:
    """Log as if the call stood in a file."""
    logger = logging.getLogger(name)
    logger.handle(logger.makeRecord(name, logging.WARNING, path, 7, message, arguments, None))


def fail(message: str) -> NoReturn:
    raise ValueError(message)


def test_a_line_of_ours_says_what_we_wrote(book: Logbook) -> None:
    record("webapp.jobs.worker", logs.__file__, "job %s (%s) done", "abc", "send_mail")

    (line,) = book.lines()
    assert line["event"] == "job abc (send_mail) done"
    assert (line["level"], line["logger"]) == ("warning", "webapp.jobs.worker")
    assert line["time"].endswith("Z")


def test_what_another_package_says_is_left_out_but_not_that_it_said_something(book: Logbook) -> None:
    record("urllib3", "/x/site-packages/urllib3/pool.py", "GET /enheter/%s", "kanari")
    record("webapp", "/x/site-packages/flask/app.py", "Exception on /nb/signin/kanari [POST]")
    FOREIGN.warning("kanari")

    assert [line["event"] for line in book.lines()] == [logs.LEFT_OUT] * 3
    assert "kanari" not in book.text


def test_an_exception_is_its_type_and_where_it_passed(book: Logbook) -> None:
    try:
        try:
            fail("kanari")
        except ValueError as error:
            raise KeyError("kanari") from error
    except KeyError as error:
        record_error(error)

    (line,) = book.lines()
    assert [one["type"] for one in line["error"]] == ["builtins.KeyError", "builtins.ValueError"]
    assert line["error"][1]["frames"][-1].endswith(" fail")
    assert "kanari" not in book.text


def record_error(error: BaseException) -> None:
    found = (type(error), error, error.__traceback__)
    logger = logging.getLogger("webapp")
    logger.handle(logger.makeRecord("webapp", logging.ERROR, logs.__file__, 7, "unexpected", (), found))


def test_what_was_being_handled_when_it_happened_is_told_too(book: Logbook) -> None:
    try:
        try:
            fail("kanari")
        except ValueError:
            fail("kanari again")
    except ValueError as error:
        record_error(error)

    assert len(book.lines()[0]["error"]) == 2
    assert "kanari" not in book.text


def test_an_error_of_the_database_has_its_code_and_no_values(book: Logbook) -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        try:
            connection.execute(text("SELECT :what FROM nowhere"), {"what": "kanari"})
        except SQLAlchemyError as error:
            record_error(error)
    engine.dispose()

    (line,) = book.lines()
    assert line["error"][0]["code"] == "SQLITE_ERROR"
    assert "kanari" not in book.text
    assert "nowhere" not in book.text


def test_deep_recursion_is_cut_short(book: Logbook) -> None:
    def deeper(left: int) -> None:
        if left == 0:
            fail("kanari")
        deeper(left - 1)

    with pytest.raises(ValueError, match="kanari") as caught:
        deeper(200)
    record_error(caught.value)

    assert len(book.lines()[0]["error"][0]["frames"]) == logs.MAX_FRAMES


def test_warnings_are_lines_without_their_text(book: Logbook) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn("kanari", stacklevel=1)

    assert [line["logger"] for line in book.lines()] == ["py.warnings"]
    assert "kanari" not in book.text


def test_what_ends_the_process_or_a_thread_is_told(book: Logbook) -> None:
    try:
        fail("kanari")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=fail, args=("kanari",))
    thread.start()
    thread.join()

    assert [line["event"] for line in book.lines()] == [
        "the process ended by an error",
        "a thread ended by an error",
    ]
    assert "kanari" not in book.text


def test_ctrl_c_is_no_error(book: Logbook) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert book.text == ""


def test_a_line_that_cannot_be_written_is_named_without_what_was_in_it(
    book: Logbook, capsys: pytest.CaptureFixture[str]
) -> None:
    logger = logging.getLogger("webapp.mail")
    two_parts = logger.makeRecord(
        "webapp.mail", logging.WARNING, logs.__file__, 7, "%s %s", ("kanari",), None
    )
    logging.getLogger().handlers[0].handle(two_parts)

    assert book.lines() == [
        {"event": "a line could not be written", "level": "error", "logger": "webapp.mail"}
    ]
    assert capsys.readouterr().err == ""


def test_only_known_fields_come_along(book: Logbook) -> None:
    OURS.info("x", extra={"status": 200, "answer": "kanari"})
    given = logging.getLogger("webapp")
    line = given.makeRecord(
        "webapp",
        logging.INFO,
        logs.__file__,
        7,
        "request",
        (),
        None,
        extra={"status": 200, "answer": "kanari"},
    )
    given.handle(line)

    assert book.lines("request")[0]["status"] == 200
    assert "kanari" not in book.text


def test_the_terminal_of_a_demo_shows_only_what_is_wrong() -> None:
    assert logs.level_of(Settings(demo=True)) == logging.WARNING
    assert logs.level_of(Settings()) == logging.INFO
