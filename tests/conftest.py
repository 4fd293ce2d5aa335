"""What holds for every test: a cache of its own, no network, and the same examples every time."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("kretslop", database=None, deadline=None, derandomize=True)
settings.load_profile("kretslop")

_CACHE = tempfile.TemporaryDirectory(prefix="kretslop-tests-")
os.environ["KRETSLOP_CACHE"] = _CACHE.name  # also for the commands that tests start


class NetworkUsed(Exception):
    """A test reached for the network."""


class _LocalSocket(socket.socket):
    """A socket within the machine's own files; anything with an address is refused."""

    def __init__(self, family: int = -1, *rest: Any, **named: Any) -> None:
        if family != socket.AF_UNIX and named.get("fileno") is None:
            raise NetworkUsed("no test may use the network")
        super().__init__(family, *rest, **named)


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Sockets and look-ups of names fail in every test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", _LocalSocket)
        for name in ("getaddrinfo", "gethostbyname", "create_connection"):
            patch.setattr(socket, name, _refuse)
        yield


def _refuse(*_arguments: Any, **_named: Any) -> None:
    raise NetworkUsed("no test may use the network")


def pytest_unconfigure() -> None:
    """Remove the cache."""
    _CACHE.cleanup()
