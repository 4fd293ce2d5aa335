"""Asking whether a web address can be reached, without letting it lead anywhere it should not.

An address comes from people. So only http and https on their own ports, only hosts of which every address is
public, and the connection goes to the very address that was judged; each redirect is judged anew. Nothing
but the head of the answer is read.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from typing import Literal, TypeAlias
from urllib.parse import SplitResult, urljoin, urlsplit

Outcome: TypeAlias = Literal[
    "ok", "gone", "server_error", "no_host", "unreachable", "not_secure", "redirects", "not_public"
]
"""What was found. ``ok`` too where a site answers but wants to know more of who asks."""

Reach: TypeAlias = Callable[[str], Outcome]
"""Asks once; never raises."""

Resolve: TypeAlias = Callable[[str, int], list[str]]
"""The numbers of a host. Raises OSError."""

SECONDS = 10
"""For one address; none is led on to another after twice that."""

MAX_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
_TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
"""Numbers that stand for others, of whatever net. Source: RFC 6052, RFC 8215."""

_GONE = (404, 410)
_SERVER_ERROR = 500


class _Barred(Exception):
    """An address that is not asked. ``outcome``: why."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome: Outcome = outcome
        super().__init__(outcome)


def numbers_of(host: str, port: int) -> list[str]:
    """The numbers of a host by the system's own look-up. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


def public_number(url: SplitResult, resolve: Resolve = numbers_of) -> str:
    """The number to connect to. Raises _Barred unless all of the host's are public, and the port is usual."""
    try:
        port = url.port
    except ValueError:
        raise _Barred("not_public") from None
    usual = PORTS.get(url.scheme)
    if usual is None or not url.hostname or port not in (None, usual):
        raise _Barred("not_public")
    try:
        numbers = [url.hostname] if _is_number(url.hostname) else resolve(url.hostname, usual)
    except (OSError, UnicodeError):
        raise _Barred("no_host") from None
    if not numbers:
        raise _Barred("no_host")
    if not all(is_public(number) for number in numbers):
        raise _Barred("not_public")
    return numbers[0]


def is_public(number: str) -> bool:
    """Whether a number of the internet is one of the open net: not private, local, shared or reserved."""
    found = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if inner:
            return is_public(str(inner))
        if any(found in network for network in _TRANSLATED):
            return False
    return found.is_global and not found.is_multicast


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class _Pinned(HTTPConnection):
    """A connection to a number that was judged, whatever its host's name leads to by now."""

    def __init__(self, url: SplitResult, number: str) -> None:
        super().__init__(url.hostname or "", PORTS[url.scheme], timeout=SECONDS)
        self._number = number
        self._is_secure = url.scheme == "https"

    def connect(self) -> None:
        """Open it. Raises OSError."""
        self.sock = socket.create_connection((self._number, self.port), SECONDS)
        if self._is_secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """End it from outside: whoever answers a byte at a time is not waited for."""
        with suppress(OSError):
            if self.sock is not None:
                self.sock.shutdown(socket.SHUT_RDWR)


def reach_address(address: str) -> Outcome:
    """Whether an address leads to something now."""
    ends = time.monotonic() + 2 * SECONDS
    try:
        for _ in range(MAX_REDIRECTS + 1):
            status, leads_to = _ask(address)
            if leads_to is None:
                return outcome_of(status)
            if time.monotonic() > ends:
                return "unreachable"
            address = urljoin(address, leads_to)
    except _Barred as barred:
        return barred.outcome
    except ssl.SSLError:
        return "not_secure"
    except (OSError, HTTPException, ValueError):
        return "unreachable"
    return "redirects"


def outcome_of(status: int) -> Outcome:
    """What the status of an answer says of its address."""
    if status in _GONE:
        return "gone"
    return "server_error" if status >= _SERVER_ERROR else "ok"


def _ask(address: str) -> tuple[int, str | None]:
    """The status, and where it leads on. Raises _Barred, OSError, HTTPException."""
    url = urlsplit(address)
    connection = _Pinned(url, public_number(url))
    watch = threading.Timer(SECONDS, connection.cut)
    watch.start()
    try:
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        connection.request("GET", path, headers={"User-Agent": "kretslop", "Connection": "close"})
        answer = connection.getresponse()
        leads_to = answer.getheader("Location") if 300 <= answer.status < 400 else None
        return answer.status, leads_to
    finally:
        watch.cancel()
        connection.close()
