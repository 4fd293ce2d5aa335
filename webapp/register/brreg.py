"""The register's open interface: Enhetsregisteret, as Brønnøysundregistrene serve it to everybody.

A person waits for the reply, so it is given up soon; a reply that is too long, comes from elsewhere or has
another form counts as none.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

import requests
from urllib3.exceptions import HTTPError

from webapp.register.numbers import is_orgnr
from webapp.register.port import RegisterEntry, RegisterUnavailable
from webapp.register.replies import by_name, read_entry, read_reply, read_units

CONNECT_SECONDS: Final = 2
READ_SECONDS: Final = 4
ALL_SECONDS: Final = 8
"""From the first question to the last byte, however slowly they come."""

MAX_BYTES: Final = 2_000_000
PAGE_SIZE: Final = 100
MAX_PAGES: Final = 5
"""Of sub-units; whoever has more finds theirs by its own number."""

_PIECE = 65_536
_FOUND, _NOT_THERE = 200, (404, 410)
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "kretslop"}


class BrregRegister:
    """Asks ``address``, such as ``https://data.brreg.no/enhetsregisteret/api``."""

    def __init__(
        self,
        address: str,
        session: requests.Session | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = address.rstrip("/")
        self._session = session or requests.Session()
        self._clock = clock

    def find(self, orgnr: str) -> RegisterEntry | None:
        """The unit with a number, main or not; None when there is none. Raises RegisterUnavailable."""
        if not is_orgnr(orgnr):
            return None
        until = self._clock() + ALL_SECONDS
        if (main := self._ask(f"enheter/{orgnr}", until)) is not None:
            return _the_one(read_entry(main, "main"), orgnr)
        if (unit := self._ask(f"underenheter/{orgnr}", until)) is not None:
            return _the_one(read_entry(unit, "unit"), orgnr)
        return None

    def sub_units(self, orgnr: str) -> tuple[RegisterEntry, ...]:
        """The first 500 units under a main one, by name. Raises RegisterUnavailable."""
        if not is_orgnr(orgnr):
            return ()
        until = self._clock() + ALL_SECONDS
        found: list[RegisterEntry] = []
        for page in range(MAX_PAGES):
            reply = self._ask(
                "underenheter", until, overordnetEnhet=orgnr, size=str(PAGE_SIZE), page=str(page)
            )
            units, pages = read_units(reply or {})
            found += units
            if page + 1 >= pages:
                break
        if any(unit.parent_orgnr != orgnr for unit in found):
            raise RegisterUnavailable("units of somebody else")
        return by_name(found)

    def _ask(self, path: str, until: float, **query: str) -> dict[str, Any] | None:
        """The object behind an address; None where there is nothing. Raises RegisterUnavailable."""
        try:
            with self._session.get(
                f"{self._address}/{path}",
                params=query,
                headers=_HEADERS,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=False,
                stream=True,
            ) as reply:
                if reply.status_code in _NOT_THERE:
                    return None
                _refuse_odd(reply)
                return read_reply(self._body(reply, until))
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise RegisterUnavailable(type(error).__name__) from error

    def _body(self, reply: requests.Response, until: float) -> bytes:
        """The bytes of a reply, piece by piece as they come, so that the time can be kept."""
        body = b""
        while piece := reply.raw.read1(_PIECE):
            body += piece
            if len(body) > MAX_BYTES:
                raise RegisterUnavailable("a reply that is too long")
            if self._clock() > until:
                raise RegisterUnavailable("a reply that takes too long")
        return body


def _refuse_odd(reply: requests.Response) -> None:
    if reply.status_code != _FOUND:
        raise RegisterUnavailable(f"status {reply.status_code}")
    if "json" not in reply.headers.get("Content-Type", ""):
        raise RegisterUnavailable("a reply that is no JSON")
    if reply.headers.get("Content-Encoding", "identity") != "identity":
        raise RegisterUnavailable("a reply that is packed")


def _the_one(entry: RegisterEntry, orgnr: str) -> RegisterEntry:
    if entry.orgnr != orgnr:
        raise RegisterUnavailable("another unit than was asked for")
    return entry
