"""What can stand in the way of a use case, as codes and ids; pages and commands say it in words."""

from __future__ import annotations


class WebappError(Exception):
    """The family of errors raised by this package."""


class NotThere(WebappError):
    """No such thing for whoever asks: unknown and foreign look the same."""


class NotAllowed(WebappError):
    """The thing is theirs to see, but not this deed."""


class Refused(WebappError):
    """A deed that cannot be done as asked. ``code``: key of the words that say why; ``parts``: for those."""

    def __init__(self, code: str, **parts: object) -> None:
        self.code = code
        self.parts = parts
        super().__init__(code)


class TooOften(WebappError):
    """Asked more often than is allowed. ``wait_minutes``: until it is allowed again."""

    def __init__(self, wait_minutes: int) -> None:
        self.wait_minutes = wait_minutes
        super().__init__(wait_minutes)


class OutOfReach(WebappError):
    """The database or the file store does not answer; what is in it is as it was."""


class NotSaved(WebappError):
    """The database could not keep what was sent; nothing of it was saved."""


class UnsafeDatabase(WebappError):
    """The database does not promise that what is committed stays."""
