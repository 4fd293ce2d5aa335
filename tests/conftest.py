"""What holds for every test: a cache of its own, no network, files in memory, one set of examples."""

from __future__ import annotations

import gc
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler.loadscope import LoadScopeScheduling

settings.register_profile("kretslop", database=None, deadline=None, derandomize=True)
settings.load_profile("kretslop")

_MEMORY = Path("/dev/shm")  # noqa: S108  # each test has a folder of its own in it
_ROOM = 4 * 1024**3


def _use_memory() -> None:
    """Keep temporary files in memory where there is room: thousands of small databases, each synced at
    every commit, would make the tests wait for the disk most of their time."""
    is_open = "TMPDIR" not in os.environ and _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    if is_open and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ["TMPDIR"] = str(_MEMORY)  # also for what tests start
        tempfile.tempdir = None


_use_memory()

_IS_FIRST = "PYTEST_XDIST_WORKER" not in os.environ  # the others share what it made
_CACHE = tempfile.TemporaryDirectory(prefix="kretslop-tests-") if _IS_FIRST else None
if _CACHE is not None:
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


_THIS_MACHINE = ("127.0.0.1", "::1", "localhost")
_connect_by_name, _look_up = socket.create_connection, socket.getaddrinfo


class _LoopbackSocket(socket.socket):
    """A socket that reaches this machine and no other."""

    def bind(self, address: Any) -> None:
        _check_is_here(self.family, address)
        super().bind(address)

    def connect(self, address: Any) -> None:
        _check_is_here(self.family, address)
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        _check_is_here(self.family, address)
        return super().connect_ex(address)

    def sendto(self, *_: Any) -> int:  # type: ignore[override]  # its overloads do not matter here
        raise NetworkUsed("a test on this machine's own addresses has no use for datagrams")


def _check_is_here(family: int, address: Any) -> None:
    if family != socket.AF_UNIX and address[0] not in _THIS_MACHINE:
        raise NetworkUsed("no test may leave this machine")


def _look_up_here(host: Any, *rest: Any, **named: Any) -> Any:
    if host not in _THIS_MACHINE:
        raise NetworkUsed("no test may ask for names")
    return _look_up(host, *rest, **named)


@pytest.fixture
def loopback(no_network: None) -> Iterator[None]:
    """In a test that asks for this, sockets between addresses of this machine work."""
    yield from _reaching_here()


@pytest.fixture(scope="module")
def module_loopback(no_network: None) -> Iterator[None]:
    """The same for all tests of a module, and for what they share."""
    yield from _reaching_here()


def _reaching_here() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", _LoopbackSocket)
        patch.setattr(socket, "create_connection", _connect_by_name)
        patch.setattr(socket, "getaddrinfo", _look_up_here)
        yield


_BROWSER = "tests/webapp/browser/"
_FIRST = (
    "tests/webapp/live/",
    "tests/webapp/jobs/",
    "tests/webapp/cli/test_processes",
    "tests/webapp/views/",
    "tests/reports/",
)
"""Where tests take long: they begin early, so that no process is left alone with them at the end."""


_WALKERS = ("access_walk", "escaping", "hostile_requests", "language_links", "private_notes")
"""Files that look at the same installation, with everybody and everything in it."""


_CHECKERS = ("verifying", "verifying_reviewed", "remaking")
"""Files that check the same reports."""


def _group_of(file: str) -> str:
    if file.startswith(_BROWSER):
        return "browser"  # one installation, one Chromium and one checker of HTML for all of them
    name = Path(file).stem.removeprefix("test_")
    if name in _CHECKERS:
        return "checkers"
    return "walkers" if name in _WALKERS else file


class _Groups(LoadScopeScheduling):
    """Has each file run in one process, and those in the same that share what takes long to make.

    By the names of files: with pytest 9.2 a mark ``xdist_group`` no longer reaches xdist 3.8.
    """

    def _split_scope(self, nodeid: str) -> str:
        return _group_of(nodeid.partition("::")[0])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Deal the tests out in groups."""
    return _Groups(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; beside it, those whose tests wait for a clock, one after the other."""
    items.sort(key=lambda item: _turn_of(item.nodeid))


def _turn_of(test: str) -> int:
    group = _group_of(test.partition("::")[0])
    if group in ("browser", "walkers"):
        return ("browser", "walkers").index(group)
    return next((at for at, room in enumerate(_FIRST, 2) if test.startswith(room)), len(_FIRST) + 2)


gc.disable()  # thousands of tests are read in, and stay


def pytest_collection_finish() -> None:
    """What was read in is not looked through again and again for rubbish, and what is new less often."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_unconfigure() -> None:
    """Remove the cache."""
    if _CACHE is not None:
        _CACHE.cleanup()
